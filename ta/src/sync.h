/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads the sealed keys out of the keeper.
 */
#ifndef IMATEE_SYNC_H
#define IMATEE_SYNC_H

#include "keystore.h"

/*
 * Walks all rings of the keeper and returns them as a new store, which is of
 * one boot and one epoch. *@store is set with IMATEE_OK only.
 * Errors: NOT_SEALED, KEEPER, RESOURCES.
 */
enum imatee_error sync_load(const uint8_t *keys_digest,
			    struct keystore **store);

#endif /* IMATEE_SYNC_H */
