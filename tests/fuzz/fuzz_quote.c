// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What imatee verify-quote reads: the parts of a quote, the state, and the policy. The
 * first byte chooses one, the rest is it; or a list of measurements, that a policy judges.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pcrs.h"
#include "policy.h"
#include "state.h"
#include "tpm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "violated: %s\n", what);
	abort();
}

static void parse_quote(const uint8_t *data, size_t size)
{
	struct tpm_attest quote;

	if (!tpm_parse_quote(data, size, &quote))
		return;
	require(quote.nonce >= data &&
			quote.nonce + quote.nonce_len <= data + size,
		"the nonce is in the quote");
	require(!(quote.pcrs >> IMATEE_PCRS), "there are 24 PCRs");
	require(quote.bank < BANK_COUNT, "there is such a bank");
}

static void parse_public(const uint8_t *data, size_t size)
{
	uint8_t numbers[2 * TPM_NUMBER_SIZE];
	uint8_t again[TPM_PUBLIC_SIZE];

	tpm_parse_signature(data, size, numbers);
	if (!tpm_parse_public(data, size, numbers))
		return;
	tpm_make_public(numbers, again);
	require(!memcmp(again, data, size), "a key has one form");
}

static void parse_pcrs(const uint8_t *data, size_t size)
{
	uint8_t again[PCRS_FILE_MAX];
	uint8_t digest[32];
	struct pcrs pcrs;

	if (!pcrs_decode(data, size, &pcrs))
		return;
	require(pcrs_encode(&pcrs, again) == size && !memcmp(again, data, size),
		"PCRs have one form");
	pcrs_digest(&pcrs, digest);
}

static void parse_binding(const uint8_t *data, size_t size)
{
	static const uint8_t zero[32];
	struct imatee_binding_info info;

	if (imatee_decode_binding(data, size, &info))
		return;
	require(size == sizeof(struct imatee_binding), "a binding has a size");
	require(info.trimmed <= info.entries && info.violations <= info.entries,
		"numbers fit");
	require(!info.entries == !memcmp(info.order, zero, sizeof(zero)) &&
			!info.trimmed ==
				!memcmp(info.base_order, zero, sizeof(zero)),
		"each entry makes an order");
}

static void parse_state(const uint8_t *data, size_t size)
{
	char problem[PROBLEM_MAX];
	struct state state;

	if (state_parse(data, size, &state, problem))
		require(state.point.violations <= state.point.position,
			"a violation is an entry");
	else
		require(strnlen(problem, sizeof(problem)) < sizeof(problem) &&
				*problem,
			"it is told what is wrong");
}

static void parse_policy(const uint8_t *data, size_t size)
{
	char problem[PROBLEM_MAX];
	struct policy policy;
	size_t i;

	if (policy_parse(data, size, &policy, problem)) {
		for (i = 0; i < policy.signer_count; i++)
			require(policy.signers[i].path, "a signer has a path");
		require(!(policy.pcrs >> IMATEE_PCRS), "there are 24 PCRs");
	} else {
		require(strnlen(problem, sizeof(problem)) < sizeof(problem) &&
				*problem,
			"it is told what is wrong");
	}
	policy_free(&policy);
}

/* One digest is allowed, and buffers. The signer is one whose signatures never verify. */
static void judge(const uint8_t *data, size_t size)
{
	static struct file_digest digest = { DIGEST_CONTENT, IMATEE_HASH_SHA1,
					     "12345678901234567890" };
	static struct signer signer = { .keyid = 0x61626364 };
	struct list list = { data, size, BANK_SHA1 };
	struct policy policy;
	struct entry entry;

	policy_default(&policy);
	policy.judges = true;
	policy.violations = false;
	policy.buffers = true;
	policy.digests = &digest;
	policy.digest_count = 1;
	policy.signers = &signer;
	policy.signer_count = 1;
	while (entry_next(&list, &entry) > 0)
		policy_problem(&policy, &entry, list.bank);
}

static void (*const parsers[])(const uint8_t *data, size_t size) = {
	parse_quote, parse_public, parse_pcrs, parse_binding,
	parse_state, parse_policy, judge,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy;

	if (!size)
		return 0;
	/* As long as it is, for the sanitizer to see a byte too many. */
	copy = malloc(size > 1 ? size - 1 : 1);
	require(copy != NULL, "memory");
	memcpy(copy, data + 1, size - 1);
	parsers[data[0] % (sizeof(parsers) / sizeof(parsers[0]))](copy,
								  size - 1);
	free(copy);
	return 0;
}
