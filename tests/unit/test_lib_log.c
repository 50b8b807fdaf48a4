// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee: the log of measurements. What the keeper says of it is replaced, so as to
 * be anything.
 */
#include "libfix.h"

static struct imatee_log_status_reply reply;
static uint32_t reply_error;

static void put_reply(uint32_t command, uint8_t *msg, size_t *len)
{
	if (command != IMATEE_CMD_LOG_STATUS)
		return;
	*len = reply_error ? sizeof(reply.hdr) : sizeof(reply);
	reply.hdr.len = (uint32_t)*len;
	reply.hdr.error = reply_error;
	memcpy(msg, &reply, *len);
}

static void make_reply(void)
{
	memset(&reply, 0, sizeof(reply));
	reply_error = 0;
	reply.hdr.seal = IMATEE_SEAL_SEALED;
	reply.entries = 300;
	reply.violations = 2;
	reply.open_first = 298;
	reply.open_count = 2;
	reply.open_len = 2 * sizeof(struct imatee_log_record);
	reply.secure_bytes = 1000;
	reply.pcrs_used = 1 << 10 | 1 << 23;
	reply.pcrs[10].sha1[0] = 1;
	reply.pcrs[10].sha256[31] = 2;
	reply.pcrs[23].sha384[47] = 3;
}

static int ask(struct imatee_log_status *status)
{
	struct imatee *session = libfix_open();
	int rc = imatee_log_status(session, status);

	imatee_close(session);
	return rc;
}

static void tells_all(void **state)
{
	struct imatee_log_status status = { 0 };

	libfix_reset(*state);
	libfix.on_reply = put_reply;
	make_reply();
	assert_int_equal(ask(&status), 0);
	assert_true(status.state.sealed);
	assert_int_equal(status.entries, 300);
	assert_int_equal(status.violations, 2);
	assert_int_equal(status.open_first, 298);
	assert_int_equal(status.open_count, 2);
	assert_int_equal(status.open_len, 2 * sizeof(struct imatee_log_record));
	assert_int_equal(status.secure_bytes, 1000);
	assert_int_equal(status.pcrs_used, 1 << 10 | 1 << 23);
	assert_memory_equal(status.pcrs, reply.pcrs, sizeof(status.pcrs));
}

static void takes_the_extremes(void **state)
{
	struct imatee_log_status status = { 0 };

	libfix_reset(*state);
	libfix.on_reply = put_reply;
	memset(&reply, 0, sizeof(reply));
	reply_error = 0;
	reply.hdr.seal = IMATEE_SEAL_OPEN;
	assert_int_equal(ask(&status), 0);
	/* all segments are closed */
	make_reply();
	reply.open_first = reply.entries = UINT64_MAX;
	reply.violations = UINT64_MAX;
	reply.open_count = 0;
	reply.open_len = 0;
	assert_int_equal(ask(&status), 0);
	make_reply();
	reply.open_len = IMATEE_LOG_SEGMENT - 1;
	reply.pcrs_used = (1 << IMATEE_PCRS) - 1;
	assert_int_equal(ask(&status), 0);
}

#define WITH(field, value)                                            \
	do {                                                          \
		make_reply();                                         \
		reply.field = (value);                                \
		assert_int_equal(ask(&status), IMATEE_LIB_BAD_REPLY); \
	} while (0)

static void refuses_what_cannot_be(void **state)
{
	struct imatee_log_status status = { 0 };

	libfix_reset(*state);
	libfix.on_reply = put_reply;
	WITH(violations, 301);
	WITH(entries, 299);
	WITH(entries, UINT64_MAX);
	WITH(entries, 1);
	WITH(open_first, 297);
	WITH(open_first, UINT64_MAX - 1);
	WITH(open_count, 3);
	WITH(open_count, 0);
	WITH(open_count, UINT32_MAX);
	WITH(open_len, 0);
	WITH(open_len, 2 * sizeof(struct imatee_log_record) - 1);
	WITH(open_len, IMATEE_LOG_SEGMENT);
	WITH(pcrs_used, 0);
	WITH(pcrs_used, 1 << 10);
	WITH(pcrs_used, 1 << 10 | 1 << 23 | 1 << 24);
	WITH(pcrs[0].sha256[31], 1);
	WITH(pcrs[10].reserved[3], 1);
	assert_int_equal(status.entries, 0);
}

static void passes_on_failures(void **state)
{
	struct imatee_log_status status = { 0 };

	libfix_reset(*state);
	libfix.on_reply = put_reply;
	make_reply();
	reply_error = IMATEE_ERR_UNKNOWN_COMMAND;
	assert_int_equal(ask(&status), IMATEE_ERR_UNKNOWN_COMMAND);
	libfix.invoke_error = IMATEE_LIB_TA_DEAD;
	libfix.fail_command = IMATEE_CMD_LOG_STATUS;
	assert_int_equal(ask(&status), IMATEE_LIB_TA_DEAD);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("lib: how far the log is", tells_all),
		TEST("lib: an empty log, and the longest", takes_the_extremes),
		TEST("lib: numbers of a log that do not fit together",
		     refuses_what_cannot_be),
		TEST("lib: of a keeper that measures nothing, or is dead",
		     passes_on_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
