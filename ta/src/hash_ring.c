// SPDX-License-Identifier: GPL-2.0-or-later
#include "hash_ring.h"
#include "platform.h"

/*
 * Room is given back in pieces of that size: often enough for a ring that is never empty,
 * and not so often that it would cost.
 */
#define PART_MAX 32768

bool hash_ring_open(struct hash_ring *ring, const struct block *block)
{
	if (!block->writable || (uintptr_t)block->shared % sizeof(uint64_t) ||
	    block->len <= IMATEE_HASH_RING_DATA ||
	    block->len - IMATEE_HASH_RING_DATA > IMATEE_HASH_CONTENT_MAX)
		return false;
	ring->shared = block->shared;
	ring->size = block->len - IMATEE_HASH_RING_DATA;
	return true;
}

static void take_part(const struct hash_ring *ring, struct file_hash *hashes,
		      size_t count, size_t offset, size_t len)
{
	struct hash_part parts[IMATEE_HASHES] = { 0 };
	size_t i = 0;

	for (i = 0; i < count; i++)
		parts[i] = (struct hash_part){ &hashes[i], len };
	shared_hash(parts, count,
		    ring->shared + IMATEE_HASH_RING_DATA + offset);
}

enum imatee_error hash_ring_take(const struct hash_ring *ring,
				 struct file_hash *hashes, size_t count,
				 uint32_t len, uint32_t *done)
{
	uint8_t *produced =
		ring->shared + offsetof(struct imatee_hash_ring, produced);
	uint8_t *consumed =
		ring->shared + offsetof(struct imatee_hash_ring, consumed);
	uint64_t position = hashes[0].length;
	uint64_t ready = 0;
	size_t offset = 0;
	size_t part = 0;

	for (*done = 0; *done < len; *done += (uint32_t)part) {
		ready = platform_load(produced) - position;
		if (ready > ring->size)
			return IMATEE_ERR_HASH_RING;
		if (!ready)
			break;
		offset = position % ring->size;
		part = len - *done;
		if (part > ready)
			part = ready;
		if (part > ring->size - offset)
			part = ring->size - offset;
		if (part > PART_MAX)
			part = PART_MAX;
		take_part(ring, hashes, count, offset, part);
		position += part;
		platform_store(consumed, position);
	}
	return IMATEE_OK;
}
