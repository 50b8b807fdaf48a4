/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON that the tool reads: see imatee-json(5). What is not known there is an error, and
 * so is what is there twice: a policy with a slip of the pen must not be a weaker one.
 */
#ifndef IMATEE_JSON_IN_H
#define IMATEE_JSON_IN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROBLEM_MAX 160

/**
 * struct json_in - an object, while its members are taken
 * @object: it, or NULL if it could not be parsed
 * @problem: what is wrong, for people
 * @taken: how many members were
 * @failed: something was wrong; all that is taken after that is zero
 */
struct json_in {
	json_t *object;
	char problem[PROBLEM_MAX];
	size_t taken;
	bool failed;
};

/* Parses a text with one object. json_in_end() in any case. */
void json_in_begin(struct json_in *in, const void *text, size_t len);

/* Frees it; false if something failed, or a member was not taken. */
bool json_in_end(struct json_in *in);

void json_in_fail(struct json_in *in, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A member that may be missing: NULL then. It stays the object's. */
json_t *json_in_maybe(struct json_in *in, const char *name);

/* Of an array that may be missing: then *@count is 0. */
json_t *json_in_array(struct json_in *in, const char *name, size_t *count);

bool json_in_bool(struct json_in *in, const char *name, bool missing);

/* A number from 0 on, or @missing. */
uint64_t json_in_maybe_u64(struct json_in *in, const char *name,
			   uint64_t missing);

/* These must not be missing. */
uint64_t json_in_u64(struct json_in *in, const char *name);
void json_in_hex(struct json_in *in, const char *name, uint8_t *data,
		 size_t len);

/* Is it a string of exactly @len bytes in hexadecimal, in lower case? */
bool json_in_is_hex(const json_t *value, uint8_t *data, size_t len);

#endif /* IMATEE_JSON_IN_H */
