// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee revoked: what the TEE does not take any more.
 */
#include <stdio.h>
#include <stdlib.h>

#include "format.h"
#include "json.h"

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_revoked_entry *entries,
				   size_t count)
{
	json_t *object = json_begin(args);

	json_set(object, "revoked", json_revoked(entries, count));
	return json_end(args, object);
}

/* Entries as a request has them, to be used in the next image's list. */
static void print_text(const struct imatee_revoked_entry *entries, size_t count)
{
	struct table t = { .columns = 2 };
	char hex[HEX_MAX];
	size_t i;

	table_add(&t, "SOURCE");
	table_add(&t, "ENTRY");
	for (i = 0; i < count; i++) {
		table_add(&t, "%s", imatee_source_name(entries[i].source));
		table_add(
			&t, "%s:%s", imatee_revoked_kind_name(entries[i].kind),
			format_hex(hex, entries[i].hash, entries[i].hash_len));
	}
	table_print(&t);
}

enum exit_status cmd_revoked(const struct arguments *args)
{
	struct imatee_revoked_entry *entries;
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	size_t count;
	int rc;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	rc = imatee_list_revoked(session, &entries, &count);
	imatee_close(session);
	if (rc)
		return fail_lib(args, rc);
	if (args->json)
		result = print_json(args, entries, count);
	else if (count)
		print_text(entries, count);
	else
		puts("Nothing is revoked.");
	free(entries);
	return result;
}
