// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Hashes for measurement, against OpenSSL's; and that signatures have not got more of
 * them by it.
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
	assert_int_equal(openssl_digest(hash->kind->id, of, len, expected),
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
	assert_int_equal(found, ALGOS);
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
	static const uint8_t some[] = { IMATEE_HASH_RMD160, IMATEE_HASH_MD5,
					IMATEE_HASH_SHA256 };
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

/* From 512 MiB on the length in bits takes more than 32. */
static void long_lengths(void **state)
{
	static const uint64_t lengths[] = { 1ull << 29, 1ull << 32,
					    (1ull << 61) - 128 };
	const struct hash_kind *kind = file_hash_find(IMATEE_HASH_SHA256);
	uint8_t first[IMATEE_HASH_STATE_MAX] = { 0 };
	uint8_t digest[COUNT(lengths)][32] = { { 0 } };
	struct file_hash hash = { 0 };
	uint8_t block[64] = { 0x80 };
	uint8_t chain[32] = { 0 };
	size_t size = 0;
	size_t i = 0;
	size_t j = 0;

	(void)state;
	for (i = 0; i < COUNT(lengths); i++) {
		file_hash_init(&hash, kind);
		size = file_hash_export(&hash, first);
		memcpy(first + 8, &lengths[i], 8);
		assert_true(
			file_hash_import(&hash, kind, lengths[i], first, size));
		file_hash_final(&hash, digest[i]);
		/* the same by the rules: one block of padding */
		for (j = 0; j < 8; j++)
			block[63 - j] = (uint8_t)(lengths[i] << 3 >> 8 * j);
		file_hash_init(&hash, kind);
		file_hash_update(&hash, block, 64);
		file_hash_export(&hash, first);
		for (j = 0; j < 32; j++)
			chain[j] = first[16 + j / 4 * 4 + 3 - j % 4];
		assert_memory_equal(digest[i], chain, 32);
	}
}

/* MD5 and the like are there to measure with: nobody's signature is taken by them. */
static void signatures_have_no_more(void **state)
{
	static const uint8_t measured_only[] = { IMATEE_HASH_MD5,
						 IMATEE_HASH_RMD160 };
	static const uint8_t not_computed[] = { IMATEE_HASH_SHA1,
						IMATEE_HASH_SHA3_256,
						IMATEE_HASH_SHA3_384,
						IMATEE_HASH_SHA3_512 };
	/* 1.2.840.113549.2.5 and 1.3.36.3.2.1 */
	static const uint8_t md5[] = { 0x2a, 0x86, 0x48, 0x86,
				       0xf7, 0x0d, 0x02, 0x05 };
	static const uint8_t rmd160[] = { 0x2b, 0x24, 0x03, 0x02, 0x01 };
	const struct hash_algo *algo = NULL;
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	size_t i = 0;

	(void)state;
	for (i = 0; i < COUNT(measured_only); i++)
		assert_null(hash_algo_find(measured_only[i]));
	assert_null(hash_algo_by_oid((struct slice){ md5, sizeof(md5) }));
	assert_null(hash_algo_by_oid((struct slice){ rmd160, sizeof(rmd160) }));
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
		PLAIN("hashes of the ten algorithms have the kernel's names",
		      known_algorithms),
		PLAIN("hashes of every length are OpenSSL's", every_length),
		PLAIN("hashes byte by byte are OpenSSL's", byte_by_byte),
		PLAIN("hashes written down and read again at every place are OpenSSL's",
		      every_split),
		PLAIN("states of another length, form or algorithm are refused",
		      refused_states),
		PLAIN("hashes of 65 MiB are OpenSSL's", long_content),
		PLAIN("lengths beyond 32 bits are counted", long_lengths),
		PLAIN("signatures are taken with no more algorithms than before",
		      signatures_have_no_more),
		PLAIN("hashes need no memory", no_memory),
	};

	return cmocka_run_group_tests(tests, fill_data, NULL);
}
