// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Hashes for measurement, against OpenSSL's and libgcrypt's; and that signatures have not
 * got more of them by it.
 */
#include <limits.h>
#include <stdlib.h>

#include "file_hash.h"
#include "hash_algo.h"
#include "measuring.h"

static uint8_t data[1024];

static int fill_data(void **state)
{
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 131 + i / 7);
	return 0;
}

static void expect(struct file_hash *hash, const void *of, size_t len)
{
	uint8_t expected[IMATEE_DIGEST_MAX] = { 0 };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };

	assert_int_equal(hash->length, len);
	assert_int_equal(other_digest(hash->kind->id, of, len, expected),
			 hash->kind->size);
	file_hash_final(hash, digest);
	assert_memory_equal(digest, expected, sizeof(digest));
}

static void known_algorithms(void **state)
{
	unsigned int id = 0;
	size_t found = 0;
	size_t i = 0;

	(void)state;
	for (i = 0; i < ALGOS; i++)
		assert_string_equal(file_hash_find(algos[i].id)->name,
				    algos[i].kernel);
	for (id = 0; id < 256; id++)
		found += file_hash_find((uint8_t)id) != NULL;
	assert_int_equal(found, ALGOS_ALL);
}

static void every_length(void **state)
{
	struct file_hash hash = { 0 };
	size_t len = 0;
	size_t i = 0;

	(void)state;
	for (i = 0; i < ALGOS; i++)
		for (len = 0; len < 400; len++) {
			file_hash_init(&hash, file_hash_find(algos[i].id));
			file_hash_update(&hash, data, len);
			expect(&hash, data, len);
		}
}

/*
 * Those that libgcrypt has and OpenSSL has not, also where there is no libgcrypt: SHA-256
 * over the digests of all lengths below 400.
 */
static const struct {
	uint8_t id;
	uint8_t sum[32];
} sums[] = {
	{ IMATEE_HASH_STREEBOG256,
	  {
		  0x0f, 0xd1, 0x0d, 0xf8, 0x79, 0x8b, 0xbe, 0xf1,
		  0x05, 0x35, 0x7d, 0x70, 0x8c, 0x29, 0xba, 0x56,
		  0xd6, 0xf4, 0xd4, 0x3c, 0x80, 0x2f, 0xa5, 0x82,
		  0x72, 0x6d, 0xeb, 0xbe, 0x8b, 0x60, 0x1e, 0x43,
	  } },
	{ IMATEE_HASH_STREEBOG512,
	  {
		  0x13, 0x1b, 0xfa, 0x90, 0x31, 0xaf, 0xfc, 0x35,
		  0x02, 0xb3, 0xc2, 0x9a, 0x37, 0xdf, 0xd3, 0x1f,
		  0xf8, 0xf6, 0x77, 0x81, 0x1e, 0x51, 0x8f, 0xcf,
		  0xb2, 0x5a, 0x0d, 0x64, 0x3b, 0x72, 0x9e, 0x8b,
	  } },
	{ IMATEE_HASH_WP256,
	  {
		  0x56, 0x22, 0x1e, 0x4d, 0x55, 0x88, 0xca, 0xba,
		  0xd1, 0x44, 0x84, 0xa6, 0xf6, 0x75, 0x2c, 0x0c,
		  0xb9, 0xe4, 0xc7, 0x7a, 0x74, 0x39, 0x77, 0x12,
		  0x08, 0x21, 0x05, 0x62, 0xca, 0xb1, 0xb2, 0x83,
	  } },
	{ IMATEE_HASH_WP384,
	  {
		  0x51, 0xd5, 0xc4, 0x36, 0x28, 0xe2, 0x4f, 0x2d,
		  0x30, 0x53, 0xca, 0xc8, 0x60, 0x74, 0x23, 0x72,
		  0x39, 0x17, 0x66, 0x2a, 0x32, 0xe6, 0x26, 0x59,
		  0x16, 0x0c, 0xae, 0x1a, 0x41, 0x1a, 0x19, 0x2a,
	  } },
	{ IMATEE_HASH_WP512,
	  {
		  0x03, 0x18, 0x65, 0x7b, 0x2e, 0xa1, 0x3b, 0xf0,
		  0x92, 0xad, 0x2c, 0xe8, 0x90, 0x41, 0x4a, 0x30,
		  0xe3, 0x63, 0x7f, 0x4a, 0xe9, 0xd2, 0x26, 0x96,
		  0xad, 0x91, 0x92, 0x9c, 0x3e, 0x5f, 0x6d, 0x8b,
	  } },
};

static void sum_of(uint8_t id, bool other, uint8_t sum[32])
{
	const struct hash_kind *kind = file_hash_find(id);
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	struct file_hash all = { 0 };
	size_t len = 0;

	file_hash_init(&all, file_hash_find(IMATEE_HASH_SHA256));
	for (len = 0; len < 400; len++) {
		if (other)
			other_digest(id, data, len, digest);
		else
			file_hash_of(id, data, len, digest);
		file_hash_update(&all, digest, kind->size);
	}
	file_hash_final(&all, sum);
}

static void known_digests(void **state)
{
	uint8_t sum[32] = { 0 };
	size_t i = 0;

	(void)state;
	for (i = 0; i < COUNT(sums); i++) {
		sum_of(sums[i].id, false, sum);
		assert_memory_equal(sum, sums[i].sum, sizeof(sum));
#ifndef NO_GCRYPT
		sum_of(sums[i].id, true, sum);
		assert_memory_equal(sum, sums[i].sum, sizeof(sum));
#endif
	}
}

static void byte_by_byte(void **state)
{
	struct file_hash hash = { 0 };
	size_t len = 0;
	size_t i = 0;

	(void)state;
	for (i = 0; i < ALGOS; i++) {
		file_hash_init(&hash, file_hash_find(algos[i].id));
		for (len = 0; len < 700; len++)
			file_hash_update(&hash, data + len, 1);
		expect(&hash, data, 700);
	}
}

/* Hashes the first @len bytes, written down and read again behind @split. */
static void split_hash(uint8_t id, size_t len, size_t split)
{
	const struct hash_kind *kind = file_hash_find(id);
	uint8_t state[IMATEE_HASH_STATE_MAX] = { 0 };
	uint8_t again[IMATEE_HASH_STATE_MAX] = { 0 };
	struct file_hash hash = { 0 };
	struct file_hash other = { 0 };
	size_t size = 0;

	file_hash_init(&hash, kind);
	file_hash_update(&hash, data, split);
	size = file_hash_export(&hash, state);
	assert_in_range(size, 1, IMATEE_HASH_STATE_MAX);
	memset(&other, 0xaa, sizeof(other));
	assert_true(file_hash_import(&other, kind, split, state, size));
	assert_int_equal(file_hash_export(&other, again), size);
	assert_memory_equal(state, again, sizeof(state));
	file_hash_update(&other, data + split, len - split);
	expect(&other, data, len);
}

static void every_split(void **state)
{
	static const int beyond[] = { -17, -9, -8, -1, 0, 1 };
	size_t block = 0;
	size_t split = 0;
	size_t len = 0;
	size_t i = 0;
	size_t j = 0;

	(void)state;
	for (i = 0; i < ALGOS; i++) {
		block = file_hash_find(algos[i].id)->block;
		for (j = 0; j < 2 * COUNT(beyond); j++) {
			len = (j < COUNT(beyond) ? 1 : 2) * block +
			      (size_t)beyond[j % COUNT(beyond)];
			for (split = 0; split <= len; split++)
				split_hash(algos[i].id, len, split);
		}
	}
}

static void refused_states(void **state)
{
	uint8_t good[IMATEE_HASH_STATE_MAX] = { 0 };
	uint8_t bad[IMATEE_HASH_STATE_MAX] = { 0 };
	const struct hash_kind *kind = NULL;
	struct file_hash hash = { 0 };
	size_t size = 0;
	size_t i = 0;
	size_t j = 0;

	(void)state;
	for (i = 0; i < ALGOS; i++) {
		kind = file_hash_find(algos[i].id);
		file_hash_init(&hash, kind);
		file_hash_update(&hash, data, 3);
		size = file_hash_export(&hash, good);
		for (j = 0; j < size; j++)
			assert_false(file_hash_import(&hash, kind, 3, good, j));
		assert_false(file_hash_import(&hash, kind, 3, good, size + 1));
		assert_false(file_hash_import(&hash, kind, 4, good, size));
		assert_false(file_hash_import(&hash, kind, 4, good, size + 1));
		for (j = 0; j < 16; j++) {
			memcpy(bad, good, sizeof(bad));
			bad[j] ^= 0x10;
			assert_false(
				file_hash_import(&hash, kind, 3, bad, size));
		}
		for (j = 0; j < ALGOS; j++)
			assert_true(file_hash_import(
					    &hash, file_hash_find(algos[j].id),
					    3, good, size) == (i == j));
		/* a length of which the bits cannot be counted */
		memcpy(bad, good, sizeof(bad));
		memset(bad + 8, 0xff, 8);
		assert_false(file_hash_import(
			&hash, kind, UINT64_MAX, bad,
			size - 3 + (size_t)(UINT64_MAX % kind->block)));
	}
}

/* wolfSSL's own padding of RIPEMD-160 is wrong from 64 MiB on. */
static void long_content(void **state)
{
	static const uint8_t some[] = {
		IMATEE_HASH_RMD160,	 IMATEE_HASH_MD5,
		IMATEE_HASH_SHA256,	 IMATEE_HASH_SM3,
#ifndef NO_GCRYPT
		IMATEE_HASH_STREEBOG512, IMATEE_HASH_WP512
#endif
	};
	const size_t len = (65u << 20) + 77;
	uint8_t *content = calloc(1, len);
	struct file_hash hash = { 0 };
	size_t i = 0;

	(void)state;
	assert_non_null(content);
	content[len - 1] = 1;
	for (i = 0; i < COUNT(some); i++) {
		file_hash_init(&hash, file_hash_find(some[i]));
		file_hash_update(&hash, content, len);
		expect(&hash, content, len);
	}
	free(content);
}

/* A message of that length and no content, by the rules: a block of padding. */
static void length_block(const struct hash_kind *kind, uint64_t len,
			 uint8_t *digest)
{
	uint8_t exported[IMATEE_HASH_STATE_MAX] = { 0 };
	struct file_hash hash = { 0 };
	uint8_t block[64] = { 0x80 };
	size_t i = 0;

	for (i = 0; i < 8; i++)
		block[63 - i] = (uint8_t)(len << 3 >> 8 * i);
	file_hash_init(&hash, kind);
	file_hash_update(&hash, block, sizeof(block));
	file_hash_export(&hash, exported);
	for (i = 0; i < kind->size; i++)
		digest[i] = exported[16 + i / kind->word * kind->word +
				     kind->word - 1 - i % kind->word];
}

/* From 512 MiB on the length in bits takes more than 32. */
static void long_lengths(void **state)
{
	static const uint64_t lengths[] = { 1ull << 29, 1ull << 32,
					    (1ull << 61) - 128 };
	static const uint8_t some[] = { IMATEE_HASH_SHA256, IMATEE_HASH_SM3,
					IMATEE_HASH_WP512 };
	uint8_t expected[IMATEE_DIGEST_MAX] = { 0 };
	uint8_t first[IMATEE_HASH_STATE_MAX] = { 0 };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	const struct hash_kind *kind = NULL;
	struct file_hash hash = { 0 };
	size_t size = 0;
	size_t i = 0;

	(void)state;
	for (i = 0; i < COUNT(some) * COUNT(lengths); i++) {
		const uint64_t len = lengths[i % COUNT(lengths)];

		kind = file_hash_find(some[i / COUNT(lengths)]);
		file_hash_init(&hash, kind);
		size = file_hash_export(&hash, first);
		memcpy(first + 8, &len, 8);
		assert_true(file_hash_import(&hash, kind, len, first, size));
		file_hash_final(&hash, digest);
		length_block(kind, len, expected);
		assert_memory_equal(digest, expected, kind->size);
	}
}

/* MD5 and the like are there to measure with: nobody's signature is taken by them. */
static void signatures_have_no_more(void **state)
{
	static const uint8_t measured_only[] = {
		IMATEE_HASH_MD5,	 IMATEE_HASH_RMD160,
		IMATEE_HASH_SM3,	 IMATEE_HASH_STREEBOG256,
		IMATEE_HASH_STREEBOG512, IMATEE_HASH_WP256,
		IMATEE_HASH_WP384,	 IMATEE_HASH_WP512
	};
	static const uint8_t not_computed[] = { IMATEE_HASH_SHA1,
						IMATEE_HASH_SHA3_256,
						IMATEE_HASH_SHA3_384,
						IMATEE_HASH_SHA3_512 };
	static const struct {
		uint8_t len;
		uint8_t oid[8];
	} oids[] = {
		/* MD5: 1.2.840.113549.2.5 */
		{ 8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05 } },
		/* RIPEMD-160: 1.3.36.3.2.1 */
		{ 5, { 0x2b, 0x24, 0x03, 0x02, 0x01 } },
		/* SM3: 1.2.156.10197.1.401 */
		{ 8, { 0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x83, 0x11 } },
		/* Streebog: 1.2.643.7.1.1.2.2 and .3 */
		{ 8, { 0x2a, 0x85, 0x03, 0x07, 0x01, 0x01, 0x02, 0x02 } },
		{ 8, { 0x2a, 0x85, 0x03, 0x07, 0x01, 0x01, 0x02, 0x03 } },
		/* Whirlpool: 1.0.10118.3.0.55 */
		{ 6, { 0x28, 0xcf, 0x06, 0x03, 0x00, 0x37 } },
	};
	const struct hash_algo *algo = NULL;
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	size_t i = 0;

	(void)state;
	for (i = 0; i < COUNT(measured_only); i++)
		assert_null(hash_algo_find(measured_only[i]));
	for (i = 0; i < COUNT(oids); i++)
		assert_null(hash_algo_by_oid(
			(struct slice){ oids[i].oid, oids[i].len }));
	for (i = 0; i < COUNT(not_computed); i++) {
		algo = hash_algo_find(not_computed[i]);
		assert_non_null(algo);
		assert_false(hash_algo_is_computed(algo));
		assert_int_equal(hash_algo_compute(algo,
						   (struct slice){ data, 1 },
						   digest),
				 IMATEE_ERR_SIG_HASH);
	}
}

/* What is measured is not lost because memory is. */
static void no_memory(void **state)
{
	host.allocs_left = 0;
	every_length(state);
	host.allocs_left = UINT_MAX;
}

#define PLAIN(name, function)                    \
	{                                        \
		name, function, NULL, NULL, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN("hashes have the kernel's names", known_algorithms),
		PLAIN("hashes of every length are another library's",
		      every_length),
		PLAIN("hashes that OpenSSL has not are those that libgcrypt makes",
		      known_digests),
		PLAIN("hashes byte by byte are another library's",
		      byte_by_byte),
		PLAIN("hashes written down and read again at every place are another library's",
		      every_split),
		PLAIN("states of another length, form or algorithm are refused",
		      refused_states),
		PLAIN("hashes of 65 MiB are another library's", long_content),
		PLAIN("lengths beyond 32 bits are counted", long_lengths),
		PLAIN("signatures are taken with no more algorithms than before",
		      signatures_have_no_more),
		PLAIN("hashes need no memory", no_memory),
	};

	return cmocka_run_group_tests(tests, fill_data, NULL);
}
