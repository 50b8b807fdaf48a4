/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One event on its way into the log: its request, and its digests.
 */
#ifndef IMATEE_EVENT_H
#define IMATEE_EVENT_H

#include "dispatch.h"
#include "ticket.h"

struct event {
	/* In private memory, checked; its digests become what was made. */
	struct imatee_measure request;
	/* Still in shared memory, each as long as the request says. */
	const uint8_t *name;
	const uint8_t *format;
	const uint8_t *fields;
	const uint8_t *content;
};

/*
 * Takes the request of IMATEE_CMD_MEASURE. What it lets through goes together, but that
 * tickets hold, and that the template finds what it wants. Errors: TOO_LONG, MALFORMED,
 * BAD_VALUE, HASH_ALGO.
 */
enum imatee_error event_decode(struct call *call, struct event *event);

/*
 * Checks the tickets and makes the digests; each is a ticket then, but for those that
 * the TEE has not made. Errors: TICKET.
 */
enum imatee_error event_make_digests(struct event *event,
				     const struct ticket_key *key);

/* The digest that has this role, or NULL. */
const struct imatee_digest *event_digest(const struct event *event,
					 uint8_t role);

#endif /* IMATEE_EVENT_H */
