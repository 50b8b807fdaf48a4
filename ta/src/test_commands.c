// SPDX-License-Identifier: GPL-2.0-or-later
#include "test_commands.h"
#include "request.h"

#ifdef IMATEE_TEST_IMAGE

/* Of this instance, from all its sessions. */
static struct imatee_test_fail due;

enum imatee_error test_command_panic(struct call *call)
{
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	platform_panic("IMATEE_CMD_TEST_PANIC");
}

enum imatee_error test_command_fail(struct call *call)
{
	struct imatee_test_fail fail = { 0 };
	enum imatee_error error = request_decode_fail(&call->in, &fail);

	if (!error)
		due = fail;
	return error;
}

enum platform_status test_outcome(uint32_t command)
{
	if (!due.count || command != due.command)
		return PLATFORM_OK;
	due.count--;
	return due.failure == IMATEE_TEST_BUSY ? PLATFORM_BUSY :
						 PLATFORM_OUT_OF_MEMORY;
}

/* What a key id of IMATEE_TEST_KEYID_* stands for; others do nothing. */
static bool fail_of_keyid(uint32_t keyid, struct imatee_test_fail *fail)
{
	fail->command = IMATEE_CMD_VERIFY;
	fail->failure = IMATEE_TEST_OUT_OF_MEMORY;
	fail->count = 1;
	switch (keyid) {
	case IMATEE_TEST_KEYID_BUSY:
		fail->failure = IMATEE_TEST_BUSY;
		return true;
	case IMATEE_TEST_KEYID_OUT_OF_MEMORY:
		return true;
	case IMATEE_TEST_KEYID_SYNC_ONCE:
		fail->command = IMATEE_CMD_SYNC;
		return true;
	case IMATEE_TEST_KEYID_SYNC:
		fail->command = IMATEE_CMD_SYNC;
		fail->count = UINT32_MAX;
		return true;
	case IMATEE_TEST_KEYID_HASH_ONCE:
		fail->command = IMATEE_CMD_HASH;
		return true;
	case IMATEE_TEST_KEYID_HASH:
		fail->command = IMATEE_CMD_HASH;
		fail->count = UINT32_MAX;
		return true;
	case IMATEE_TEST_KEYID_PANIC:
		platform_panic("IMATEE_TEST_KEYID_PANIC");
	default:
		return false;
	}
}

void test_attribute(struct slice attribute)
{
	/* behind type, version and hash algorithm */
	const uint8_t *id = attribute.data + 3;
	struct imatee_test_fail fail = { 0 };

	if (attribute.len < 7)
		return;
	if (fail_of_keyid((uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
				  (uint32_t)id[2] << 8 | id[3],
			  &fail))
		due = fail;
}

#endif /* IMATEE_TEST_IMAGE */
