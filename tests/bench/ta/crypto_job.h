/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the benchmark of the crypto libraries sends to its trusted applications, and
 * what they answer: one struct, in and out, in the one memref of a call.
 */
#ifndef CRYPTO_JOB_H
#define CRYPTO_JOB_H

#include <stdint.h>

enum crypto_command {
	CRYPTO_TIME = 0, /* reads the key, and verifies .rounds times */
	CRYPTO_MEMORY = 1, /* once, and says how much memory it took */
};

enum crypto_verdict {
	CRYPTO_VALID = 0,
	CRYPTO_INVALID = 1,
	CRYPTO_FAILED = 2, /* it could not tell */
};

/* The memory is UINT32_MAX where it is OP-TEE's, and cannot be seen. */
struct crypto_job {
	uint32_t rounds;
	uint32_t info_len; /* SubjectPublicKeyInfo, DER */
	uint32_t digest_len; /* SHA-256 */
	uint32_t sig_len; /* as certificates have it */
	uint32_t verdict; /* out: enum crypto_verdict, of the last round */
	uint32_t key; /* out: bytes of heap that the key takes */
	uint32_t heap; /* out: and that a verification takes beside it */
	uint32_t stack; /* out: bytes of stack */
	uint8_t data[2048]; /* the three, one behind the other */
};

#endif /* CRYPTO_JOB_H */
