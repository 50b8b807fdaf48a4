// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "hash_algo.h"
#include "revoked.h"

static bool has(const struct revoked *list, uint8_t kind, struct slice hash)
{
	const struct imatee_revoked *entry = NULL;
	size_t i = 0;

	for (i = 0; i < list->count; i++) {
		entry = &list->entries[i];
		if (entry->kind == kind &&
		    slice_is(hash, entry->hash, entry->hash_len))
			return true;
	}
	return false;
}

enum imatee_error revoked_add(struct revoked *list,
			      const struct imatee_revoked *entry, bool *added)
{
	const struct slice hash = { entry->hash, entry->hash_len };

	*added = !has(list, entry->kind, hash);
	if (!*added)
		return IMATEE_OK;
	if (list->count == list->room)
		return IMATEE_ERR_REVOKED_FULL;
	list->entries[list->count++] = *entry;
	return IMATEE_OK;
}

bool revoked_has_digest(const struct revoked *list, struct slice digest)
{
	return has(list, IMATEE_REVOKED_BIN, digest);
}

bool revoked_has_digests(const struct revoked *list)
{
	size_t i = 0;

	for (i = 0; i < list->count; i++)
		if (list->entries[i].kind == IMATEE_REVOKED_BIN)
			return true;
	return false;
}

static enum imatee_error check(const struct revoked *list, uint8_t kind,
			       struct slice data, uint8_t hash, bool *covered)
{
	const struct hash_algo *algo = hash_algo_find(hash);
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	enum imatee_error error = hash_algo_compute(algo, data, digest);

	if (error || has(list, kind, (struct slice){ digest, algo->size }))
		*covered = true;
	return error;
}

enum imatee_error revoked_covers(const struct revoked *list, struct slice tbs,
				 struct slice spki, bool *covered)
{
	/* An entry does not say which of them it was made with. */
	static const uint8_t hashes[] = { IMATEE_HASH_SHA256,
					  IMATEE_HASH_SHA384,
					  IMATEE_HASH_SHA512,
					  IMATEE_HASH_SHA224 };
	enum imatee_error error = IMATEE_OK;
	size_t i = 0;

	*covered = false;
	if (!list->count)
		return IMATEE_OK;
	error = check(list, IMATEE_REVOKED_SPKI, spki, IMATEE_HASH_SHA256,
		      covered);
	for (i = 0; !error && i < sizeof(hashes); i++)
		error = check(list, IMATEE_REVOKED_TBS, tbs, hashes[i],
			      covered);
	return error;
}
