// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier: who may open it, and what it takes from the keeper.
 */
#include "fixture.h"

/* The verifier has these keys and no others, and tells this epoch. */
static void expect_keys(struct fixture *f, uint64_t epoch)
{
	static const uint32_t counts[] = { 0, FIXTURE_IMA, FIXTURE_EVM,
					   FIXTURE_PLATFORM };
	const struct key *key = fixture_keytab.keys;
	const size_t head = sizeof(struct imatee_key_reply);
	struct answer answer = { 0 };
	uint8_t ring = 0;
	uint32_t i = 0;

	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++) {
		for (i = 0; i < counts[ring]; i++, key++) {
			assert_int_equal(get_key(f, ring, i, &answer),
					 IMATEE_OK);
			assert_int_equal(answer.head.epoch, epoch);
			assert_int_equal(answer.head.seal, IMATEE_SEAL_SEALED);
			assert_memory_equal(answer.head.boot_id,
					    f->keeper.state.boot_id,
					    IMATEE_BOOT_ID_SIZE);
			assert_memory_equal(answer.buf + sizeof(answer.head),
					    &key->info, sizeof(key->info));
			assert_int_equal(answer.len,
					 head + key->info.pubkey_len);
			assert_memory_equal(answer.buf + head, key->pubkey,
					    key->info.pubkey_len);
		}
		assert_int_equal(get_key(f, ring, i, &answer),
				 IMATEE_ERR_NO_KEY);
	}
}

static void kernel_only(void **state)
{
	struct fixture *f = *state;
	struct session *session = NULL;

	assert_int_equal(verifier_open(&f->verifier, PLATFORM_CALLER_PUBLIC,
				       &session),
			 PLATFORM_ACCESS_DENIED);
	assert_int_equal(verifier_open(&f->verifier, PLATFORM_CALLER_VERIFIER,
				       &session),
			 PLATFORM_ACCESS_DENIED);
	assert_null(session);
}

static void hello_first(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	f->vkernel->hello = false;
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_NO_HELLO);
	assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
			 IMATEE_ERR_NO_HELLO);
}

static void only_its_commands(void **state)
{
	static const uint32_t others[] = {
		IMATEE_CMD_STATUS,	 IMATEE_CMD_ATTACH,
		IMATEE_CMD_SEAL,	 IMATEE_CMD_KEY_LIST,
		IMATEE_CMD_KEY_DESCRIBE, IMATEE_CMD_KEY_EXPORT,
		IMATEE_CMD_KEY_ADD,	 IMATEE_CMD_TEST_PANIC
	};
	struct answer answer = { 0 };
	size_t i = 0;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(ask_verifier(*state, others[i], &empty_request,
					      sizeof(empty_request), &answer),
				 IMATEE_ERR_UNKNOWN_COMMAND);
}

static void before_sync(void **state)
{
	static const uint8_t zero[sizeof(struct imatee_reply)];
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
			 IMATEE_ERR_NOT_SYNCED);
	assert_memory_equal(answer.head.boot_id, zero, IMATEE_BOOT_ID_SIZE);
	assert_int_equal(answer.head.epoch, 0);
	assert_int_equal(answer.head.seal, 0);
	assert_int_equal(answer.head.attach_count, 0);
}

static void not_sealed(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_NOT_SEALED);
	assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
			 IMATEE_ERR_NOT_SYNCED);
}

static void sync_takes_all(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };
	uint32_t sessions = f->keeper.sessions.open;

	f->keeper.state.attach_count = 7;
	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_int_equal(answer.head.epoch, 1);
	assert_int_equal(answer.head.attach_count, 7);
	expect_keys(f, 1);
	/* its session with the keeper is closed again */
	assert_int_equal(f->keeper.sessions.open, sessions);
}

static void lookups_as_in_keeper(void **state)
{
	struct fixture *f = *state;
	const struct key *key = fixture_keytab.keys;
	struct imatee_key_select select = { 0 };
	struct answer a = { 0 };
	struct answer b = { 0 };
	size_t i = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &a), IMATEE_OK);
	for (i = 0; i < FIXTURE_KEYS; i++, key++) {
		select = by_keyid(key->info.ring, key->info.keyid);
		ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select,
			   sizeof(select), &a);
		ask_verifier(f, IMATEE_CMD_KEY_GET, &select, sizeof(select),
			     &b);
		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.buf, b.buf, a.len);
		select = by_skid(key->info.ring, key->info.skid,
				 key->info.skid_len);
		ask_verifier(f, IMATEE_CMD_KEY_GET, &select, sizeof(select),
			     &b);
		assert_memory_equal(a.buf, b.buf, a.len);
	}
}

/* No keys, and the state of before the first sync. */
static void expect_none(struct fixture *f)
{
	struct answer answer = { 0 };

	assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
			 IMATEE_ERR_NOT_SYNCED);
	assert_int_equal(answer.head.epoch, 0);
}

static void answers_without_keeper(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	host.keeper_calls_left = 0;
	expect_keys(f, 1);
	/* a key of the old set may have been revoked: it goes first */
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
	expect_none(f);
}

/* A load of few keys: hello, the keys, what is revoked, status. */
#define CALLS 4

/* The keeper dies at each call of a load. */
static void dies_midway(void **state)
{
	struct fixture *f = *state;
	const unsigned int calls = CALLS;
	struct answer answer = { 0 };
	unsigned int left = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	for (left = 0; left < calls; left++) {
		host.keeper_calls_left = left;
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
		assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
				 IMATEE_ERR_NOT_SYNCED);
	}
	host.keeper_calls_left = calls;
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	expect_keys(f, 1);
}

/* Memory is used up at each allocation of a load. */
static void no_memory_midway(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };
	/* message, the keeper's session, store, keys */
	const unsigned int allocs = 1 + 1 + 1 + 2 * FIXTURE_KEYS;
	unsigned int left = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	for (left = 0; left < allocs; left++) {
		host.allocs_left = left;
		assert_int_equal(sync_keys(f, &answer),
				 left == 1 ? IMATEE_ERR_KEEPER :
					     IMATEE_ERR_RESOURCES);
		assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
				 IMATEE_ERR_NOT_SYNCED);
	}
	host.allocs_left = allocs;
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	/* and with an old set at hand, that one is gone */
	for (left = 0; left < allocs; left++) {
		host.allocs_left = allocs;
		assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
		host.allocs_left = left;
		assert_int_not_equal(sync_keys(f, &answer), IMATEE_OK);
		expect_none(f);
	}
}

static struct fixture *current;
static unsigned int replies;
static unsigned int change_at;
static unsigned int changes_left;

/* The epoch rises behind reply number change_at of each walk. */
static void change_epoch(uint32_t command, void *buf, size_t *len)
{
	(void)buf;
	(void)len;
	if (command == IMATEE_CMD_HELLO)
		replies = 0;
	if (replies++ == change_at && changes_left) {
		changes_left--;
		current->keeper.state.epoch++;
	}
}

static void epoch_changes(void **state)
{
	struct fixture *f = *state;
	const unsigned int last = CALLS - 2;
	struct answer answer = { 0 };

	current = f;
	assert_int_equal(seal(f), IMATEE_OK);
	host.on_keeper_reply = change_epoch;
	/* behind the last reply but one there is one left to see it */
	for (change_at = 0; change_at <= last; change_at++) {
		changes_left = 2;
		assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
		assert_int_equal(changes_left, 0);
		expect_keys(f, f->keeper.state.epoch);
	}
}

static void epoch_never_rests(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	current = f;
	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	host.on_keeper_reply = change_epoch;
	change_at = 1;
	changes_left = 1000;
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
	assert_true(changes_left >= 1000 - 10);
	host.on_keeper_reply = NULL;
	expect_none(f);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	expect_keys(f, f->keeper.state.epoch);
}

static void change_boot_id(uint32_t command, void *buf, size_t *len)
{
	struct imatee_reply *head = buf;

	(void)len;
	if (command == IMATEE_CMD_STATUS)
		head->boot_id[3] ^= 1;
}

static void boot_id_changes(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	host.on_keeper_reply = change_boot_id;
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
	assert_int_equal(get_key(f, IMATEE_RING_IMA, 0, &answer),
			 IMATEE_ERR_NOT_SYNCED);
}

static unsigned int unseal_at;

static void unseal(uint32_t command, void *buf, size_t *len)
{
	struct imatee_reply *head = buf;

	(void)command;
	(void)len;
	if (replies++ == unseal_at)
		head->seal = IMATEE_SEAL_OPEN;
}

static void seal_missing_midway(void **state)
{
	struct fixture *f = *state;
	const unsigned int last = CALLS - 1;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	host.on_keeper_reply = unseal;
	for (unseal_at = 0; unseal_at <= last; unseal_at++) {
		replies = 0;
		assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_NOT_SEALED);
	}
}

static void other_key_table(void **state)
{
	static const uint8_t other[KEYTAB_DIGEST_SIZE] = { 1 };
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	f->verifier.keytab_digest = other;
	assert_int_equal(sync_keys(f, &answer), IMATEE_ERR_KEEPER);
}

static void short_buffer(void **state)
{
	struct fixture *f = *state;
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	const size_t needed = sizeof(struct imatee_key_reply) +
			      fixture_keytab.keys[0].info.pubkey_len;
	struct answer answer = { 0 };
	size_t size = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	for (size = sizeof(select); size <= needed; size++) {
		send_verifier(f, IMATEE_CMD_KEY_GET, &select, sizeof(select),
			      size, &answer);
		assert_int_equal(answer.head.error,
				 size < needed ? IMATEE_ERR_SHORT_BUFFER :
						 IMATEE_OK);
		assert_int_equal(answer.head.needed,
				 size < needed ? needed : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("only the kernel opens a verifier", kernel_only),
		TEST("without hello a verifier answers nothing", hello_first),
		TEST("a verifier knows hello, get and sync and no command of the keeper",
		     only_its_commands),
		TEST("before a sync there are no keys and the state is zero",
		     before_sync),
		TEST("keys that are not sealed are not loaded", not_sealed),
		TEST("a sync takes each sealed key with description and public key",
		     sync_takes_all),
		TEST("a lookup in the verifier answers byte for byte as in the keeper",
		     lookups_as_in_keeper),
		TEST("a dead keeper fails the sync, and the keys that were loaded are gone",
		     answers_without_keeper),
		TEST("a keeper that dies at any call of a sync leaves nothing half loaded",
		     dies_midway),
		TEST("memory used up at any point of a sync leaves no keys and leaks nothing",
		     no_memory_midway),
		TEST("an epoch that changes anywhere in a sync makes it begin anew",
		     epoch_changes),
		TEST("an epoch that never rests fails the sync, and the old keys are gone",
		     epoch_never_rests),
		TEST("a keeper of another boot fails the sync",
		     boot_id_changes),
		TEST("any reply without the seal fails the sync",
		     seal_missing_midway),
		TEST("a keeper with another table of keys is refused",
		     other_key_table),
		TEST("get says how much room it needs", short_buffer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
