/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verifier's own copy of the keeper's sealed keys: description and public
 * key, in as much memory as they take; and of the digests that are revoked.
 */
#ifndef IMATEE_KEYSTORE_H
#define IMATEE_KEYSTORE_H

#include "keyring.h"
#include "revoked.h"

struct keystore {
	struct keyring rings;
	struct revoked digests;
	/* Of the keeper, when the keys were read: boot id, epoch, seal, ... */
	struct imatee_reply head;
};

struct verify_key;

/* Who signs with a key, as PKCS #7 has it: see IMATEE_CMD_KEY_LOAD. */
struct keystore_issuer {
	bool known;
	uint8_t digest[IMATEE_FINGERPRINT_SIZE];
};

/* Empty, or NULL if memory is used up. */
struct keystore *keystore_new(void);

/* @store may be NULL. */
void keystore_free(struct keystore *store);

/*
 * Adds a copy of a key, parsed. Errors: those of keyring_add(), TOO_LONG, RESOURCES,
 * and CERT_MALFORMED or CERT_KEY if it is no key that could verify.
 */
enum imatee_error keystore_add(struct keystore *store,
			       const struct imatee_key_info *info,
			       const uint8_t *pubkey,
			       const struct keystore_issuer *issuer);

/*
 * Makes room for as many revoked digests, once. Errors: RESOURCES.
 */
enum imatee_error keystore_make_room(struct keystore *store, size_t digests);

/* A key of a store, as it verifies; of no other ring. */
const struct verify_key *keystore_parsed(const struct key *key);

/* The first key of the ring whose certificate has that issuer and serial number. */
const struct key *
keystore_find_issuer(const struct keystore *store, uint8_t ring,
		     const uint8_t digest[IMATEE_FINGERPRINT_SIZE]);

#endif /* IMATEE_KEYSTORE_H */
