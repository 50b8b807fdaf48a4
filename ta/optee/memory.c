// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * OP-TEE's libutils is built for size: its memset() and memcpy() take five instructions a
 * byte. An event clears some 17 KiB of hashes and requests, and copies 2 KiB, which was
 * more than half of all that it took.
 *
 * sub.mk keeps the compiler from making calls of these functions of their own loops.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((may_alias)) word;
typedef uint32_t __attribute__((may_alias)) half;

void *memset(void *buf, int byte, size_t size)
{
	const word pattern = (uint8_t)byte * 0x0101010101010101u;
	uint8_t *to = buf;

	for (; size && (uintptr_t)to % sizeof(word); size--)
		*to++ = (uint8_t)byte;
	for (; size >= 2 * sizeof(word); size -= 2 * sizeof(word)) {
		((word *)(void *)to)[0] = pattern;
		((word *)(void *)to)[1] = pattern;
		to += 2 * sizeof(word);
	}
	for (; size; size--)
		*to++ = (uint8_t)byte;
	return buf;
}

/* By units of a type, as far as they go; both ends are aligned for it, and moved on. */
#define COPY_UNITS(type, to, from, size)                                     \
	for (; (size) >= sizeof(type); (size) -= sizeof(type)) {             \
		*(type *)(void *)(to) = *(const type *)(const void *)(from); \
		(to) += sizeof(type);                                        \
		(from) += sizeof(type);                                      \
	}

void *memcpy(void *restrict dst, const void *restrict src, size_t size)
{
	const uint8_t *from = src;
	uint8_t *to = dst;
	const uintptr_t apart = (uintptr_t)to ^ (uintptr_t)from;

	if (apart % sizeof(half) == 0) {
		for (; size && (uintptr_t)to % sizeof(half); size--)
			*to++ = *from++;
		if (apart % sizeof(word) == 0) {
			if ((uintptr_t)to % sizeof(word) &&
			    size >= sizeof(half)) {
				*(half *)(void *)to =
					*(const half *)(const void *)from;
				to += sizeof(half);
				from += sizeof(half);
				size -= sizeof(half);
			}
			COPY_UNITS(word, to, from, size);
		}
		COPY_UNITS(half, to, from, size);
	}
	for (; size; size--)
		*to++ = *from++;
	return dst;
}
