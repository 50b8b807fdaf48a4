/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libimatee over the keeper of the fixture: a transport in the place of libteec.
 */
#ifndef IMATEE_LIBFIX_H
#define IMATEE_LIBFIX_H

#include "client.h"
#include "fixture.h"

struct libfix {
	struct fixture *fixture;
	/* Room for replies that the keeper is told of. */
	size_t room;
	/* Called with each reply before the library sees it. */
	void (*on_reply)(uint32_t command, uint8_t *reply, size_t *len);
	/* Returned by .open, if not 0. */
	int open_error;
	/* Returned by .invoke for .fail_command, if not 0. */
	int invoke_error;
	uint32_t fail_command;
	/* Seen so far. */
	unsigned int lists;
	unsigned int open_links;
};

extern struct libfix libfix;
extern const struct transport libfix_transport;

/* The default: the keeper of @f as it is. */
void libfix_reset(struct fixture *f);

/* Opens a session, which must succeed. */
struct imatee *libfix_open(void);

#endif /* IMATEE_LIBFIX_H */
