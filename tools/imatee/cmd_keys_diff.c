// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys diff: where the kernel's keyrings differ from the TEE. Keys in
 * the kernel that the TEE does not hold verify nothing, and are the trace of
 * somebody who tried.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "format.h"
#include "json.h"

/* Both sides, and what differs. */
struct comparison {
	struct imatee_key *tee;
	size_t tee_count;
	struct kernel_view kernel;
	struct difference *differences;
	size_t count;
};

static const char *const kind_names[] = {
	[DIFF_KERNEL_ONLY] = "kernel_only",
	[DIFF_TEE_ONLY] = "tee_only",
	[DIFF_NOT_A_VIEW] = "not_a_view",
};

static const char *const kind_texts[] = {
	[DIFF_KERNEL_ONLY] = "in the kernel only",
	[DIFF_TEE_ONLY] = "in the TEE only",
	[DIFF_NOT_A_VIEW] = "key material in the kernel",
};

static enum exit_status print_json(const struct arguments *args,
				   const struct comparison *c)
{
	json_t *object = json_begin(args);
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < c->count; i++) {
		const struct difference *d = &c->differences[i];
		json_t *entry = json_object();

		json_set(entry, "kind", json_string(kind_names[d->kind]));
		if (d->kernel) {
			json_t *key = json_object();

			json_set(
				key, "ring",
				json_string(imatee_ring_name(d->kernel->ring)));
			json_set(key, "serial",
				 json_integer(d->kernel->serial));
			json_set(key, "skid",
				 json_hex(d->kernel->skid,
					  d->kernel->skid_len));
			json_set(key, "description",
				 json_string(d->kernel->description));
			json_set(entry, "kernel", key);
		}
		if (d->tee)
			json_set(entry, "tee", json_key(d->tee));
		json_append(array, entry);
	}
	json_set(object, "kernel_keys", json_u64(c->kernel.count));
	json_set(object, "tee_keys", json_u64(c->tee_count));
	json_set(object, "differences", array);
	return json_end(args, object);
}

static void print_text(const struct comparison *c)
{
	struct table t = { .columns = 4 };
	size_t i;

	if (!c->count) {
		printf("no difference: the kernel shows the %zu keys that the TEE holds\n",
		       c->tee_count);
		return;
	}
	table_add(&t, "DIFFERENCE");
	table_add(&t, "RING");
	table_add(&t, "KEY");
	table_add(&t, "DESCRIPTION");
	for (i = 0; i < c->count; i++) {
		const struct difference *d = &c->differences[i];

		table_add(&t, "%s", kind_texts[d->kind]);
		if (d->kernel) {
			table_add(&t, "%s", imatee_ring_name(d->kernel->ring));
			table_add(&t, "serial %" PRId32, d->kernel->serial);
			table_add(&t, "%s", d->kernel->description);
		} else {
			table_add(&t, "%s", imatee_ring_name(d->tee->ring));
			table_add(&t, "id %08" PRIx32, d->tee->keyid);
			table_add(&t, "%s", d->tee->subject);
		}
	}
	table_print(&t);
}

static enum exit_status read_tee(const struct arguments *args,
				 struct comparison *c,
				 struct imatee_status *status)
{
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	int rc;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	rc = imatee_get_status(session, status);
	if (!rc)
		rc = imatee_list_keys(session, args->ring, &c->tee,
				      &c->tee_count);
	imatee_close(session);
	return rc ? fail_lib(args, rc) : EXIT_OK;
}

static enum exit_status read_kernel(const struct arguments *args,
				    struct comparison *c)
{
	int rc = kernel_read(args->ring, &c->kernel);

	if (rc == EACCES || rc == EPERM)
		return fail(
			args, EXIT_NO_PERMISSION, "no_permission",
			"the kernel's keyrings cannot be seen: run as root");
	if (rc)
		return fail(args, EXIT_FAILED, "io",
			    "the kernel's keyrings cannot be read: %s",
			    strerror(rc));
	return EXIT_OK;
}

static enum exit_status compare(const struct arguments *args,
				struct comparison *c)
{
	struct imatee_status status;
	enum exit_status result;

	result = read_tee(args, c, &status);
	if (!result)
		result = read_kernel(args, c);
	if (result)
		return result;
	c->differences = calloc(c->kernel.count + c->tee_count + 1,
				sizeof(*c->differences));
	if (!c->differences)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	/* The kernel's mode as the TEE noted it, not as the kernel has it now. */
	c->count = diff_keys(&c->kernel, c->tee, c->tee_count,
			     status.state.attach_count &&
				     status.mode != IMATEE_MODE_OFF,
			     c->differences);
	if (args->json)
		result = print_json(args, c);
	else
		print_text(c);
	if (result)
		return result;
	return c->count ? EXIT_DIFFERENT : EXIT_OK;
}

enum exit_status cmd_keys_diff(const struct arguments *args)
{
	struct comparison c = { 0 };
	enum exit_status result = compare(args, &c);

	free(c.tee);
	kernel_free(&c.kernel);
	free(c.differences);
	return result;
}
