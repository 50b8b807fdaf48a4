// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>

#include "attempt.h"

const struct attempt_kind kinds[KINDS] = {
	{ "rsa-2048", IMATEE_ALGO_RSA, 2048, NULL },
	{ "rsa-3072", IMATEE_ALGO_RSA, 3072, NULL },
	{ "rsa-4096", IMATEE_ALGO_RSA, 4096, NULL },
	{ "p-256", IMATEE_ALGO_ECDSA_P256, 0, "P-256" },
	{ "p-384", IMATEE_ALGO_ECDSA_P384, 0, "P-384" },
	{ "p-521", IMATEE_ALGO_ECDSA_P521, 0, "P-521" },
};

const struct attempt_hash hashes[HASHES] = {
	{ IMATEE_HASH_SHA1, EVP_sha1 },
	{ IMATEE_HASH_SHA224, EVP_sha224 },
	{ IMATEE_HASH_SHA256, EVP_sha256 },
	{ IMATEE_HASH_SHA384, EVP_sha384 },
	{ IMATEE_HASH_SHA512, EVP_sha512 },
	{ IMATEE_HASH_SHA3_256, EVP_sha3_256 },
	{ IMATEE_HASH_SHA3_384, EVP_sha3_384 },
	{ IMATEE_HASH_SHA3_512, EVP_sha3_512 },
};

EVP_PKEY *keys[KINDS];
X509 *certs[KINDS];
struct keystore *store;

#define KEYID(kind) (0x01020300u + (uint32_t)(kind))

/* Self-signed: all that is looked at is its name and number. */
static X509 *make_cert(size_t kind)
{
	X509 *cert = X509_new();
	X509_NAME *name = X509_get_subject_name(cert);
	X509_EXTENSION *extension = NULL;
	char skid[16] = "";

	X509_set_version(cert, X509_VERSION_3);
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 0x7000 + (long)kind);
	X509_gmtime_adj(X509_getm_notBefore(cert), 0);
	X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
	X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
				   (const unsigned char *)kinds[kind].name, -1,
				   -1, 0);
	X509_set_issuer_name(cert, name);
	X509_set_pubkey(cert, keys[kind]);
	snprintf(skid, sizeof(skid), "010203%02x", (unsigned int)kind);
	extension = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_key_identifier,
					skid);
	assert_int_equal(X509_add_ext(cert, extension, -1), 1);
	X509_EXTENSION_free(extension);
	assert_true(X509_sign(cert, keys[kind], EVP_sha256()) > 0);
	return cert;
}

/* What the keeper would tell of it, made in another way. */
static void make_issuer(const X509 *cert, struct keystore_issuer *issuer)
{
	unsigned char *name = NULL;
	unsigned char *serial = NULL;
	const int name_len = i2d_X509_NAME(X509_get_issuer_name(cert), &name);
	const int serial_len =
		i2d_ASN1_INTEGER(X509_get0_serialNumber(cert), &serial);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	EVP_DigestInit(ctx, EVP_sha256());
	EVP_DigestUpdate(ctx, name, (size_t)name_len);
	EVP_DigestUpdate(ctx, serial, (size_t)serial_len);
	EVP_DigestFinal(ctx, issuer->digest, NULL);
	issuer->known = true;
	EVP_MD_CTX_free(ctx);
	OPENSSL_free(name);
	OPENSSL_free(serial);
}

static void add_key(size_t kind, uint8_t ring, uint32_t index)
{
	struct imatee_key_info info = { .ring = ring,
					.algo = kinds[kind].algo,
					.skid_len = 4,
					.index = index,
					.keyid = KEYID(kind),
					.skid = { 1, 2, 3, (uint8_t)kind },
					.fingerprint = { (uint8_t)kind, 1 },
					.cert_len = 1,
					.subject = "CN = test" };
	struct keystore_issuer issuer = { 0 };
	const X509_PUBKEY *pub = NULL;
	X509_PUBKEY *made = NULL;
	const unsigned char *bytes = NULL;
	int len = 0;

	assert_int_equal(X509_PUBKEY_set(&made, keys[kind]), 1);
	pub = made;
	assert_int_equal(X509_PUBKEY_get0_param(NULL, &bytes, &len, NULL, pub),
			 1);
	info.pubkey_len = (uint32_t)len;
	make_issuer(certs[kind], &issuer);
	assert_int_equal(keystore_add(store, &info, bytes, &issuer), IMATEE_OK);
	X509_PUBKEY_free(made);
}

int attempt_setup(void **state)
{
	size_t i = 0;
	uint8_t ring = 0;

	(void)state;
	host_reset();
	store = keystore_new();
	assert_non_null(store);
	for (i = 0; i < KINDS; i++)
		keys[i] = kinds[i].curve ? EVP_EC_gen(kinds[i].curve) :
					   EVP_RSA_gen(kinds[i].rsa_bits);
	for (i = 0; i < KINDS; i++)
		certs[i] = make_cert(i);
	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++)
		for (i = 0; i < KINDS; i++)
			add_key(i, ring, (uint32_t)i);
	return 0;
}

int attempt_teardown(void **state)
{
	size_t i = 0;

	(void)state;
	for (i = 0; i < KINDS; i++)
		EVP_PKEY_free(keys[i]);
	for (i = 0; i < KINDS; i++)
		X509_free(certs[i]);
	keystore_free(store);
	return 0;
}

void attempt_set_size(struct attempt *a, size_t len)
{
	a->attribute[7] = (uint8_t)(len >> 8);
	a->attribute[8] = (uint8_t)len;
	a->request.sig_len = (uint32_t)(HEADER + len);
}

void attempt_sign(struct attempt *a, size_t kind, const EVP_MD *md,
		  const uint8_t *digest, int padding)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(keys[kind], NULL);
	size_t len = sizeof(a->attribute) - HEADER;

	assert_int_equal(EVP_PKEY_sign_init(ctx), 1);
	if (!kinds[kind].curve)
		assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(ctx, padding), 1);
	assert_int_equal(EVP_PKEY_CTX_set_signature_md(ctx, md), 1);
	assert_int_equal(EVP_PKEY_sign(ctx, a->attribute + HEADER, &len, digest,
				       (size_t)EVP_MD_size(md)),
			 1);
	EVP_PKEY_CTX_free(ctx);
	attempt_set_size(a, len);
}

void attempt_make(struct attempt *a, size_t kind, size_t hash)
{
	const EVP_MD *md = hashes[hash].md();
	const uint8_t head[] = { 3, 2, hashes[hash].id, 1, 2, 3, (uint8_t)kind,
				 0, 0 };

	memset(a, 0, sizeof(*a));
	a->request.ring = IMATEE_RING_IMA;
	a->request.purpose = IMATEE_PURPOSE_IMA;
	a->request.digest_kind = IMATEE_DIGEST_FILE;
	a->request.digest_algo = hashes[hash].id;
	a->request.digest_len = (uint32_t)EVP_MD_size(md);
	assert_int_equal(RAND_bytes(a->digest, (int)a->request.digest_len), 1);
	memcpy(a->attribute, head, sizeof(head));
	attempt_sign(a, kind, md, a->digest, RSA_PKCS1_PADDING);
}

enum imatee_error attempt_verify(const struct attempt *a)
{
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *digest = malloc(a->request.digest_len + 1);
	uint8_t *attribute = malloc(a->request.sig_len + 1);
	enum imatee_error error = IMATEE_OK;

	memcpy(digest + 1, a->digest, a->request.digest_len);
	memcpy(attribute + 1, a->attribute, a->request.sig_len);
	error = digsig_verify(
		store, &a->request,
		(struct slice){ digest + 1, a->request.digest_len },
		(struct slice){ attribute + 1, a->request.sig_len });
	free(digest);
	free(attribute);
	return error;
}
