/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Gets the key for tickets out of the keeper.
 */
#ifndef IMATEE_TICKET_FETCH_H
#define IMATEE_TICKET_FETCH_H

#include "ticket.h"

/* *@key is set with IMATEE_OK only. Errors: KEEPER. */
enum imatee_error ticket_fetch(const uint8_t *keys_digest,
			       struct ticket_key *key);

#endif /* IMATEE_TICKET_FETCH_H */
