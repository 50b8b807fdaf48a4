/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is the list beside a quote the log that is quoted?
 */
#ifndef IMATEE_VERIFY_H
#define IMATEE_VERIFY_H

#include "policy.h"
#include "state.h"

/**
 * struct verification - of one quote
 * @nonce: that must be quoted
 * @ak: the key that must have signed
 * @quote: what was brought
 * @policy: what is allowed
 * @state: what was verified before
 * @has_state: there is one
 * @rebooted: it is of another boot
 * @new_kernels: have attached since it was written, or since the boot's first one
 * @counted: no violation was trimmed before it was seen here
 * @first: position of the first entry that is verified now
 * @fresh: the entries from there on
 * @end: the log at the quote
 */
struct verification {
	struct nonce nonce;
	struct ak ak;
	struct quote quote;
	struct policy policy;
	struct state state;
	bool has_state;
	bool rebooted;
	uint32_t new_kernels;
	bool counted;
	uint64_t first;
	struct list fresh;
	struct log_point end;
};

/*
 * Goes through the list from where the last verification ended, or from the quote's base,
 * and compares what comes out with the quote, which was checked. Sets all behind
 * @has_state.
 */
enum exit_status verify_log(const struct arguments *args,
			    struct verification *v);

#endif /* IMATEE_VERIFY_H */
