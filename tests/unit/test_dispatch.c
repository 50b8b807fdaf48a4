// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Who may send what, and when.
 */
#include <stdlib.h>

#include "fixture.h"

/* Sends a request of the right form for the command. */
static enum imatee_error send_valid(struct fixture *f, struct session *session,
				    uint32_t command)
{
	const struct imatee_attach attach = make_attach(IMATEE_MODE_KEYS);
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	const struct imatee_measure measure = {
		.hdr.len = sizeof(measure), .flags = IMATEE_EVENT_NO_ENTRY
	};
	const struct imatee_log_check check = { .hdr.len = sizeof(check) };
	const struct imatee_quote quote = { .hdr.len = sizeof(quote),
					    .bank = IMATEE_HASH_SHA256 };
	const void *request = &empty_request;
	size_t len = sizeof(empty_request);
	struct answer answer = { 0 };

	switch (command) {
	case IMATEE_CMD_ATTACH:
		request = &attach;
		len = sizeof(attach);
		break;
	case IMATEE_CMD_KEY_LIST:
		request = &list;
		len = sizeof(list);
		break;
	case IMATEE_CMD_KEY_DESCRIBE:
	case IMATEE_CMD_KEY_GET:
	case IMATEE_CMD_KEY_EXPORT:
		request = &select;
		len = sizeof(select);
		break;
	case IMATEE_CMD_MEASURE:
		request = &measure;
		len = sizeof(measure);
		break;
	case IMATEE_CMD_LOG_CHECK:
		request = &check;
		len = sizeof(check);
		break;
	case IMATEE_CMD_QUOTE:
		request = &quote;
		len = sizeof(quote);
		break;
	default:
		break;
	}
	return ask_keeper(f, session, command, request, len, &answer);
}

static const uint32_t open_to_all[] = {
	IMATEE_CMD_STATUS,   IMATEE_CMD_KEY_LIST,   IMATEE_CMD_KEY_DESCRIBE,
	IMATEE_CMD_KEY_GET,  IMATEE_CMD_KEY_EXPORT, IMATEE_CMD_LOG_STATUS,
	IMATEE_CMD_LOG_READ, IMATEE_CMD_LOG_CHECK,  IMATEE_CMD_QUOTE,
	IMATEE_CMD_AK,	     IMATEE_CMD_LOG_BASE,
};
static const uint32_t kernel_only[] = { IMATEE_CMD_ATTACH, IMATEE_CMD_SEAL,
					IMATEE_CMD_MEASURE };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void anyone_reads(void **state)
{
	struct fixture *f = *state;
	struct session *sessions[] = { f->kernel, f->user, f->ta };
	size_t i = 0;
	size_t s = 0;

	for (i = 0; i < COUNT(open_to_all); i++)
		for (s = 0; s < COUNT(sessions); s++)
			assert_int_equal(send_valid(f, sessions[s],
						    open_to_all[i]),
					 IMATEE_OK);
}

static void kernel_alone(void **state)
{
	struct fixture *f = *state;
	size_t i = 0;

	for (i = 0; i < COUNT(kernel_only); i++) {
		assert_int_equal(send_valid(f, f->user, kernel_only[i]),
				 IMATEE_ERR_NOT_PERMITTED);
		assert_int_equal(send_valid(f, f->ta, kernel_only[i]),
				 IMATEE_ERR_NOT_PERMITTED);
	}
	assert_int_equal(f->keeper.state.seal, IMATEE_SEAL_OPEN);
	assert_int_equal(f->keeper.state.attach_count, 0);
	for (i = 0; i < COUNT(kernel_only); i++)
		assert_int_equal(send_valid(f, f->kernel, kernel_only[i]),
				 IMATEE_OK);
}

static void verifier_alone(void **state)
{
	struct fixture *f = *state;
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	struct imatee_ticket_key_reply reply = { 0 };
	struct answer answer = { 0 };

	assert_int_equal(send_valid(f, f->user, IMATEE_CMD_TICKET_KEY),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_TICKET_KEY,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_TICKET_KEY,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(reply));
	memcpy(&reply, answer.buf, sizeof(reply));
	assert_memory_equal(reply.key, &f->keeper.ticket_key, 32);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_OK);
}

static void hello_first(void **state)
{
	struct fixture *f = *state;
	struct session *session = open_keeper(f, PLATFORM_CALLER_KERNEL, false);
	size_t i = 0;

	for (i = 0; i < COUNT(open_to_all); i++)
		assert_int_equal(send_valid(f, session, open_to_all[i]),
				 IMATEE_ERR_NO_HELLO);
	for (i = 0; i < COUNT(kernel_only); i++)
		assert_int_equal(send_valid(f, session, kernel_only[i]),
				 IMATEE_ERR_NO_HELLO);
	assert_int_equal(send_valid(f, session, IMATEE_CMD_KEY_ADD),
			 IMATEE_ERR_NO_HELLO);
	assert_int_equal(send_valid(f, session, IMATEE_CMD_TICKET_KEY),
			 IMATEE_ERR_NO_HELLO);
	assert_int_equal(send_valid(f, session, IMATEE_CMD_KEY_LOAD),
			 IMATEE_ERR_NO_HELLO);
	assert_int_equal(f->keeper.state.seal, IMATEE_SEAL_OPEN);
	keeper_close(&f->keeper, session);
}

static void hello_reply(void **state)
{
	struct fixture *f = *state;
	const struct imatee_hello hello = make_hello();
	struct imatee_hello_reply reply = { 0 };
	struct answer answer = { 0 };

	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_HELLO, &hello,
				    sizeof(hello), &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(reply));
	memcpy(&reply, answer.buf, sizeof(reply));
	assert_int_equal(reply.abi_major, IMATEE_ABI_MAJOR);
	assert_int_equal(reply.abi_minor, IMATEE_ABI_MINOR);
	assert_int_equal(reply.version[sizeof(reply.version) - 1], 0);
	assert_memory_equal(reply.keys_digest, fixture_digest,
			    sizeof(reply.keys_digest));
	assert_int_equal(reply.hdr.epoch, 1);
	assert_int_equal(reply.hdr.seal, IMATEE_SEAL_OPEN);
	assert_int_equal(reply.hdr.flags, 0);
}

static void version_mismatch(void **state)
{
	static const uint32_t majors[] = { 0, IMATEE_ABI_MAJOR - 1,
					   IMATEE_ABI_MAJOR + 1,
					   IMATEE_ABI_MAJOR << 24, UINT32_MAX };
	struct fixture *f = *state;
	struct imatee_hello hello = make_hello();
	struct imatee_hello_reply reply = { 0 };
	struct answer answer = { 0 };
	size_t i = 0;

	for (i = 0; i < COUNT(majors); i++) {
		hello.abi_major = majors[i];
		assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_HELLO,
					    &hello, sizeof(hello), &answer),
				 IMATEE_ERR_VERSION);
		assert_int_equal(answer.len, sizeof(reply));
		memcpy(&reply, answer.buf, sizeof(reply));
		assert_int_equal(reply.abi_major, IMATEE_ABI_MAJOR);
		/* and the session is as if it had never said hello */
		assert_int_equal(send_valid(f, f->user, IMATEE_CMD_STATUS),
				 IMATEE_ERR_NO_HELLO);
	}
	hello = make_hello();
	hello.abi_minor = UINT32_MAX;
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_HELLO, &hello,
				    sizeof(hello), &answer),
			 IMATEE_OK);
	assert_int_equal(send_valid(f, f->user, IMATEE_CMD_STATUS), IMATEE_OK);
}

static void short_hello(void **state)
{
	struct fixture *f = *state;
	const struct imatee_hello hello = make_hello();
	struct session *session = open_keeper(f, PLATFORM_CALLER_PUBLIC, false);
	struct answer answer = { 0 };
	size_t size = 0;

	for (size = sizeof(struct imatee_reply);
	     size < sizeof(struct imatee_hello_reply); size++) {
		send_keeper(f, session, IMATEE_CMD_HELLO, &hello, sizeof(hello),
			    size, &answer);
		assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
		assert_int_equal(answer.head.needed,
				 sizeof(struct imatee_hello_reply));
		assert_int_equal(answer.len, sizeof(struct imatee_reply));
		assert_int_equal(send_valid(f, session, IMATEE_CMD_STATUS),
				 IMATEE_ERR_NO_HELLO);
	}
	keeper_close(&f->keeper, session);
}

static void unknown_commands(void **state)
{
	static const uint32_t unknown[] = {
		0,	IMATEE_CMD_SYNC, 11,	 IMATEE_CMD_HASH, 26,
		0x7eff, 0x7f00,		 0x7f01, 1u << 31,	  UINT32_MAX
	};
	struct fixture *f = *state;
	size_t i = 0;

	for (i = 0; i < COUNT(unknown); i++)
		assert_int_equal(send_valid(f, f->kernel, unknown[i]),
				 IMATEE_ERR_UNKNOWN_COMMAND);
}

static void second_create(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(seal(f), IMATEE_OK);
	host.catch_panic = true;
	if (!setjmp(host.panic)) {
		keeper_create(&f->keeper, &fixture_keytab, fixture_digest);
		fail_msg("the keeper was started a second time");
	}
	assert_non_null(host.panic_why);
	assert_int_equal(f->keeper.state.seal, IMATEE_SEAL_SEALED);
}

static void inconsistent_keytab(void **state)
{
	const struct key *base = fixture_keytab.keys;
	struct key keys[2] = { base[0], base[1] };
	struct keytab keytab = { .keys = keys, .key_count = 2 };
	struct keeper *keeper = calloc(1, sizeof(*keeper));

	(void)state;
	assert_non_null(keeper);
	keys[1].info.keyid = keys[0].info.keyid;
	host.catch_panic = true;
	if (!setjmp(host.panic)) {
		keeper_create(keeper, &keytab, fixture_digest);
		fail_msg("two keys with one id were taken");
	}
	assert_non_null(host.panic_why);
	free(keeper);
}

static void public_cap(void **state)
{
	struct fixture *f = *state;
	struct session *sessions[IMATEE_PUBLIC_SESSIONS] = { NULL };
	struct session *other = NULL;
	size_t i = 0;

	/* one is the fixture's */
	for (i = 1; i < IMATEE_PUBLIC_SESSIONS; i++)
		sessions[i] = open_keeper(f, PLATFORM_CALLER_PUBLIC, true);
	assert_int_equal(keeper_open(&f->keeper, PLATFORM_CALLER_PUBLIC,
				     &other),
			 PLATFORM_BUSY);
	assert_null(other);

	/* the kernel and TAs are not counted */
	other = open_keeper(f, PLATFORM_CALLER_KERNEL, true);
	keeper_close(&f->keeper, other);
	other = open_keeper(f, PLATFORM_CALLER_VERIFIER, true);
	keeper_close(&f->keeper, other);

	/* one closed is one to open */
	keeper_close(&f->keeper, sessions[1]);
	sessions[1] = open_keeper(f, PLATFORM_CALLER_PUBLIC, true);
	for (i = 1; i < IMATEE_PUBLIC_SESSIONS; i++)
		keeper_close(&f->keeper, sessions[i]);
}

static void session_count(void **state)
{
	struct fixture *f = *state;
	struct imatee_status_reply status = { 0 };
	struct session *session = NULL;

	get_status(f, &status);
	assert_int_equal(status.sessions, 3);
	session = open_keeper(f, PLATFORM_CALLER_KERNEL, false);
	get_status(f, &status);
	assert_int_equal(status.sessions, 4);
	keeper_close(&f->keeper, session);
	get_status(f, &status);
	assert_int_equal(status.sessions, 3);
}

static void open_without_memory(void **state)
{
	struct fixture *f = *state;
	struct session *session = NULL;

	host.allocs_left = 0;
	assert_int_equal(keeper_open(&f->keeper, PLATFORM_CALLER_KERNEL,
				     &session),
			 PLATFORM_OUT_OF_MEMORY);
	/* no command needs the heap */
	assert_int_equal(send_valid(f, f->kernel, IMATEE_CMD_KEY_GET),
			 IMATEE_OK);
	assert_int_equal(send_valid(f, f->kernel, IMATEE_CMD_KEY_LIST),
			 IMATEE_OK);
	assert_int_equal(send_valid(f, f->kernel, IMATEE_CMD_SEAL), IMATEE_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("anyone may read status and keys", anyone_reads),
		TEST("the key for tickets, and keys by the page, are for a verifier alone, refused to user space and the kernel",
		     verifier_alone),
		TEST("attach, seal and measure are for the kernel alone, refused to user space and TAs without effect",
		     kernel_alone),
		TEST("without hello every command is refused without effect",
		     hello_first),
		TEST("hello tells the versions and the digest of the keys",
		     hello_reply),
		TEST("another major version is refused, told what this one is, and gets no further",
		     version_mismatch),
		TEST("a hello that cannot be answered is no hello",
		     short_hello),
		TEST("unknown commands, the verifier's and the test image's are refused",
		     unknown_commands),
		TEST("a second start of the keeper panics and leaves the seal on",
		     second_create),
		TEST("a key table with two keys of one id panics",
		     inconsistent_keytab),
		TEST("user space gets so many sessions and no more, which leaves the kernel's alone",
		     public_cap),
		TEST("status counts the open sessions", session_count),
		TEST("with no memory left open sessions go on working",
		     open_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
