// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry_text.h"
#include "policy.h"

/* Entries that are shown, of those that are not allowed. */
#define SHOWN_MAX 20

/* Into which the kernel measures its boot_aggregate, and quotes are of. */
#define PCR_IMA 10

static bool is_one_of(const struct sums *sums, const uint8_t sum[32])
{
	size_t i;

	for (i = 0; i < sums->count; i++)
		if (!memcmp(sums->sum[i], sum, sizeof(sums->sum[i])))
			return true;
	return !sums->given;
}

enum exit_status policy_check_device(const struct arguments *args,
				     const struct policy *policy,
				     const struct imatee_binding_info *info)
{
	if (!(policy->modes & 1u << info->mode))
		return fail(args, EXIT_POLICY, "mode_not_allowed",
			    "the kernel's mode is %s, which is not allowed",
			    imatee_mode_name(info->mode));
	if (info->attach_count > policy->kernels)
		return fail(
			args, EXIT_POLICY, "kernels_not_allowed",
			"kernels have attached since the machine's reset: %" PRIu32
			", allowed are %" PRIu64,
			info->attach_count, policy->kernels);
	if (!info->sealed && !policy->unsealed)
		return fail(
			args, EXIT_POLICY, "not_sealed",
			"the keys are not sealed: more of them can still be added");
	if (!is_one_of(&policy->keys, info->keys))
		return fail(
			args, EXIT_POLICY, "keys_not_allowed",
			"the keys in the rings are not those that are allowed");
	if (!is_one_of(&policy->keys_digest, info->keys_digest))
		return fail(
			args, EXIT_POLICY, "keys_not_allowed",
			"the certificates in the keeper's image, or what it has revoked, are not those that are allowed");
	return EXIT_OK;
}

static bool is_listed(const struct policy *policy,
		      const struct file_digest *digest, enum digest_kind kind)
{
	struct file_digest wanted = *digest;
	size_t low = 0, high = policy->digest_count, middle;
	int order;

	if (digest->kind != DIGEST_ANY && digest->kind != kind)
		return false;
	wanted.kind = (uint8_t)kind;
	while (low < high) {
		middle = low + (high - low) / 2;
		order = memcmp(&policy->digests[middle], &wanted,
			       sizeof(wanted));
		if (!order)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static const struct field *field_by_id(const struct entry *entry,
				       const char *wanted)
{
	char id[FIELD_ID_MAX];
	size_t i;

	for (i = 0; i < entry->field_count; i++) {
		entry_field_id(entry, i, id);
		if (!strcmp(id, wanted))
			return &entry->fields[i];
	}
	return NULL;
}

/* Types of what IMA shows of security.ima in a field, and of no other attribute. */
static bool is_attribute(const struct field *field)
{
	const uint8_t type = field->data[0];

	return type == IMA_XATTR_EVM_PORTABLE || type == IMA_XATTR_DIGSIG ||
	       type == IMA_XATTR_VERITY_DIGSIG;
}

/*
 * The name of its template is anybody's, and so is which of its fields a buffer is: but
 * the digest is of what stands behind the name. A file may have itself for its signature,
 * since that is not verified where it is only measured: so what could be one is none, nor
 * what has a path for its name.
 */
static bool is_buffer(const struct entry *entry,
		      const struct file_digest *digest)
{
	const struct field *buf = &entry->fields[2];
	const struct hash *hash = hash_by_id(digest->algo);
	uint8_t made[EVP_MAX_MD_SIZE];
	char id[FIELD_ID_MAX];

	if (entry->field_count != 3 || !buf->len || is_attribute(buf) ||
	    (entry->fields[1].len && entry->fields[1].data[0] == '/'))
		return false;
	entry_field_id(entry, 2, id);
	return !strcmp(id, "buf") && hash->md &&
	       EVP_Digest(buf->data, buf->len, made, NULL, hash->md(), NULL) ==
		       1 &&
	       !memcmp(made, digest->digest, hash->size);
}

const char *policy_problem(const struct policy *policy,
			   const struct entry *entry, enum bank bank)
{
	struct file_digest digest;

	if (!policy->judges && policy->violations)
		return NULL;
	if (!(policy->pcrs & 1u << entry->pcr))
		return NULL;
	if (entry_is_violation(entry, bank))
		return policy->violations ? NULL : "a violation";
	if (!policy->judges)
		return NULL;
	if (!digest_of(entry, &digest))
		return "it does not begin with a digest";
	if (is_listed(policy, &digest, DIGEST_CONTENT) ||
	    is_listed(policy, &digest, DIGEST_VERITY))
		return NULL;
	if (policy->buffers && is_buffer(entry, &digest))
		return NULL;
	return ima_sig_problem(policy, field_by_id(entry, "sig"), &digest);
}

/*
 * Without a TPM its digest is zeros, and says nothing. Zeros are what a file has, too, that
 * was opened with O_DIRECT, or has no fs-verity where the policy asks for it, and a file may
 * have this name: so no more of them are taken than there were kernels.
 */
static bool is_boot_aggregate(const struct entry *entry, enum bank bank)
{
	static const char name[] = "boot_aggregate";
	const struct field *field = &entry->fields[1];
	struct file_digest digest;

	return entry->pcr == PCR_IMA && !entry_is_violation(entry, bank) &&
	       digest_of(entry, &digest) && digest.kind != DIGEST_VERITY &&
	       digest_is_zero(&digest) && entry->field_count > 1 &&
	       strnlen((const char *)field->data, field->len) ==
		       sizeof(name) - 1 &&
	       !memcmp(field->data, name, sizeof(name) - 1);
}

/* A kernel measures it before anything else: with the first one's the log begins. */
static bool takes_aggregate(uint32_t *kernels, const struct entry *entry,
			    enum bank bank, uint64_t position)
{
	if (!is_boot_aggregate(entry, bank))
		return false;
	if (!position)
		return true;
	if (!*kernels)
		return false;
	--*kernels;
	return true;
}

static void show(const struct entry *entry, enum bank bank, uint64_t position,
		 const char *problem)
{
	fprintf(stderr, "imatee: entry %" PRIu64 ": %s: ", position, problem);
	entry_print(stderr, entry, bank);
}

enum exit_status policy_check_list(const struct arguments *args,
				   const struct policy *policy,
				   struct list list, uint64_t position,
				   uint32_t kernels)
{
	uint64_t first = 0, count = 0;
	struct entry entry;
	const char *problem;

	for (; entry_next(&list, &entry) > 0; position++) {
		problem = policy_problem(policy, &entry, list.bank);
		if (!problem ||
		    takes_aggregate(&kernels, &entry, list.bank, position))
			continue;
		first = count ? first : position;
		if (count++ < SHOWN_MAX)
			show(&entry, list.bank, position, problem);
	}
	if (!count)
		return EXIT_OK;
	return fail(
		args, EXIT_POLICY, "entries_not_allowed",
		"%" PRIu64
		" %s not allowed by the policy, the first at position %" PRIu64,
		count, count == 1 ? "entry is" : "entries are", first);
}
