/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How much memory a function takes.
 */
#ifndef MEMORY_H
#define MEMORY_H

#include <stddef.h>

/* Bytes that are allocated; with its head of 16 bytes each block. */
size_t heap_used(void);

/* The most of them since this was last called. */
size_t heap_peak(void);

/* Calls @function, and returns the bytes of stack that it took. */
size_t stack_of(void (*function)(void));

/* More than that is not seen. */
#define STACK_SEEN (48 * 1024)

#endif /* MEMORY_H */
