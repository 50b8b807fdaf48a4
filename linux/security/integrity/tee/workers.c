// SPDX-License-Identifier: GPL-2.0-only
/*
 * Workers that call the TEE for somebody else, on whatever CPU is idle.
 */
#include <linux/workqueue.h>

#include "tee.h"

/* Started before user space runs, so that nobody can keep memory from it. */
static struct workqueue_struct *queue __ro_after_init;

/*
 * By default a worker stays with the CPUs that share a cache with its caller's. If that is
 * his alone, then the two take turns.
 */
static int use_all_cpus(void)
{
	struct workqueue_attrs *attrs = alloc_workqueue_attrs();
	int rc;

	if (!attrs)
		return -ENOMEM;
	attrs->affn_scope = WQ_AFFN_SYSTEM;
	rc = apply_workqueue_attrs(queue, attrs);
	free_workqueue_attrs(attrs);
	return rc;
}

/**
 * imatee_start_workers - be ready for imatee_queue_work()
 *
 * Once, while the kernel initialises. Without them it starts more slowly, and so are long
 * files measured.
 */
void imatee_start_workers(void)
{
	queue = alloc_workqueue("imatee", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	if (!queue)
		pr_warn("no memory for workers: starting, and hashing, is slow\n");
	else if (use_all_cpus())
		pr_warn("workers use not all CPUs: starting, and hashing, may be slow\n");
}

bool imatee_have_workers(void)
{
	return queue;
}

/**
 * imatee_queue_work - have a worker do it
 * @work: is done at once, by the caller, if there are no workers
 *
 * flush_work() waits for it: not in a worker of these, nor with locks that @work takes.
 */
void imatee_queue_work(struct work_struct *work)
{
	if (queue)
		queue_work(queue, work);
	else
		work->func(work);
}
