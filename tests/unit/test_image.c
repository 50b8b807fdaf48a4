// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The test image: the same sources built with IMATEE_TEST_IMAGE.
 */
#include "fixture.h"

static void says_so(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	ask_keeper(f, f->user, IMATEE_CMD_STATUS, &empty_request,
		   sizeof(empty_request), &answer);
	assert_int_equal(answer.head.flags, IMATEE_FLAG_TEST_IMAGE);
	ask_keeper(f, f->user, 999, &empty_request, sizeof(empty_request),
		   &answer);
	assert_int_equal(answer.head.flags, IMATEE_FLAG_TEST_IMAGE);
	ask_verifier(f, 999, &empty_request, sizeof(empty_request), &answer);
	assert_int_equal(answer.head.flags, IMATEE_FLAG_TEST_IMAGE);
}

static void keeper_panics(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	host.catch_panic = true;
	if (!setjmp(host.panic)) {
		ask_keeper(f, f->user, IMATEE_CMD_TEST_PANIC, &empty_request,
			   sizeof(empty_request), &answer);
		fail_msg("no panic");
	}
	assert_non_null(host.panic_why);
}

static void verifier_panics(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	host.catch_panic = true;
	if (!setjmp(host.panic)) {
		ask_verifier(f, IMATEE_CMD_TEST_PANIC, &empty_request,
			     sizeof(empty_request), &answer);
		fail_msg("no panic");
	}
	assert_non_null(host.panic_why);
}

static void needs_hello(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	f->user->hello = false;
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_TEST_PANIC,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_ERR_NO_HELLO);
}

static struct imatee_test_fail make_fail(uint32_t command, uint32_t failure,
					 uint32_t count)
{
	return (struct imatee_test_fail){ .hdr.len = sizeof(
						  struct imatee_test_fail),
					  .command = command,
					  .failure = failure,
					  .count = count };
}

static enum imatee_error tell(struct fixture *f,
			      const struct imatee_test_fail *fail)
{
	struct answer answer = { 0 };

	return ask_keeper(f, f->user, IMATEE_CMD_TEST_FAIL, fail, sizeof(*fail),
			  &answer);
}

static enum platform_status seal_status(struct fixture *f)
{
	struct answer answer = { 0 };

	send_keeper(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
		    sizeof(empty_request), IMATEE_MSG_MAX, &answer);
	return answer.status;
}

static void fails_so_often(void **state)
{
	const struct imatee_test_fail fail =
		make_fail(IMATEE_CMD_SEAL, IMATEE_TEST_BUSY, 2);
	struct imatee_status_reply status = { 0 };

	assert_int_equal(tell(*state, &fail), IMATEE_OK);
	assert_int_equal(seal_status(*state), PLATFORM_BUSY);
	assert_int_equal(seal_status(*state), PLATFORM_BUSY);
	/* another command does not, and tells that nothing was done */
	get_status(*state, &status);
	assert_int_equal(status.hdr.seal, IMATEE_SEAL_OPEN);
	assert_int_equal(seal_status(*state), PLATFORM_OK);
	get_status(*state, &status);
	assert_int_equal(status.hdr.seal, IMATEE_SEAL_SEALED);
}

static void fails_as_told(void **state)
{
	struct imatee_test_fail fail = make_fail(
		IMATEE_CMD_SEAL, IMATEE_TEST_OUT_OF_MEMORY, UINT32_MAX);

	assert_int_equal(tell(*state, &fail), IMATEE_OK);
	assert_int_equal(seal_status(*state), PLATFORM_OUT_OF_MEMORY);
	fail.count = 0;
	assert_int_equal(tell(*state, &fail), IMATEE_OK);
	assert_int_equal(seal_status(*state), PLATFORM_OK);
}

static void refuses_nonsense(void **state)
{
	struct imatee_test_fail fail = make_fail(IMATEE_CMD_SEAL, 3, 1);

	assert_int_equal(tell(*state, &fail), IMATEE_ERR_BAD_VALUE);
	fail = make_fail(IMATEE_CMD_TEST_FAIL, IMATEE_TEST_BUSY, 1);
	assert_int_equal(tell(*state, &fail), IMATEE_ERR_BAD_VALUE);
	fail = make_fail(IMATEE_CMD_SEAL, IMATEE_TEST_BUSY, 1);
	fail.reserved = 1;
	assert_int_equal(tell(*state, &fail), IMATEE_ERR_MALFORMED);
	assert_int_equal(seal_status(*state), PLATFORM_OK);
}

/* A signature with such a key id, to a verifier. */
static enum platform_status verify_status(struct fixture *f, uint32_t keyid)
{
	struct {
		struct imatee_verify verify;
		uint8_t digest[32];
		uint8_t attribute[16];
	} request = {
		.verify = { .hdr.len = sizeof(request),
			    .ring = IMATEE_RING_IMA,
			    .purpose = IMATEE_PURPOSE_IMA,
			    .digest_kind = IMATEE_DIGEST_FILE,
			    .digest_algo = IMATEE_HASH_SHA256,
			    .digest_len = sizeof(request.digest),
			    .sig_len = sizeof(request.attribute) },
		.attribute = { 3, 2, IMATEE_HASH_SHA256, (uint8_t)(keyid >> 24),
			       (uint8_t)(keyid >> 16), (uint8_t)(keyid >> 8),
			       (uint8_t)keyid, 0, 7 },
	};
	struct answer answer = { 0 };

	send_verifier(f, IMATEE_CMD_VERIFY, &request, sizeof(request),
		      IMATEE_MSG_MAX, &answer);
	return answer.status;
}

static enum platform_status sync_status(struct fixture *f)
{
	struct answer answer = { 0 };

	send_verifier(f, IMATEE_CMD_SYNC, &empty_request, sizeof(empty_request),
		      IMATEE_MSG_MAX, &answer);
	return answer.status;
}

/* The next one, or all of them; what it has it keeps. */
static void syncs_fail_by_key_id(void **state)
{
	struct fixture *f = *state;
	int i = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_status(f), PLATFORM_OK);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_SYNC_ONCE),
			 PLATFORM_OK);
	assert_int_equal(verify_status(f, 0), PLATFORM_OK);
	assert_int_equal(sync_status(f), PLATFORM_OUT_OF_MEMORY);
	assert_int_equal(sync_status(f), PLATFORM_OK);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_SYNC), PLATFORM_OK);
	for (i = 0; i < 100; i++)
		assert_int_equal(sync_status(f), PLATFORM_OUT_OF_MEMORY);
	assert_int_equal(verify_status(f, 0), PLATFORM_OK);
	/* the next test shall find none of it */
	verify_status(f, IMATEE_TEST_KEYID_SYNC_ONCE);
	assert_int_equal(sync_status(f), PLATFORM_OUT_OF_MEMORY);
}

/* What the request says is looked at later. */
static enum platform_status hash_status(struct fixture *f)
{
	struct answer answer = { 0 };

	send_verifier(f, IMATEE_CMD_HASH, &empty_request, sizeof(empty_request),
		      IMATEE_MSG_MAX, &answer);
	return answer.status;
}

static void hashes_fail_by_key_id(void **state)
{
	struct fixture *f = *state;
	int i = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_status(f), PLATFORM_OK);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_HASH), PLATFORM_OK);
	for (i = 0; i < 100; i++)
		assert_int_equal(hash_status(f), PLATFORM_OUT_OF_MEMORY);
	assert_int_equal(sync_status(f), PLATFORM_OK);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_HASH_ONCE),
			 PLATFORM_OK);
	assert_int_equal(verify_status(f, 0), PLATFORM_OK);
	assert_int_equal(hash_status(f), PLATFORM_OUT_OF_MEMORY);
	assert_int_equal(hash_status(f), PLATFORM_OK);
}

static void fails_by_key_id(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	ask_verifier(f, IMATEE_CMD_SYNC, &empty_request, sizeof(empty_request),
		     &answer);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_BUSY), PLATFORM_OK);
	assert_int_equal(verify_status(f, 0), PLATFORM_BUSY);
	assert_int_equal(verify_status(f, 0), PLATFORM_OK);
	assert_int_equal(verify_status(f, IMATEE_TEST_KEYID_OUT_OF_MEMORY),
			 PLATFORM_OK);
	assert_int_equal(verify_status(f, 0), PLATFORM_OUT_OF_MEMORY);
	assert_int_equal(verify_status(f, 0), PLATFORM_OK);
	host.catch_panic = true;
	if (!setjmp(host.panic)) {
		verify_status(f, IMATEE_TEST_KEYID_PANIC);
		fail_msg("no panic");
	}
}

/* The instance keeps it; the next test shall find none. */
static int undo(void **state)
{
	const struct imatee_test_fail none =
		make_fail(IMATEE_CMD_SEAL, IMATEE_TEST_BUSY, 0);

	tell(*state, &none);
	return fixture_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("each reply of a test image says that it is one", says_so),
		TEST("the keeper of a test image panics on demand",
		     keeper_panics),
		TEST("the verifier of a test image panics on demand",
		     verifier_panics),
		TEST("even a test image wants hello first", needs_hello),
		{ "a command fails as often as told, and has no effect",
		  fails_so_often, fixture_setup, undo, NULL },
		{ "it fails in the way that was told, until told otherwise",
		  fails_as_told, fixture_setup, undo, NULL },
		TEST("a verifier fails, or panics, by the key id of a signature",
		     fails_by_key_id),
		TEST("it does not take new keys, once or ever again, by that of another",
		     syncs_fail_by_key_id),
		TEST("it does not hash, once or until told otherwise, by that of another",
		     hashes_fail_by_key_id),
		{ "no other failure, and none of the command itself",
		  refuses_nonsense, fixture_setup, undo, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
