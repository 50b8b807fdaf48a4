/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of attestation share: quotes, read by a second parser.
 */
#ifndef IMATEE_QUOTING_H
#define IMATEE_QUOTING_H

#include "measuring.h"

/* A reply to IMATEE_CMD_QUOTE, taken apart. */
struct quoted {
	struct imatee_quote_reply reply;
	size_t attest_len;
	size_t sig_len;
	uint8_t attest[512];
	uint8_t signature[128];
};

/* A TPMS_ATTEST, taken apart. */
struct attested {
	const uint8_t *nonce;
	size_t nonce_len;
	uint64_t clock;
	uint8_t reset_count[4];
	uint32_t restart_count;
	uint8_t safe;
	uint64_t firmware;
	uint16_t bank;
	uint32_t pcrs;
	const uint8_t *pcr_digest;
};

struct imatee_quote make_quote(uint8_t bank, const void *nonce, size_t len);

/* Asks for one, and checks that the reply is as long as it says. */
void quote(struct fixture *f, uint8_t bank, const void *nonce, size_t len,
	   struct quoted *q);

/* Fails on what is no TPMS_ATTEST of a quote by the last ak_public(). */
void quote_parse(const struct quoted *q, struct attested *a);

bool quote_is_signed(const struct quoted *q, EVP_PKEY *ak);

/* SHA-256 of the values of these PCRs in this bank. */
void quote_pcr_digest(const struct quoted *q, uint8_t bank, uint32_t pcrs,
		      uint8_t digest[32]);

/* Bindings and what is signed are not the same. */
void quote_differs(const struct quoted *a, const struct quoted *b);

/* The last reply of IMATEE_CMD_AK, and what came behind it. */
extern struct imatee_ak_reply ak;
extern uint8_t ak_tpmt_public[256];
extern uint8_t ak_csr[512];

/* Asks for the key; to be freed. Fails if its TPMT_PUBLIC is not of its form. */
EVP_PKEY *ak_public(struct fixture *f);

#endif /* IMATEE_QUOTING_H */
