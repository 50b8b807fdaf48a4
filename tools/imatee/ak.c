// SPDX-License-Identifier: GPL-2.0-or-later
#include <err.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "ak.h"
#include "file.h"

#define CURVE	 "prime256v1"
#define FILE_MAX 65536

static EVP_PKEY *make_pkey(const uint8_t point[2 * TPM_NUMBER_SIZE])
{
	char curve[] = CURVE;
	/* SEC 1: not compressed */
	uint8_t encoded[1 + 2 * TPM_NUMBER_SIZE] = { 4 };
	OSSL_PARAM params[] = {
		OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, curve,
				       sizeof(curve) - 1),
		OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded,
					sizeof(encoded)),
		OSSL_PARAM_END,
	};
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *pkey = NULL;

	memcpy(encoded + 1, point, 2 * TPM_NUMBER_SIZE);
	if (!ctx || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &pkey, EVP_PKEY_PUBLIC_KEY, params) != 1)
		pkey = NULL;
	EVP_PKEY_CTX_free(ctx);
	return pkey;
}

bool ak_from_public(const uint8_t *public, size_t len, struct ak *ak)
{
	uint8_t point[2 * TPM_NUMBER_SIZE];

	memset(ak, 0, sizeof(*ak));
	if (!tpm_parse_public(public, len, point))
		return false;
	ak->pkey = make_pkey(point);
	if (!ak->pkey)
		return false;
	tpm_make_public(point, ak->public);
	tpm_make_name(ak->public, ak->name);
	return true;
}

static bool get_number(const EVP_PKEY *pkey, const char *name,
		       uint8_t number[TPM_NUMBER_SIZE])
{
	BIGNUM *bn = NULL;
	bool ok = EVP_PKEY_get_bn_param(pkey, name, &bn) == 1 &&
		  BN_bn2binpad(bn, number, TPM_NUMBER_SIZE) == TPM_NUMBER_SIZE;

	BN_free(bn);
	return ok;
}

/* The same key, by its point: whatever form it was read from. */
static bool from_pkey(const EVP_PKEY *pkey, struct ak *ak)
{
	uint8_t point[2 * TPM_NUMBER_SIZE];
	uint8_t public[TPM_PUBLIC_SIZE];
	char curve[64];
	size_t len;

	if (!EVP_PKEY_is_a(pkey, "EC") ||
	    EVP_PKEY_get_group_name(pkey, curve, sizeof(curve), &len) != 1 ||
	    strcmp(curve, CURVE) ||
	    !get_number(pkey, OSSL_PKEY_PARAM_EC_PUB_X, point) ||
	    !get_number(pkey, OSSL_PKEY_PARAM_EC_PUB_Y,
			point + TPM_NUMBER_SIZE))
		return false;
	tpm_make_public(point, public);
	return ak_from_public(public, sizeof(public), ak);
}

static EVP_PKEY *read_pem(const uint8_t *data, size_t len)
{
	BIO *bio = BIO_new_mem_buf(data, (int)len);
	EVP_PKEY *pkey = NULL;
	X509 *cert = NULL;

	if (bio)
		pkey = PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	if (bio && !pkey && BIO_reset(bio) == 1)
		cert = PEM_read_bio_X509(bio, NULL, NULL, NULL);
	if (cert)
		pkey = X509_get_pubkey(cert);
	X509_free(cert);
	BIO_free(bio);
	return pkey;
}

static bool decode(const uint8_t *data, size_t len, struct ak *ak)
{
	EVP_PKEY *pkey;
	bool ok;

	/* TPM2B_PUBLIC */
	if (len == 2 + TPM_PUBLIC_SIZE && !data[0] &&
	    data[1] == TPM_PUBLIC_SIZE)
		return ak_from_public(data + 2, len - 2, ak);
	pkey = read_pem(data, len);
	ok = pkey && from_pkey(pkey, ak);
	EVP_PKEY_free(pkey);
	return ok;
}

enum exit_status ak_read(const struct arguments *args, const char *path,
			 struct ak *ak)
{
	enum exit_status result;
	unsigned char *data;
	size_t len;

	result = file_load(args, path, FILE_MAX, &data, &len);
	if (result)
		return result;
	if (!decode(data, len, ak))
		result = fail(
			args, EXIT_FAILED, "ak_malformed",
			"%s: this is no key for quotes: a public key on P-256, or a certificate of one, in PEM, or a TPM2B_PUBLIC",
			path);
	free(data);
	return result;
}

void ak_free(struct ak *ak)
{
	EVP_PKEY_free(ak->pkey);
	memset(ak, 0, sizeof(*ak));
}

/* The text in @bio, which is freed. */
static char *take_text(BIO *bio, bool ok)
{
	char *data = NULL;
	char *text = NULL;
	long len = 0;

	if (bio && ok)
		len = BIO_get_mem_data(bio, &data);
	if (len > 0)
		text = strndup(data, (size_t)len);
	BIO_free(bio);
	if (!text)
		errx(EXIT_FAILED, "out of memory");
	return text;
}

char *ak_pem(const struct ak *ak)
{
	BIO *bio = BIO_new(BIO_s_mem());

	return take_text(bio, bio && PEM_write_bio_PUBKEY(bio, ak->pkey));
}

void ak_tpm2b(const struct ak *ak, uint8_t data[AK_TPM2B_SIZE])
{
	data[0] = TPM_PUBLIC_SIZE >> 8;
	data[1] = TPM_PUBLIC_SIZE & 0xff;
	memcpy(data + 2, ak->public, TPM_PUBLIC_SIZE);
}

char *ak_request_pem(const uint8_t *der, size_t len)
{
	BIO *bio = BIO_new(BIO_s_mem());

	return take_text(bio, bio && PEM_write_bio(bio, PEM_STRING_X509_REQ, "",
						   der, (long)len) > 0);
}

/* DER of a signature, for OPENSSL_free(). */
static unsigned char *encode_sig(const uint8_t rs[2 * TPM_NUMBER_SIZE],
				 int *len)
{
	BIGNUM *r = BN_bin2bn(rs, TPM_NUMBER_SIZE, NULL);
	BIGNUM *s = BN_bin2bn(rs + TPM_NUMBER_SIZE, TPM_NUMBER_SIZE, NULL);
	ECDSA_SIG *sig = ECDSA_SIG_new();
	unsigned char *der = NULL;

	*len = 0;
	if (r && s && sig && ECDSA_SIG_set0(sig, r, s)) {
		*len = i2d_ECDSA_SIG(sig, &der);
		/* They are the signature's now. */
		r = NULL;
		s = NULL;
	}
	BN_free(r);
	BN_free(s);
	ECDSA_SIG_free(sig);
	return *len > 0 ? der : NULL;
}

bool ak_verify(const struct ak *ak, const uint8_t *data, size_t len,
	       const uint8_t *sig, size_t sig_len)
{
	uint8_t rs[2 * TPM_NUMBER_SIZE];
	EVP_MD_CTX *ctx;
	unsigned char *der;
	int der_len;
	bool ok;

	if (!tpm_parse_signature(sig, sig_len, rs))
		return false;
	ctx = EVP_MD_CTX_new();
	der = encode_sig(rs, &der_len);
	ok = ctx && der &&
	     EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, ak->pkey) ==
		     1 &&
	     EVP_DigestVerify(ctx, der, (size_t)der_len, data, len) == 1;
	OPENSSL_free(der);
	EVP_MD_CTX_free(ctx);
	ERR_clear_error();
	return ok;
}
