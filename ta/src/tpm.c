// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "platform.h"
#include "tpm.h"

#define TPM_GENERATED_VALUE 0xff544347
#define TPM_ST_ATTEST_QUOTE 0x8018
#define TPM_ALG_SHA1	    0x0004
#define TPM_ALG_SHA256	    0x000b
#define TPM_ALG_SHA384	    0x000c
#define TPM_ALG_NULL	    0x0010
#define TPM_ALG_ECDSA	    0x0018
#define TPM_ALG_ECC	    0x0023
#define TPM_ECC_NIST_P256   0x0003

/* fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, restricted, sign */
#define ATTRIBUTES 0x00050072

/* Bytes of a selection of 24 PCRs. */
#define SELECT_SIZE 3

struct out {
	uint8_t *buf;
	size_t size;
	size_t len;
};

static void put(struct out *out, const void *data, size_t len)
{
	if (len > out->size - out->len)
		platform_panic("a TPM's structure is longer than it may be");
	memcpy(out->buf + out->len, data, len);
	out->len += len;
}

/* The last @len bytes of @value. */
static void put_number(struct out *out, uint64_t value, size_t len)
{
	uint8_t byte = 0;

	while (len--) {
		byte = (uint8_t)(value >> (8 * len));
		put(out, &byte, 1);
	}
}

/* A TPM2B. */
static void put_sized(struct out *out, const void *data, size_t len)
{
	put_number(out, len, 2);
	put(out, data, len);
}

void tpm_public(const uint8_t point[TPM_POINT_SIZE],
		uint8_t public[TPM_PUBLIC_SIZE])
{
	struct out out = { public, TPM_PUBLIC_SIZE, 0 };

	put_number(&out, TPM_ALG_ECC, 2);
	put_number(&out, TPM_ALG_SHA256, 2); /* of its name */
	put_number(&out, ATTRIBUTES, 4);
	put_number(&out, 0, 2); /* authPolicy */
	put_number(&out, TPM_ALG_NULL, 2); /* symmetric */
	put_number(&out, TPM_ALG_ECDSA, 2);
	put_number(&out, TPM_ALG_SHA256, 2);
	put_number(&out, TPM_ECC_NIST_P256, 2);
	put_number(&out, TPM_ALG_NULL, 2); /* kdf */
	put_sized(&out, point, TPM_POINT_SIZE / 2);
	put_sized(&out, point + TPM_POINT_SIZE / 2, TPM_POINT_SIZE / 2);
}

void tpm_signature(const uint8_t sig[TPM_SIG_SIZE],
		   uint8_t signature[TPM_SIGNATURE_SIZE])
{
	struct out out = { signature, TPM_SIGNATURE_SIZE, 0 };

	put_number(&out, TPM_ALG_ECDSA, 2);
	put_number(&out, TPM_ALG_SHA256, 2);
	put_sized(&out, sig, TPM_SIG_SIZE / 2);
	put_sized(&out, sig + TPM_SIG_SIZE / 2, TPM_SIG_SIZE / 2);
}

static uint16_t bank_of(uint8_t bank)
{
	if (bank == IMATEE_HASH_SHA1)
		return TPM_ALG_SHA1;
	return bank == IMATEE_HASH_SHA256 ? TPM_ALG_SHA256 : TPM_ALG_SHA384;
}

/* TPM2B_NAME. There is no hierarchy that the key could be qualified by. */
static void put_name(struct out *out, const uint8_t *public)
{
	uint8_t digest[32] = { 0 };

	file_hash_of(IMATEE_HASH_SHA256, public, TPM_PUBLIC_SIZE, digest);
	put_number(out, 2 + sizeof(digest), 2);
	put_number(out, TPM_ALG_SHA256, 2);
	put(out, digest, sizeof(digest));
}

/* TPML_PCR_SELECTION with one bank; PCR 0 is the lowest bit of the first byte. */
static void put_selection(struct out *out, const struct tpm_quote *quote)
{
	size_t i = 0;

	put_number(out, 1, 4);
	put_number(out, bank_of(quote->bank), 2);
	put_number(out, SELECT_SIZE, 1);
	for (i = 0; i < SELECT_SIZE; i++)
		put_number(out, quote->pcrs >> (8 * i), 1);
}

size_t tpm_attest(const struct tpm_quote *quote, uint8_t attest[TPM_ATTEST_MAX])
{
	struct out out = { attest, TPM_ATTEST_MAX, 0 };

	put_number(&out, TPM_GENERATED_VALUE, 4);
	put_number(&out, TPM_ST_ATTEST_QUOTE, 2);
	put_name(&out, quote->public);
	put_sized(&out, quote->nonce, quote->nonce_len);
	/* TPMS_CLOCK_INFO. The clock is not told: nobody here knows the time. */
	put_number(&out, 0, 8);
	put_number(&out, quote->resets, 4);
	put_number(&out, quote->restarts, 4);
	put_number(&out, 1, 1);
	/* firmwareVersion */
	put_number(&out, IMATEE_ABI_MAJOR, 4);
	put_number(&out, IMATEE_ABI_MINOR, 4);
	put_selection(&out, quote);
	put_sized(&out, quote->pcr_digest, sizeof(quote->pcr_digest));
	return out.len;
}
