// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The heap is seen by the linker's --wrap: whatever library allocates comes by here.
 * Of the stack, what is below the caller is painted, and looked at again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

#define PAINT  0x5a3c96e1a53c695aULL
/* The frame of paint() itself. */
#define MARGIN 256

struct block {
	size_t size;
	_Alignas(16) uint8_t data[]; /* for any type */
};

void *__real_malloc(size_t size);
void __real_free(void *ptr);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void __wrap_free(void *ptr);

static size_t used;
static size_t peak;

void *__wrap_malloc(size_t size)
{
	struct block *block = NULL;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = __real_malloc(sizeof(*block) + size);
	if (!block)
		return NULL;
	block->size = size;
	used += sizeof(*block) + size;
	if (used > peak)
		peak = used;
	return block->data;
}

void *__wrap_calloc(size_t count, size_t size)
{
	void *ptr = NULL;

	if (size && count > SIZE_MAX / size)
		return NULL;
	ptr = __wrap_malloc(count * size);
	if (ptr)
		memset(ptr, 0, count * size);
	return ptr;
}

void __wrap_free(void *ptr)
{
	struct block *block = NULL;

	if (!ptr)
		return;
	block = (void *)((uint8_t *)ptr - offsetof(struct block, data));
	used -= sizeof(*block) + block->size;
	__real_free(block);
}

size_t heap_used(void)
{
	return used;
}

size_t heap_peak(void)
{
	const size_t was = peak;

	peak = used;
	return was;
}

/* Both have no frame to speak of, and are called at the same depth. */
static __attribute__((noinline)) void paint(uintptr_t top)
{
	volatile uint64_t *at = (void *)(top - STACK_SEEN);

	while ((uintptr_t)at < top - MARGIN)
		*at++ = PAINT;
}

static __attribute__((noinline)) size_t painted_over(uintptr_t top)
{
	volatile uint64_t *at = (void *)(top - STACK_SEEN);

	while ((uintptr_t)at < top - MARGIN && *at == PAINT)
		at++;
	return top - (uintptr_t)at;
}

__attribute__((noinline)) size_t stack_of(void (*function)(void))
{
	const uintptr_t top = (uintptr_t)__builtin_frame_address(0);

	paint(top);
	function();
	return painted_over(top);
}
