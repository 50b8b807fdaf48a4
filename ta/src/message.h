/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bounds-checked cursors: one to take a request apart, one to build a reply.
 * No handler does pointer arithmetic of its own.
 */
#ifndef IMATEE_MESSAGE_H
#define IMATEE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads private memory. */
struct reader {
	const uint8_t *pos;
	size_t left;
	size_t beyond; /* bytes of the message that are not in the buffer */
};

/* @buf has the first @size bytes of a message; @beyond more were left out. */
void reader_init(struct reader *r, const void *buf, size_t size, size_t beyond);

/* Takes @size bytes; false, and nothing taken, if fewer are left. */
bool reader_take(struct reader *r, void *dst, size_t size);

/* Points at the next @size bytes instead of copying them; NULL as above. */
const uint8_t *reader_view(struct reader *r, size_t size);

bool reader_at_end(const struct reader *r);

/* Writes shared memory, each byte once and never reading it. */
struct writer {
	uint8_t *shared;
	size_t size;
	size_t pos;
	size_t needed; /* whole size wanted, when a reservation failed */
};

void writer_init(struct writer *w, void *shared, size_t size, size_t pos);

/* Is there room for @size more bytes? If not, notes how much was needed. */
bool writer_reserve(struct writer *w, size_t size);

/* Writes @size bytes for which room was reserved; panics without room. */
void writer_put(struct writer *w, const void *src, size_t size);

/* Whether all of @size bytes are zero. */
bool all_zero(const void *buf, size_t size);

#endif /* IMATEE_MESSAGE_H */
