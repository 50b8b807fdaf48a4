/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keyrings: an ordered list of keys for each ring of the ABI. The keeper's
 * hold the keys themselves; a verifier's hold its own copies.
 */
#ifndef IMATEE_KEYRING_H
#define IMATEE_KEYRING_H

#include "der.h"
#include "imatee_abi.h"

/*
 * One key. It is constant once it is in a ring, and it outlives the ring:
 * a built-in one is part of the image, others are freed with their owner.
 */
struct key {
	struct imatee_key_info
		info; /* .index is for keyring_describe() to fill */
	const uint8_t *pubkey; /* .info.pubkey_len bytes */
	const uint8_t *cert; /* .info.cert_len bytes, NULL in a verifier */
	/* In .cert: TBSCertificate and SubjectPublicKeyInfo, whole. */
	struct slice tbs;
	struct slice spki;
};

struct keyring {
	size_t count[IMATEE_RING_COUNT + 1]; /* by ring; [0] is the sum */
	const struct key *keys[IMATEE_RING_COUNT][IMATEE_KEYS_PER_RING];
};

/*
 * Appends @key to the ring that it names. Errors: BAD_RING, BAD_VALUE, RING_FULL,
 * KEY_EXISTS, KEYID_TAKEN.
 */
enum imatee_error keyring_add(struct keyring *rings, const struct key *key);

/* Takes @key out of its ring; those behind it move up. */
void keyring_remove(struct keyring *rings, const struct key *key);

/* What the ABI tells of a key that is in a ring: .info, with its index. */
struct imatee_key_info keyring_describe(const struct keyring *rings,
					const struct key *key);

/* Key that @select (decoded) names, or NULL. */
const struct key *keyring_find(const struct keyring *rings,
			       const struct imatee_key_select *select);

/*
 * Key at @position of @ring, or of all rings in their order if @ring is
 * IMATEE_RING_ANY; NULL behind the last.
 */
const struct key *keyring_at(const struct keyring *rings, enum imatee_ring ring,
			     size_t position);

#endif /* IMATEE_KEYRING_H */
