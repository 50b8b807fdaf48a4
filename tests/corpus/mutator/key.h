/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keys that good signatures are by; and one to sign for EVM.
 */
#ifndef KEY_H
#define KEY_H

#include <openssl/bn.h>
#include <openssl/x509.h>

#include "bytes.h"

struct key {
	const char *name;
	X509 *cert;
	/* RSA: the modulus; ECDSA: the order of the curve */
	BIGNUM *n;
	size_t size; /* of that number, in bytes */
	int rsa;
	uint8_t id[4];
};

/* From the directory @dir; ends the program if it cannot. */
void keys_load(const char *dir);

/* By its name, as in "ima-p256". */
const struct key *key_find(const char *name);
const struct key *key_any(void);

/* A portable security.evm that is valid for a file with that security.ima. */
void evm_sign(const struct bytes *ima, uint32_t uid, struct bytes *evm);

#endif /* KEY_H */
