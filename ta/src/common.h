/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Commands and replies that the keeper and the verifier have in common.
 */
#ifndef IMATEE_COMMON_H
#define IMATEE_COMMON_H

#include "dispatch.h"
#include "keyring.h"
#include "revoked.h"

/* IMATEE_CMD_HELLO, for a TA that was built with this table of keys. */
enum imatee_error common_hello(struct call *call, const uint8_t *keys_digest);

/*
 * Takes a struct imatee_key_select, and finds the key that it names. Errors: those of
 * its decoder, DIGEST_REVOKED, NO_KEY.
 */
enum imatee_error common_find_key(struct call *call,
				  const struct keyring *rings,
				  const struct revoked *revoked,
				  struct imatee_key_select *select,
				  const struct key **key);

/* IMATEE_CMD_KEY_GET from these rings; @select takes the decoded request. */
enum imatee_error common_key_get(struct call *call, const struct keyring *rings,
				 const struct revoked *revoked,
				 struct imatee_key_select *select);

/* Body of a struct imatee_key_reply for @key of @rings, and @tail behind it. */
enum imatee_error common_key_reply(struct call *call,
				   const struct keyring *rings,
				   const struct key *key, const void *tail,
				   size_t tail_len);

#endif /* IMATEE_COMMON_H */
