// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "json.h"
#include "state.h"

#define STATE_MAX 65536

/* Of its own, beside the schema of what is printed. */
#define STATE_SCHEMA 2

/* One of the array "pcrs"; a PCR that is not there is all zeros. */
static bool take_pcr(const json_t *value, struct log_point *point)
{
	const json_t *number = json_object_get(value, "pcr");
	struct imatee_pcr pcr = { 0 };
	json_int_t n = json_integer_value(number);
	enum bank bank;

	if (!json_is_object(value) || !json_is_integer(number) || n < 0 ||
	    n >= IMATEE_PCRS || json_object_size(value) != 1 + BANK_COUNT)
		return false;
	for (bank = 0; bank < BANK_COUNT; bank++)
		if (!json_in_is_hex(json_object_get(value, bank_name(bank)),
				    bank_value(&pcr, bank), bank_size(bank)))
			return false;
	point->pcrs[n] = pcr;
	return true;
}

static void take_pcrs(struct json_in *in, struct log_point *point)
{
	size_t count, i;
	const json_t *array = json_in_array(in, "pcrs", &count);

	for (i = 0; i < count; i++)
		if (!take_pcr(json_array_get(array, i), point))
			json_in_fail(in, "\"pcrs\" has one that is no PCR");
}

bool state_parse(const void *text, size_t len, struct state *state,
		 char problem[PROBLEM_MAX])
{
	uint64_t attach_count;
	struct json_in in;

	memset(state, 0, sizeof(*state));
	json_in_begin(&in, text, len);
	if (json_in_u64(&in, "state") != STATE_SCHEMA)
		json_in_fail(&in, "it is of another version of this tool");
	json_in_hex(&in, "ak", state->ak, sizeof(state->ak));
	json_in_hex(&in, "boot_id", state->boot_id, sizeof(state->boot_id));
	attach_count = json_in_u64(&in, "attach_count");
	state->attach_count = (uint32_t)attach_count;
	if (attach_count > UINT32_MAX)
		json_in_fail(&in, "\"attach_count\" is too large");
	state->point.position = json_in_u64(&in, "entries");
	state->point.violations = json_in_u64(&in, "violations");
	if (state->point.violations > state->point.position)
		json_in_fail(&in, "there are more violations than entries");
	json_in_hex(&in, "order", state->point.order,
		    sizeof(state->point.order));
	take_pcrs(&in, &state->point);
	if (json_in_end(&in))
		return true;
	strcpy(problem, in.problem);
	return false;
}

/* The state itself is replaced each time: who waits for it would have the old one. */
enum exit_status state_lock(const struct arguments *args, int *fd)
{
	enum exit_status result = EXIT_OK;
	char *path;

	*fd = -1;
	if (!args->state)
		return EXIT_OK;
	if (asprintf(&path, "%s.lock", args->state) < 0)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd < 0 || flock(*fd, LOCK_EX))
		result = fail(args, EXIT_FAILED, "io", "%s: %s", path,
			      strerror(errno));
	free(path);
	return result;
}

enum exit_status state_read(const struct arguments *args, struct state *state,
			    bool *found)
{
	char problem[PROBLEM_MAX];
	enum exit_status result;
	unsigned char *text;
	size_t len;

	*found = false;
	/* The first time there is none. */
	if (!args->state || (access(args->state, F_OK) && errno == ENOENT))
		return EXIT_OK;
	result = file_load(args, args->state, STATE_MAX, &text, &len);
	if (result)
		return result;
	*found = state_parse(text, len, state, problem);
	free(text);
	if (*found)
		return EXIT_OK;
	return fail(args, EXIT_FAILED, "state_malformed",
		    "%s: this is no state of imatee verify-quote: %s",
		    args->state, problem);
}

static json_t *json_pcrs(const struct log_point *point)
{
	static const struct imatee_pcr zero;
	json_t *array = json_array();
	struct imatee_pcr pcr;
	json_t *object;
	enum bank bank;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		pcr = point->pcrs[i];
		if (!memcmp(&pcr, &zero, sizeof(pcr)))
			continue;
		object = json_object();
		json_set(object, "pcr", json_u64(i));
		for (bank = 0; bank < BANK_COUNT; bank++)
			json_set(object, bank_name(bank),
				 json_hex(bank_value(&pcr, bank),
					  bank_size(bank)));
		json_append(array, object);
	}
	return array;
}

enum exit_status state_write(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const struct log_point *point)
{
	json_t *object = json_object();
	enum exit_status result;
	char *text;

	json_set(object, "state", json_u64(STATE_SCHEMA));
	json_set(object, "ak", json_hex(ak->name, sizeof(ak->name)));
	json_set(object, "boot_id",
		 json_hex(quote->info.boot_id, sizeof(quote->info.boot_id)));
	json_set(object, "attach_count", json_u64(quote->info.attach_count));
	json_set(object, "entries", json_u64(point->position));
	json_set(object, "violations", json_u64(point->violations));
	json_set(object, "order", json_hex(point->order, sizeof(point->order)));
	json_set(object, "pcrs", json_pcrs(point));
	text = json_text(object);
	json_decref(object);
	result = file_replace(args, args->state, text, strlen(text));
	free(text);
	return result;
}
