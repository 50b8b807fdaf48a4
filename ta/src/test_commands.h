/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What only a test image has: commands that make a TA fail, so that tests see
 * what the kernel makes of it.
 */
#ifndef IMATEE_TEST_COMMANDS_H
#define IMATEE_TEST_COMMANDS_H

#include "der.h"
#include "dispatch.h"
#include "platform.h"

/* IMATEE_CMD_TEST_PANIC */
enum imatee_error test_command_panic(struct call *call);

/* IMATEE_CMD_TEST_FAIL */
enum imatee_error test_command_fail(struct call *call);

/*
 * How this call of @command is to end. Anything but PLATFORM_OK comes in the
 * place of a reply, and is counted off.
 */
#ifdef IMATEE_TEST_IMAGE
enum platform_status test_outcome(uint32_t command);

/* IMATEE_TEST_KEYID_*: @attribute is that of an IMATEE_CMD_VERIFY. */
void test_attribute(struct slice attribute);
#else
static inline enum platform_status test_outcome(uint32_t command)
{
	(void)command;
	return PLATFORM_OK;
}

static inline void test_attribute(struct slice attribute)
{
	(void)attribute;
}
#endif

#endif /* IMATEE_TEST_COMMANDS_H */
