// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Boot id, seal, attach and the counters.
 */
#include <stdlib.h>

#include "fixture.h"

static enum imatee_error add_key(struct fixture *f, struct session *session,
				 const void *request, size_t len)
{
	struct answer answer = { 0 };

	return ask_keeper(f, session, IMATEE_CMD_KEY_ADD, request, len,
			  &answer);
}

static const struct imatee_key_add add = {
	.hdr.len = sizeof(add),
	.ring = IMATEE_RING_IMA,
};

static void status_of_start(void **state)
{
	struct fixture *f = *state;
	struct imatee_status_reply status = { 0 };

	get_status(f, &status);
	assert_int_equal(status.hdr.epoch, 1);
	assert_int_equal(status.hdr.seal, IMATEE_SEAL_OPEN);
	assert_int_equal(status.hdr.attach_count, 0);
	assert_int_equal(status.hdr.flags, 0);
	assert_int_equal(status.keys[0], FIXTURE_KEYS);
	assert_int_equal(status.keys[IMATEE_RING_IMA], FIXTURE_IMA);
	assert_int_equal(status.keys[IMATEE_RING_EVM], FIXTURE_EVM);
	assert_int_equal(status.keys[IMATEE_RING_PLATFORM], FIXTURE_PLATFORM);
	assert_int_equal(status.capacity, IMATEE_KEYS_PER_RING);
	assert_int_equal(status.ca_count, 1);
	assert_int_equal(status.mode, IMATEE_MODE_OFF);
	assert_int_equal(status.refused_writes, 0);
}

static void boot_ids(void **state)
{
	struct keeper *other = calloc(1, sizeof(*other));
	struct fixture *f = *state;
	const uint8_t zero[IMATEE_BOOT_ID_SIZE] = { 0 };

	assert_non_null(other);
	keeper_create(other, &fixture_keytab, fixture_digest);
	assert_memory_not_equal(f->keeper.state.boot_id, zero, sizeof(zero));
	assert_memory_not_equal(f->keeper.state.boot_id, other->state.boot_id,
				sizeof(zero));
	free(other);
}

static void every_reply_has_the_state(void **state)
{
	static const uint32_t commands[] = { IMATEE_CMD_STATUS, 99,
					     IMATEE_CMD_KEY_ADD,
					     IMATEE_CMD_KEY_GET };
	struct fixture *f = *state;
	const struct imatee_attach attach = make_attach(IMATEE_MODE_KEYS);
	struct answer answer = { 0 };
	size_t i = 0;

	ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach, sizeof(attach),
		   &answer);
	assert_int_equal(seal(f), IMATEE_OK);
	/* one answer and three refusals */
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		ask_keeper(f, f->user, commands[i], &empty_request,
			   sizeof(empty_request), &answer);
		assert_memory_equal(answer.head.boot_id,
				    f->keeper.state.boot_id,
				    IMATEE_BOOT_ID_SIZE);
		assert_int_equal(answer.head.epoch, 1);
		assert_int_equal(answer.head.seal, IMATEE_SEAL_SEALED);
		assert_int_equal(answer.head.attach_count, 1);
	}
}

static void seal_holds(void **state)
{
	struct fixture *f = *state;
	struct imatee_status_reply status = { 0 };
	struct session *session = NULL;
	int i = 0;

	for (i = 0; i < 3; i++) {
		assert_int_equal(seal(f), IMATEE_OK);
		get_status(f, &status);
		assert_int_equal(status.hdr.seal, IMATEE_SEAL_SEALED);
		assert_int_equal(status.hdr.epoch, 1);
	}
	/* a session closed and another one opened change nothing */
	keeper_close(&f->keeper, f->kernel);
	f->kernel = open_keeper(f, PLATFORM_CALLER_KERNEL, true);
	session = open_keeper(f, PLATFORM_CALLER_PUBLIC, true);
	keeper_close(&f->keeper, session);
	get_status(f, &status);
	assert_int_equal(status.hdr.seal, IMATEE_SEAL_SEALED);
	assert_int_equal(status.keys[0], FIXTURE_KEYS);
}

static void sealed_refuses(void **state)
{
	struct fixture *f = *state;
	struct session *sessions[] = { f->kernel, f->user, f->ta };
	struct imatee_status_reply status = { 0 };
	const struct imatee_request garbage = { .len = 0xdeadbeef,
						.reserved = 7 };
	size_t i = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	for (i = 0; i < 3; i++) {
		assert_int_equal(add_key(f, sessions[i], &add, sizeof(add)),
				 IMATEE_ERR_SEALED);
		/* before anything else is looked at */
		assert_int_equal(add_key(f, sessions[i], &garbage,
					 sizeof(garbage)),
				 IMATEE_ERR_SEALED);
	}
	get_status(f, &status);
	assert_int_equal(status.refused_writes, 6);
	assert_int_equal(status.keys[0], FIXTURE_KEYS);
	assert_int_equal(status.hdr.epoch, 1);
}

static void open_refuses(void **state)
{
	struct fixture *f = *state;
	struct imatee_status_reply status = { 0 };

	assert_int_equal(add_key(f, f->user, &add, sizeof(add)),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(add_key(f, f->ta, &add, sizeof(add)),
			 IMATEE_ERR_NOT_PERMITTED);
	get_status(f, &status);
	assert_int_equal(status.refused_writes, 0);
	assert_int_equal(status.keys[0], FIXTURE_KEYS);
}

static void damaged_seal(void **state)
{
	static const int values[] = { 0, 3, 0x100, -1 };
	struct fixture *f = *state;
	size_t i = 0;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		f->keeper.state.seal = (enum imatee_seal)values[i];
		assert_int_equal(add_key(f, f->kernel, &add, sizeof(add)),
				 IMATEE_ERR_SEALED);
	}
}

static void attach_counts(void **state)
{
	struct fixture *f = *state;
	struct imatee_status_reply status = { 0 };
	struct imatee_attach attach = { 0 };
	struct answer answer = { 0 };
	uint8_t mode = 0;

	for (mode = 0; mode < IMATEE_MODE_COUNT; mode++) {
		attach = make_attach(mode);
		ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach,
			   sizeof(attach), &answer);
		assert_int_equal(answer.len, sizeof(struct imatee_reply));
		assert_int_equal(answer.head.attach_count, mode + 1);
		get_status(f, &status);
		assert_int_equal(status.mode, mode);
		assert_int_equal(status.hdr.attach_count, mode + 1);
	}
	/* the seal does not end it: a kernel comes with each kexec */
	assert_int_equal(seal(f), IMATEE_OK);
	ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach, sizeof(attach),
		   &answer);
	assert_int_equal(answer.head.attach_count, IMATEE_MODE_COUNT + 1);
}

static void counters_stop(void **state)
{
	struct fixture *f = *state;
	const struct imatee_attach attach = make_attach(IMATEE_MODE_KEYS);
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	struct imatee_status_reply status = { 0 };
	struct answer answer = { 0 };

	f->keeper.state.attach_count = UINT32_MAX;
	f->keeper.state.refused_writes = UINT64_MAX;
	f->keeper.state.lookups[IMATEE_PURPOSE_QUERY] = UINT64_MAX;
	assert_int_equal(seal(f), IMATEE_OK);
	ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach, sizeof(attach),
		   &answer);
	ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select, sizeof(select),
		   &answer);
	add_key(f, f->kernel, &add, sizeof(add));
	get_status(f, &status);
	assert_int_equal(status.hdr.attach_count, UINT32_MAX);
	assert_true(status.refused_writes == UINT64_MAX);
	assert_true(status.lookups[IMATEE_PURPOSE_QUERY] == UINT64_MAX);
}

static void short_status(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };
	size_t size = 0;

	for (size = sizeof(struct imatee_reply);
	     size < sizeof(struct imatee_status_reply); size++) {
		send_keeper(f, f->user, IMATEE_CMD_STATUS, &empty_request,
			    sizeof(empty_request), size, &answer);
		assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
		assert_int_equal(answer.head.needed,
				 sizeof(struct imatee_status_reply));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("status tells the built-in keys and a start that is open",
		     status_of_start),
		TEST("the boot id is random and new with each start", boot_ids),
		TEST("replies and refusals alike tell boot id, epoch, seal and attach count",
		     every_reply_has_the_state),
		TEST("the seal can be set again and never comes off",
		     seal_holds),
		TEST("after the seal each write is refused as sealed, whoever sends it and whatever is in it",
		     sealed_refuses),
		TEST("before the seal none but the kernel may add a key",
		     open_refuses),
		TEST("a damaged seal state counts as sealed", damaged_seal),
		TEST("each attach is counted and its mode is noted",
		     attach_counts),
		TEST("counters stop at their end", counters_stop),
		TEST("status says how much room it needs", short_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
