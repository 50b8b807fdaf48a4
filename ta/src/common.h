/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands and replies that the keeper and the verifier have in common.
 */
#ifndef IMATEE_COMMON_H
#define IMATEE_COMMON_H

#include "dispatch.h"
#include "keyring.h"

/* IMATEE_CMD_HELLO, for a TA that was built with this table of keys. */
enum imatee_error common_hello(struct call *call, const uint8_t *keys_digest);

/* IMATEE_CMD_KEY_GET from these rings; @select takes the decoded request. */
enum imatee_error common_key_get(struct call *call, const struct keyring *rings,
				 struct imatee_key_select *select);

/* Body of a struct imatee_key_reply, and @tail behind it. */
enum imatee_error common_key_reply(struct call *call, const struct key *key,
				   const void *tail, size_t tail_len);

#endif /* IMATEE_COMMON_H */
