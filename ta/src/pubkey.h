/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A public key as a certificate has it.
 */
#ifndef IMATEE_PUBKEY_H
#define IMATEE_PUBKEY_H

#include "der.h"
#include "imatee_abi.h"

struct pubkey {
	uint8_t algo; /* enum imatee_key_algo */
	uint32_t bits;
	struct slice key; /* in the form that the ABI states */
	/* of an RSA key, as numbers without leading zeros */
	struct slice modulus;
	struct slice exponent;
};

/*
 * Reads a SubjectPublicKeyInfo, which @info is the contents of.
 * Errors: CERT_MALFORMED, CERT_KEY (another algorithm, curve, size or form).
 */
enum imatee_error pubkey_read(struct slice info, struct pubkey *key);

/*
 * Reads a key of which algorithm and form are known: what a table of keys holds.
 */
enum imatee_error pubkey_read_raw(uint8_t algo, struct slice raw,
				  struct pubkey *key);

/*
 * Is it a key with which not just anybody can sign? An RSA exponent of 1, a
 * modulus that is a prime, a power of one or has a small factor, and a point that
 * is not on its curve are refused. Errors: CERT_KEY, RESOURCES.
 */
enum imatee_error pubkey_check_sound(const struct pubkey *key);

#endif /* IMATEE_PUBKEY_H */
