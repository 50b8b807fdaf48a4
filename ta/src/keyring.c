// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keyring.h"

static bool well_formed(const struct imatee_key_info *info)
{
	return info->skid_len > 0 && info->skid_len <= IMATEE_SKID_MAX &&
	       info->pubkey_len > 0 && info->pubkey_len <= IMATEE_PUBKEY_MAX &&
	       info->cert_len > 0 && info->cert_len <= IMATEE_CERT_MAX;
}

static enum imatee_error check_clash(const struct key *old,
				     const struct key *new)
{
	if (!memcmp(old->info.fingerprint, new->info.fingerprint,
		    sizeof(new->info.fingerprint)))
		return IMATEE_ERR_KEY_EXISTS;
	/*
	 * Signatures name their key by these 32 bits, so that two keys of one
	 * ring must not share them.
	 */
	if (old->info.keyid == new->info.keyid)
		return IMATEE_ERR_KEYID_TAKEN;
	return IMATEE_OK;
}

enum imatee_error keyring_add(struct keyring *rings, const struct key *key)
{
	enum imatee_error error = IMATEE_OK;
	const unsigned int ring = key->info.ring;
	const struct key **keys = NULL;
	size_t count = 0;
	size_t i = 0;

	if (ring == IMATEE_RING_ANY || ring > IMATEE_RING_COUNT)
		return IMATEE_ERR_BAD_RING;
	keys = rings->keys[ring - 1];
	count = rings->count[ring];
	if (!well_formed(&key->info))
		return IMATEE_ERR_BAD_VALUE;
	for (i = 0; i < count; i++) {
		error = check_clash(keys[i], key);
		if (error)
			return error;
	}
	if (count == IMATEE_KEYS_PER_RING)
		return IMATEE_ERR_RING_FULL;

	keys[count] = key;
	rings->count[ring]++;
	rings->count[IMATEE_RING_ANY]++;
	return IMATEE_OK;
}

static size_t position(const struct keyring *rings, const struct key *key)
{
	const unsigned int ring = key->info.ring;
	size_t i = 0;

	while (i < rings->count[ring] && rings->keys[ring - 1][i] != key)
		i++;
	return i;
}

void keyring_remove(struct keyring *rings, const struct key *key)
{
	const unsigned int ring = key->info.ring;
	const struct key **keys = rings->keys[ring - 1];
	size_t i = position(rings, key);

	if (i == rings->count[ring])
		return;
	rings->count[ring]--;
	rings->count[IMATEE_RING_ANY]--;
	for (; i < rings->count[ring]; i++)
		keys[i] = keys[i + 1];
	keys[i] = NULL;
}

struct imatee_key_info keyring_describe(const struct keyring *rings,
					const struct key *key)
{
	struct imatee_key_info info = key->info;

	info.index = (uint32_t)position(rings, key);
	return info;
}

static bool matches(const struct key *key,
		    const struct imatee_key_select *select)
{
	switch (select->select) {
	case IMATEE_SELECT_KEYID:
		return key->info.keyid == select->value;
	case IMATEE_SELECT_SKID:
		return key->info.skid_len == select->skid_len &&
		       !memcmp(key->info.skid, select->skid, select->skid_len);
	default:
		return false;
	}
}

const struct key *keyring_find(const struct keyring *rings,
			       const struct imatee_key_select *select)
{
	const struct key *key = NULL;
	size_t i = 0;

	if (select->select == IMATEE_SELECT_INDEX)
		return keyring_at(rings, select->ring, select->value);
	for (i = 0; i < rings->count[select->ring]; i++) {
		key = rings->keys[select->ring - 1][i];
		if (matches(key, select))
			return key;
	}
	return NULL;
}

const struct key *keyring_at(const struct keyring *rings, enum imatee_ring ring,
			     size_t position)
{
	unsigned int r = 0;

	if (ring != IMATEE_RING_ANY)
		return position < rings->count[ring] ?
			       rings->keys[ring - 1][position] :
			       NULL;

	for (r = 1; r <= IMATEE_RING_COUNT; r++) {
		if (position < rings->count[r])
			return rings->keys[r - 1][position];
		position -= rings->count[r];
	}
	return NULL;
}
