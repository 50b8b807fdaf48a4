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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("each reply of a test image says that it is one", says_so),
		TEST("the keeper of a test image panics on demand",
		     keeper_panics),
		TEST("the verifier of a test image panics on demand",
		     verifier_panics),
		TEST("even a test image wants hello first", needs_hello),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
