// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_bench: what a call does beside what it is for. Where memory is allocated, shared
 * with the TEE, or something asked of user space for it, a probe counts; and where the TEE
 * is called, how often, and how much memory it is lent for one call.
 */
#include <linux/kprobes.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/tee_core.h>
#include <linux/tee_drv.h>

#include "bench.h"

#define INVOKE	"tee_client_invoke_func"

static struct {
	const char *function;
	const char *what;
	unsigned int count[BENCH_SIDES];
	struct kprobe probe;
} watched[] = {
	{ "__kmalloc_noprof", "allocation" },
	{ "__kmalloc_cache_noprof", "allocation" },
	{ "__kmalloc_node_noprof", "allocation" },
	{ "kmem_cache_alloc_noprof", "allocation" },
	{ "kmem_cache_alloc_node_noprof", "allocation" },
	{ "__kvmalloc_node_noprof", "allocation" },
	{ "vmalloc_noprof", "allocation" },
	{ "__alloc_pages_noprof", "allocation" },
	{ "shm_alloc_helper", "registration" },
	{ "register_shm_helper", "registration" },
	{ "optee_rpc_cmd", "request" },
	{ "tee_client_open_session", "call" },
	{ INVOKE, "call" },
};

/* Bytes, the most in one call. */
static size_t lent[BENCH_SIDES];

/* Whose calls are counted, and for which side; of the task that runs them alone. */
static struct task_struct *watcher;
static enum bench_side watched_side;

/* As tee_client_invoke_func() is about to see them: its second and third argument. */
static size_t __kprobes lent_with(struct pt_regs *regs)
{
	const struct tee_ioctl_invoke_arg *arg = (void *)regs_get_kernel_argument(regs, 1);
	struct tee_param *param = (void *)regs_get_kernel_argument(regs, 2);
	size_t sum = 0;
	u32 i;

	for (i = 0; i < arg->num_params; i++)
		if (tee_param_is_memref(&param[i]))
			sum += param[i].u.memref.size;
	return sum;
}

/* An interrupt that comes in between is no part of the call. */
static int __kprobes note(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned int i;

	if (READ_ONCE(watcher) != current || in_hardirq() || in_serving_softirq())
		return 0;
	for (i = 0; i < ARRAY_SIZE(watched); i++)
		if (probe == &watched[i].probe)
			watched[i].count[watched_side]++;
	if (!strcmp(probe->symbol_name, INVOKE))
		lent[watched_side] = max(lent[watched_side], lent_with(regs));
	return 0;
}

int bench_watch_start(void)
{
	unsigned int i;
	int rc;

	for (i = 0; i < ARRAY_SIZE(watched); i++) {
		watched[i].probe.symbol_name = watched[i].function;
		watched[i].probe.pre_handler = note;
		rc = register_kprobe(&watched[i].probe);
		if (rc) {
			pr_err("cannot watch %s: %d\n", watched[i].function, rc);
			watched[i].probe.pre_handler = NULL;
			return rc;
		}
	}
	return 0;
}

void bench_watch_stop(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(watched); i++)
		if (watched[i].probe.pre_handler)
			unregister_kprobe(&watched[i].probe);
}

void bench_watch(enum bench_side side)
{
	watched_side = side;
	WRITE_ONCE(watcher, current);
}

void bench_unwatch(void)
{
	WRITE_ONCE(watcher, NULL);
}

void bench_watch_show(struct seq_file *m)
{
	static const char *const sides[BENCH_SIDES] = { "kernel", "tee" };
	unsigned int i, side;

	for (i = 0; i < ARRAY_SIZE(watched); i++)
		for (side = 0; side < BENCH_SIDES; side++)
			seq_printf(m, "watch %s %s %s %u\n", sides[side], watched[i].what,
				   watched[i].function, watched[i].count[side]);
	for (side = 0; side < BENCH_SIDES; side++)
		seq_printf(m, "watch %s lent %s %zu\n", sides[side], INVOKE, lent[side]);
}
