// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Appended signatures: PKCS #7 messages, made by OpenSSL, and what others make of
 * them.
 */
#define _GNU_SOURCE
#include <openssl/rand.h>
#include <stdlib.h>

#include "signing.h"

/* The file that is signed, and its SHA-256. */
static const char file[] = "a module";
static uint8_t digest[32];

static CMS_SignerInfo *add(CMS_ContentInfo *cms, size_t kind, const EVP_MD *md,
			   unsigned int flags)
{
	CMS_SignerInfo *signer = CMS_add1_signer(cms, certs[kind], keys[kind],
						 md, PLAIN | flags);

	assert_non_null(signer);
	return signer;
}

static enum imatee_error verify_as(const struct message *message, uint8_t ring,
				   uint8_t algo, const uint8_t *of, size_t len)
{
	const struct digests one = { 1, { { algo, { of, len } } } };

	return message_verify(message, ring, IMATEE_DIGEST_FILE, &one);
}

static enum imatee_error verify(const struct message *message)
{
	return verify_as(message, IMATEE_RING_IMA, IMATEE_HASH_SHA256, digest,
			 sizeof(digest));
}

static void one(size_t kind, struct message *message)
{
	CMS_ContentInfo *cms = message_start();

	add(cms, kind, EVP_sha256(), 0);
	message_finish(cms, file, message);
}

static void each_algorithm(void **state)
{
	uint8_t of[EVP_MAX_MD_SIZE] = { 0 };
	struct message message = { 0 };
	CMS_ContentInfo *cms = NULL;
	unsigned int len = 0;
	size_t kind = 0;
	size_t hash = 0;

	(void)state;
	for (kind = 0; kind < KINDS; kind++) {
		/* SHA-1 to SHA-512; what OpenSSL calls the others, Linux does not know */
		for (hash = 0; hash <= SHA512; hash++) {
			cms = message_start();
			add(cms, kind, hashes[hash].md(), 0);
			message_finish(cms, file, &message);
			EVP_Digest(file, sizeof(file) - 1, of, &len,
				   hashes[hash].md(), NULL);
			if (verify_as(&message, IMATEE_RING_IMA,
				      hashes[hash].id, of, len) != IMATEE_OK)
				fail_msg("%s with hash %u", kinds[kind].name,
					 hashes[hash].id);
			assert_int_equal(verify_as(&message,
						   IMATEE_RING_PLATFORM,
						   hashes[hash].id, of, len),
					 IMATEE_OK);
			of[0] ^= 1;
			assert_int_equal(verify_as(&message, IMATEE_RING_IMA,
						   hashes[hash].id, of, len),
					 IMATEE_ERR_SIG_INVALID);
			OPENSSL_free(message.der);
		}
	}
}

static void named_by_skid(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();

	(void)state;
	add(cms, P256, EVP_sha256(), CMS_USE_KEYID);
	message_finish(cms, file, &message);
	assert_int_equal(verify(&message), IMATEE_OK);
	OPENSSL_free(message.der);
}

static void attributes(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();

	(void)state;
	assert_non_null(CMS_add1_signer(cms, certs[P256], keys[P256],
					EVP_sha256(), PLAIN & ~CMS_NOATTR));
	message_finish(cms, file, &message);
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
}

/*
 * Where an element of @message begins that is longer than 255 bytes and holds the byte
 * at @at: its length is in two bytes behind 0x82. Each of them grows by two.
 */
static void grow(struct message *message, size_t at)
{
	unsigned char *der = message->der;
	size_t start = 0;
	size_t len = 0;

	while (start < at) {
		/* an element beside the way there */
		if (der[start + 1] < 0x80) {
			start += 2 + der[start + 1];
			continue;
		}
		assert_int_equal(der[start + 1], 0x82);
		len = (size_t)der[start + 2] << 8 | der[start + 3];
		assert_true(at < start + 4 + len);
		len += 2;
		der[start + 2] = (unsigned char)(len >> 8);
		der[start + 3] = (unsigned char)len;
		start += 4;
	}
}

/*
 * Attributes that are there, and a signature of the file as if they were not: nothing
 * but their being there speaks against it.
 */
static void attributes_beside(void **state)
{
	/* what stands behind them: rsaEncryption */
	static const unsigned char rsa[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a,
					     0x86, 0x48, 0x86, 0xf7, 0x0d,
					     0x01, 0x01, 0x01, 0x05, 0x00 };
	struct message message = { 0 };
	unsigned char *at = NULL;
	size_t before = 0;

	(void)state;
	one(RSA2048, &message);
	assert_int_equal(verify(&message), IMATEE_OK);
	at = memmem(message.der, message.len, rsa, sizeof(rsa));
	assert_non_null(at);
	before = (size_t)(at - message.der);
	grow(&message, before);
	message.der = OPENSSL_realloc(message.der, message.len + 2);
	memmove(message.der + before + 2, message.der + before,
		message.len - before);
	message.der[before] = 0xa0;
	message.der[before + 1] = 0;
	message.len += 2;
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
}

/* Both numbers of versions are those of a signer named in the other way. */
static void versions(void **state)
{
	struct message message = { 0 };
	unsigned int found = 0;
	size_t i = 0;

	(void)state;
	one(RSA2048, &message);
	for (i = 0; i + 3 < message.len && found < 2; i++) {
		/* SignedData's, then its SignerInfo's */
		if (memcmp(message.der + i, "\x02\x01\x01", 3))
			continue;
		message.der[i + 2] = 3;
		found++;
	}
	assert_int_equal(found, 2);
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	OPENSSL_free(message.der);
}

/* A certificate in the message that is not ours, and its key: nobody. */
static void stranger(void **state)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	X509 *cert = X509_dup(certs[P256]);
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();

	(void)state;
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 0x6666);
	X509_set_pubkey(cert, key);
	X509_sign(cert, key, EVP_sha256());
	assert_non_null(CMS_add1_signer(cms, cert, key, EVP_sha256(),
					PLAIN & ~CMS_NOCERTS));
	message_finish(cms, file, &message);
	assert_int_equal(verify(&message), IMATEE_ERR_NO_KEY);
	OPENSSL_free(message.der);

	/* the same under the name of one of ours */
	ASN1_INTEGER_set(X509_get_serialNumber(cert), 0x7000 + P256);
	X509_sign(cert, key, EVP_sha256());
	cms = message_start();
	assert_non_null(CMS_add1_signer(cms, cert, key, EVP_sha256(),
					PLAIN & ~CMS_NOCERTS));
	message_finish(cms, file, &message);
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
	X509_free(cert);
	EVP_PKEY_free(key);
}

static void content_inside(void **state)
{
	BIO *bio = BIO_new_mem_buf(file, -1);
	CMS_ContentInfo *cms = CMS_sign(certs[P256], keys[P256], NULL, bio,
					(PLAIN & ~CMS_DETACHED) & ~CMS_PARTIAL);
	struct message message = { 0 };

	(void)state;
	assert_non_null(cms);
	message.len = (size_t)i2d_CMS_ContentInfo(cms, &message.der);
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	OPENSSL_free(message.der);
	CMS_ContentInfo_free(cms);
	BIO_free(bio);
}

static void each_bit(void **state)
{
	struct message message = { 0 };
	unsigned int passed = 0;
	size_t bit = 0;

	(void)state;
	one(P256, &message);
	for (bit = 0; bit < message.len * 8; bit++) {
		message.der[bit / 8] ^= (unsigned char)(1 << bit % 8);
		passed += verify(&message) == IMATEE_OK;
		message.der[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	/*
	 * What nothing depends on: the algorithms that are announced in front, 13
	 * bytes with their heads, and which hash the name of the signature's
	 * algorithm goes with.
	 */
	assert_in_range(passed, 1, 8 * 13 - 1);
	assert_int_equal(verify(&message), IMATEE_OK);
	OPENSSL_free(message.der);
}

static void each_length(void **state)
{
	struct message message = { 0 };
	size_t whole = 0;

	(void)state;
	one(RSA2048, &message);
	whole = message.len;
	for (message.len = 0; message.len < whole; message.len++)
		assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	message.der = OPENSSL_realloc(message.der, whole + 1);
	message.der[whole] = 0;
	message.len = whole + 1;
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	OPENSSL_free(message.der);
}

static void wrong_use(void **state)
{
	struct imatee_verify request = { .ring = IMATEE_RING_EVM,
					 .purpose = IMATEE_PURPOSE_MODSIG,
					 .digest_kind = IMATEE_DIGEST_FILE,
					 .digest_algo = IMATEE_HASH_SHA256 };
	const struct digests of = {
		1, { { IMATEE_HASH_SHA256, { digest, sizeof(digest) } } }
	};
	struct message message = { 0 };
	struct slice der = { 0 };
	uint8_t kind = 0;

	(void)state;
	one(P256, &message);
	der = (struct slice){ message.der, message.len };
	assert_int_equal(modsig_verify(store, &request, &of, der),
			 IMATEE_ERR_BAD_VALUE);
	request.ring = IMATEE_RING_IMA;
	for (kind = 0; kind < 8; kind++) {
		request.digest_kind = kind;
		assert_int_equal(modsig_verify(store, &request, &of, der),
				 kind == IMATEE_DIGEST_FILE ||
						 kind == IMATEE_DIGEST_FILES ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_VALUE);
	}
	assert_int_equal(verify_as(&message, IMATEE_RING_IMA,
				   IMATEE_HASH_SHA384, digest, 32),
			 IMATEE_ERR_SIG_INVALID);
	assert_int_equal(verify_as(&message, IMATEE_RING_IMA,
				   IMATEE_HASH_SHA256, digest, 31),
			 IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
}

static int setup(void **state)
{
	EVP_Digest(file, sizeof(file) - 1, digest, NULL, EVP_sha256(), NULL);
	return attempt_setup(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "messages of each algorithm verify, of another file they do not",
		  each_algorithm, NULL, NULL, NULL },
		{ "a signer is known by its key identifier, too", named_by_skid,
		  NULL, NULL, NULL },
		{ "signed attributes are refused, as Linux refuses them",
		  attributes, NULL, NULL, NULL },
		{ "so they are beside a signature that is good without them",
		  attributes_beside, NULL, NULL, NULL },
		{ "the versions go with how the signer is named", versions,
		  NULL, NULL, NULL },
		{ "a certificate in the message makes nobody known", stranger,
		  NULL, NULL, NULL },
		{ "a message with the file inside is refused", content_inside,
		  NULL, NULL, NULL },
		{ "a bit changed anywhere matters, or nothing depends on it",
		  each_bit, NULL, NULL, NULL },
		{ "a message cut or extended is refused", each_length, NULL,
		  NULL, NULL },
		{ "only for .ima and .platform, and for digests of a file",
		  wrong_use, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, setup, attempt_teardown);
}
