/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key that signs quotes: ECDSA on P-256, derived from what the device keeps in its
 * hardware. It is the same at each boot, so it needs no storage, and it signs nothing
 * that a caller has made.
 */
#ifndef IMATEE_ATTEST_KEY_H
#define IMATEE_ATTEST_KEY_H

#include <stdbool.h>

#include "tpm.h"

#define ATTEST_KEY_CSR_MAX 255

struct attest_key {
	bool made;
	bool development; /* the device has no key of its own */
	uint8_t secret[32];
	uint8_t point[TPM_POINT_SIZE];
	uint8_t public[TPM_PUBLIC_SIZE]; /* TPMT_PUBLIC */
};

/* Makes it, if it has not been. Errors: NO_DEVICE_KEY, RESOURCES. */
enum imatee_error attest_key_make(struct attest_key *key);

/*
 * Signs the SHA-256 of @data. @key was made. wolfSSL takes no branch and reads no memory by
 * what is secret (tests/constant-time), but that it counts the key's bits: how many zeros
 * the key begins with shows, the same at each signature. And it divides 64-bit parts of
 * secret numbers, which some cores do the faster the smaller they are. Errors: RESOURCES.
 */
enum imatee_error attest_key_sign(const struct attest_key *key,
				  const void *data, size_t len,
				  uint8_t sig[TPM_SIG_SIZE]);

/*
 * Writes a CertificationRequest (RFC 2986) in DER. @key was made. Errors: RESOURCES.
 */
enum imatee_error attest_key_request(const struct attest_key *key,
				     uint8_t csr[ATTEST_KEY_CSR_MAX],
				     size_t *len);

#endif /* IMATEE_ATTEST_KEY_H */
