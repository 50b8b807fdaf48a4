// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keytab.h"
#include "message.h"
#include "platform.h"
#include "sync.h"

/*
 * A key may be revoked under a walk. More often than this in a row, something else is
 * wrong.
 */
#define WALKS_MAX 3

/* Largest reply of a walk: keys, and at least one of the longest. */
struct key_page {
	struct imatee_key_list_reply reply;
	uint8_t records[sizeof(struct imatee_key_record) + IMATEE_PUBKEY_MAX];
};

/* As many entries as there is room for. */
#define REVOKED_PAGE                                  \
	((sizeof(struct key_page) -                   \
	  sizeof(struct imatee_revoked_list_reply)) / \
	 sizeof(struct imatee_revoked))

struct revoked_page {
	struct imatee_revoked_list_reply reply;
	struct imatee_revoked entries[REVOKED_PAGE];
};

/* One message to the keeper, and its answer in the same place. */
union keeper_message {
	struct imatee_request request;
	struct imatee_hello hello;
	struct imatee_reply head;
	struct imatee_hello_reply hello_reply;
	struct imatee_status_reply status_reply;
	struct imatee_key_list key_list;
	struct key_page keys;
	struct imatee_revoked_list list;
	struct revoked_page revoked;
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

	static_assert(sizeof(struct revoked_page) <= sizeof(struct key_page) &&
			      sizeof(*message) == sizeof(struct key_page),
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

/* Sends one more message: its reply is of the same keys as the first. */
static enum imatee_error ask_on(struct walk *walk, uint32_t command)
{
	enum imatee_error error = ask(walk, command);

	return error ? error : check_head(walk);
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

/* The next key of its ring. */
static enum imatee_error take_key(struct walk *walk, struct reader *page)
{
	struct imatee_key_record record = { 0 };
	struct keystore_issuer issuer = { 0 };
	const uint8_t *pubkey = NULL;
	enum imatee_error error = IMATEE_OK;

	if (!reader_take(page, &record, sizeof(record)))
		return IMATEE_ERR_KEEPER;
	pubkey = reader_view(page, record.info.pubkey_len);
	if (!pubkey || record.issuer_known > 1 ||
	    !all_zero(record.reserved, sizeof(record.reserved)) ||
	    record.info.ring > IMATEE_RING_COUNT ||
	    record.info.index != walk->store->rings.count[record.info.ring])
		return IMATEE_ERR_KEEPER;
	issuer.known = record.issuer_known;
	memcpy(issuer.digest, record.issuer_serial, sizeof(issuer.digest));
	error = keystore_add(walk->store, &record.info, pubkey, &issuer);
	return error == IMATEE_OK || error == IMATEE_ERR_RESOURCES ?
		       error :
		       IMATEE_ERR_KEEPER;
}

/* The keys of one page; how many are left in *@left. */
static enum imatee_error take_keys(struct walk *walk, size_t index,
				   size_t *left)
{
	const struct key_page *page = &walk->message->keys;
	const size_t total = page->reply.total;
	const size_t count = page->reply.count;
	enum imatee_error error = IMATEE_OK;
	struct reader records = { 0 };
	size_t i = 0;

	if (walk->message->head.error || walk->len < sizeof(page->reply) ||
	    total < index || count > total - index || (!count && total > index))
		return IMATEE_ERR_KEEPER;
	reader_init(&records, page->records, walk->len - sizeof(page->reply),
		    0);
	for (i = 0; !error && i < count; i++)
		error = take_key(walk, &records);
	if (!error && !reader_at_end(&records))
		error = IMATEE_ERR_KEEPER;
	*left = total - index - count;
	return error;
}

static enum imatee_error fetch_keys(struct walk *walk)
{
	struct imatee_key_list *list = &walk->message->key_list;
	enum imatee_error error = IMATEE_OK;
	size_t index = 0;
	size_t left = 0;

	do {
		index = walk->store->rings.count[IMATEE_RING_ANY];
		memset(list, 0, sizeof(*list));
		list->hdr.len = sizeof(*list);
		list->ring = IMATEE_RING_ANY;
		list->index = (uint32_t)index;
		error = ask_on(walk, IMATEE_CMD_KEY_LOAD);
		if (!error)
			error = take_keys(walk, index, &left);
	} while (!error && left);
	return error;
}

/* The digests of one page; how many entries that was in *@taken. */
static enum imatee_error take_page(struct walk *walk, size_t index,
				   size_t *taken)
{
	const struct revoked_page *page = &walk->message->revoked;
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
		error = ask_on(walk, IMATEE_CMD_REVOKED_LIST);
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
	error = ask_on(walk, IMATEE_CMD_STATUS);
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

static enum imatee_error walk_all(struct walk *walk, const uint8_t *keys_digest)
{
	enum imatee_error error = say_hello(walk, keys_digest);

	if (!error)
		error = fetch_keys(walk);
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
	error = walk_all(walk, keys_digest);
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
