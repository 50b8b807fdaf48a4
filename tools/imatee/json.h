/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON output. The schema is docs/man/imatee-json.5.
 */
#ifndef IMATEE_JSON_H
#define IMATEE_JSON_H

#include <jansson.h>

#include "tool.h"

/* The object of a command, with what is in all of them. */
json_t *json_begin(const struct arguments *args);

/* Prints the object, with a line feed, and frees it. */
enum exit_status json_end(const struct arguments *args, json_t *object);

/* The same as text, for free(); the object stays the caller's. */
char *json_text(const json_t *object);

void json_print_error(const struct arguments *args, enum exit_status status,
		      const char *name, const char *message);

/* Sets a member; out of memory ends the program. */
void json_set(json_t *object, const char *name, json_t *value);
void json_append(json_t *array, json_t *value);

json_t *json_u64(uint64_t value);
json_t *json_hex(const uint8_t *data, size_t len);
json_t *json_keyid(uint32_t keyid);
json_t *json_key(const struct imatee_key *key);
json_t *json_revoked(const struct imatee_revoked_entry *entries, size_t count);

#endif /* IMATEE_JSON_H */
