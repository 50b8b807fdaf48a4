// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee log status: how far the TEE's log of measurements is.
 */
#include <inttypes.h>
#include <stdio.h>

#include "format.h"
#include "json.h"
#include "log.h"

static bool is_used(const struct imatee_log_status *s, unsigned int pcr)
{
	return s->pcrs_used & 1u << pcr;
}

static json_t *json_pcr(const struct imatee_log_status *s, unsigned int number)
{
	struct imatee_pcr pcr = s->pcrs[number];
	json_t *object = json_object();
	enum bank bank;

	json_set(object, "pcr", json_u64(number));
	for (bank = 0; bank < BANK_COUNT; bank++)
		json_set(object, bank_name(bank),
			 json_hex(bank_value(&pcr, bank), bank_size(bank)));
	return object;
}

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_log_status *s,
				   uint64_t trimmed)
{
	json_t *object = json_begin(args);
	json_t *pcrs = json_array();
	unsigned int i;

	json_set(object, "boot_id",
		 json_hex(s->state.boot_id, sizeof(s->state.boot_id)));
	json_set(object, "entries", json_u64(s->entries));
	json_set(object, "violations", json_u64(s->violations));
	json_set(object, "trimmed", json_u64(trimmed));
	json_set(object, "open_first", json_u64(s->open_first));
	json_set(object, "open_entries", json_u64(s->open_count));
	json_set(object, "open_bytes", json_u64(s->open_len));
	json_set(object, "secure_bytes", json_u64(s->secure_bytes));
	for (i = 0; i < IMATEE_PCRS; i++)
		if (is_used(s, i))
			json_append(pcrs, json_pcr(s, i));
	json_set(object, "pcrs", pcrs);
	return json_end(args, object);
}

static void add_pcr(struct table *t, const struct imatee_log_status *s,
		    unsigned int number)
{
	struct imatee_pcr pcr = s->pcrs[number];
	char hex[HEX_MAX];
	enum bank bank;

	for (bank = 0; bank < BANK_COUNT; bank++) {
		table_add(t, "PCR %u, %s:", number, bank_name(bank));
		table_add(t, "%s",
			  format_hex(hex, bank_value(&pcr, bank),
				     bank_size(bank)));
	}
}

static void print_text(const struct imatee_log_status *s, uint64_t trimmed)
{
	struct table t = { .columns = 2 };
	unsigned int i;

	table_add(&t, "entries:");
	table_add(&t, "%" PRIu64, s->entries);
	table_add(&t, "violations:");
	table_add(&t, "%" PRIu64, s->violations);
	table_add(&t, "begins at entry:");
	table_add(&t, "%" PRIu64, trimmed);
	table_add(&t, "open segment:");
	table_add(&t,
		  "from entry %" PRIu64 " on, %" PRIu32 " entries, %" PRIu32
		  " bytes",
		  s->open_first, s->open_count, s->open_len);
	table_add(&t, "secure memory:");
	table_add(&t, "%" PRIu32 " bytes", s->secure_bytes);
	for (i = 0; i < IMATEE_PCRS; i++)
		if (is_used(s, i))
			add_pcr(&t, s, i);
	table_print(&t);
}

enum exit_status cmd_log_status(const struct arguments *args)
{
	struct imatee_log_status status;
	struct imatee_log_base base;
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = log_status(args, session, false, &status);
	if (!result)
		result = log_base(args, session, &base);
	imatee_close(session);
	if (result)
		return result;
	if (args->json)
		return print_json(args, &status, base.trimmed);
	print_text(&status, base.trimmed);
	return EXIT_OK;
}
