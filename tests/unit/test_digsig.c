// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signatures in extended attributes: form, version, hash algorithm and key.
 */
#include "attempt.h"

static void each_length(void **state)
{
	static const size_t tried[] = { RSA2048, P256 };
	struct attempt a = { 0 };
	uint32_t whole = 0;
	size_t kind = 0;
	uint32_t len = 0;

	(void)state;
	for (kind = 0; kind < COUNT(tried); kind++) {
		attempt_make(&a, tried[kind], SHA256);
		whole = a.request.sig_len;
		for (len = 0; len < whole + 8; len++) {
			if (len == whole)
				continue;
			/* first a size that lies, then one that does not */
			a.request.sig_len = len;
			assert_int_equal(attempt_verify(&a),
					 IMATEE_ERR_SIG_MALFORMED);
			if (len <= HEADER)
				continue;
			attempt_set_size(&a, len - HEADER);
			assert_int_equal(attempt_verify(&a),
					 IMATEE_ERR_SIG_INVALID);
			attempt_set_size(&a, whole - HEADER);
		}
	}
}

/* Which combinations are taken: all others are refused. */
static bool allowed(const struct imatee_verify *r, uint8_t type,
		    uint8_t version)
{
	switch (r->purpose) {
	case IMATEE_PURPOSE_IMA:
		return (r->ring == IMATEE_RING_IMA ||
			r->ring == IMATEE_RING_PLATFORM) &&
		       r->digest_kind == IMATEE_DIGEST_FILE && type == 3 &&
		       version == 2;
	case IMATEE_PURPOSE_EVM:
		return r->ring == IMATEE_RING_EVM &&
		       r->digest_kind == IMATEE_DIGEST_METADATA && type == 3 &&
		       version == 2;
	case IMATEE_PURPOSE_EVM_PORTABLE:
		return r->ring == IMATEE_RING_EVM &&
		       r->digest_kind == IMATEE_DIGEST_METADATA && type == 5 &&
		       version == 2;
	default:
		return false;
	}
}

static void each_form(void **state)
{
	struct attempt a = { 0 };
	unsigned int taken = 0;
	unsigned int i = 0;

	(void)state;
	attempt_make(&a, P256, SHA256);
	for (i = 0; i < 3 * 8 * 8 * 8 * 5; i++) {
		a.request.ring = (uint8_t)(1 + i % 3);
		a.request.purpose = (uint8_t)(i / 3 % 8);
		a.request.digest_kind = (uint8_t)(i / 24 % 8);
		a.attribute[0] = (uint8_t)(i / 192 % 8);
		a.attribute[1] = (uint8_t)(i / 1536);
		if (allowed(&a.request, a.attribute[0], a.attribute[1])) {
			assert_int_equal(attempt_verify(&a), IMATEE_OK);
			taken++;
		} else {
			assert_int_not_equal(attempt_verify(&a), IMATEE_OK);
		}
	}
	assert_int_equal(taken, 4);
}

static void old_versions(void **state)
{
	struct attempt a = { 0 };
	unsigned int version = 0;

	(void)state;
	attempt_make(&a, P256, SHA256);
	for (version = 0; version < 256; version++) {
		a.attribute[1] = (uint8_t)version;
		assert_int_equal(attempt_verify(&a),
				 version == 2 ? IMATEE_OK :
						IMATEE_ERR_SIG_VERSION);
	}
}

/* The digest of struct ima_file_id, made in another way than the TA does. */
static void hash_file_id(const struct attempt *a, const EVP_MD *md,
			 uint8_t type, uint8_t algo, uint8_t *digest)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	EVP_DigestInit(ctx, md);
	EVP_DigestUpdate(ctx, &type, 1);
	EVP_DigestUpdate(ctx, &algo, 1);
	EVP_DigestUpdate(ctx, a->digest, (size_t)EVP_MD_size(md));
	EVP_DigestFinal(ctx, digest, NULL);
	EVP_MD_CTX_free(ctx);
}

static enum imatee_error try_verity(size_t kind, size_t hash, uint8_t type,
				    uint8_t algo)
{
	const EVP_MD *md = hashes[hash].md();
	uint8_t digest[EVP_MAX_MD_SIZE] = { 0 };
	struct attempt a = { 0 };

	attempt_make(&a, kind, hash);
	a.request.purpose = IMATEE_PURPOSE_VERITY;
	a.request.digest_kind = IMATEE_DIGEST_VERITY;
	a.attribute[0] = 6;
	a.attribute[1] = 3;
	hash_file_id(&a, md, type, algo, digest);
	attempt_sign(&a, kind, md, digest, RSA_PKCS1_PADDING);
	return attempt_verify(&a);
}

static void verity(void **state)
{
	struct attempt a = { 0 };
	size_t kind = 0;
	size_t hash = 0;

	(void)state;
	/* those that are hashed here; SHA-1 and SHA-3 are not */
	for (kind = 0; kind < KINDS; kind++)
		for (hash = SHA224; hash <= SHA512; hash++)
			assert_int_equal(try_verity(kind, hash, 6,
						    hashes[hash].id),
					 IMATEE_OK);
	assert_int_equal(try_verity(P256, HASH_SHA1, 6, hashes[HASH_SHA1].id),
			 IMATEE_ERR_SIG_HASH);
	assert_int_equal(try_verity(P256, SHA256, 3, hashes[SHA256].id),
			 IMATEE_ERR_SIG_INVALID);
	assert_int_equal(try_verity(P256, SHA256, 6, hashes[SHA224].id),
			 IMATEE_ERR_SIG_INVALID);
	/* a signature of the bare digest is none of a file's identity */
	attempt_make(&a, P256, SHA256);
	a.request.purpose = IMATEE_PURPOSE_VERITY;
	a.request.digest_kind = IMATEE_DIGEST_VERITY;
	a.attribute[0] = 6;
	a.attribute[1] = 3;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
}

static void keys_by_id(void **state)
{
	struct attempt a = { 0 };

	(void)state;
	attempt_make(&a, P256, SHA256);
	a.attribute[6] = RSA2048;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	a.attribute[6] = P521;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	a.attribute[3] ^= 0x80;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_NO_KEY);
}

static void hash_names(void **state)
{
	struct attempt a = { 0 };
	unsigned int id = 0;
	enum imatee_error want = IMATEE_OK;

	(void)state;
	attempt_make(&a, RSA2048, SHA256);
	for (id = 0; id < 256; id++) {
		if (id == hashes[SHA256].id)
			continue;
		want = hash_algo_find((uint8_t)id) ? IMATEE_ERR_SIG_INVALID :
						     IMATEE_ERR_SIG_HASH;
		/* in the attribute, in both, in the request */
		a.attribute[2] = (uint8_t)id;
		assert_int_equal(attempt_verify(&a), want);
		a.request.digest_algo = (uint8_t)id;
		assert_int_equal(attempt_verify(&a), want);
		a.attribute[2] = hashes[SHA256].id;
		assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
		a.request.digest_algo = hashes[SHA256].id;
	}
	for (id = 0; id <= IMATEE_DIGEST_MAX; id++) {
		a.request.digest_len = id;
		assert_int_equal(attempt_verify(&a),
				 id == 32 ? IMATEE_OK : IMATEE_ERR_SIG_INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "a signature cut or extended, with a size that lies or not, is refused",
		  each_length, NULL, NULL, NULL },
		{ "ring, purpose, kind of digest, type and version must go together, all others are refused",
		  each_form, NULL, NULL, NULL },
		{ "each version but 2 is refused as a version", old_versions,
		  NULL, NULL, NULL },
		{ "fs-verity: the TEE makes the digest of the file's identity",
		  verity, NULL, NULL, NULL },
		{ "the key is the one of that id, in that ring", keys_by_id,
		  NULL, NULL, NULL },
		{ "hash algorithm, its name in the attribute, and the digest's length are one",
		  hash_names, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, attempt_setup, attempt_teardown);
}
