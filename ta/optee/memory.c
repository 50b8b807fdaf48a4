// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * OP-TEE's libutils is built for size: its memset() and memcpy() take five instructions a
 * byte. An event clears some 17 KiB of hashes and requests, and copies 2 KiB, which was
 * more than half of all that it took. Half of the copies are not aligned.
 *
 * sub.mk keeps the compiler from making calls of these functions of their own loops.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint64_t __attribute__((may_alias)) word;

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
 * BYTES bytes, and both ends moved on. Vectors of bytes need not be aligned, whatever
 * SCTLR_EL1.A says. In C, a compiler that was told to keep to alignment (-mstrict-align)
 * would go byte by byte where the two are not aligned alike, as fields of messages are not.
 */
#ifdef __aarch64__
#define COPY(registers, bytes)                                        \
	__asm__ volatile("ld1 {" registers "}, [%1], #" #bytes "\n\t" \
			 "st1 {" registers "}, [%0], #" #bytes        \
			 : "+r"(to), "+r"(from)                       \
			 :                                            \
			 : "v0", "v1", "v2", "v3", "memory")
#else /* where nobody waits for it */
#define COPY(registers, bytes)                     \
	do {                                       \
		uint8_t *const end = to + (bytes); \
                                                   \
		while (to != end)                  \
			*to++ = *from++;           \
	} while (0)
#endif

void *memcpy(void *restrict dst, const void *restrict src, size_t size)
{
	const uint8_t *from = src;
	uint8_t *to = dst;

	for (; size >= 64; size -= 64)
		COPY("v0.16b-v3.16b", 64);
	if (size & 32)
		COPY("v0.16b-v1.16b", 32);
	if (size & 16)
		COPY("v0.16b", 16);
	if (size & 8)
		COPY("v0.8b", 8);
	for (size %= 8; size; size--)
		*to++ = *from++;
	return dst;
}
