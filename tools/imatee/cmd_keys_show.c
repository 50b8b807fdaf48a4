// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys show ID: one key with all that is known of it. The certificate of
 * one key may be in several rings: then each is shown.
 */
#include <inttypes.h>
#include <stdio.h>

#include "find.h"
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

static void print_text(const struct imatee_key *key)
{
	struct table t = { .columns = 2 };
	char date[DATE_MAX], hex[HEX_MAX];

	table_add(&t, "ring:");
	table_add(&t, "%s, index %" PRIu32, imatee_ring_name(key->ring),
		  key->index);
	table_add(&t, "key id:");
	table_add(&t, "%08" PRIx32, key->keyid);
	table_add(&t, "subject key id:");
	table_add(&t, "%s", format_hex(hex, key->skid, key->skid_len));
	table_add(&t, "subject:");
	table_add(&t, "%s", key->subject);
	table_add(&t, "algorithm:");
	table_add(&t, "%s, %" PRIu32 " bits", imatee_algo_name(key->algo),
		  key->key_bits);
	table_add(&t, "source:");
	table_add(&t, "%s", imatee_source_name(key->source));
	table_add(&t, "valid from:");
	table_add(&t, "%s", format_date(date, key->not_before));
	table_add(&t, "valid until:");
	table_add(&t, "%s", format_date(date, key->not_after));
	table_add(&t, "certificate:");
	table_add(&t, "%zu bytes, SHA-256 %s", key->cert_len,
		  format_hex(hex, key->fingerprint, sizeof(key->fingerprint)));
	table_add(&t, "public key:");
	table_add(&t, "%zu bytes", key->pubkey_len);
	table_print(&t);
}

enum exit_status cmd_keys_show(const struct arguments *args)
{
	struct imatee_key keys[IMATEE_RING_COUNT];
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	size_t count, i;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = find_keys(args, session, keys, &count);
	imatee_close(session);
	if (result)
		return result;
	if (args->json)
		return print_json(args, keys, count);
	for (i = 0; i < count; i++) {
		if (i)
			putchar('\n');
		print_text(&keys[i]);
	}
	return EXIT_OK;
}
