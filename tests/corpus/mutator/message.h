/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A signature that is appended: PKCS #7, struct module_signature, and the marker.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "der.h"
#include "key.h"

/* Make of a good one another. */
void message_mutate(const struct key *key, struct bytes *appended);

/* One element of a message, whichever, becomes another, and the rest goes with it. */
void element_mutate(struct der **message);

/* What the message says becomes another. */
void meaning_mutate(const struct key *key, struct der *message);

#endif /* MESSAGE_H */
