// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "cursor.h"

void cursor_init(struct cursor *c, const void *buf, size_t size)
{
	c->pos = buf;
	c->left = size;
	c->failed = false;
}

void cursor_bytes(struct cursor *c, void *dst, size_t size)
{
	if (c->failed || size > c->left) {
		c->failed = true;
		memset(dst, 0, size);
		return;
	}
	memcpy(dst, c->pos, size);
	c->pos += size;
	c->left -= size;
}

uint8_t cursor_u8(struct cursor *c)
{
	uint8_t value;

	cursor_bytes(c, &value, sizeof(value));
	return value;
}

uint32_t cursor_le32(struct cursor *c)
{
	uint8_t b[4];

	cursor_bytes(c, b, sizeof(b));
	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	       (uint32_t)b[3] << 24;
}

uint64_t cursor_le64(struct cursor *c)
{
	uint64_t low = cursor_le32(c);

	return low | (uint64_t)cursor_le32(c) << 32;
}

void cursor_zero(struct cursor *c, size_t size)
{
	while (size--)
		if (cursor_u8(c))
			c->failed = true;
}

bool cursor_done(const struct cursor *c)
{
	return !c->failed && !c->left;
}
