/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_FIND_H
#define IMATEE_FIND_H

#include "tool.h"

/*
 * The keys that args->operand names, in args->ring or in all rings: one a ring
 * at most. *@count is not 0 if EXIT_OK is returned; else the reason was told.
 */
enum exit_status find_keys(const struct arguments *args, struct imatee *session,
			   struct imatee_key keys[IMATEE_RING_COUNT],
			   size_t *count);

/* The name by which exactly this key is found again. */
struct imatee_key_name find_name(const struct imatee_key *key);

#endif /* IMATEE_FIND_H */
