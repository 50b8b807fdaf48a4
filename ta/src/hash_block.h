/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Content that comes in blocks, or through a ring (hash_ring.h). What is not finished
 * goes out with each reply and comes back with the next request: a caller that never
 * does keeps nothing of the TEE's.
 */
#ifndef IMATEE_HASH_BLOCK_H
#define IMATEE_HASH_BLOCK_H

#include "dispatch.h"
#include "ticket.h"

/* IMATEE_CMD_HASH, but for where its key comes from. */
enum imatee_error hash_block(struct call *call, const struct ticket_key *key);

#endif /* IMATEE_HASH_BLOCK_H */
