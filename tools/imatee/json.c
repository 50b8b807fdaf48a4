// SPDX-License-Identifier: GPL-2.0-or-later
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "format.h"
#include "json.h"

static json_t *need(json_t *value)
{
	if (!value)
		errx(EXIT_FAILED, "out of memory");
	return value;
}

void json_set(json_t *object, const char *name, json_t *value)
{
	if (json_object_set_new(object, name, need(value)))
		errx(EXIT_FAILED, "out of memory");
}

void json_append(json_t *array, json_t *value)
{
	if (json_array_append_new(array, need(value)))
		errx(EXIT_FAILED, "out of memory");
}

json_t *json_begin(const struct arguments *args)
{
	json_t *object = need(json_object());

	json_set(object, "schema", json_integer(JSON_SCHEMA));
	json_set(object, "command", json_string(args->command));
	return object;
}

enum exit_status json_end(const struct arguments *args, json_t *object)
{
	int rc = json_dumpf(object, stdout, JSON_INDENT(2));

	json_decref(object);
	putchar('\n');
	if (!rc)
		return EXIT_OK;
	warn("%s: standard output", args->command);
	return EXIT_FAILED;
}

char *json_text(const json_t *object)
{
	char *text = json_dumps(object, JSON_INDENT(2));
	char *line = NULL;

	if (!text || asprintf(&line, "%s\n", text) < 0)
		errx(EXIT_FAILED, "out of memory");
	free(text);
	return line;
}

void json_print_error(const struct arguments *args, enum exit_status status,
		      const char *name, const char *message)
{
	json_t *object = json_begin(args);
	json_t *error = need(json_object());

	json_set(error, "status", json_integer(status));
	json_set(error, "name", json_string(name));
	json_set(error, "message", json_string(message));
	json_set(object, "error", error);
	json_end(args, object);
}

/* JSON's integers, as jansson has them, are signed. */
json_t *json_u64(uint64_t value)
{
	return json_integer(value > INT64_MAX ? INT64_MAX : (json_int_t)value);
}

json_t *json_hex(const uint8_t *data, size_t len)
{
	char text[HEX_MAX];

	return json_string(format_hex(text, data, len));
}

json_t *json_keyid(uint32_t keyid)
{
	char text[9];

	snprintf(text, sizeof(text), "%08" PRIx32, keyid);
	return json_string(text);
}

json_t *json_key(const struct imatee_key *key)
{
	json_t *object = need(json_object());

	json_set(object, "ring", json_string(imatee_ring_name(key->ring)));
	json_set(object, "index", json_u64(key->index));
	json_set(object, "keyid", json_keyid(key->keyid));
	json_set(object, "skid", json_hex(key->skid, key->skid_len));
	json_set(object, "algorithm", json_string(imatee_algo_name(key->algo)));
	json_set(object, "bits", json_u64(key->key_bits));
	json_set(object, "source",
		 json_string(imatee_source_name(key->source)));
	json_set(object, "subject", json_string(key->subject));
	json_set(object, "fingerprint",
		 json_hex(key->fingerprint, sizeof(key->fingerprint)));
	json_set(object, "not_before", json_u64(key->not_before));
	json_set(object, "not_after", json_u64(key->not_after));
	json_set(object, "public_key_bytes", json_u64(key->pubkey_len));
	json_set(object, "certificate_bytes", json_u64(key->cert_len));
	return object;
}

json_t *json_revoked(const struct imatee_revoked_entry *entries, size_t count)
{
	json_t *array = need(json_array());
	json_t *object;
	size_t i;

	for (i = 0; i < count; i++) {
		object = need(json_object());
		json_set(
			object, "kind",
			json_string(imatee_revoked_kind_name(entries[i].kind)));
		json_set(object, "hash",
			 json_hex(entries[i].hash, entries[i].hash_len));
		json_set(object, "source",
			 json_string(imatee_source_name(entries[i].source)));
		json_append(array, object);
	}
	return array;
}
