// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a verifier takes of the keeper's replies, key for key, and what not.
 */
#include <limits.h>

#include "fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Where the records of IMATEE_CMD_KEY_LOAD are in its reply; they need not be aligned. */
#define RECORDS sizeof(struct imatee_key_list_reply)
#define SECOND                                        \
	(RECORDS + sizeof(struct imatee_key_record) + \
	 fixture_keytab.keys[0].info.pubkey_len)

/* What a reply of the keeper can have wrong with it. */
enum damage {
	DAMAGE_LEN,
	DAMAGE_SHORT,
	DAMAGE_NO_KEYS,
	DAMAGE_CUT,
	DAMAGE_TRAILING,
	DAMAGE_TOTAL,
	DAMAGE_TOTAL_HUGE,
	DAMAGE_COUNT_LESS,
	DAMAGE_COUNT_MORE,
	DAMAGE_COUNT_HUGE,
	DAMAGE_RING,
	DAMAGE_RING_NONE,
	DAMAGE_RING_HUGE,
	DAMAGE_INDEX,
	DAMAGE_PUBKEY_LEN,
	DAMAGE_PUBKEY_HUGE,
	DAMAGE_SKID_LEN,
	DAMAGE_ERROR,
	DAMAGE_KEYID,
	DAMAGE_KNOWN,
	DAMAGE_RESERVED,
	DAMAGES,
};

static enum damage damage;

static void damage_page(struct imatee_key_list_reply *reply, size_t *len)
{
	switch (damage) {
	case DAMAGE_LEN:
		reply->hdr.len++;
		return;
	case DAMAGE_SHORT:
		*len = sizeof(*reply) - 1;
		break;
	case DAMAGE_NO_KEYS:
		*len = sizeof(*reply);
		reply->count = 0;
		break;
	case DAMAGE_CUT:
		--*len;
		break;
	case DAMAGE_TRAILING:
		++*len;
		break;
	case DAMAGE_TOTAL:
		reply->total--;
		break;
	case DAMAGE_TOTAL_HUGE:
		reply->total = UINT32_MAX;
		break;
	case DAMAGE_COUNT_LESS:
		reply->count--;
		break;
	case DAMAGE_COUNT_MORE:
		reply->count++;
		reply->total++;
		break;
	case DAMAGE_COUNT_HUGE:
		reply->count = UINT32_MAX;
		break;
	case DAMAGE_ERROR:
		reply->hdr.error = IMATEE_ERR_BAD_VALUE;
		break;
	default:
		break;
	}
	reply->hdr.len = (uint32_t)*len;
}

static void damage_record(struct imatee_key_record *record)
{
	switch (damage) {
	case DAMAGE_RING:
		record->info.ring = IMATEE_RING_PLATFORM;
		break;
	case DAMAGE_RING_NONE:
		record->info.ring = IMATEE_RING_ANY;
		break;
	case DAMAGE_RING_HUGE:
		record->info.ring = 200;
		break;
	case DAMAGE_INDEX:
		record->info.index = 0;
		break;
	case DAMAGE_PUBKEY_LEN:
		record->info.pubkey_len--;
		break;
	case DAMAGE_PUBKEY_HUGE:
		record->info.pubkey_len = UINT32_MAX;
		break;
	case DAMAGE_SKID_LEN:
		record->info.skid_len = 200;
		break;
	case DAMAGE_KEYID:
		record->info.keyid = fixture_keytab.keys[0].info.keyid;
		break;
	case DAMAGE_KNOWN:
		record->issuer_known = 2;
		break;
	case DAMAGE_RESERVED:
		record->reserved[6] = 1;
		break;
	default:
		break;
	}
}

static void damage_reply(uint32_t command, void *buf, size_t *len)
{
	struct imatee_key_record record = { 0 };
	uint8_t *second = (uint8_t *)buf + SECOND;

	if (command != IMATEE_CMD_KEY_LOAD)
		return;
	memcpy(&record, second, sizeof(record));
	damage_record(&record);
	memcpy(second, &record, sizeof(record));
	damage_page(buf, len);
}

static void damaged_replies(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	host.on_keeper_reply = damage_reply;
	for (damage = 0; damage < DAMAGES; damage++) {
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
		assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
				 IMATEE_ERR_NOT_SYNCED);
	}
	/* and without any of these it is sound */
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
}

/* How many bytes the reply has for the keys from @first on, @count of them. */
static size_t records_size(uint32_t first, uint32_t count)
{
	size_t size = RECORDS;
	uint32_t i = 0;

	for (i = first; i < first + count; i++)
		size += sizeof(struct imatee_key_record) +
			fixture_keytab.keys[i].info.pubkey_len;
	return size;
}

/* The keeper's side, with room for each number of bytes. */
static void every_room(void **state)
{
	struct fixture *f = *state;
	struct imatee_key_list_reply head = { 0 };
	struct imatee_key_record record = { 0 };
	struct imatee_key_list list = { 0 };
	struct answer answer = { 0 };
	uint32_t first = 0;
	uint32_t fit = 0;
	size_t size = 0;

	for (first = 0; first <= FIXTURE_KEYS + 1; first++)
		for (size = sizeof(head); size < 2400; size++) {
			for (fit = 0; first + fit < FIXTURE_KEYS; fit++)
				if (records_size(first, fit + 1) > size)
					break;
			list = make_list(IMATEE_RING_ANY, first);
			send_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), size, &answer);
			if (first < FIXTURE_KEYS && !fit) {
				assert_int_equal(answer.head.error,
						 IMATEE_ERR_SHORT_BUFFER);
				assert_int_equal(answer.head.needed,
						 records_size(first, 1));
				continue;
			}
			assert_int_equal(answer.head.error, IMATEE_OK);
			memcpy(&head, answer.buf, sizeof(head));
			assert_int_equal(head.total, FIXTURE_KEYS);
			assert_int_equal(head.count, fit);
			assert_int_equal(answer.len, records_size(first, fit));
			if (!fit)
				continue;
			/* the fixture's certificates are none */
			memcpy(&record, answer.buf + RECORDS, sizeof(record));
			assert_int_equal(record.issuer_known, 0);
			assert_true(all_zero(record.issuer_serial,
					     sizeof(record.issuer_serial)));
			assert_memory_equal(&record.info,
					    &fixture_keytab.keys[first].info,
					    sizeof(record.info));
		}
}

static struct key many[IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING];

/* Three full rings, which take several pages. */
static void fill_rings(struct keyring *rings)
{
	size_t i = 0;

	memset(rings, 0, sizeof(*rings));
	for (i = 0; i < COUNT(many); i++) {
		many[i] = fixture_keytab.keys[0];
		many[i].info.ring = (uint8_t)(1 + i / IMATEE_KEYS_PER_RING);
		many[i].info.skid[3] += (uint8_t)i;
		many[i].info.keyid += (uint32_t)i;
		many[i].info.fingerprint[0] = (uint8_t)i;
		assert_int_equal(keyring_add(rings, &many[i]), IMATEE_OK);
	}
}

/* The verifier has all of them, but for the first @without. */
static void expect_many(struct fixture *f, size_t without)
{
	struct answer answer = { 0 };
	uint32_t index = 0;
	uint8_t ring = 0;
	size_t i = 0;

	for (i = without; i < COUNT(many); i++) {
		ring = many[i].info.ring;
		index = (uint32_t)(i % IMATEE_KEYS_PER_RING);
		if (ring == IMATEE_RING_IMA)
			index -= (uint32_t)without;
		assert_int_equal(get_key(f, ring, index, &answer), IMATEE_OK);
		assert_memory_equal(
			((struct imatee_key_reply *)answer.buf)->info.skid,
			many[i].info.skid, IMATEE_SKID_MAX);
	}
	if (without)
		assert_int_equal(get_key(f, IMATEE_RING_IMA,
					 IMATEE_KEYS_PER_RING - 1, &answer),
				 IMATEE_ERR_NO_KEY);
}

static struct fixture *current;
static unsigned int page; /* of this walk */
static unsigned int pages; /* of them all */
static unsigned int at; /* the page that something is done to */
static unsigned int removals;

static void count_pages(uint32_t command)
{
	if (command == IMATEE_CMD_HELLO)
		page = 0;
	if (command != IMATEE_CMD_KEY_LOAD)
		return;
	page++;
	pages++;
}

static void only_count(uint32_t command, void *buf, size_t *len)
{
	(void)buf;
	(void)len;
	count_pages(command);
}

static void full_rings(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	fill_rings(&f->keeper.rings);
	host.on_keeper_reply = only_count;
	pages = 0;
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	assert_in_range(pages, 3, COUNT(many) / 4);
	expect_many(f, 0);
}

/* Fewer keys than were sent already, and no more of them. */
static void fewer_at(uint32_t command, void *buf, size_t *len)
{
	struct imatee_key_list_reply *reply = buf;

	count_pages(command);
	if (command != IMATEE_CMD_KEY_LOAD || page != at)
		return;
	reply->total = 1;
	reply->count = 0;
	*len = sizeof(*reply);
	reply->hdr.len = sizeof(*reply);
}

/* The keeper is not sealed when it answers with this page. */
static void unseal_at(uint32_t command, void *buf, size_t *len)
{
	struct imatee_reply *head = buf;

	(void)len;
	count_pages(command);
	if (command == IMATEE_CMD_KEY_LOAD && page == at)
		head->seal = IMATEE_SEAL_OPEN;
}

/* Behind this page the first key is revoked, once. */
static void remove_at(uint32_t command, void *buf, size_t *len)
{
	(void)buf;
	(void)len;
	count_pages(command);
	if (command != IMATEE_CMD_KEY_LOAD || page != at || !removals)
		return;
	removals--;
	keyring_remove(&current->keeper.rings, &many[0]);
	current->keeper.state.epoch++;
}

/* What can happen between two pages, at each of them. */
static void between_pages(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };
	unsigned int last = 0;

	current = f;
	assert_int_equal(seal(f), IMATEE_OK);
	fill_rings(&f->keeper.rings);
	host.on_keeper_reply = only_count;
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	last = page;
	for (at = 1; at <= last; at++) {
		/* the keeper dies: hello, and the pages before */
		host.keeper_calls_left = at;
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
		assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
				 IMATEE_ERR_NOT_SYNCED);
		host.keeper_calls_left = UINT_MAX;
		host.on_keeper_reply = fewer_at;
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
		assert_int_equal(page, at);
		host.on_keeper_reply = unseal_at;
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_NOT_SEALED);
		fill_rings(&f->keeper.rings);
		removals = 1;
		host.on_keeper_reply = remove_at;
		assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
		assert_int_equal(removals, 0);
		expect_many(f, 1);
		fill_rings(&f->keeper.rings);
		host.on_keeper_reply = only_count;
		assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
		expect_many(f, 0);
	}
}

/* One ring, as a verifier could ask for. */
static void one_ring(void **state)
{
	struct fixture *f = *state;
	struct imatee_key_list_reply head = { 0 };
	struct imatee_key_record record = { 0 };
	struct imatee_key_list list = { 0 };
	struct answer answer = { 0 };

	list = make_list(IMATEE_RING_EVM, 1);
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_OK);
	memcpy(&head, answer.buf, sizeof(head));
	assert_int_equal(head.total, FIXTURE_EVM);
	assert_int_equal(head.count, FIXTURE_EVM - 1);
	memcpy(&record, answer.buf + RECORDS, sizeof(record));
	assert_memory_equal(&record.info,
			    &fixture_keytab.keys[FIXTURE_IMA + 1].info,
			    sizeof(record.info));
	list = make_list(IMATEE_RING_COUNT + 1, 0);
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_ERR_BAD_RING);
}

static void lose_count(uint32_t command, void *buf, size_t *len)
{
	struct imatee_status_reply *status = buf;

	(void)len;
	if (command == IMATEE_CMD_STATUS)
		status->keys[IMATEE_RING_EVM]++;
}

static void counts_must_agree(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	host.on_keeper_reply = lose_count;
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("a reply that contradicts itself or the question fails the sync",
		     damaged_replies),
		TEST("the keeper gives as many keys as have room", every_room),
		TEST("the keeper gives the keys of one ring", one_ring),
		TEST("a sync takes full rings, in pages", full_rings),
		TEST("a keeper that dies, changes or contradicts itself between two pages",
		     between_pages),
		TEST("a sync that saw fewer keys than the keeper has fails",
		     counts_must_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
