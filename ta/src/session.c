// SPDX-License-Identifier: GPL-2.0-or-later
#include "session.h"
#include "imatee_abi.h"

enum platform_status session_open(struct session_table *table,
				  enum platform_caller caller,
				  struct session **session)
{
	struct session *new = NULL;

	if (caller == PLATFORM_CALLER_PUBLIC &&
	    table->open_public >= IMATEE_PUBLIC_SESSIONS)
		return PLATFORM_BUSY;

	new = platform_alloc(sizeof(*new));
	if (!new)
		return PLATFORM_OUT_OF_MEMORY;
	new->caller = caller;
	new->hello = false;

	table->open++;
	if (caller == PLATFORM_CALLER_PUBLIC)
		table->open_public++;
	*session = new;
	return PLATFORM_OK;
}

void session_close(struct session_table *table, struct session *session)
{
	table->open--;
	if (session->caller == PLATFORM_CALLER_PUBLIC)
		table->open_public--;
	platform_free(session, sizeof(*session));
}
