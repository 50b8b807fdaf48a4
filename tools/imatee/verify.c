// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The list says neither where it begins nor where it ends. It must end where the quote
 * does, so the number of its entries tells where it begins.
 */
#include <err.h>
#include <inttypes.h>
#include <string.h>

#include "verify.h"

static bool same_boot(const struct verification *v)
{
	return v->has_state && !memcmp(v->state.boot_id, v->quote.info.boot_id,
				       sizeof(v->state.boot_id));
}

static enum exit_status incomplete(const struct arguments *args, uint64_t seen,
				   uint64_t first, const char *why)
{
	return fail(args, EXIT_INCOMPLETE, "log_incomplete",
		    "entries from %" PRIu64 " to %" PRIu64 " are missing: %s",
		    seen, first - 1, why);
}

/* A log only grows, and kernels only come, until the machine is reset. */
static enum exit_status go_on(const struct arguments *args,
			      struct verification *v)
{
	const struct imatee_binding_info *info = &v->quote.info;

	if (v->state.point.position > info->entries ||
	    v->state.point.violations > info->violations ||
	    v->state.attach_count > info->attach_count)
		return fail(
			args, EXIT_REFUSED, "rolled_back",
			"the log was rolled back: it had %" PRIu64
			" entries when it was verified before, the quote has %" PRIu64,
			v->state.point.position, info->entries);
	v->end = v->state.point;
	if (info->trimmed > v->end.position)
		return incomplete(
			args, v->end.position, info->trimmed,
			"they were trimmed before they were verified here");
	return EXIT_OK;
}

/* Whoever keeps a state, or judges entries, wants to see all of them. */
static enum exit_status begin(const struct arguments *args,
			      struct verification *v)
{
	const struct imatee_binding_info *info = &v->quote.info;

	memcpy(v->end.pcrs, v->quote.base, sizeof(v->end.pcrs));
	v->end.position = info->trimmed;
	if (!info->trimmed)
		return EXIT_OK;
	if ((args->state || v->policy.judges) && !v->policy.trimmed)
		return incomplete(
			args, 0, info->trimmed,
			"they were trimmed, and nothing here says that they were verified");
	warnx("entries from 0 to %" PRIu64
	      " were trimmed: they are not verified here",
	      info->trimmed - 1);
	return EXIT_OK;
}

static enum exit_status find_start(const struct arguments *args,
				   struct verification *v)
{
	memset(&v->end, 0, sizeof(v->end));
	if (v->has_state &&
	    memcmp(v->state.ak, v->ak.name, sizeof(v->state.ak)))
		return fail(
			args, EXIT_REFUSED, "other_device",
			"%s is the state of a device with another key: each has a file of its own",
			args->state);
	return same_boot(v) ? go_on(args, v) : begin(args, v);
}

static enum exit_status differs(const struct arguments *args, const char *name,
				uint64_t position, const char *what)
{
	return fail(args, EXIT_DIFFERENT, name,
		    "entry %" PRIu64 " of the list %s", position, what);
}

/* Leaves v->fresh at v->end.position. */
static enum exit_status skip(const struct arguments *args,
			     struct verification *v)
{
	struct list list = v->quote.list;
	uint64_t count = 0, first;
	struct entry entry;
	int rc;

	while ((rc = entry_next(&list, &entry)) > 0)
		count++;
	if (rc)
		return differs(args, "list_malformed", count,
			       "is none that IMA makes");
	if (count > v->quote.info.entries)
		return fail(args, EXIT_DIFFERENT, "list_differs",
			    "the list has %" PRIu64
			    " entries, the quote only %" PRIu64,
			    count, v->quote.info.entries);
	first = v->quote.info.entries - count;
	if (first > v->end.position)
		return incomplete(args, v->end.position, first,
				  "they are not in the list");
	v->fresh = v->quote.list;
	while (first++ < v->end.position)
		entry_next(&v->fresh, &entry);
	return EXIT_OK;
}

/* All that have entries must be quoted, and no other has a value. */
static bool pcrs_match(const struct verification *v)
{
	const struct pcrs *pcrs = &v->quote.pcrs;
	struct imatee_pcr pcr;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		if (i == IMATEE_PCR_BINDING)
			continue;
		pcr = v->end.pcrs[i];
		/* Zeros, if it is not one of those that are quoted. */
		if (memcmp(bank_value(&pcr, pcrs->bank), pcrs->values[i],
			   bank_size(pcrs->bank)))
			return false;
	}
	return true;
}

/* How many of the violations were trimmed is not told. */
static bool violations_match(const struct verification *v)
{
	const uint64_t wanted = v->quote.info.violations;

	return same_boot(v) || !v->quote.info.trimmed ?
		       v->end.violations == wanted :
		       v->end.violations <= wanted;
}

enum exit_status verify_log(const struct arguments *args,
			    struct verification *v)
{
	enum exit_status result;
	struct list list;

	result = find_start(args, v);
	if (!result)
		result = skip(args, v);
	if (result)
		return result;
	v->first = v->end.position;
	list = v->fresh;
	if (replay_to(&v->end, v->quote.info.entries, &list) != LIST_HOLDS)
		return differs(args, "list_differs", v->end.position,
			       "does not have the digest of what it says");
	if (!pcrs_match(v) || !violations_match(v))
		return fail(
			args, EXIT_DIFFERENT, "list_differs",
			"the list is not the log that is quoted: with its entries the PCRs would have other values");
	v->end.violations = v->quote.info.violations;
	return EXIT_OK;
}
