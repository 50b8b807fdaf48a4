/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The other way to touch memory that is shared with the caller, beside the functions of
 * platform.h: content is hashed where it is.
 *
 * It may change meanwhile, and that is safe. No decision is taken on any of its bytes,
 * and how many there are was settled before. Whatever is read, the digest is one of it;
 * if it is of a mixture that was never there as a whole, then whoever mixed it could
 * have sent the mixture. Where several digests are made of one content, each byte is
 * read once for all of them, so that they are of the same content.
 */
#ifndef IMATEE_SHARED_HASH_H
#define IMATEE_SHARED_HASH_H

#include "file_hash.h"

/* A hash, and of how many bytes of the content, from its start on. */
struct hash_part {
	struct file_hash *hash;
	size_t len;
};

void shared_hash(const struct hash_part *parts, size_t count,
		 const void *shared);

/* SHA-256 of @len bytes. */
void shared_hash_sha256(const void *shared, size_t len, uint8_t digest[32]);

#endif /* IMATEE_SHARED_HASH_H */
