/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A TPM's structures (TPM 2.0 Library, Part 2), as far as quotes take them. Integers are
 * big-endian there. Nothing of what is parsed is taken on trust.
 */
#ifndef IMATEE_TOOL_TPM_H
#define IMATEE_TOOL_TPM_H

#include "bank.h"

/* A number of P-256: a coordinate, or a part of a signature. */
#define TPM_NUMBER_SIZE 32

/* TPMT_PUBLIC of the one template that a key for quotes has, and its name. */
#define TPM_PUBLIC_SIZE 88
#define TPM_NAME_SIZE	34

/**
 * struct tpm_attest - what a TPMS_ATTEST says
 * @signer: Name of the key
 * @nonce: points into what was parsed
 * @nonce_len: bytes of it
 * @clock: of TPMS_CLOCK_INFO
 * @reset_count: the same
 * @restart_count: the same
 * @safe: the same
 * @bank: of the PCRs
 * @pcrs: bit n: PCR n is quoted
 * @pcr_digest: SHA-256 of their values, in a row
 */
struct tpm_attest {
	uint8_t signer[TPM_NAME_SIZE];
	const uint8_t *nonce;
	size_t nonce_len;
	uint64_t clock;
	uint32_t reset_count;
	uint32_t restart_count;
	uint8_t safe;
	enum bank bank;
	uint32_t pcrs;
	uint8_t pcr_digest[32];
};

/* Is this a TPMS_ATTEST of a quote of PCRs in one bank, and nothing else? */
bool tpm_parse_quote(const uint8_t *data, size_t len,
		     struct tpm_attest *attest);

/*
 * Is this a TPMT_SIGNATURE by ECDSA on P-256 with SHA-256? Puts R and S into @rs,
 * filled up with zeros on the left.
 */
bool tpm_parse_signature(const uint8_t *data, size_t len,
			 uint8_t rs[2 * TPM_NUMBER_SIZE]);

/* Is this a TPMT_PUBLIC by the template? Puts X and Y into @point. */
bool tpm_parse_public(const uint8_t *data, size_t len,
		      uint8_t point[2 * TPM_NUMBER_SIZE]);

void tpm_make_public(const uint8_t point[2 * TPM_NUMBER_SIZE],
		     uint8_t public[TPM_PUBLIC_SIZE]);

/* The Name that SHA-256 gives to a key. */
void tpm_make_name(const uint8_t public[TPM_PUBLIC_SIZE],
		   uint8_t name[TPM_NAME_SIZE]);

#endif /* IMATEE_TOOL_TPM_H */
