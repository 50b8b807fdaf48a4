// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Hashing through a ring that is filled meanwhile: any counter at any time, and content
 * in any parts, of which the digest must be that of the whole.
 *
 * Input: a struct setup, then what the caller does each time before the TA looks: a byte
 * says how much he puts into the ring, four bytes of content for each one, as far as
 * there is room; or it is SPOIL, and eight bytes follow that become the counter.
 */
#include <stdlib.h>
#include <string.h>

#include "file_hash.h"
#include "fuzz.h"
#include "hash_ring.h"
#include "host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct setup {
	uint8_t algos[2];
	uint16_t size; /* of the ring, less one */
	uint16_t len; /* of the content */
	uint16_t max; /* bytes of a call, at most */
};

#define SPOIL 0xff

static struct fuzz_input script;
static struct imatee_hash_ring *shared;
static size_t room;
static size_t length;
static bool spoiled;

static uint8_t content_at(uint64_t pos)
{
	return (uint8_t)(pos * 7 + pos / 255);
}

static void put(uint64_t len)
{
	uint8_t *data = (uint8_t *)shared + IMATEE_HASH_RING_DATA;
	uint64_t to = shared->produced;

	for (; len && to < length && to - shared->consumed < room; len--, to++)
		data[to % room] = content_at(to);
	shared->produced = to;
}

static void act(void *counter)
{
	uint8_t what = 0;

	fuzz_require(counter == &shared->produced, "it looks at the counter");
	if (spoiled || !script.left)
		return;
	what = *script.pos++;
	script.left--;
	if (what != SPOIL) {
		put(what * 4);
		return;
	}
	if (script.left < sizeof(shared->produced))
		return;
	memcpy(&shared->produced, script.pos, sizeof(shared->produced));
	script.pos += sizeof(shared->produced);
	script.left -= sizeof(shared->produced);
	spoiled = true;
}

static void check_digest(uint8_t algo, struct file_hash *hash)
{
	uint8_t expected[IMATEE_DIGEST_MAX] = { 0 };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	const size_t len = hash->length;
	uint8_t *whole = malloc(len + 1);
	size_t i = 0;

	for (i = 0; i < len; i++)
		whole[i] = content_at(i);
	file_hash_of(algo, whole, len, expected);
	free(whole);
	file_hash_final(hash, digest);
	fuzz_require(!memcmp(digest, expected, sizeof(digest)),
		     "what was in the ring has the digest of the whole");
}

static void run(const struct setup *setup, const struct hash_ring *ring)
{
	const struct hash_kind *kinds[] = { file_hash_find(setup->algos[0]),
					    file_hash_find(setup->algos[1]) };
	struct file_hash hashes[IMATEE_HASHES] = { 0 };
	const size_t count = kinds[1] ? 2 : 1;
	enum imatee_error error = IMATEE_OK;
	uint64_t begin = 0;
	uint32_t done = 0;
	size_t i = 0;

	if (!kinds[0])
		return;
	for (i = 0; i < count; i++)
		file_hash_init(&hashes[i], kinds[i]);
	do {
		begin = hashes[0].length;
		error = hash_ring_take(ring, hashes, count, setup->max, &done);
		fuzz_require(done <= setup->max, "no more than asked for");
		fuzz_require(hashes[0].length == begin + done,
			     "it says how many");
		fuzz_require(hashes[count - 1].length == begin + done,
			     "of both the same");
		fuzz_require(shared->consumed == begin + done,
			     "and the caller sees it");
		fuzz_require(!error || spoiled, "what can be is no error");
		/* A counter that was spoiled may be a possible one. */
		fuzz_require(!error || shared->produced - begin - done > room,
			     "an error is of what cannot be");
	} while (!error && !spoiled && script.left);
	if (!spoiled)
		for (i = 0; i < count; i++)
			check_digest(setup->algos[i], &hashes[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct setup setup = { 0 };
	struct hash_ring ring = { 0 };
	struct block block = { .writable = true };

	if (size < sizeof(setup))
		return 0;
	host_reset();
	host.before_load = act;
	memcpy(&setup, data, sizeof(setup));
	script = (struct fuzz_input){ data + sizeof(setup),
				      size - sizeof(setup) };
	room = setup.size + 1ul;
	length = setup.len;
	spoiled = false;
	/* Exactly so large, for the sanitizer to see a byte too many. */
	block.len = IMATEE_HASH_RING_DATA + room;
	block.shared = calloc(1, block.len);
	shared = (struct imatee_hash_ring *)block.shared;
	fuzz_require(hash_ring_open(&ring, &block), "it is a ring");
	if (setup.max)
		run(&setup, &ring);
	free(block.shared);
	return 0;
}
