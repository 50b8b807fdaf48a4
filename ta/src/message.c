// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "message.h"
#include "platform.h"

void reader_init(struct reader *r, const void *buf, size_t size, size_t beyond)
{
	r->pos = buf;
	r->left = size;
	r->beyond = beyond;
}

const uint8_t *reader_view(struct reader *r, size_t size)
{
	const uint8_t *view = r->pos;

	if (size > r->left)
		return NULL;
	r->pos += size;
	r->left -= size;
	return view;
}

bool reader_take(struct reader *r, void *dst, size_t size)
{
	const uint8_t *view = reader_view(r, size);

	if (view)
		memcpy(dst, view, size);
	return view;
}

bool reader_at_end(const struct reader *r)
{
	return r->left == 0 && r->beyond == 0;
}

void writer_init(struct writer *w, void *shared, size_t size, size_t pos)
{
	w->shared = shared;
	w->size = size;
	w->pos = pos;
	w->needed = 0;
}

bool writer_reserve(struct writer *w, size_t size)
{
	if (w->pos <= w->size && size <= w->size - w->pos)
		return true;
	w->needed = w->pos + size;
	return false;
}

void writer_put(struct writer *w, const void *src, size_t size)
{
	if (w->pos > w->size || size > w->size - w->pos)
		platform_panic("reply written past its reservation");
	if (size)
		platform_copy_out(w->shared + w->pos, src, size);
	w->pos += size;
}

/*
 * By words: of an event's request most should be zero. Its digests are aligned for half of
 * one.
 */
bool all_zero(const void *buf, size_t size)
{
	typedef uint64_t __attribute__((may_alias)) word;
	typedef uint32_t __attribute__((may_alias)) half;
	const uint8_t *byte = buf;
	uint64_t any = 0;

	for (; size && (uintptr_t)byte % sizeof(half); size--)
		any |= *byte++;
	if (size >= sizeof(half) && (uintptr_t)byte % sizeof(word)) {
		any |= *(const half *)(const void *)byte;
		byte += sizeof(half);
		size -= sizeof(half);
	}
	for (; size >= sizeof(word); size -= sizeof(word)) {
		any |= *(const word *)(const void *)byte;
		byte += sizeof(word);
	}
	if (size >= sizeof(half)) {
		any |= *(const half *)(const void *)byte;
		byte += sizeof(half);
		size -= sizeof(half);
	}
	for (; size; size--)
		any |= *byte++;
	return any == 0;
}
