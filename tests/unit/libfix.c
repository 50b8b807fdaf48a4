// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "libfix.h"

struct libfix libfix;

void libfix_reset(struct fixture *f)
{
	memset(&libfix, 0, sizeof(libfix));
	libfix.fixture = f;
	libfix.room = CLIENT_BUFFER;
}

static int fix_open(void **link)
{
	struct session *session = NULL;

	if (libfix.open_error)
		return libfix.open_error;
	assert_int_equal(keeper_open(&libfix.fixture->keeper,
				     PLATFORM_CALLER_PUBLIC, &session),
			 PLATFORM_OK);
	libfix.open_links++;
	*link = session;
	return 0;
}

static int fix_invoke(void *link, uint32_t command, void *msg, size_t size,
		      size_t *len)
{
	const size_t room = libfix.room < size ? libfix.room : size;

	if (command == libfix.fail_command && libfix.invoke_error)
		return libfix.invoke_error;
	if (command == IMATEE_CMD_KEY_LIST ||
	    command == IMATEE_CMD_REVOKED_LIST)
		libfix.lists++;
	assert_int_equal(keeper_invoke(&libfix.fixture->keeper, link, command,
				       msg, room, len),
			 PLATFORM_OK);
	if (libfix.on_reply)
		libfix.on_reply(command, msg, len);
	return 0;
}

static void fix_close(void *link)
{
	keeper_close(&libfix.fixture->keeper, link);
	libfix.open_links--;
}

const struct transport libfix_transport = {
	.open = fix_open,
	.invoke = fix_invoke,
	.close = fix_close,
};

struct imatee *libfix_open(void)
{
	struct imatee *session = NULL;

	assert_int_equal(client_open(&session, NULL, &libfix_transport), 0);
	assert_non_null(session);
	return session;
}
