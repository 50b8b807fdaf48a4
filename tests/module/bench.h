/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imatee_bench: the calls that are measured.
 */
#ifndef IMATEE_BENCH_H
#define IMATEE_BENCH_H

#include <linux/key.h>
#include <linux/types.h>

struct bench_blob {
	void *data;
	ssize_t size;
};

/* Finds the functions below in the kernel; false if one is not there. */
bool bench_find(void);

/* Each makes one call, puts its nanoseconds to @ns, which may be NULL, and returns
 * what the call returned.
 */
int bench_kernel(struct key *ring, const struct bench_blob *sig,
		 const struct bench_blob *digest, u32 *ns);
int bench_integrity(const struct bench_blob *sig,
		    const struct bench_blob *digest, u32 *ns);
int bench_empty(u32 *ns);

#endif /* IMATEE_BENCH_H */
