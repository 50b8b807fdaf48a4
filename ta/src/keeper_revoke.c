// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "crypto.h"
#include "keeper_add.h"
#include "keeper_revoke.h"
#include "request.h"
#include "revocation.h"
#include "revocation_list.h"

/* What a request would make of the keeper: nothing of it is done before all can be. */
struct change {
	struct revoked list;
	size_t entries; /* that are new */
	size_t key_count;
	const struct key *keys[IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING];
	struct imatee_revoked room[IMATEE_REVOKED_MAX];
};

/* What follows the head in the reply to IMATEE_CMD_REVOKE. */
struct revoke_body {
	uint32_t entries;
	uint32_t keys;
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct revoke_body) ==
		      sizeof(struct imatee_revoke_reply),
	      "struct revoke_body is not the end of the reply");

static enum imatee_error read_list(struct change *change, struct slice text)
{
	struct imatee_revoked entry = { 0 };
	enum imatee_error error = IMATEE_OK;
	bool added = false;

	if (!revocation_list_begin(&text))
		return IMATEE_ERR_REVOKE_MALFORMED;
	while (!error && text.len) {
		if (!revocation_list_next(&text, &entry))
			return IMATEE_ERR_REVOKE_MALFORMED;
		entry.source = IMATEE_SOURCE_ADDED;
		error = revoked_add(&change->list, &entry, &added);
		change->entries += added && !error;
	}
	return error;
}

static enum imatee_error find_keys(struct change *change,
				   const struct keyring *rings)
{
	const struct key *key = NULL;
	enum imatee_error error = IMATEE_OK;
	bool covered = false;
	size_t i = 0;

	for (i = 0; i < rings->count[IMATEE_RING_ANY]; i++) {
		key = keyring_at(rings, IMATEE_RING_ANY, i);
		error = revoked_covers(&change->list, key->tbs, key->spki,
				       &covered);
		if (error)
			return error;
		if (covered)
			change->keys[change->key_count++] = key;
	}
	return IMATEE_OK;
}

/* Cannot fail. */
static void apply(struct keeper *keeper, const struct change *change)
{
	const struct key *key = NULL;
	size_t i = 0;

	memcpy(keeper->revoked.entries, change->room, sizeof(change->room));
	keeper->revoked.count = change->list.count;
	for (i = 0; i < change->key_count; i++) {
		key = change->keys[i];
		platform_log("key %08x of ring %u revoked",
			     (unsigned int)key->info.keyid, key->info.ring);
		if (key->info.ring == IMATEE_RING_EVM)
			keeper->state.evm_revoked = true;
		keyring_remove(&keeper->rings, key);
		keeper_forget_key(keeper, key);
	}
	if (change->entries)
		state_keys_changed(&keeper->state);
}

static enum imatee_error revoke(struct call *call, struct slice text,
				struct change *change)
{
	struct keeper *keeper = call->ta;
	struct revoke_body body = { 0 };
	enum imatee_error error = IMATEE_OK;

	change->list = (struct revoked){ change->room, keeper->revoked.count,
					 IMATEE_REVOKED_MAX };
	memcpy(change->room, keeper->revoked.entries, sizeof(change->room));
	error = read_list(change, text);
	if (!error)
		error = find_keys(change, &keeper->rings);
	if (error)
		return error;
	/* The reply comes first: whoever is not answered has revoked nothing. */
	if (!writer_reserve(&call->out, sizeof(body)))
		return IMATEE_ERR_SHORT_BUFFER;
	apply(keeper, change);
	body.entries = (uint32_t)change->entries;
	body.keys = (uint32_t)change->key_count;
	writer_put(&call->out, &body, sizeof(body));
	return IMATEE_OK;
}

enum imatee_error keeper_revoke(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct slice message = { 0 };
	struct slice text = { 0 };
	struct change *change = NULL;
	enum imatee_error error = request_decode_revoke(&call->in, &message);

	/* What an earlier request was short of is no matter of this one. */
	crypto_memory_failed();
	if (!error)
		error = revocation_open(keeper->keytab, &keeper->revoked,
					message, &text);
	if (error)
		return error;
	change = platform_alloc(sizeof(*change));
	if (!change)
		return IMATEE_ERR_RESOURCES;
	error = revoke(call, text, change);
	platform_free(change, sizeof(*change));
	return error;
}

/* What follows the head in the reply to IMATEE_CMD_REVOKED_LIST. */
struct list_body {
	uint32_t total;
	uint32_t count;
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct list_body) ==
		      sizeof(struct imatee_revoked_list_reply),
	      "struct list_body is not the end of the reply");

enum imatee_error keeper_revoked_list(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct revoked *list = &keeper->revoked;
	const size_t one = sizeof(*list->entries);
	struct list_body body = { 0 };
	uint32_t index = 0;
	size_t left = 0;
	size_t room = 0;
	enum imatee_error error = request_decode_revoked(&call->in, &index);

	if (error)
		return error;
	left = index < list->count ? list->count - index : 0;
	/* Not even one: an empty page would make the caller ask forever. */
	if (!writer_reserve(&call->out, sizeof(body) + (left ? one : 0)))
		return IMATEE_ERR_SHORT_BUFFER;
	room = (call->out.size - call->out.pos - sizeof(body)) / one;
	body.total = (uint32_t)list->count;
	body.count = (uint32_t)(left < room ? left : room);
	writer_put(&call->out, &body, sizeof(body));
	writer_put(&call->out, list->entries + index, body.count * one);
	return IMATEE_OK;
}
