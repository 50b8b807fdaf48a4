// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json_in.h"

void json_in_fail(struct json_in *in, const char *format, ...)
{
	va_list ap;

	if (in->failed)
		return;
	in->failed = true;
	va_start(ap, format);
	vsnprintf(in->problem, sizeof(in->problem), format, ap);
	va_end(ap);
}

void json_in_begin(struct json_in *in, const void *text, size_t len)
{
	json_error_t error;

	memset(in, 0, sizeof(*in));
	in->object = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (!in->object)
		json_in_fail(in, "line %d: %s", error.line, error.text);
	else if (!json_is_object(in->object))
		json_in_fail(in, "this is no JSON object");
}

bool json_in_end(struct json_in *in)
{
	if (!in->failed && json_object_size(in->object) != in->taken)
		json_in_fail(in, "there is a member that is not known");
	json_decref(in->object);
	in->object = NULL;
	return !in->failed;
}

json_t *json_in_maybe(struct json_in *in, const char *name)
{
	json_t *value = in->failed ? NULL : json_object_get(in->object, name);

	in->taken += value != NULL;
	return value;
}

static json_t *need(struct json_in *in, const char *name)
{
	json_t *value = json_in_maybe(in, name);

	if (!value)
		json_in_fail(in, "\"%s\" is missing", name);
	return value;
}

json_t *json_in_array(struct json_in *in, const char *name, size_t *count)
{
	json_t *value = json_in_maybe(in, name);

	if (value && !json_is_array(value)) {
		json_in_fail(in, "\"%s\" is no array", name);
		value = NULL;
	}
	*count = json_array_size(value);
	return value;
}

bool json_in_bool(struct json_in *in, const char *name, bool missing)
{
	const json_t *value = json_in_maybe(in, name);

	if (!value)
		return missing;
	if (!json_is_boolean(value))
		json_in_fail(in, "\"%s\" is neither true nor false", name);
	return json_is_true(value);
}

static uint64_t u64_of(struct json_in *in, const char *name,
		       const json_t *value)
{
	if (value && (!json_is_integer(value) || json_integer_value(value) < 0))
		json_in_fail(in, "\"%s\" is no number from 0 on", name);
	return in->failed ? 0 : (uint64_t)json_integer_value(value);
}

uint64_t json_in_maybe_u64(struct json_in *in, const char *name,
			   uint64_t missing)
{
	const json_t *value = json_in_maybe(in, name);

	return value ? u64_of(in, name, value) : missing;
}

uint64_t json_in_u64(struct json_in *in, const char *name)
{
	return u64_of(in, name, need(in, name));
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool json_in_is_hex(const json_t *value, uint8_t *data, size_t len)
{
	const char *text = json_string_value(value);
	size_t i;

	if (!text || json_string_length(value) != 2 * len)
		return false;
	for (i = 0; i < len; i++, text += 2) {
		if (digit(text[0]) < 0 || digit(text[1]) < 0)
			return false;
		data[i] = (uint8_t)(digit(text[0]) << 4 | digit(text[1]));
	}
	return true;
}

void json_in_hex(struct json_in *in, const char *name, uint8_t *data,
		 size_t len)
{
	const json_t *value = need(in, name);

	memset(data, 0, len);
	if (value && !json_in_is_hex(value, data, len))
		json_in_fail(in, "\"%s\" is no %zu bytes in hexadecimal", name,
			     len);
}
