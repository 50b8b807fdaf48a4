// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * RSA and ECDSA: what is signed verifies, and no forgery does.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

#include "attempt.h"

static void each_algorithm(void **state)
{
	struct attempt a = { 0 };
	size_t kind = 0;
	size_t hash = 0;

	(void)state;
	for (kind = 0; kind < KINDS; kind++) {
		for (hash = 0; hash < HASHES; hash++) {
			attempt_make(&a, kind, hash);
			if (attempt_verify(&a) != IMATEE_OK)
				fail_msg("%s with hash %u", kinds[kind].name,
					 hashes[hash].id);
			a.digest[0] ^= 1;
			assert_int_equal(attempt_verify(&a),
					 IMATEE_ERR_SIG_INVALID);
		}
	}
}

/* The keys take turns, so that each finds the numbers of another one at work. */
static void alternating(void **state)
{
	struct attempt a[KINDS];
	size_t round = 0;
	size_t i = 0;

	(void)state;
	for (i = 0; i < KINDS; i++)
		attempt_make(&a[i], i, SHA256);
	for (round = 0; round < 3 * KINDS; round++)
		for (i = 0; i < KINDS; i++)
			assert_int_equal(
				attempt_verify(&a[(i * round) % KINDS]),
				IMATEE_OK);
}

static void each_bit(void **state)
{
	static const size_t tried[] = { RSA2048, P256, P521 };
	struct attempt a = { 0 };
	size_t kind = 0;
	size_t bit = 0;

	(void)state;
	for (kind = 0; kind < COUNT(tried); kind++) {
		attempt_make(&a, tried[kind], SHA256);
		for (bit = 0; bit < a.request.sig_len * 8; bit++) {
			a.attribute[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_int_not_equal(attempt_verify(&a), IMATEE_OK);
			a.attribute[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		for (bit = 0; bit < a.request.digest_len * 8; bit++) {
			a.digest[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_int_equal(attempt_verify(&a),
					 IMATEE_ERR_SIG_INVALID);
			a.digest[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		assert_int_equal(attempt_verify(&a), IMATEE_OK);
	}
}

/* Raises @block to the private exponent. */
static void sign_block(struct attempt *a, const uint8_t block[256])
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(keys[RSA2048], NULL);
	size_t len = 256;

	assert_int_equal(EVP_PKEY_sign_init(ctx), 1);
	assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING), 1);
	assert_int_equal(
		EVP_PKEY_sign(ctx, a->attribute + HEADER, &len, block, 256), 1);
	EVP_PKEY_CTX_free(ctx);
	attempt_set_size(a, 256);
}

/* 00 01 FF ... FF 00 and a DigestInfo of SHA-256 with so many FF. */
static void make_block(const struct attempt *a, uint8_t block[256], size_t ffs)
{
	static const uint8_t info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06,
					0x09, 0x60, 0x86, 0x48, 0x01,
					0x65, 0x03, 0x04, 0x02, 0x01,
					0x05, 0x00, 0x04, 0x20 };

	memset(block, 0x55, 256);
	block[0] = 0;
	block[1] = 1;
	memset(block + 2, 0xff, ffs);
	block[2 + ffs] = 0;
	memcpy(block + 3 + ffs, info, sizeof(info));
	memcpy(block + 3 + ffs + sizeof(info), a->digest, 32);
}

static void rsa_padding(void **state)
{
	uint8_t block[256] = { 0 };
	struct attempt a = { 0 };
	size_t ffs = 0;

	(void)state;
	attempt_make(&a, RSA2048, SHA256);
	make_block(&a, block, 256 - 3 - 19 - 32);
	sign_block(&a, block);
	assert_int_equal(attempt_verify(&a), IMATEE_OK);
	/* Bleichenbacher's of 2006: less padding, and something behind */
	for (ffs = 0; ffs < 256 - 3 - 19 - 32; ffs++) {
		make_block(&a, block, ffs);
		sign_block(&a, block);
		assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	}
	/* another block type, a gap in the padding, no NULL in the DigestInfo */
	make_block(&a, block, 256 - 3 - 19 - 32);
	block[1] = 2;
	sign_block(&a, block);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	block[1] = 1;
	block[100] = 0xfe;
	sign_block(&a, block);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	attempt_sign(&a, RSA2048, EVP_sha256(), a.digest,
		     RSA_PKCS1_PSS_PADDING);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
}

/* The number of the signature plus the modulus is the same to arithmetic. */
static void rsa_range(void **state)
{
	BIGNUM *n = NULL;
	BIGNUM *s = NULL;
	struct attempt a = { 0 };
	unsigned int fits = 0;
	unsigned int i = 0;

	(void)state;
	assert_int_equal(EVP_PKEY_get_bn_param(keys[RSA2048], "n", &n), 1);
	for (i = 0; i < 64; i++) {
		attempt_make(&a, RSA2048, SHA256);
		s = BN_bin2bn(a.attribute + HEADER, 256, NULL);
		BN_add(s, s, n);
		if (BN_num_bytes(s) == 256) {
			BN_bn2bin(s, a.attribute + HEADER);
			assert_int_equal(attempt_verify(&a),
					 IMATEE_ERR_SIG_INVALID);
			fits++;
		}
		BN_free(s);
	}
	/* as good as never would none of them fit */
	assert_true(fits || BN_num_bits(n) == 2048);
	BN_bn2bin(n, a.attribute + HEADER);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	memset(a.attribute + HEADER, 0, 256);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	a.attribute[HEADER + 255] = 1;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	BN_free(n);
}

/* A DER SEQUENCE of two numbers as they are given. */
static void put_numbers(struct attempt *a, const BIGNUM *r, const BIGNUM *s)
{
	ECDSA_SIG *sig = ECDSA_SIG_new();
	unsigned char *to = a->attribute + HEADER;
	int len = 0;

	ECDSA_SIG_set0(sig, BN_dup(r), BN_dup(s));
	len = i2d_ECDSA_SIG(sig, &to);
	assert_true(len > 0);
	attempt_set_size(a, (size_t)len);
	ECDSA_SIG_free(sig);
}

static void ecdsa_range(void **state)
{
	const unsigned char *from = NULL;
	BIGNUM *order = BN_new();
	BIGNUM *zero = BN_new();
	BIGNUM *more = NULL;
	EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	struct attempt a = { 0 };
	ECDSA_SIG *sig = NULL;

	(void)state;
	EC_GROUP_get_order(group, order, NULL);
	attempt_make(&a, P256, SHA256);
	from = a.attribute + HEADER;
	sig = d2i_ECDSA_SIG(NULL, &from, a.request.sig_len - HEADER);
	put_numbers(&a, ECDSA_SIG_get0_r(sig), ECDSA_SIG_get0_s(sig));
	assert_int_equal(attempt_verify(&a), IMATEE_OK);

	put_numbers(&a, zero, ECDSA_SIG_get0_s(sig));
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	put_numbers(&a, ECDSA_SIG_get0_r(sig), zero);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	put_numbers(&a, zero, zero);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	put_numbers(&a, order, ECDSA_SIG_get0_s(sig));
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	put_numbers(&a, ECDSA_SIG_get0_r(sig), order);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	more = BN_dup(ECDSA_SIG_get0_s(sig));
	BN_add(more, more, order);
	put_numbers(&a, ECDSA_SIG_get0_r(sig), more);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	BN_lshift(more, more, 4000);
	put_numbers(&a, ECDSA_SIG_get0_r(sig), more);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);

	ECDSA_SIG_free(sig);
	BN_free(more);
	BN_free(order);
	BN_free(zero);
	EC_GROUP_free(group);
}

/* The same numbers, encoded as DER does not. */
static void ecdsa_encoding(void **state)
{
	struct attempt good = { 0 };
	struct attempt a = { 0 };
	size_t len = 0;

	(void)state;
	/* one whose first number begins with no zero, to put one there */
	do
		attempt_make(&good, P256, SHA256);
	while (!good.attribute[HEADER + 4]);
	len = good.request.sig_len - HEADER;
	/* a byte behind */
	a = good;
	attempt_set_size(&a, len + 1);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	/* the length in long form */
	a = good;
	memmove(a.attribute + HEADER + 2, a.attribute + HEADER + 1, len - 1);
	a.attribute[HEADER + 1] = 0x81;
	attempt_set_size(&a, len + 1);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	/* a zero before the first number */
	a = good;
	memmove(a.attribute + HEADER + 5, a.attribute + HEADER + 4, len - 4);
	a.attribute[HEADER + 4] = 0;
	a.attribute[HEADER + 3]++;
	a.attribute[HEADER + 1]++;
	attempt_set_size(&a, len + 1);
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
	/* another tag */
	a = good;
	a.attribute[HEADER] = 0x31;
	assert_int_equal(attempt_verify(&a), IMATEE_ERR_SIG_INVALID);
}

static void no_memory(void **state)
{
	struct attempt a = { 0 };
	enum imatee_error error = IMATEE_OK;
	unsigned int left = 0;
	size_t kind = 0;

	(void)state;
	for (kind = 0; kind < KINDS; kind++) {
		attempt_make(&a, kind, SHA256);
		for (left = 0;; left++) {
			host.allocs_left = left;
			error = attempt_verify(&a);
			host.allocs_left = UINT32_MAX;
			if (error == IMATEE_OK)
				break;
			assert_int_equal(error, IMATEE_ERR_RESOURCES);
		}
		assert_int_equal(attempt_verify(&a), IMATEE_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "signatures of each algorithm with each hash verify, of another digest they do not",
		  each_algorithm, NULL, NULL, NULL },
		{ "keys that take turns verify as ever", alternating, NULL,
		  NULL, NULL },
		{ "a bit changed anywhere in digest, header or signature is noticed",
		  each_bit, NULL, NULL, NULL },
		{ "RSA: no padding but the one of PKCS #1 v1.5, whole and in its place",
		  rsa_padding, NULL, NULL, NULL },
		{ "RSA: a signature as large as the modulus is refused",
		  rsa_range, NULL, NULL, NULL },
		{ "ECDSA: numbers that are 0, or not below the order, are refused",
		  ecdsa_range, NULL, NULL, NULL },
		{ "ECDSA: the numbers are encoded in DER, strictly",
		  ecdsa_encoding, NULL, NULL, NULL },
		{ "memory used up at any point is no verdict, and the next one is right",
		  no_memory, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, attempt_setup, attempt_teardown);
}
