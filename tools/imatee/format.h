/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values as text, and tables for people.
 */
#ifndef IMATEE_FORMAT_H
#define IMATEE_FORMAT_H

#include <stddef.h>
#include <stdint.h>

/* Room for IMATEE_SKID_MAX bytes in hexadecimal. */
#define HEX_MAX (2 * 64 + 1)

/* Each returns its first argument. At most 64 bytes are shown. */
char *format_hex(char text[HEX_MAX], const uint8_t *data, size_t len);

#define DATE_MAX 32

/* The day, "2036-11-24"; "-" if no calendar has it. */
char *format_date(char text[DATE_MAX], uint64_t seconds);

#define TABLE_COLUMNS 8

/**
 * struct table - rows of text that are aligned when they are printed
 * @columns: how many there are, at most TABLE_COLUMNS; of the last one
 *	     neither width nor characters matter
 *
 * Begins as { .columns = N }; table_print() prints and empties it.
 */
struct table {
	size_t columns;
	size_t used; /* cells */
	char **cells;
};

/* Adds a cell; rows are filled from left to right. */
void table_add(struct table *table, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void table_print(struct table *table);

#endif /* IMATEE_FORMAT_H */
