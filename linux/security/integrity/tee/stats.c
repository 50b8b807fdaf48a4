// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the TEE was asked, how it went, and how long that took.
 */
#include <linux/errno.h>

#include "tee.h"

/* All calls of trusted applications, whatever for. */
atomic64_t imatee_calls = ATOMIC64_INIT(0);

/**
 * imatee_count - count one call of the TEE
 * @stats: which calls
 * @error: 0, -ENOKEY, -EIO if there was no answer, or another negative errno
 * @ns: how long it took
 */
void imatee_count(struct imatee_stats *stats, int error, u64 ns)
{
	u64 max = atomic64_read(&stats->ns_max);

	atomic64_inc(&stats->calls);
	if (error == -ENOKEY)
		atomic64_inc(&stats->no_key);
	else if (error == -EIO)
		atomic64_inc(&stats->failures);
	else if (error)
		atomic64_inc(&stats->refused);
	atomic64_add(ns, &stats->ns_total);
	while (ns > max && !atomic64_try_cmpxchg(&stats->ns_max, &max, ns))
		;
}

/**
 * imatee_stats_mean - how long a call took on average
 * @stats: which calls
 *
 * Return: nanoseconds, 0 before the first call.
 */
u64 imatee_stats_mean(const struct imatee_stats *stats)
{
	u64 calls = atomic64_read(&stats->calls);

	return calls ? div64_u64(atomic64_read(&stats->ns_total), calls) : 0;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "stats_test.c"
#endif
