// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mkcert.h"

#define YEAR ((time_t)365 * 24 * 3600)

const struct mkcert mkcert_good = {
	.key = "P-256",
	.cn = "good",
	.usage = "digitalSignature",
	.basic = "critical,CA:FALSE",
	.skid = "hash",
	.not_before = 0,
	.not_after = 100 * YEAR,
};

const struct mkcert mkcert_good_ca = {
	.key = "P-256",
	.cn = "good CA",
	.usage = "keyCertSign",
	.basic = "critical,CA:TRUE",
	.skid = "hash",
	.not_before = 0,
	.not_after = 100 * YEAR,
};

static void check(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "mkcert: %s\n", what);
	abort();
}

static EVP_PKEY *make_rsa(const struct mkcert *spec, int bits)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
	EVP_PKEY *key = NULL;
	BIGNUM *e = NULL;

	check(ctx && EVP_PKEY_keygen_init(ctx) > 0, "keygen");
	check(EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) > 0, "bits");
	if (spec->exponent) {
		check(BN_hex2bn(&e, spec->exponent) > 0, "exponent");
		check(EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, e) > 0,
		      "exponent");
		BN_free(e);
	}
	check(EVP_PKEY_keygen(ctx, &key) > 0, "RSA key");
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static EVP_PKEY *make_ec(const struct mkcert *spec)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
	OSSL_PARAM params[3] = { OSSL_PARAM_END, OSSL_PARAM_END,
				 OSSL_PARAM_END };
	EVP_PKEY *key = NULL;
	size_t n = 0;

	params[n++] = OSSL_PARAM_construct_utf8_string(
		OSSL_PKEY_PARAM_GROUP_NAME, (char *)spec->key, 0);
	if (spec->explicit_curve)
		params[n++] = OSSL_PARAM_construct_utf8_string(
			OSSL_PKEY_PARAM_EC_ENCODING, (char *)"explicit", 0);
	check(ctx && EVP_PKEY_keygen_init(ctx) > 0, "keygen");
	check(EVP_PKEY_CTX_set_params(ctx, params) > 0, "parameters");
	check(EVP_PKEY_keygen(ctx, &key) > 0, "EC key");
	if (spec->compressed)
		check(EVP_PKEY_set_utf8_string_param(
			      key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
			      "compressed") > 0,
		      "point format");
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static EVP_PKEY *make_key(const struct mkcert *spec)
{
	if (!strncmp(spec->key, "rsa:", 4))
		return make_rsa(spec, atoi(spec->key + 4));
	if (!strcmp(spec->key, "ed25519"))
		return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	return make_ec(spec);
}

static void add_extension(X509 *cert, const struct mkcert *spec,
			  const char *name, const char *value)
{
	X509 *issuer = spec->issuer ? spec->issuer->cert : cert;
	X509V3_CTX ctx = { 0 };
	X509_EXTENSION *extension = NULL;

	if (!value || !*value)
		return;
	X509V3_set_ctx(&ctx, issuer, cert, NULL, NULL, 0);
	extension = X509V3_EXT_conf(NULL, &ctx, name, value);
	check(extension && X509_add_ext(cert, extension, -1), name);
	X509_EXTENSION_free(extension);
}

/* The key as it is, or with the exponent 1: then the digest is the signature. */
static void set_pubkey(X509 *cert, EVP_PKEY *key, const struct mkcert *spec)
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *shown = NULL;
	BIGNUM *n = NULL;

	if (!spec->weak) {
		check(X509_set_pubkey(cert, key), "public key");
	} else {
		check(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) > 0,
		      "modulus");
		OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n);
		OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E,
				       BN_value_one());
		params = OSSL_PARAM_BLD_to_param(build);
		check(EVP_PKEY_fromdata_init(ctx) > 0, "weak key");
		check(EVP_PKEY_fromdata(ctx, &shown, EVP_PKEY_PUBLIC_KEY,
					params) > 0,
		      "weak key");
		check(X509_set_pubkey(cert, shown), "weak key");
	}
	EVP_PKEY_free(shown);
	OSSL_PARAM_free(params);
	BN_free(n);
	EVP_PKEY_CTX_free(ctx);
	OSSL_PARAM_BLD_free(build);
}

static void add_name(X509_NAME *name, const char *type, const char *value)
{
	check(X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8,
					 (const unsigned char *)value, -1, -1,
					 0),
	      type);
}

static void set_names(X509 *cert, const struct mkcert *spec)
{
	X509_NAME *name = X509_get_subject_name(cert);
	const char *const *more = NULL;

	add_name(name, "CN", spec->cn);
	for (more = spec->subject; more && *more; more += 2)
		add_name(name, more[0], more[1]);
	if (spec->issuer_cn)
		add_name(X509_get_issuer_name(cert), "CN", spec->issuer_cn);
	else if (spec->issuer)
		check(X509_set_issuer_name(
			      cert, X509_get_subject_name(spec->issuer->cert)),
		      "issuer");
	else
		check(X509_set_issuer_name(cert, name), "issuer");
}

static void add_padding(X509 *cert, const struct mkcert *spec)
{
	char *text = NULL;

	if (!spec->padding)
		return;
	text = calloc(1, spec->padding + 1);
	check(text != NULL, "memory");
	memset(text, 'x', spec->padding);
	add_extension(cert, spec, "nsComment", text);
	free(text);
}

static void sign(X509 *cert, EVP_PKEY *own, const struct mkcert *spec)
{
	const char *digest = spec->digest ? spec->digest : "SHA256";
	EVP_PKEY *key = spec->issuer ? spec->issuer->key : own;
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	EVP_PKEY_CTX *pctx = NULL;
	const EVP_MD *md = NULL;

	if (!EVP_PKEY_is_a(key, "ED25519"))
		md = EVP_get_digestbyname(digest);
	check(ctx && EVP_DigestSignInit(ctx, &pctx, md, NULL, key) > 0,
	      "signature");
	if (spec->pss)
		check(EVP_PKEY_CTX_set_rsa_padding(pctx,
						   RSA_PKCS1_PSS_PADDING) > 0,
		      "PSS");
	check(X509_sign_ctx(cert, ctx) > 0, "signature");
	EVP_MD_CTX_free(ctx);
}

static void write_cert(X509 *cert, const char *path)
{
	FILE *file = fopen(path, "wb");
	bool pem = strstr(path, ".pem") != NULL;

	check(file != NULL, path);
	check(pem ? PEM_write_X509(file, cert) : i2d_X509_fp(file, cert), path);
	check(fclose(file) == 0, path);
}

static X509 *make(const struct mkcert *spec, EVP_PKEY *key)
{
	static long serial;
	X509 *cert = X509_new();

	check(key && cert, "memory");
	check(X509_set_version(cert, X509_VERSION_3), "version");
	ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial);
	ASN1_TIME_set(X509_getm_notBefore(cert), spec->not_before);
	ASN1_TIME_set(X509_getm_notAfter(cert), spec->not_after);
	set_pubkey(cert, key, spec);
	set_names(cert, spec);
	add_extension(cert, spec, "keyUsage", spec->usage);
	add_extension(cert, spec, "basicConstraints", spec->basic);
	add_extension(cert, spec, "subjectKeyIdentifier", spec->skid);
	add_extension(cert, spec, "authorityKeyIdentifier", spec->akid);
	add_extension(cert, spec, spec->extra, spec->extra_value);
	add_padding(cert, spec);
	sign(cert, key, spec);
	return cert;
}

void mkcert_make_ca(const struct mkcert *spec, struct mkcert_ca *ca)
{
	ca->key = make_key(spec);
	ca->cert = make(spec, ca->key);
}

void mkcert_free_ca(struct mkcert_ca *ca)
{
	X509_free(ca->cert);
	EVP_PKEY_free(ca->key);
}

void mkcert_write(const struct mkcert *spec, const char *path)
{
	struct mkcert_ca made = { 0 };

	mkcert_make_ca(spec, &made);
	write_cert(made.cert, path);
	mkcert_free_ca(&made);
}

unsigned char *mkcert_der(const struct mkcert *spec, size_t *len)
{
	struct mkcert_ca made = { 0 };
	unsigned char *der = NULL;
	int size = 0;

	mkcert_make_ca(spec, &made);
	size = i2d_X509(made.cert, &der);
	check(size > 0, "DER");
	*len = (size_t)size;
	mkcert_free_ca(&made);
	return der;
}

void mkcert_write_ca(const struct mkcert *spec, const char *cert_path,
		     const char *key_path)
{
	struct mkcert_ca made = { 0 };
	FILE *file = fopen(key_path, "wb");

	mkcert_make_ca(spec, &made);
	write_cert(made.cert, cert_path);
	check(file && PEM_write_PrivateKey(file, made.key, NULL, NULL, 0, NULL,
					   NULL),
	      key_path);
	check(fclose(file) == 0, key_path);
	mkcert_free_ca(&made);
}

void mkcert_read_ca(const char *cert_path, const char *key_path,
		    struct mkcert_ca *ca)
{
	FILE *file = fopen(cert_path, "rb");

	check(file != NULL, cert_path);
	ca->cert = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	file = fopen(key_path, "rb");
	check(file != NULL, key_path);
	ca->key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	fclose(file);
	check(ca->cert && ca->key, cert_path);
}
