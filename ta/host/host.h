/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The platform layer on the host, and the handles by which unit tests and fuzz
 * targets steer it. All of it is reset by host_reset().
 */
#ifndef IMATEE_HOST_H
#define IMATEE_HOST_H

#include "keeper.h"

#include <setjmp.h>

struct host {
	/*
	 * Called after each read of shared memory: the caller of the other
	 * world, which writes to it at the worst moment.
	 */
	void (*after_copy_in)(void *shared, size_t size);
	/* Called before each write to shared memory. */
	void (*before_copy_out)(void *shared, size_t size);
	/* Called before a counter in shared memory is read. */
	void (*before_load)(void *counter);

	/* The instance that platform_keeper_open() reaches; NULL: none. */
	struct keeper *keeper;
	/* Calls to it that still succeed; after them it is dead. */
	unsigned int keeper_calls_left;
	/* Called with each reply of the keeper before the verifier sees it. */
	void (*on_keeper_reply)(uint32_t command, void *buf, size_t *len);

	/* Allocations that still succeed. */
	unsigned int allocs_left;
	/* Bytes handed out and not given back. */
	size_t allocated;

	/* Which device it is; 0: one that has no key of its own. */
	uint8_t device;
	bool no_device_key;
	/* Keys to come that are no number of P-256. */
	unsigned int weak_keys;

	/* Where platform_panic() goes, if .catch_panic. */
	bool catch_panic;
	jmp_buf panic;
	const char *panic_why;

	bool verbose; /* platform_log() writes to stderr */
};

extern struct host host;

void host_reset(void);

#endif /* IMATEE_HOST_H */
