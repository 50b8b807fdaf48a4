/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Content that comes through a ring while it is hashed: struct imatee_hash_ring.
 *
 * What the caller says to have put into it is a number that may be anything at any moment.
 * It is read once for each part, and decides how many bytes are hashed and nothing
 * else: never more than were asked for, nor beyond the ring's end.
 */
#ifndef IMATEE_HASH_RING_H
#define IMATEE_HASH_RING_H

#include "dispatch.h"
#include "shared_hash.h"

struct hash_ring {
	uint8_t *shared; /* struct imatee_hash_ring */
	size_t size; /* bytes of content it has room for, at least one */
};

/* Parameter 1 as a ring; false if it is none. */
bool hash_ring_open(struct hash_ring *ring, const struct block *block);

/*
 * Hashes up to @len bytes of content with all of @hashes, which are at the same position;
 * no more than there are. *@done: how many. HASH_RING if the caller's counter cannot be;
 * then the hashes are worth nothing.
 */
enum imatee_error hash_ring_take(const struct hash_ring *ring,
				 struct file_hash *hashes, size_t count,
				 uint32_t len, uint32_t *done);

#endif /* IMATEE_HASH_RING_H */
