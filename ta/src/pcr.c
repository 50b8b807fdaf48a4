// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "pcr.h"

void pcr_digest(const void *data, size_t len, struct imatee_pcr *digest)
{
	struct file_hash hash = { 0 };

	file_hash_with(&hash, IMATEE_HASH_SHA1, data, len, digest->sha1);
	file_hash_with(&hash, IMATEE_HASH_SHA256, data, len, digest->sha256);
	file_hash_with(&hash, IMATEE_HASH_SHA384, data, len, digest->sha384);
}

static void extend(struct file_hash *hash, uint8_t algo, uint8_t *value,
		   const uint8_t *digest, size_t size)
{
	uint8_t both[2 * IMATEE_DIGEST_MAX] = { 0 };

	memcpy(both, value, size);
	memcpy(both + size, digest, size);
	file_hash_with(hash, algo, both, 2 * size, value);
}

void pcr_extend(struct imatee_pcr *pcr, const struct imatee_pcr *digest)
{
	struct file_hash hash = { 0 };

	extend(&hash, IMATEE_HASH_SHA1, pcr->sha1, digest->sha1,
	       sizeof(pcr->sha1));
	extend(&hash, IMATEE_HASH_SHA256, pcr->sha256, digest->sha256,
	       sizeof(pcr->sha256));
	extend(&hash, IMATEE_HASH_SHA384, pcr->sha384, digest->sha384,
	       sizeof(pcr->sha384));
}
