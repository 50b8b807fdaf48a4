/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Structures as a TPM would have them, in its byte order: TPM 2.0 Library, Part 2.
 */
#ifndef IMATEE_TPM_H
#define IMATEE_TPM_H

#include "imatee_abi.h"

#include <stddef.h>

/* A point of P-256: X and Y, big-endian. */
#define TPM_POINT_SIZE	   64
#define TPM_PUBLIC_SIZE	   88
/* R and S, big-endian. */
#define TPM_SIG_SIZE	   64
#define TPM_SIGNATURE_SIZE 72
#define TPM_ATTEST_MAX	   177

/* What is quoted: struct imatee_quote, and what the log and the keeper say. */
struct tpm_quote {
	const uint8_t *public; /* TPMT_PUBLIC of the key that will sign */
	const uint8_t *nonce;
	uint8_t nonce_len; /* at most IMATEE_NONCE_MAX */
	uint8_t bank; /* enum imatee_hash: SHA-1, SHA-256 or SHA-384 */
	uint32_t pcrs; /* bit n: PCR n is quoted */
	uint8_t pcr_digest[32]; /* SHA-256 of their values in a row */
	uint32_t resets; /* another one after each reset */
	uint32_t restarts; /* kernels since then */
};

/*
 * TPMT_PUBLIC of a restricted signing key of the scheme ECDSA with SHA-256, on P-256.
 */
void tpm_public(const uint8_t point[TPM_POINT_SIZE],
		uint8_t public[TPM_PUBLIC_SIZE]);

/* TPMT_SIGNATURE by such a key. */
void tpm_signature(const uint8_t sig[TPM_SIG_SIZE],
		   uint8_t signature[TPM_SIGNATURE_SIZE]);

/* TPMS_ATTEST of the type TPM_ST_ATTEST_QUOTE; returns its size. */
size_t tpm_attest(const struct tpm_quote *quote,
		  uint8_t attest[TPM_ATTEST_MAX]);

#endif /* IMATEE_TPM_H */
