// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys list: the keys that the TEE holds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "format.h"
#include "json.h"

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_key *keys, size_t count)
{
	json_t *object = json_begin(args);
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_append(array, json_key(&keys[i]));
	json_set(object, "keys", array);
	return json_end(args, object);
}

static void print_text(const struct imatee_key *keys, size_t count)
{
	static const char *const head[] = { "RING",	   "INDEX",  "KEY ID",
					    "ALGORITHM",   "BITS",   "SOURCE",
					    "VALID UNTIL", "SUBJECT" };
	struct table t = { .columns = sizeof(head) / sizeof(head[0]) };
	char date[DATE_MAX];
	size_t i;

	for (i = 0; i < t.columns; i++)
		table_add(&t, "%s", head[i]);
	for (i = 0; i < count; i++) {
		table_add(&t, "%s", imatee_ring_name(keys[i].ring));
		table_add(&t, "%" PRIu32, keys[i].index);
		table_add(&t, "%08" PRIx32, keys[i].keyid);
		table_add(&t, "%s", imatee_algo_name(keys[i].algo));
		table_add(&t, "%" PRIu32, keys[i].key_bits);
		table_add(&t, "%s", imatee_source_name(keys[i].source));
		table_add(&t, "%s", format_date(date, keys[i].not_after));
		table_add(&t, "%s", keys[i].subject);
	}
	table_print(&t);
}

enum exit_status cmd_keys_list(const struct arguments *args)
{
	enum exit_status result;
	struct imatee_key *keys;
	struct imatee *session;
	struct imatee_peer peer;
	size_t count;
	int rc;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	rc = imatee_list_keys(session, args->ring, &keys, &count);
	imatee_close(session);
	if (rc)
		return fail_lib(args, rc);
	if (args->json)
		result = print_json(args, keys, count);
	else if (count)
		print_text(keys, count);
	else
		puts("The TEE holds no key.");
	free(keys);
	return result;
}
