/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sessions of a TA: who is at the other end, and how far it has come.
 */
#ifndef IMATEE_SESSION_H
#define IMATEE_SESSION_H

#include "platform.h"

#include <stdbool.h>

struct session {
	enum platform_caller caller; /* fixed when the session is opened */
	bool hello; /* IMATEE_CMD_HELLO has agreed on the version */
};

struct session_table {
	uint32_t open; /* all of them */
	uint32_t open_public; /* at most IMATEE_PUBLIC_SESSIONS */
};

/*
 * Opens a session. Those of user space are limited, so that it cannot use up
 * the memory that sessions of the kernel need.
 */
enum platform_status session_open(struct session_table *table,
				  enum platform_caller caller,
				  struct session **session);

void session_close(struct session_table *table, struct session *session);

#endif /* IMATEE_SESSION_H */
