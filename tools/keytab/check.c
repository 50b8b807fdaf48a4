// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a certificate must be like to be built in, and its description.
 */
#define _GNU_SOURCE
#include <err.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "cert.h"

#define RSA_EXPONENT_BITS_MAX 64

static time_t to_time(const struct cert *cert, const ASN1_TIME *asn1)
{
	struct tm tm = { 0 };
	time_t seconds = 0;

	if (!ASN1_TIME_to_tm(asn1, &tm))
		cert_refuse(cert->path,
			    "its validity cannot be read; issue it anew");
	seconds = timegm(&tm);
	if (seconds < 0)
		cert_refuse(cert->path,
			    "its validity begins before 1970; issue it anew");
	return seconds;
}

static void check_validity(struct cert *cert, time_t now)
{
	char text[32] = "";
	time_t before = to_time(cert, X509_get0_notBefore(cert->x509));
	time_t after = to_time(cert, X509_get0_notAfter(cert->x509));

	if (now < before) {
		strftime(text, sizeof(text), "%FT%TZ", gmtime(&before));
		cert_refuse(
			cert->path,
			"not valid before %s; check the clock, or remove the file",
			text);
	}
	if (now > after) {
		strftime(text, sizeof(text), "%FT%TZ", gmtime(&after));
		cert_refuse(cert->path,
			    "expired at %s; issue it anew, or remove the file",
			    text);
	}
	cert->info.not_before = (uint64_t)before;
	cert->info.not_after = (uint64_t)after;
}

/*
 * Where these bytes stand in the certificate. Should they stand there twice, either
 * place will do.
 */
static size_t locate(const struct cert *cert, const unsigned char *data,
		     size_t len)
{
	const unsigned char *found =
		memmem(cert->der, cert->der_len, data, len);

	if (!found)
		cert_refuse(cert->path,
			    "its encoding is not DER; issue it anew");
	return (size_t)(found - cert->der);
}

static void check_skid(struct cert *cert)
{
	const ASN1_OCTET_STRING *skid = X509_get0_subject_key_id(cert->x509);
	const unsigned char *data = NULL;
	int len = 0;

	if (!skid)
		cert_refuse(
			cert->path,
			"no subject key identifier; issue it with subjectKeyIdentifier=hash");
	data = ASN1_STRING_get0_data(skid);
	len = ASN1_STRING_length(skid);
	if (len > IMATEE_SKID_MAX)
		cert_refuse(
			cert->path,
			"its subject key identifier has %d bytes, the limit is %u; issue it with subjectKeyIdentifier=hash",
			len, IMATEE_SKID_MAX);
	if (len < 4)
		cert_refuse(
			cert->path,
			"its subject key identifier has %d bytes, too few for a key id; issue it with subjectKeyIdentifier=hash",
			len);
	cert->info.skid_len = (imatee_u8)len;
	memcpy(cert->info.skid, data, (size_t)len);
	cert->skid_offset = locate(cert, data, (size_t)len);
	data += len - 4;
	cert->info.keyid = (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 |
			   (uint32_t)data[2] << 8 | data[3];
}

static void refuse_key(const struct cert *cert)
{
	cert_refuse(
		cert->path,
		"its key is not supported; use RSA of 2048, 3072 or 4096 bits or ECDSA on P-256, P-384 or P-521");
}

static void check_rsa(struct cert *cert, EVP_PKEY *key)
{
	int bits = EVP_PKEY_get_bits(key);
	BIGNUM *exponent = NULL;

	/* The sizes that Linux takes: crypto/rsa.c, rsa_check_key_length(). */
	if (bits != 2048 && bits != 3072 && bits != 4096)
		refuse_key(cert);
	if (!EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent))
		refuse_key(cert);
	if (BN_num_bits(exponent) > RSA_EXPONENT_BITS_MAX)
		cert_refuse(
			cert->path,
			"its public exponent has more than %u bits; use a key with exponent 65537",
			RSA_EXPONENT_BITS_MAX);
	BN_free(exponent);
	cert->info.algo = IMATEE_ALGO_RSA;
	cert->info.key_bits = (uint32_t)bits;
}

static void check_ec(struct cert *cert, EVP_PKEY *key)
{
	static const struct {
		const char *name;
		imatee_u8 algo;
		uint32_t bits;
	} curves[] = {
		{ "prime256v1", IMATEE_ALGO_ECDSA_P256, 256 },
		{ "secp384r1", IMATEE_ALGO_ECDSA_P384, 384 },
		{ "secp521r1", IMATEE_ALGO_ECDSA_P521, 521 },
	};
	char name[64] = "";
	int explicit = 0;
	size_t i = 0;

	if (!EVP_PKEY_get_group_name(key, name, sizeof(name), NULL))
		refuse_key(cert);
	EVP_PKEY_get_int_param(key,
			       OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS,
			       &explicit);
	if (explicit)
		cert_refuse(
			cert->path,
			"its curve is given by parameters; use a named curve");
	for (i = 0; i < sizeof(curves) / sizeof(curves[0]); i++) {
		if (strcmp(name, curves[i].name))
			continue;
		cert->info.algo = curves[i].algo;
		cert->info.key_bits = curves[i].bits;
		return;
	}
	refuse_key(cert);
}

/* The public key as the kernel keeps it: what the BIT STRING holds. */
static void locate_pubkey(struct cert *cert)
{
	X509_PUBKEY *spki = X509_get_X509_PUBKEY(cert->x509);
	const unsigned char *key = NULL;
	size_t point = 1 + 2 * ((cert->info.key_bits + 7) / 8);
	int len = 0;

	if (!X509_PUBKEY_get0_param(NULL, &key, &len, NULL, spki) || len <= 0 ||
	    len > IMATEE_PUBKEY_MAX)
		refuse_key(cert);
	if (cert->info.algo != IMATEE_ALGO_RSA &&
	    ((size_t)len != point || key[0] != 0x04))
		cert_refuse(
			cert->path,
			"its point is compressed; issue it with an uncompressed one");
	cert->pubkey_offset = locate(cert, key, (size_t)len);
	cert->info.pubkey_len = (uint32_t)len;
}

/*
 * A key that anybody can sign with: an exponent of 1, a modulus that is even or a
 * prime, a point that is not on its curve. Linux does not look.
 */
static void check_strength(const struct cert *cert, EVP_PKEY *key)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
	bool sound = ctx && EVP_PKEY_public_check(ctx) == 1;

	EVP_PKEY_CTX_free(ctx);
	if (!sound)
		cert_refuse(
			cert->path,
			"its public key is not a sound one; make a new key");
}

static void check_key(struct cert *cert)
{
	EVP_PKEY *key = X509_get0_pubkey(cert->x509);

	if (!key)
		refuse_key(cert);
	switch (EVP_PKEY_get_id(key)) {
	case EVP_PKEY_RSA:
		check_rsa(cert, key);
		break;
	case EVP_PKEY_EC:
		check_ec(cert, key);
		break;
	default:
		refuse_key(cert);
	}
	check_strength(cert, key);
	locate_pubkey(cert);
}

/*
 * What a CA's own certificate forbids it: nobody looks there when it vouches for
 * a key that is added.
 */
static void check_constraints(const struct cert *cert)
{
	const uint32_t code = XKU_CODE_SIGN | XKU_ANYEKU;
	uint32_t flags = X509_get_extension_flags(cert->x509);

	if (flags & EXFLAG_CRITICAL ||
	    X509_get_ext_by_NID(cert->x509, NID_name_constraints, -1) >= 0)
		cert_refuse(
			cert->path,
			"it has name constraints or another critical extension, which the TEE does not heed; use a CA without");
	if (flags & EXFLAG_XKUSAGE &&
	    !(X509_get_extended_key_usage(cert->x509) & code))
		cert_refuse(
			cert->path,
			"its extended key usage lacks codeSigning; use a CA that may vouch for it");
}

static void check_usage(const struct cert *cert)
{
	uint32_t flags = X509_get_extension_flags(cert->x509);
	/* All bits, if the extension is not there. */
	uint32_t usage = X509_get_key_usage(cert->x509);

	if (flags & EXFLAG_INVALID)
		cert_refuse(cert->path,
			    "an extension of it is malformed; issue it anew");
	if (cert->info.ring != CERT_DIR_CA) {
		if (!(usage & KU_DIGITAL_SIGNATURE))
			cert_refuse(
				cert->path,
				"its key usage lacks digitalSignature; issue it with it");
		return;
	}
	if (!(flags & EXFLAG_CA))
		cert_refuse(
			cert->path,
			"not a CA; issue it with basicConstraints=critical,CA:TRUE, or move it to the directory of its ring");
	if (!(flags & EXFLAG_KUSAGE) || !(usage & KU_KEY_CERT_SIGN))
		cert_refuse(
			cert->path,
			"its key usage lacks keyCertSign; issue it with it");
	check_constraints(cert);
}

/*
 * The kernel reads the certificate, too: to show it, and to match appended
 * signatures. It stops at a signature algorithm that it does not know.
 */
static void check_signature(const struct cert *cert)
{
	static const int digests[] = { NID_sha1,     NID_sha224,  NID_sha256,
				       NID_sha384,   NID_sha512,  NID_sha3_256,
				       NID_sha3_384, NID_sha3_512 };
	const X509_ALGOR *outer = NULL;
	int digest = NID_undef;
	int key = NID_undef;
	size_t i = 0;

	X509_get0_signature(NULL, &outer, cert->x509);
	if (X509_ALGOR_cmp(X509_get0_tbs_sigalg(cert->x509), outer))
		cert_refuse(
			cert->path,
			"it names two different signature algorithms; issue it anew");
	X509_get_signature_info(cert->x509, &digest, &key, NULL, NULL);
	if (key == NID_rsaEncryption || key == NID_X9_62_id_ecPublicKey)
		for (i = 0; i < sizeof(digests) / sizeof(digests[0]); i++)
			if (digests[i] == digest)
				return;
	cert_refuse(
		cert->path,
		"its issuer signed it with %s, which Linux cannot read; issue it with RSA PKCS #1 v1.5 or ECDSA, and SHA-2",
		OBJ_nid2ln(X509_get_signature_nid(cert->x509)));
}

/* For people: one line, cut where a character of it ends. */
static void describe_subject(struct cert *cert)
{
	unsigned long flags = (XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
	size_t len = sizeof(cert->info.subject) - 1;
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL;
	long text_len = 0;

	if (!bio || X509_NAME_print_ex(bio, X509_get_subject_name(cert->x509),
				       0, flags) < 0)
		errx(1, "out of memory");
	text_len = BIO_get_mem_data(bio, &text);
	if ((size_t)text_len <= len) {
		len = (size_t)text_len;
	} else {
		/* 10xxxxxx continues a UTF-8 character. */
		while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	if (len)
		memcpy(cert->info.subject, text, len);
	BIO_free(bio);
}

/* What a list of revoked certificates and keys would name. */
void cert_locate_spki(struct cert *cert)
{
	unsigned char *der = NULL;
	int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert->x509), &der);

	if (len <= 0)
		refuse_key(cert);
	cert->spki_len = (size_t)len;
	cert->spki_offset = locate(cert, der, cert->spki_len);
	OPENSSL_free(der);
}

static void locate_tbs(struct cert *cert)
{
	unsigned char *der = NULL;
	int len = i2d_re_X509_tbs(cert->x509, &der);

	if (len <= 0)
		errx(1, "out of memory");
	cert->tbs_len = (size_t)len;
	cert->tbs_offset = locate(cert, der, cert->tbs_len);
	OPENSSL_free(der);
}

/* By which the certificates that a CA issues name it. */
static void locate_subject(struct cert *cert)
{
	const unsigned char *name = NULL;

	if (!X509_NAME_get0_der(X509_get_subject_name(cert->x509), &name,
				&cert->subject_len))
		errx(1, "out of memory");
	cert->subject_offset = locate(cert, name, cert->subject_len);
}

void cert_check(struct cert *cert, time_t now)
{
	check_validity(cert, now);
	check_usage(cert);
	check_key(cert);
	check_signature(cert);
	check_skid(cert);
	describe_subject(cert);
	locate_subject(cert);
	locate_tbs(cert);
	cert_locate_spki(cert);
	cert->info.source = IMATEE_SOURCE_BUILTIN;
	cert->info.cert_len = (uint32_t)cert->der_len;
	SHA256(cert->der, cert->der_len, cert->info.fingerprint);
}
