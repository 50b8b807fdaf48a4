// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * memset(), memcpy() and all_zero() of the trusted applications: each byte, and no other.
 */
#include <stdint.h>
#include <string.h>

#include "fixture.h"

/* The host has functions of these names. */
#define memset words_memset
#define memcpy words_memcpy
void *memset(void *buf, int byte, size_t size);
void *memcpy(void *restrict dst, const void *restrict src, size_t size);
#include "../../ta/optee/memory.c"
#undef memset
#undef memcpy

#define ROOM  256
#define SIZES 130
#define STEPS 17 /* all ways to be aligned, twice */

static uint8_t source[ROOM];
static uint8_t target[ROOM];
static uint8_t expected[ROOM];

static void fill(unsigned int seed)
{
	size_t i = 0;

	for (i = 0; i < ROOM; i++) {
		source[i] = (uint8_t)(i * 7 + seed);
		target[i] = (uint8_t)(i * 13 + seed + 1);
		expected[i] = target[i];
	}
}

static void sets(void **state)
{
	unsigned int size = 0, at = 0, i = 0;

	(void)state;
	for (size = 0; size < SIZES; size++) {
		for (at = 0; at < STEPS; at++) {
			fill(size);
			for (i = 0; i < size; i++)
				expected[at + i] = (uint8_t)(size + 129);
			assert_ptr_equal(words_memset(target + at,
						      (int)size + 129, size),
					 target + at);
			assert_memory_equal(target, expected, ROOM);
		}
	}
}

static void copies_one(unsigned int size, unsigned int to, unsigned int from)
{
	unsigned int i = 0;

	fill(size);
	for (i = 0; i < size; i++)
		expected[to + i] = source[from + i];
	assert_ptr_equal(words_memcpy(target + to, source + from, size),
			 target + to);
	assert_memory_equal(target, expected, ROOM);
}

static void copies(void **state)
{
	unsigned int size = 0, to = 0, from = 0;

	(void)state;
	for (size = 0; size < SIZES; size++)
		for (to = 0; to < STEPS; to++)
			for (from = 0; from < STEPS; from++)
				copies_one(size, to, from);
}

/* A byte that is not zero, at each place; and around it. */
static void finds_zeros(void **state)
{
	unsigned int size = 0, at = 0, i = 0;

	(void)state;
	memset(target, 0, ROOM);
	for (size = 0; size < SIZES; size++) {
		for (at = 1; at < STEPS; at++) {
			target[at - 1] = 1;
			target[at + size] = 0x80;
			assert_true(all_zero(target + at, size));
			for (i = 0; i < size; i++) {
				target[at + i] = (uint8_t)(1 << i % 8);
				assert_false(all_zero(target + at, size));
				target[at + i] = 0;
			}
			target[at - 1] = 0;
			target[at + size] = 0;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sets),
		cmocka_unit_test(copies),
		cmocka_unit_test(finds_zeros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
