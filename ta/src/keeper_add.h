/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_KEEPER_ADD_H
#define IMATEE_KEEPER_ADD_H

#include "dispatch.h"
#include "keeper.h"

#define KEEPER_ADD_REQUEST_MAX (sizeof(struct imatee_key_add) + IMATEE_CERT_MAX)

/*
 * What all added keys may take of the heap. Three full rings of usual
 * certificates (1 to 2 KiB) fit, of the largest ones 15.
 */
#define KEEPER_ADDED_MAX (256 * 1024)

/* IMATEE_CMD_KEY_ADD */
enum imatee_error keeper_key_add(struct call *call);

/* Frees a key, if it was added, that is in no ring any more. */
void keeper_forget_key(struct keeper *keeper, const struct key *key);

/* Frees all keys that it has added. */
void keeper_free_added(struct keeper *keeper);

#endif /* IMATEE_KEEPER_ADD_H */
