// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee log show: the list of measurements, if it is the TEE's log.
 *
 * The text is made of the binary list, which is what was checked. In the kernel's own
 * text a file's name may have a line feed, and what follows looks like an entry.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry_text.h"
#include "json.h"
#include "log.h"

static json_t *json_field(const struct entry *entry, size_t i)
{
	json_t *object = json_object();
	char id[FIELD_ID_MAX];
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		err(EXIT_FAILED, "field");
	entry_print_field(out, entry, i);
	if (fclose(out))
		err(EXIT_FAILED, "field");
	entry_field_id(entry, i, id);
	json_set(object, "id", json_string(id));
	json_set(object, "value", json_string(text));
	free(text);
	return object;
}

static json_t *json_entry(const struct entry *entry, enum bank bank)
{
	char name[sizeof(entry->name)];
	json_t *object = json_object();
	json_t *fields = json_array();
	size_t i;

	imatee_printable(name, sizeof(name), entry->name, strlen(entry->name));
	json_set(object, "pcr", json_u64(entry->pcr));
	json_set(object, "digest", json_hex(entry->digest, bank_size(bank)));
	json_set(object, "violation",
		 json_boolean(entry_is_violation(entry, bank)));
	json_set(object, "template", json_string(name));
	for (i = 0; i < entry->field_count; i++)
		json_append(fields, json_field(entry, i));
	json_set(object, "fields", fields);
	return object;
}

static enum exit_status print_json(const struct arguments *args,
				   const struct log *log)
{
	json_t *object = json_begin(args);
	json_t *entries = json_array();
	struct list list = log->list;
	struct entry entry;

	while (entry_next(&list, &entry) > 0)
		json_append(entries, json_entry(&entry, list.bank));
	json_set(object, "trimmed", json_u64(log->base.trimmed));
	json_set(object, "bank", json_string(bank_name(list.bank)));
	json_set(object, "entries", entries);
	return json_end(args, object);
}

enum exit_status cmd_log_show(const struct arguments *args)
{
	enum exit_status result;
	struct entry entry;
	struct list list;
	struct log log;

	result = log_take(args, &log);
	if (result)
		return result;
	list = log.list;
	if (args->json)
		result = print_json(args, &log);
	else
		while (entry_next(&list, &entry) > 0)
			entry_print(stdout, &entry, list.bank);
	log_free(&log);
	return result;
}
