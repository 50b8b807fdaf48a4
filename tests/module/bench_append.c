// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entries of IMA's log, by the way of those that are nobody's file: critical data. The
 * policy must measure it: "measure func=CRITICAL_DATA label=imatee_bench".
 */
#include <linux/ima.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "ima.h"
#include "attack.h"
#include "bench.h"

/* With it an entry is about as long as that of a file with a path of 40 characters. */
struct bench_event {
	u64 number;
	u64 unused[2];
};

static struct ima_h_table *table;

/* In mode "full", too, IMA counts here. */
static u64 log_length(void)
{
	return atomic_long_read(&table->len);
}

/* One more entry, which the log has not had: its number is how long the log was. */
int bench_append(const struct bench_input *in, u32 *ns)
{
	const struct bench_event event = { .number = log_length() };
	u64 start = ktime_get_ns();
	int rc = ima_measure_critical_data("imatee_bench", "imatee_bench", &event,
					   sizeof(event), false, NULL, 0);

	bench_note(ns, start);
	if (!rc && log_length() == event.number)
		rc = -EEXIST;
	return rc;
}

/* Until the log has that many entries; it may have more already. */
int bench_fill(u64 entries)
{
	int rc = 0;

	table = find_symbol("ima_htable");
	if (!table)
		return -ENOENT;
	while (!rc && log_length() < entries) {
		rc = fatal_signal_pending(current) ? -EINTR : bench_append(NULL, NULL);
		cond_resched();
	}
	return rc;
}
