// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "replay.h"
#include "tpm.h"

#define TPM_GENERATED_VALUE 0xff544347
#define TPM_ST_ATTEST_QUOTE 0x8018
#define TPM_ALG_SHA1	    0x0004
#define TPM_ALG_SHA256	    0x000b
#define TPM_ALG_SHA384	    0x000c
#define TPM_ALG_ECDSA	    0x0018

/* Bytes of a selection of 24 PCRs. */
#define SELECT_SIZE 3

/*
 * All of a TPMT_PUBLIC but for the point. Attributes: fixedTPM, fixedParent,
 * sensitiveDataOrigin, userWithAuth, restricted, sign.
 */
static const uint8_t template[] = {
	0x00, 0x23, /* type: ECC */
	0x00, 0x0b, /* nameAlg: SHA-256 */
	0x00, 0x05, 0x00, 0x72, /* objectAttributes */
	0x00, 0x00, /* authPolicy: none */
	0x00, 0x10, /* symmetric: NULL */
	0x00, 0x18, 0x00, 0x0b, /* scheme: ECDSA, SHA-256 */
	0x00, 0x03, /* curve: NIST P-256 */
	0x00, 0x10, /* kdf: NULL */
};

/* Before each coordinate. */
static const uint8_t size_of_number[] = { 0x00, TPM_NUMBER_SIZE };

_Static_assert(sizeof(template) + 2 * (2 + TPM_NUMBER_SIZE) == TPM_PUBLIC_SIZE,
	       "the template has another size");

/* What is left to parse. It fails once and for all: all after that is zero. */
struct input {
	const uint8_t *pos;
	size_t left;
	bool failed;
};

static const uint8_t *take(struct input *in, size_t len)
{
	const uint8_t *data = in->pos;

	if (in->failed || len > in->left) {
		in->failed = true;
		return NULL;
	}
	in->pos += len;
	in->left -= len;
	return data;
}

static uint64_t take_number(struct input *in, size_t len)
{
	const uint8_t *data = take(in, len);
	uint64_t value = 0;

	while (data && len--)
		value = value << 8 | *data++;
	return value;
}

static void take_bytes(struct input *in, void *to, size_t len)
{
	const uint8_t *data = take(in, len);

	if (data)
		memcpy(to, data, len);
}

static void expect(struct input *in, uint64_t value, size_t len)
{
	if (take_number(in, len) != value)
		in->failed = true;
}

/* TPML_PCR_SELECTION of one bank; PCR 0 is the lowest bit of the first byte. */
static void take_selection(struct input *in, struct tpm_attest *attest)
{
	uint8_t select[SELECT_SIZE] = { 0 };

	expect(in, 1, 4);
	switch (take_number(in, 2)) {
	case TPM_ALG_SHA1:
		attest->bank = BANK_SHA1;
		break;
	case TPM_ALG_SHA256:
		attest->bank = BANK_SHA256;
		break;
	case TPM_ALG_SHA384:
		attest->bank = BANK_SHA384;
		break;
	default:
		in->failed = true;
	}
	expect(in, sizeof(select), 1);
	take_bytes(in, select, sizeof(select));
	attest->pcrs = select[0] | (uint32_t)select[1] << 8 |
		       (uint32_t)select[2] << 16;
}

bool tpm_parse_quote(const uint8_t *data, size_t len, struct tpm_attest *attest)
{
	struct input in = { data, len, false };

	memset(attest, 0, sizeof(*attest));
	expect(&in, TPM_GENERATED_VALUE, 4);
	expect(&in, TPM_ST_ATTEST_QUOTE, 2);
	expect(&in, sizeof(attest->signer), 2);
	take_bytes(&in, attest->signer, sizeof(attest->signer));
	attest->nonce_len = take_number(&in, 2);
	attest->nonce = take(&in, attest->nonce_len);
	attest->clock = take_number(&in, 8);
	attest->reset_count = (uint32_t)take_number(&in, 4);
	attest->restart_count = (uint32_t)take_number(&in, 4);
	attest->safe = (uint8_t)take_number(&in, 1);
	/* firmwareVersion: any */
	take(&in, 8);
	take_selection(&in, attest);
	expect(&in, sizeof(attest->pcr_digest), 2);
	take_bytes(&in, attest->pcr_digest, sizeof(attest->pcr_digest));
	return !in.failed && !in.left;
}

/* One that a TPM writes may lack zeros on its left. */
static void take_part(struct input *in, uint8_t part[TPM_NUMBER_SIZE])
{
	const size_t len = take_number(in, 2);

	memset(part, 0, TPM_NUMBER_SIZE);
	if (!len || len > TPM_NUMBER_SIZE)
		in->failed = true;
	else
		take_bytes(in, part + TPM_NUMBER_SIZE - len, len);
}

bool tpm_parse_signature(const uint8_t *data, size_t len,
			 uint8_t rs[2 * TPM_NUMBER_SIZE])
{
	struct input in = { data, len, false };

	expect(&in, TPM_ALG_ECDSA, 2);
	expect(&in, TPM_ALG_SHA256, 2);
	take_part(&in, rs);
	take_part(&in, rs + TPM_NUMBER_SIZE);
	return !in.failed && !in.left;
}

bool tpm_parse_public(const uint8_t *data, size_t len,
		      uint8_t point[2 * TPM_NUMBER_SIZE])
{
	uint8_t again[TPM_PUBLIC_SIZE];

	if (len != TPM_PUBLIC_SIZE)
		return false;
	data += sizeof(template) + sizeof(size_of_number);
	memcpy(point, data, TPM_NUMBER_SIZE);
	data += TPM_NUMBER_SIZE + sizeof(size_of_number);
	memcpy(point + TPM_NUMBER_SIZE, data, TPM_NUMBER_SIZE);
	tpm_make_public(point, again);
	return !memcmp(again, data + TPM_NUMBER_SIZE - len, len);
}

static uint8_t *append(uint8_t *to, const void *data, size_t len)
{
	memcpy(to, data, len);
	return to + len;
}

void tpm_make_public(const uint8_t point[2 * TPM_NUMBER_SIZE],
		     uint8_t public[TPM_PUBLIC_SIZE])
{
	uint8_t *to = append(public, template, sizeof(template));

	to = append(to, size_of_number, sizeof(size_of_number));
	to = append(to, point, TPM_NUMBER_SIZE);
	to = append(to, size_of_number, sizeof(size_of_number));
	append(to, point + TPM_NUMBER_SIZE, TPM_NUMBER_SIZE);
}

void tpm_make_name(const uint8_t public[TPM_PUBLIC_SIZE],
		   uint8_t name[TPM_NAME_SIZE])
{
	name[0] = TPM_ALG_SHA256 >> 8;
	name[1] = TPM_ALG_SHA256 & 0xff;
	replay_hash(BANK_SHA256, public, TPM_PUBLIC_SIZE, name + 2);
}
