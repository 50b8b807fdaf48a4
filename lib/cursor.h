/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bounds-checked cursor over a reply. No decoder does pointer arithmetic of
 * its own. It fails once and for all: what is read after that is zero.
 */
#ifndef IMATEE_CURSOR_H
#define IMATEE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cursor {
	const uint8_t *pos;
	size_t left;
	bool failed;
};

void cursor_init(struct cursor *c, const void *buf, size_t size);

uint8_t cursor_u8(struct cursor *c);
uint32_t cursor_le32(struct cursor *c);
uint64_t cursor_le64(struct cursor *c);
void cursor_bytes(struct cursor *c, void *dst, size_t size);

/* @size bytes that must be zero. */
void cursor_zero(struct cursor *c, size_t size);

/* Whether all was read, nothing trails, and nothing failed. */
bool cursor_done(const struct cursor *c);

#endif /* IMATEE_CURSOR_H */
