// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The list says neither where it begins nor where it ends. It must end where the quote
 * does, so the number of its entries tells where it begins.
 */
#include <err.h>
#include <inttypes.h>
#include <string.h>

#include "format.h"
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

#define TAKES_IT ": \"trimmed\": true in the policy takes it"

/* From where the TEE says that the log begins. */
static void take_base(struct verification *v)
{
	memcpy(v->end.pcrs, v->quote.base, sizeof(v->end.pcrs));
	memcpy(v->end.order, v->quote.info.base_order, sizeof(v->end.order));
	v->end.position = v->quote.info.trimmed;
}

static void warn_trimmed(uint64_t from, uint64_t to)
{
	warnx("entries from %" PRIu64 " to %" PRIu64
	      " were trimmed: they are not verified here",
	      from, to - 1);
}

/* A log only grows, and kernels only come, until the machine is reset. */
static enum exit_status go_on(const struct arguments *args,
			      struct verification *v)
{
	const struct imatee_binding_info *info = &v->quote.info;
	const struct log_point *point = &v->state.point;

	if (point->position > info->entries ||
	    point->violations > info->violations ||
	    v->state.attach_count > info->attach_count)
		return fail(args, EXIT_REFUSED, "rolled_back",
			    "the log was rolled back: entries, violations or "
			    "kernels went back (%" PRIu64 "/%" PRIu64
			    "/%" PRIu32 ", now %" PRIu64 "/%" PRIu64 "/%" PRIu32
			    ")",
			    point->position, point->violations,
			    v->state.attach_count, info->entries,
			    info->violations, info->attach_count);
	v->end = *point;
	v->counted = info->trimmed <= point->position;
	v->new_kernels = info->attach_count - v->state.attach_count;
	/* One of these may be in a mode in which nothing is measured. */
	if (v->new_kernels)
		warnx("kernels have attached since the last quote: %" PRIu32,
		      v->new_kernels);
	if (v->counted)
		return EXIT_OK;
	if (!v->policy.trimmed)
		return incomplete(
			args, point->position, info->trimmed,
			"they were trimmed before they were verified here" TAKES_IT);
	warn_trimmed(point->position, info->trimmed);
	take_base(v);
	return EXIT_OK;
}

/* Whoever keeps a state, or judges anything, wants to see all entries. */
static bool wants_all(const struct arguments *args, const struct policy *policy)
{
	return (args->state || policy->judges || !policy->violations) &&
	       !policy->trimmed;
}

static enum exit_status begin(const struct arguments *args,
			      struct verification *v)
{
	const uint64_t trimmed = v->quote.info.trimmed;

	take_base(v);
	v->counted = !trimmed;
	/* At position 0 is the boot_aggregate of the first that measured. */
	if (v->quote.info.attach_count)
		v->new_kernels = v->quote.info.attach_count - 1;
	if (!trimmed)
		return EXIT_OK;
	if (wants_all(args, &v->policy))
		return incomplete(
			args, 0, trimmed,
			"they were trimmed, and nothing here says that they were verified" TAKES_IT);
	warn_trimmed(0, trimmed);
	return EXIT_OK;
}

/* What was measured between the last quote and the reset went with the TEE's log. */
static void warn_rebooted(const struct verification *v)
{
	const struct state *state = &v->state;
	char hex[HEX_MAX];

	warnx("the machine was reset since: what its log had behind the first %" PRIu64
	      " entries of boot %s was not verified",
	      state->point.position,
	      format_hex(hex, state->boot_id, sizeof(state->boot_id)));
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
	if (same_boot(v))
		return go_on(args, v);
	v->rebooted = v->has_state;
	if (v->rebooted)
		warn_rebooted(v);
	return begin(args, v);
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
		return fail(args, EXIT_DIFFERENT, "list_malformed",
			    "what is behind the first %" PRIu64
			    " entries of the list is none that IMA makes",
			    count);
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

	return v->counted ? v->end.violations == wanted :
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
		return fail(args, EXIT_DIFFERENT, "list_differs",
			    "entry %" PRIu64
			    " does not have the digest of what the list says",
			    v->end.position);
	if (!pcrs_match(v) || !violations_match(v))
		return fail(
			args, EXIT_DIFFERENT, "list_differs",
			"the list is not the log that is quoted: with its entries the PCRs would have other values");
	/* The PCRs do not tell entries of one from those of another, nor what is in a violation. */
	if (memcmp(v->end.order, v->quote.info.order, sizeof(v->end.order)))
		return fail(
			args, EXIT_DIFFERENT, "list_differs",
			"the list is not the log that is quoted: the order of entries of different PCRs, a template's name or a violation is not what was logged");
	v->end.violations = v->quote.info.violations;
	return EXIT_OK;
}
