// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keystore.h"
#include "platform.h"
#include "verify_key.h"

/* A key and, in the same allocation, its public key. */
struct stored_key {
	struct key key; /* first: the rings point to it */
	struct verify_key *parsed;
	struct keystore_issuer issuer;
	uint8_t pubkey[];
};

static size_t stored_size(const struct imatee_key_info *info)
{
	return sizeof(struct stored_key) + info->pubkey_len;
}

static void free_key(const struct key *key)
{
	struct stored_key *stored = (struct stored_key *)key;

	verify_key_free(stored->parsed);
	platform_free(stored, stored_size(&key->info));
}

const struct verify_key *keystore_parsed(const struct key *key)
{
	return ((const struct stored_key *)key)->parsed;
}

const struct key *
keystore_find_issuer(const struct keystore *store, uint8_t ring,
		     const uint8_t digest[IMATEE_FINGERPRINT_SIZE])
{
	const struct stored_key *stored = NULL;
	size_t i = 0;

	for (i = 0; i < store->rings.count[ring]; i++) {
		stored = (const struct stored_key *)
				 store->rings.keys[ring - 1][i];
		if (stored->issuer.known &&
		    !memcmp(stored->issuer.digest, digest,
			    sizeof(stored->issuer.digest)))
			return &stored->key;
	}
	return NULL;
}

static enum imatee_error parse(struct stored_key *stored)
{
	const struct imatee_key_info *info = &stored->key.info;
	const struct slice raw = { stored->pubkey, info->pubkey_len };
	struct pubkey pubkey = { 0 };
	enum imatee_error error = pubkey_read_raw(info->algo, raw, &pubkey);

	return error ? error : verify_key_new(&pubkey, &stored->parsed);
}

struct keystore *keystore_new(void)
{
	return platform_alloc(sizeof(struct keystore));
}

void keystore_free(struct keystore *store)
{
	size_t ring = 0;
	size_t i = 0;

	if (!store)
		return;
	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++)
		for (i = 0; i < store->rings.count[ring]; i++)
			free_key(store->rings.keys[ring - 1][i]);
	platform_free(store->digests.entries,
		      store->digests.room * sizeof(*store->digests.entries));
	platform_free(store, sizeof(*store));
}

enum imatee_error keystore_make_room(struct keystore *store, size_t digests)
{
	struct revoked *list = &store->digests;

	if (!digests)
		return IMATEE_OK;
	list->entries = platform_alloc(digests * sizeof(*list->entries));
	if (!list->entries)
		return IMATEE_ERR_RESOURCES;
	list->room = digests;
	return IMATEE_OK;
}

enum imatee_error keystore_add(struct keystore *store,
			       const struct imatee_key_info *info,
			       const uint8_t *pubkey,
			       const struct keystore_issuer *issuer)
{
	struct stored_key *new = NULL;
	enum imatee_error error = IMATEE_OK;

	if (info->pubkey_len > IMATEE_PUBKEY_MAX)
		return IMATEE_ERR_TOO_LONG;
	new = platform_alloc(stored_size(info));
	if (!new)
		return IMATEE_ERR_RESOURCES;
	new->key.info = *info;
	new->issuer = *issuer;
	new->key.pubkey = new->pubkey;
	memcpy(new->pubkey, pubkey, info->pubkey_len);

	error = parse(new);
	if (!error)
		error = keyring_add(&store->rings, &new->key);
	if (error)
		free_key(&new->key);
	return error;
}
