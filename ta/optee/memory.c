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
	for (; size >= 8 * sizeof(word); size -= 8 * sizeof(word)) {
		word *const at = (word *)(void *)to;

		at[0] = pattern;
		at[1] = pattern;
		at[2] = pattern;
		at[3] = pattern;
		at[4] = pattern;
		at[5] = pattern;
		at[6] = pattern;
		at[7] = pattern;
		to += 8 * sizeof(word);
	}
	for (; size >= sizeof(word); size -= sizeof(word)) {
		*(word *)(void *)to = pattern;
		to += sizeof(word);
	}
	for (; size; size--)
		*to++ = (uint8_t)byte;
	return buf;
}

/*
 * By units of a type, as far as they go; both ends are aligned for it, and moved on. Four
 * in a turn: the turn itself takes as long as a unit.
 */
#define COPY_UNITS(type, to, from, size)                                     \
	for (; (size) >= 4 * sizeof(type); (size) -= 4 * sizeof(type)) {     \
		type *const at = (type *)(void *)(to);                       \
		const type *const of = (const type *)(const void *)(from);   \
                                                                             \
		at[0] = of[0];                                               \
		at[1] = of[1];                                               \
		at[2] = of[2];                                               \
		at[3] = of[3];                                               \
		(to) += 4 * sizeof(type);                                    \
		(from) += 4 * sizeof(type);                                  \
	}                                                                    \
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
	COPY_UNITS(uint8_t, to, from, size);
	return dst;
}
