// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keytab.h"
#include "platform.h"
#include "sync.h"

/*
 * A key may be revoked under a walk. More often than this in a row, something else is
 * wrong.
 */
#define WALKS_MAX 3

/* Largest reply of a walk: one key. */
struct key_message {
	struct imatee_key_reply reply;
	uint8_t pubkey[IMATEE_PUBKEY_MAX];
};

/* As many entries as there is room for a key. */
#define REVOKED_PAGE                                  \
	((sizeof(struct key_message) -                \
	  sizeof(struct imatee_revoked_list_reply)) / \
	 sizeof(struct imatee_revoked))

struct revoked_message {
	struct imatee_revoked_list_reply reply;
	struct imatee_revoked entries[REVOKED_PAGE];
};

/* One message to the keeper, and its answer in the same place. */
union keeper_message {
	struct imatee_request request;
	struct imatee_hello hello;
	struct imatee_key_select select;
	struct imatee_reply head;
	struct imatee_hello_reply hello_reply;
	struct imatee_status_reply status_reply;
	struct imatee_key_issuer_reply issuer;
	struct key_message key;
	struct imatee_revoked_list list;
	struct revoked_message revoked;
};

struct walk {
	struct platform_keeper *keeper;
	union keeper_message *message;
	size_t len; /* of the last reply */
	struct keystore *store;
	bool changed; /* the keeper's keys are others than at the beginning */
};

/* Sends what stands in the message; its reply has a sound head after this. */
static enum imatee_error ask(struct walk *walk, uint32_t command)
{
	union keeper_message *message = walk->message;

	static_assert(sizeof(struct revoked_message) <=
				      sizeof(struct key_message) &&
			      sizeof(*message) == sizeof(struct key_message),
		      "a page has as much room as it has entries");

	if (platform_keeper_call(walk->keeper, command, message,
				 sizeof(*message), &walk->len))
		return IMATEE_ERR_KEEPER;
	if (walk->len < sizeof(message->head) || walk->len > sizeof(*message) ||
	    message->head.len != walk->len)
		return IMATEE_ERR_KEEPER;
	return IMATEE_OK;
}

/* Every reply must be of the boot and the epoch of the first one. */
static bool same_keys(const struct imatee_reply *a,
		      const struct imatee_reply *b)
{
	return a->epoch == b->epoch &&
	       !memcmp(a->boot_id, b->boot_id, sizeof(a->boot_id));
}

static enum imatee_error check_head(struct walk *walk)
{
	const struct imatee_reply *head = &walk->message->head;

	if (head->seal != IMATEE_SEAL_SEALED)
		return IMATEE_ERR_NOT_SEALED;
	if (!same_keys(head, &walk->store->head)) {
		walk->changed = true;
		return IMATEE_ERR_KEEPER;
	}
	return IMATEE_OK;
}

/* Opens the walk: what this reply tells, the others must confirm. */
static enum imatee_error say_hello(struct walk *walk,
				   const uint8_t *keys_digest)
{
	union keeper_message *message = walk->message;
	enum imatee_error error = IMATEE_OK;

	memset(&message->hello, 0, sizeof(message->hello));
	message->hello.hdr.len = sizeof(message->hello);
	message->hello.abi_major = IMATEE_ABI_MAJOR;
	message->hello.abi_minor = IMATEE_ABI_MINOR;
	error = ask(walk, IMATEE_CMD_HELLO);
	if (error)
		return error;
	/* Both TAs are of one image: a keeper of another one is a mistake. */
	if (message->head.error || walk->len != sizeof(message->hello_reply) ||
	    memcmp(message->hello_reply.keys_digest, keys_digest,
		   KEYTAB_DIGEST_SIZE))
		return IMATEE_ERR_KEEPER;

	walk->store->head = message->head;
	return check_head(walk);
}

static enum imatee_error take_key(struct walk *walk, uint8_t ring,
				  uint32_t index,
				  const struct keystore_issuer *issuer)
{
	const struct key_message *key = &walk->message->key;
	const struct imatee_key_info *info = &key->reply.info;
	enum imatee_error error = IMATEE_OK;

	if (walk->len < sizeof(key->reply) ||
	    walk->len - sizeof(key->reply) != info->pubkey_len ||
	    info->ring != ring || info->index != index)
		return IMATEE_ERR_KEEPER;
	error = keystore_add(walk->store, info, key->pubkey, issuer);
	return error == IMATEE_OK || error == IMATEE_ERR_RESOURCES ?
		       error :
		       IMATEE_ERR_KEEPER;
}

/* Sends @command for key @index of @ring; the reply is of the right keys then. */
static enum imatee_error ask_for_key(struct walk *walk, uint32_t command,
				     uint8_t ring, uint32_t index)
{
	struct imatee_key_select *select = &walk->message->select;
	enum imatee_error error = IMATEE_OK;

	memset(select, 0, sizeof(*select));
	select->hdr.len = sizeof(*select);
	select->ring = ring;
	select->select = IMATEE_SELECT_INDEX;
	select->purpose = IMATEE_PURPOSE_QUERY;
	select->value = index;
	error = ask(walk, command);
	if (error)
		return error;
	error = check_head(walk);
	if (error)
		return error;
	return walk->message->head.error == IMATEE_ERR_NO_KEY ?
		       IMATEE_ERR_NO_KEY :
		       IMATEE_OK;
}

/* A certificate that is no strict DER has no name in PKCS #7, and its key does. */
static enum imatee_error fetch_issuer(struct walk *walk, uint8_t ring,
				      uint32_t index,
				      struct keystore_issuer *issuer)
{
	const struct imatee_key_issuer_reply *reply = &walk->message->issuer;
	enum imatee_error error =
		ask_for_key(walk, IMATEE_CMD_KEY_ISSUER, ring, index);

	if (error)
		return error;
	if (reply->hdr.error == IMATEE_ERR_CERT_MALFORMED)
		return IMATEE_OK;
	if (reply->hdr.error || walk->len != sizeof(*reply))
		return IMATEE_ERR_KEEPER;
	issuer->known = true;
	memcpy(issuer->digest, reply->issuer_serial, sizeof(issuer->digest));
	return IMATEE_OK;
}

/* Key @index of @ring; NO_KEY behind the last. */
static enum imatee_error fetch_key(struct walk *walk, uint8_t ring,
				   uint32_t index)
{
	struct keystore_issuer issuer = { 0 };
	enum imatee_error error = fetch_issuer(walk, ring, index, &issuer);

	if (error)
		return error;
	error = ask_for_key(walk, IMATEE_CMD_KEY_GET, ring, index);
	if (error)
		return error;
	return walk->message->head.error ? IMATEE_ERR_KEEPER :
					   take_key(walk, ring, index, &issuer);
}

static enum imatee_error walk_ring(struct walk *walk, uint8_t ring)
{
	enum imatee_error error = IMATEE_OK;
	uint32_t index = 0;

	/* A ring that is full ends here, any other one with NO_KEY. */
	for (index = 0; index < IMATEE_KEYS_PER_RING; index++) {
		error = fetch_key(walk, ring, index);
		if (error == IMATEE_ERR_NO_KEY)
			return IMATEE_OK;
		if (error)
			return error;
	}
	return IMATEE_OK;
}

/* The digests of one page; how many entries that was in *@taken. */
static enum imatee_error take_page(struct walk *walk, size_t index,
				   size_t *taken)
{
	const struct revoked_message *page = &walk->message->revoked;
	struct revoked *digests = &walk->store->digests;
	const size_t total = page->reply.total;
	const size_t count = page->reply.count;
	enum imatee_error error = IMATEE_OK;
	bool added = false;
	size_t i = 0;

	if (walk->message->head.error || walk->len < sizeof(page->reply) ||
	    count > REVOKED_PAGE ||
	    walk->len - sizeof(page->reply) != count * sizeof(*page->entries) ||
	    total > IMATEE_REVOKED_MAX || count > total - index ||
	    (!count && total > index))
		return IMATEE_ERR_KEEPER;
	if (!index)
		error = keystore_make_room(walk->store, total);
	for (i = 0; !error && i < count; i++)
		if (page->entries[i].kind == IMATEE_REVOKED_BIN)
			error = revoked_add(digests, &page->entries[i], &added);
	*taken = count;
	return error;
}

/* Which digests are revoked. Of keys it is enough that they are not in the rings. */
static enum imatee_error fetch_revoked(struct walk *walk)
{
	struct imatee_revoked_list *list = &walk->message->list;
	enum imatee_error error = IMATEE_OK;
	size_t index = 0;
	size_t taken = 0;

	do {
		index += taken;
		memset(list, 0, sizeof(*list));
		list->hdr.len = sizeof(*list);
		list->index = (uint32_t)index;
		error = ask(walk, IMATEE_CMD_REVOKED_LIST);
		if (!error)
			error = check_head(walk);
		if (!error)
			error = take_page(walk, index, &taken);
	} while (!error && taken);
	return error;
}

/* Closes the walk: as many keys were read as the keeper has. */
static enum imatee_error check_counts(struct walk *walk)
{
	union keeper_message *message = walk->message;
	const size_t *count = walk->store->rings.count;
	enum imatee_error error = IMATEE_OK;
	size_t i = 0;

	memset(&message->request, 0, sizeof(message->request));
	message->request.len = sizeof(message->request);
	error = ask(walk, IMATEE_CMD_STATUS);
	if (error)
		return error;
	error = check_head(walk);
	if (error)
		return error;
	if (message->head.error || walk->len != sizeof(message->status_reply))
		return IMATEE_ERR_KEEPER;
	for (i = 0; i <= IMATEE_RING_COUNT; i++)
		if (message->status_reply.keys[i] != count[i])
			return IMATEE_ERR_KEEPER;
	walk->store->head.attach_count = message->head.attach_count;
	return IMATEE_OK;
}

static enum imatee_error walk_rings(struct walk *walk,
				    const uint8_t *keys_digest)
{
	enum imatee_error error = say_hello(walk, keys_digest);
	uint8_t ring = 0;

	for (ring = 1; !error && ring <= IMATEE_RING_COUNT; ring++)
		error = walk_ring(walk, ring);
	if (!error)
		error = fetch_revoked(walk);
	if (!error)
		error = check_counts(walk);
	return error;
}

/* One try. *@changed tells that another one may have better luck. */
static enum imatee_error load_once(struct walk *walk,
				   const uint8_t *keys_digest,
				   struct keystore **store)
{
	enum imatee_error error = IMATEE_OK;

	walk->changed = false;
	walk->store = keystore_new();
	if (!walk->store)
		return IMATEE_ERR_RESOURCES;
	error = walk_rings(walk, keys_digest);
	if (error)
		keystore_free(walk->store);
	else
		*store = walk->store;
	return error;
}

enum imatee_error sync_load(const uint8_t *keys_digest, struct keystore **store)
{
	struct walk walk = { 0 };
	enum imatee_error error = IMATEE_ERR_KEEPER;
	unsigned int tries = 0;

	walk.message = platform_alloc(sizeof(*walk.message));
	if (!walk.message)
		return IMATEE_ERR_RESOURCES;
	if (platform_keeper_open(&walk.keeper) != PLATFORM_OK)
		goto out;
	do {
		error = load_once(&walk, keys_digest, store);
	} while (error && walk.changed && ++tries < WALKS_MAX);
	platform_keeper_close(walk.keeper);
out:
	platform_free(walk.message, sizeof(*walk.message));
	return error;
}
