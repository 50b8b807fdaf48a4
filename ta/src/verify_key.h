/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A public key, parsed once, and the signatures that it verifies: RSA PKCS #1 v1.5
 * and ECDSA. All of it is public: nothing here takes the same time for all inputs.
 */
#ifndef IMATEE_VERIFY_KEY_H
#define IMATEE_VERIFY_KEY_H

#include "hash_algo.h"
#include "pubkey.h"

/* The numbers of a key as wolfSSL has them, in as much memory as they take. */
struct verify_key;

/* Errors: RESOURCES, CERT_KEY (wolfSSL does not take it). */
enum imatee_error verify_key_new(const struct pubkey *pubkey,
				 struct verify_key **key);

/* @key may be NULL. */
void verify_key_free(struct verify_key *key);

/*
 * Has @key signed this digest, of @algo's size? An ECDSA signature is a strict DER
 * SEQUENCE of two INTEGERs. Errors: SIG_INVALID, RESOURCES.
 */
enum imatee_error verify_key_check(const struct verify_key *key,
				   const struct hash_algo *algo,
				   const void *digest, struct slice signature);

#endif /* IMATEE_VERIFY_KEY_H */
