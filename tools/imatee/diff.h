/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comparing the kernel's keyrings with the TEE's.
 */
#ifndef IMATEE_DIFF_H
#define IMATEE_DIFF_H

#include "kernel.h"

enum difference_kind {
	DIFF_KERNEL_ONLY, /* the kernel shows it, the TEE does not hold it */
	DIFF_TEE_ONLY, /* the TEE holds it, the kernel does not show it */
	DIFF_NOT_A_VIEW, /* the kernel has key material of its own for it */
};

/**
 * struct difference - one difference
 * @kind: what differs
 * @kernel: the kernel's key, or NULL with DIFF_TEE_ONLY
 * @tee: the TEE's key, or NULL with DIFF_KERNEL_ONLY
 */
struct difference {
	enum difference_kind kind;
	const struct kernel_key *kernel;
	const struct imatee_key *tee;
};

/*
 * Compares by ring and whole subject key identifier. @views: in this mode, keys
 * of the kernel hold no key material. @out has room for as many entries as both
 * sides have keys, and points into both. Returns the number of differences.
 */
size_t diff_keys(const struct kernel_view *kernel, const struct imatee_key *tee,
		 size_t tee_count, bool views, struct difference *out);

#endif /* IMATEE_DIFF_H */
