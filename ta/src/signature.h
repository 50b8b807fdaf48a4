/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hashes, and signatures by RSA PKCS #1 v1.5 and ECDSA.
 */
#ifndef IMATEE_SIGNATURE_H
#define IMATEE_SIGNATURE_H

#include "hash_algo.h"
#include "pubkey.h"

/* A signature algorithm, as a certificate names it. */
struct signature_algo {
	const struct hash_algo *hash;
	bool rsa; /* else ECDSA */
};

/*
 * Reads an AlgorithmIdentifier, which @in is the contents of.
 * Errors: CERT_MALFORMED, CERT_KEY (another algorithm; SHA-1 is one).
 */
enum imatee_error signature_read_algo(struct slice in,
				      struct signature_algo *algo);

/* Errors: RESOURCES. */
enum imatee_error signature_sha256(struct slice data, uint8_t digest[32]);

/*
 * Has @pubkey signed @data? Errors: CERT_SIGNATURE, RESOURCES.
 */
enum imatee_error signature_verify(const struct pubkey *pubkey,
				   const struct signature_algo *algo,
				   struct slice data, struct slice signature);

#endif /* IMATEE_SIGNATURE_H */
