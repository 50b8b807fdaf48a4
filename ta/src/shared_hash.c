// SPDX-License-Identifier: GPL-2.0-or-later
#include "shared_hash.h"
#include "platform.h"

/* On the stack of the keeper, which is small. */
#define CHUNK 1024

/* Bytes of @part in the chunk at @pos. */
static size_t in_chunk(const struct hash_part *part, size_t pos)
{
	const size_t left = part->len > pos ? part->len - pos : 0;

	return left < CHUNK ? left : CHUNK;
}

static void hash_all(const struct hash_part *parts, size_t count,
		     const uint8_t *shared)
{
	uint8_t chunk[CHUNK] = { 0 };
	size_t longest = 0;
	size_t pos = 0;
	size_t i = 0;

	do {
		longest = 0;
		for (i = 0; i < count; i++)
			if (in_chunk(&parts[i], pos) > longest)
				longest = in_chunk(&parts[i], pos);
		if (longest)
			platform_copy_in(chunk, shared + pos, longest);
		for (i = 0; i < count; i++)
			file_hash_update(parts[i].hash, chunk,
					 in_chunk(&parts[i], pos));
		pos += CHUNK;
	} while (longest);
}

void shared_hash(const struct hash_part *parts, size_t count,
		 const void *shared)
{
	if (count == 1)
		file_hash_update(parts->hash, shared, parts->len);
	else
		hash_all(parts, count, shared);
}

void shared_hash_sha256(const void *shared, size_t len, uint8_t digest[32])
{
	struct file_hash hash = { 0 };
	const struct hash_part part = { &hash, len };

	file_hash_init(&hash, file_hash_find(IMATEE_HASH_SHA256));
	shared_hash(&part, 1, shared);
	file_hash_final(&hash, digest);
}
