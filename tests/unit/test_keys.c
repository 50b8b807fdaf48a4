// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * List, describe, get and export.
 */
#include "fixture.h"

#define INFO   sizeof(struct imatee_key_info)
#define LISTED sizeof(struct imatee_key_list_reply)

static const uint32_t ring_counts[] = { FIXTURE_KEYS, FIXTURE_IMA, FIXTURE_EVM,
					FIXTURE_PLATFORM };

static const struct key *fixture_key(uint8_t ring, uint32_t position)
{
	size_t i = 0;

	for (i = 0; i < fixture_keytab.key_count; i++) {
		if (ring && fixture_keytab.keys[i].info.ring != ring)
			continue;
		if (!position--)
			return &fixture_keytab.keys[i];
	}
	return NULL;
}

/* Walks a list with memrefs of @size and returns how many keys it saw. */
static uint32_t page_through(struct fixture *f, uint8_t ring, size_t size)
{
	struct imatee_key_list_reply head = { 0 };
	struct imatee_key_list list = { 0 };
	struct answer answer = { 0 };
	uint32_t seen = 0;
	uint32_t i = 0;

	do {
		list = make_list(ring, seen);
		send_keeper(f, f->user, IMATEE_CMD_KEY_LIST, &list,
			    sizeof(list), size, &answer);
		assert_int_equal(answer.head.error, IMATEE_OK);
		memcpy(&head, answer.buf, sizeof(head));
		assert_int_equal(head.total, ring_counts[ring]);
		assert_int_equal(answer.len, LISTED + head.count * INFO);
		for (i = 0; i < head.count; i++, seen++)
			assert_memory_equal(answer.buf + LISTED + i * INFO,
					    &fixture_key(ring, seen)->info,
					    INFO);
	} while (head.count);
	return seen;
}

static void list_every_size(void **state)
{
	uint8_t ring = 0;
	size_t size = 0;

	for (ring = 0; ring <= IMATEE_RING_COUNT; ring++)
		for (size = LISTED + INFO;
		     size <= LISTED + (FIXTURE_KEYS + 1) * INFO; size++)
			assert_int_equal(page_through(*state, ring, size),
					 ring_counts[ring]);
}

static void list_no_room(void **state)
{
	struct fixture *f = *state;
	const struct imatee_key_list list = make_list(IMATEE_RING_IMA, 0);
	struct answer answer = { 0 };
	size_t size = 0;

	for (size = sizeof(struct imatee_reply); size < LISTED + INFO; size++) {
		send_keeper(f, f->user, IMATEE_CMD_KEY_LIST, &list,
			    sizeof(list), size, &answer);
		assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
		assert_int_equal(answer.head.needed, LISTED + INFO);
		assert_int_equal(answer.len, sizeof(struct imatee_reply));
	}
}

static void list_past_end(void **state)
{
	static const uint32_t indices[] = { FIXTURE_IMA, FIXTURE_IMA + 1,
					    0x7fffffff, 0x80000000,
					    UINT32_MAX };
	struct fixture *f = *state;
	struct imatee_key_list_reply head = { 0 };
	struct imatee_key_list list = { 0 };
	struct answer answer = { 0 };
	size_t i = 0;

	for (i = 0; i < sizeof(indices) / sizeof(indices[0]); i++) {
		list = make_list(IMATEE_RING_IMA, indices[i]);
		send_keeper(f, f->user, IMATEE_CMD_KEY_LIST, &list,
			    sizeof(list), LISTED, &answer);
		assert_int_equal(answer.head.error, IMATEE_OK);
		memcpy(&head, answer.buf, sizeof(head));
		assert_int_equal(head.total, FIXTURE_IMA);
		assert_int_equal(head.count, 0);
	}
}

static enum imatee_error find(struct fixture *f,
			      const struct imatee_key_select *select,
			      struct imatee_key_info *info)
{
	struct answer answer = { 0 };
	enum imatee_error error = IMATEE_OK;

	error = ask_keeper(f, f->user, IMATEE_CMD_KEY_DESCRIBE, select,
			   sizeof(*select), &answer);
	if (!error) {
		assert_int_equal(answer.len, sizeof(struct imatee_key_reply));
		memcpy(info, answer.buf + sizeof(answer.head), sizeof(*info));
	}
	return error;
}

static void lookups(void **state)
{
	struct imatee_key_select select = { 0 };
	struct imatee_key_info info = { 0 };
	const struct key *key = NULL;
	uint8_t ring = 0;
	uint32_t i = 0;

	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++) {
		for (i = 0; i < ring_counts[ring]; i++) {
			key = fixture_key(ring, i);
			select = by_index(ring, i);
			assert_int_equal(find(*state, &select, &info), 0);
			assert_memory_equal(&info, &key->info, sizeof(info));
			select = by_keyid(ring, key->info.keyid);
			assert_int_equal(find(*state, &select, &info), 0);
			assert_memory_equal(&info, &key->info, sizeof(info));
			select = by_skid(ring, key->info.skid,
					 key->info.skid_len);
			assert_int_equal(find(*state, &select, &info), 0);
			assert_memory_equal(&info, &key->info, sizeof(info));
		}
	}
}

static void no_such_key(void **state)
{
	static const uint32_t indices[] = { FIXTURE_PLATFORM,
					    IMATEE_KEYS_PER_RING - 1,
					    IMATEE_KEYS_PER_RING, 0x80000000,
					    UINT32_MAX };
	struct imatee_key_select select = { 0 };
	struct imatee_key_info info = { 0 };
	const struct key *key = fixture_key(IMATEE_RING_IMA, 1);
	uint8_t skid[IMATEE_SKID_MAX] = { 0 };
	uint8_t len = 0;
	size_t i = 0;

	for (i = 0; i < sizeof(indices) / sizeof(indices[0]); i++) {
		select = by_index(IMATEE_RING_PLATFORM, indices[i]);
		assert_int_equal(find(*state, &select, &info),
				 IMATEE_ERR_NO_KEY);
	}
	/* ids of keys that other rings hold, and the bytes in another order */
	select = by_keyid(IMATEE_RING_EVM, key->info.keyid);
	assert_int_equal(find(*state, &select, &info), IMATEE_ERR_NO_KEY);
	select = by_keyid(IMATEE_RING_IMA, 0x04030201);
	assert_int_equal(find(*state, &select, &info), IMATEE_ERR_NO_KEY);
	/* an identifier cut short, or longer by a zero, is another one */
	memcpy(skid, key->info.skid, sizeof(skid));
	for (len = 1; len < IMATEE_SKID_MAX; len++) {
		memset(skid, 0, sizeof(skid));
		memcpy(skid, key->info.skid,
		       len < key->info.skid_len ? len : key->info.skid_len);
		select = by_skid(IMATEE_RING_IMA, skid, len);
		assert_int_equal(find(*state, &select, &info),
				 len == key->info.skid_len ? IMATEE_OK :
							     IMATEE_ERR_NO_KEY);
	}
}

/* Gets what @command hands out with each size of memref. */
static void hand_out(struct fixture *f, uint32_t command, const uint8_t *tail,
		     size_t tail_len)
{
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 2);
	const size_t needed = sizeof(struct imatee_key_reply) + tail_len;
	struct answer answer = { 0 };
	size_t size = 0;

	for (size = sizeof(struct imatee_reply); size < needed + 64; size++) {
		send_keeper(f, f->user, command, &select, sizeof(select), size,
			    &answer);
		if (size < sizeof(select)) {
			/* the request itself does not fit */
			assert_int_equal(answer.head.error,
					 IMATEE_ERR_MALFORMED);
			continue;
		}
		if (size < needed) {
			assert_int_equal(answer.head.error,
					 IMATEE_ERR_SHORT_BUFFER);
			assert_int_equal(answer.head.needed, needed);
			assert_int_equal(answer.len,
					 sizeof(struct imatee_reply));
			continue;
		}
		assert_int_equal(answer.head.error, IMATEE_OK);
		assert_int_equal(answer.head.needed, 0);
		assert_int_equal(answer.len, needed);
		assert_memory_equal(answer.buf + sizeof(answer.head),
				    &fixture_key(IMATEE_RING_IMA, 2)->info,
				    INFO);
		if (tail_len)
			assert_memory_equal(answer.buf + needed - tail_len,
					    tail, tail_len);
	}
}

static void get_every_size(void **state)
{
	const struct key *key = fixture_key(IMATEE_RING_IMA, 2);

	hand_out(*state, IMATEE_CMD_KEY_GET, key->pubkey, key->info.pubkey_len);
}

static void export_every_size(void **state)
{
	const struct key *key = fixture_key(IMATEE_RING_IMA, 2);

	hand_out(*state, IMATEE_CMD_KEY_EXPORT, key->cert, key->info.cert_len);
}

static void describe_every_size(void **state)
{
	hand_out(*state, IMATEE_CMD_KEY_DESCRIBE, NULL, 0);
}

static void counts_lookups(void **state)
{
	struct fixture *f = *state;
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	struct imatee_status_reply status = { 0 };
	struct answer answer = { 0 };
	uint8_t purpose = 0;
	uint8_t i = 0;

	for (purpose = 0; purpose < IMATEE_PURPOSE_COUNT; purpose++) {
		select.purpose = purpose;
		for (i = 0; i <= purpose; i++)
			ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select,
				   sizeof(select), &answer);
		ask_keeper(f, f->user, IMATEE_CMD_KEY_EXPORT, &select,
			   sizeof(select), &answer);
		/*
		 * Loading is no lookup, describing hands no key out, a key not found
		 * neither.
		 */
		ask_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list, sizeof(list),
			   &answer);
		assert_int_equal(answer.head.error, IMATEE_OK);
		ask_keeper(f, f->user, IMATEE_CMD_KEY_DESCRIBE, &select,
			   sizeof(select), &answer);
		select.value = 17;
		ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select,
			   sizeof(select), &answer);
		select.value = 0;
		send_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select,
			    sizeof(select), 100, &answer);
		assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	}
	get_status(f, &status);
	for (purpose = 0; purpose < IMATEE_PURPOSE_COUNT; purpose++)
		assert_int_equal(status.lookups[purpose], purpose + 2);
	assert_int_equal(status.lookups[6], 0);
	assert_int_equal(status.lookups[7], 0);
}

/* A ring is filled to the limit and not beyond, and clashes are told. */
static void ring_limits(void **state)
{
	static struct key keys[IMATEE_KEYS_PER_RING + 1];
	static struct keyring rings;
	struct key clash = { 0 };
	uint32_t i = 0;

	(void)state;
	memset(&rings, 0, sizeof(rings));
	for (i = 0; i <= IMATEE_KEYS_PER_RING; i++) {
		keys[i] = *fixture_key(IMATEE_RING_IMA, 0);
		keys[i].info.index = i;
		keys[i].info.keyid = 100 + i;
		keys[i].info.fingerprint[0] = (uint8_t)i;
		assert_int_equal(keyring_add(&rings, &keys[i]),
				 i < IMATEE_KEYS_PER_RING ?
					 IMATEE_OK :
					 IMATEE_ERR_RING_FULL);
	}
	assert_int_equal(rings.count[IMATEE_RING_IMA], IMATEE_KEYS_PER_RING);
	assert_int_equal(rings.count[IMATEE_RING_ANY], IMATEE_KEYS_PER_RING);

	clash = keys[IMATEE_KEYS_PER_RING];
	clash.info.fingerprint[0] = 5;
	assert_int_equal(keyring_add(&rings, &clash), IMATEE_ERR_KEY_EXISTS);
	clash = keys[IMATEE_KEYS_PER_RING];
	clash.info.keyid = 107;
	assert_int_equal(keyring_add(&rings, &clash), IMATEE_ERR_KEYID_TAKEN);
	clash.info.ring = IMATEE_RING_ANY;
	assert_int_equal(keyring_add(&rings, &clash), IMATEE_ERR_BAD_RING);
	clash.info.ring = IMATEE_RING_COUNT + 1;
	assert_int_equal(keyring_add(&rings, &clash), IMATEE_ERR_BAD_RING);
	/* the same id in another ring is another matter */
	clash.info.ring = IMATEE_RING_EVM;
	clash.info.index = 0;
	assert_int_equal(keyring_add(&rings, &clash), IMATEE_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("a list is complete with pages of every size, by ring and over all rings",
		     list_every_size),
		TEST("a list without room for one key says how much it needs",
		     list_no_room),
		TEST("a list from behind its end is empty", list_past_end),
		TEST("each key is found by index, by key id and by identifier",
		     lookups),
		TEST("no key is found in another ring, by a shorter or longer identifier, or behind the last",
		     no_such_key),
		TEST("get hands out the public key, or says how much room it needs",
		     get_every_size),
		TEST("export hands out the certificate, or says how much room it needs",
		     export_every_size),
		TEST("describe hands out the description, or says how much room it needs",
		     describe_every_size),
		TEST("keys handed out are counted by purpose, and nothing else is",
		     counts_lookups),
		TEST("a ring takes 32 keys, no certificate twice and no key id twice",
		     ring_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
