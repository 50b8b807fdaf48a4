/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What somebody who verifies a quote allows: see imatee-json(5).
 */
#ifndef IMATEE_POLICY_H
#define IMATEE_POLICY_H

#include "digest.h"
#include "json_in.h"
#include "quote.h"
#include "replay.h"

/**
 * struct signer - a key that vouches for files
 * @path: of its certificate, as the policy names it
 * @pkey: the key
 * @keyid: last four bytes of its subject key identifier
 */
struct signer {
	char *path;
	EVP_PKEY *pkey;
	uint32_t keyid;
};

/* SHA-256 of certificates or keys. */
struct sums {
	bool given;
	size_t count;
	uint8_t (*sum)[32];
};

/**
 * struct policy - what is allowed
 * @unsealed: keys that can still be added
 * @modes: bit n: enum imatee_mode n
 * @kernels: how many may have attached since the machine's reset
 * @trimmed: entries that were trimmed before they were seen
 * @judges: entries are judged: what follows says which are allowed
 * @violations: entries that tell that something could not be measured
 * @buffers: any entry of a buffer: of keys, of the kernel's command line and the like
 * @pcrs: bit n: entries for PCR n are judged
 * @digests: allowed ones, in order
 * @digest_count: how many
 * @signers: allowed ones
 * @signer_count: how many
 * @keys: what may be in the rings, if given
 * @keys_digest: which certificates may be built in, if given
 */
struct policy {
	bool unsealed;
	uint32_t modes;
	uint64_t kernels;
	bool trimmed;
	bool judges;
	bool violations;
	bool buffers;
	uint32_t pcrs;
	struct file_digest *digests;
	size_t digest_count;
	struct signer *signers;
	size_t signer_count;
	struct sums keys;
	struct sums keys_digest;
};

/* What is allowed without a policy. */
void policy_default(struct policy *policy);

/* False, with @problem, if the text is none. policy_free() in any case. */
bool policy_parse(const void *text, size_t len, struct policy *policy,
		  char problem[PROBLEM_MAX]);

/*
 * Reads args->policy, and the certificates that it names, or gives the default.
 * policy_free() in any case.
 */
enum exit_status policy_read(const struct arguments *args,
			     struct policy *policy);
void policy_free(struct policy *policy);

/* policy_check.c */

/* Is what the quote says of the device allowed? Says why not. */
enum exit_status policy_check_device(const struct arguments *args,
				     const struct policy *policy,
				     const struct imatee_binding_info *info);

/*
 * Are the entries of the list allowed, of which the first has this position? @kernels: how
 * many may have measured a boot_aggregate in there, beside that of position 0. Says which
 * entries are not.
 */
enum exit_status policy_check_list(const struct arguments *args,
				   const struct policy *policy,
				   struct list list, uint64_t position,
				   uint32_t kernels);

/* NULL, or why the entry is not allowed; a boot_aggregate of zeros is not, here. */
const char *policy_problem(const struct policy *policy,
			   const struct entry *entry, enum bank bank);

/* ima_sig.c: NULL, or why this is no signature of the digest by an allowed signer. */
const char *ima_sig_problem(const struct policy *policy,
			    const struct field *sig,
			    const struct file_digest *digest);

#endif /* IMATEE_POLICY_H */
