/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strings of bytes that grow, and random numbers that a seed repeats.
 */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
	uint8_t *data;
	size_t len;
};

void bytes_free(struct bytes *b);
void bytes_set(struct bytes *b, const void *data, size_t len);

/* Cuts @gone bytes out at @pos, and puts @len others there. */
void bytes_splice(struct bytes *b, size_t pos, size_t gone, const void *data,
		  size_t len);
void bytes_append(struct bytes *b, const void *data, size_t len);
void bytes_append_byte(struct bytes *b, uint8_t byte);

/* "-" is none. */
void bytes_from_hex(struct bytes *b, const char *hex);
void bytes_print(const struct bytes *b);

void random_seed(uint64_t seed);
uint64_t random_number(void);

/* From 0 to @n - 1. */
size_t random_below(size_t n);
void random_append(struct bytes *b, size_t len);

/* From one to three bits turned over, if there are any. */
void random_flip(struct bytes *b);

/* Ends the program. */
void die(const char *what) __attribute__((noreturn));

/* What has been done, for the name of the row: small letters, figures and "-". */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif /* BYTES_H */
