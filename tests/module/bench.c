// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_bench: how long verifications and entries of the log take, from entry to
 * exit, measured where they are called. The kernel's own way and the TEE's take turns
 * in one boot, with the same key and the same signature, "block" calls each time.
 *
 *   insmod imatee_bench.ko what=verify cert=FILE sig=FILE digest=FILE n=300
 *   insmod imatee_bench.ko what=modsig cert=FILE file=SIGNED n=300
 *   insmod imatee_bench.ko what=key cert=FILE sig=FILE digest=FILE n=300
 *   insmod imatee_bench.ko what=empty n=300 [before=PREFIX]
 *   insmod imatee_bench.ko what=parallel threads=2 sig=FILE digest=FILE n=300
 *   insmod imatee_bench.ko what=append entries=1000 n=300
 *
 * "key" is public_key_verify_signature() alone, of a signature without a header.
 * "append" first makes the log as long as that, if it is shorter.
 *
 * With block=1 each call comes behind one of the other way, and may find less of its
 * code in the processor's caches, or in QEMU in the host's. With before=PREFIX, a file
 * is opened and a byte of it read before each call: PREFIX0, PREFIX1 and so on. With
 * whole=1 that counts, too, and "kernel" is that alone.
 *
 * With want=-129 a call is to be refused with that errno, else the test ends.
 *
 * With watch=1 it is counted how often a call allocates memory, registers it with the TEE,
 * or asks user space for something in the TEE's name, and how often it calls the TEE.
 *
 * The results are lines in debugfs, imatee_bench: "kernel NS", "tee NS", and for
 * "parallel", "thread N" for each: calls it had made when the first of them was through,
 * and "all NS": until all were; and "watch kernel|tee
 * allocation|registration|request|call FUNCTION COUNT" and "watch kernel|tee lent FUNCTION
 * BYTES", the most memory in one call of the TEE.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kernel_read_file.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/vmalloc.h>

#include "attack.h"
#include "bench.h"

#define WARM_UP	10
#define THREADS	16

static char *what = "verify";
module_param(what, charp, 0400);
static char *cert;
module_param(cert, charp, 0400);
static char *sig;
module_param(sig, charp, 0400);
static char *digest;
module_param(digest, charp, 0400);
static char *file;
module_param(file, charp, 0400);
static unsigned int n = 300;
module_param(n, uint, 0400);
static unsigned int threads = 1;
module_param(threads, uint, 0400);
MODULE_PARM_DESC(threads, "so many, on one CPU after the other");
static unsigned int each = 1;
module_param(each, uint, 0400);
MODULE_PARM_DESC(each, "a sample is the mean of so many calls");
static unsigned long entries;
module_param(entries, ulong, 0400);
static ushort block = 10;
module_param(block, ushort, 0400);
MODULE_PARM_DESC(block, "so many calls of one way, then as many of the other");
static char *before;
module_param(before, charp, 0400);
MODULE_PARM_DESC(before, "what files are called that are opened, but for a number");
static bool whole;
module_param(whole, bool, 0400);
MODULE_PARM_DESC(whole, "what comes before a call is measured with it");
static bool settle;
module_param(settle, bool, 0400);
MODULE_PARM_DESC(settle, "begin each call behind a timer tick");
static int want;
module_param(want, int, 0400);
MODULE_PARM_DESC(want, "what each call is to return, 0 or a negative errno");
static bool watch;
module_param(watch, bool, 0400);
MODULE_PARM_DESC(watch, "count allocations and the like, which takes time");

static struct bench_input in;
static struct dentry *results;
/* Nanoseconds; 0 stands for nothing measured. */
static u32 *by_kernel, *by_tee;
static u64 all;
/* Calls that each has made, now, and when the first of them was through. */
static unsigned int made[THREADS], made_then[THREADS];

static int read_blob(const char *path, struct bench_blob *blob)
{
	ssize_t size = kernel_read_file_from_path(path, 0, &blob->data, INT_MAX,
						  NULL, READING_X509_CERTIFICATE);

	if (size < 0)
		pr_err("cannot read %s: %zd\n", path, size);
	blob->size = size;
	return size < 0 ? size : 0;
}

static int samples_show(struct seq_file *m, void *v)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (by_kernel[i])
			seq_printf(m, "kernel %u\n", by_kernel[i]);
		if (by_tee[i])
			seq_printf(m, "tee %u\n", by_tee[i]);
	}
	for (i = 0; all && i < threads; i++)
		seq_printf(m, "thread %u\n", made_then[i]);
	if (all)
		seq_printf(m, "all %llu\n", all);
	if (watch)
		bench_watch_show(m);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(samples);

static int wanted(int rc)
{
	return rc == want ? 0 : rc ?: -EINVAL;
}

static int open_before(unsigned int i)
{
	char *path = kasprintf(GFP_KERNEL, "%s%u", before, i);
	struct file *opened;
	loff_t pos = 0;
	ssize_t got;
	u8 byte;

	if (!path)
		return -ENOMEM;
	opened = filp_open(path, O_RDONLY, 0);
	kfree(path);
	if (IS_ERR(opened))
		return PTR_ERR(opened);
	got = kernel_read(opened, &byte, sizeof(byte), &pos);
	filp_close(opened, NULL);
	return got == sizeof(byte) ? 0 : -EIO;
}

/* Where instructions are counted, those of a timer tick would be, too, and those of
 * what the last call left to be done, as to free a keyring.
 */
static int sample(bench_call_t call, u32 *samples, unsigned int i)
{
	unsigned int j, calls = i < WARM_UP ? 1 : each;
	u64 start, sum = 0;
	u32 ns = 0;
	int rc = 0;

	for (j = 0; j < calls && !rc; j++) {
		if (settle)
			schedule_timeout_uninterruptible(1);
		start = ktime_get_ns();
		rc = before ? open_before(i) : 0;
		if (rc)
			break;
		if (watch && i >= WARM_UP)
			bench_watch(samples == by_tee ? BENCH_TEE : BENCH_KERNEL);
		rc = wanted(call(&in, &ns));
		if (watch)
			bench_unwatch();
		sum += whole ? ktime_get_ns() - start : ns;
	}
	if (i >= WARM_UP)
		samples[i - WARM_UP] = div_u64(sum, calls);
	return rc;
}

static int some(bench_call_t call, u32 *samples, unsigned int from)
{
	unsigned int i, end = min(from + block, n + WARM_UP);
	int rc = 0;

	for (i = from; call && i < end && !rc; i++)
		rc = sample(call, samples, i);
	return rc;
}

/* One way, then the other, each first as often as the other; either may be NULL. */
static int turns(bench_call_t kernel, bench_call_t tee)
{
	bool kernel_first = false;
	unsigned int i;
	int rc = 0;

	for (i = 0; i < n + WARM_UP && !rc; i += block) {
		if (kernel_first)
			rc = some(kernel, by_kernel, i);
		rc = rc ?: some(tee, by_tee, i);
		if (!kernel_first)
			rc = rc ?: some(kernel, by_kernel, i);
		kernel_first = !kernel_first;
	}
	return rc;
}

/* And what was not signed is refused. */
static int key_alone(void)
{
	u8 *last = in.sig.data + in.sig.size - 1;
	int rc = turns(bench_key, NULL);

	if (rc)
		return rc;
	*last ^= 1;
	rc = bench_key(&in, NULL);
	*last ^= 1;
	/* Which error it is depends on what RSA's padding became. */
	return rc ? 0 : -EINVAL;
}

static DECLARE_COMPLETION(begin);
static DECLARE_COMPLETION(end);
static atomic_t left = ATOMIC_INIT(0);
static atomic_t through = ATOMIC_INIT(0);
static struct task_struct *workers[THREADS];

/* @data: where it counts its calls. */
static int worker(void *data)
{
	unsigned int *count = data, i;
	int rc = 0;

	wait_for_completion(&begin);
	while (*count < n && !rc) {
		rc = wanted(bench_integrity(&in, NULL));
		WRITE_ONCE(*count, *count + 1);
		/* As a program does when its system call returns. */
		cond_resched();
	}
	if (!atomic_cmpxchg(&through, 0, 1))
		for (i = 0; i < threads; i++)
			made_then[i] = READ_ONCE(made[i]);
	if (atomic_dec_and_test(&left))
		complete(&end);
	return rc;
}

/* None of them runs before it is woken. */
static int create_workers(void)
{
	unsigned int i, cpus = num_online_cpus();
	struct task_struct *task;

	for (i = 0; i < threads; i++) {
		task = kthread_create_on_cpu(worker, &made[i], i % cpus,
					     "imatee_bench/%u");
		if (IS_ERR(task))
			return PTR_ERR(task);
		workers[i] = get_task_struct(task);
	}
	return 0;
}

static void run_workers(void)
{
	unsigned int i;
	u64 start;

	atomic_set(&left, threads);
	for (i = 0; i < threads; i++)
		wake_up_process(workers[i]);
	/* Before the clock starts, all of them stand at the line. */
	msleep(100);
	start = ktime_get_ns();
	complete_all(&begin);
	wait_for_completion(&end);
	all = ktime_get_ns() - start;
}

/* Behind this none of them is in the module's code: one that was not woken never is. */
static int end_workers(void)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; i < threads && workers[i]; i++)
		rc = kthread_stop_put(workers[i]) ?: rc;
	return rc;
}

static int parallel(void)
{
	int rc, ended;

	if (!threads || threads > THREADS)
		return -EINVAL;
	rc = create_workers();
	if (!rc)
		run_workers();
	ended = end_workers();
	return rc ?: ended;
}

static int read_input(void)
{
	int rc = 0;

	if (sig)
		rc = read_blob(sig, &in.sig);
	if (!rc && digest)
		rc = read_blob(digest, &in.digest);
	if (!rc && file)
		rc = read_blob(file, &in.file) ?: bench_read_modsig(&in);
	return rc;
}

static int prepare(void)
{
	int rc;

	by_kernel = vcalloc(n, sizeof(*by_kernel));
	by_tee = vcalloc(n, sizeof(*by_tee));
	if (!by_kernel || !by_tee || !bench_find())
		return -ENOENT;
	rc = read_input();
	if (!rc && watch)
		rc = bench_watch_start();
	if (rc || !cert)
		return rc;
	in.key = forge_key(cert);
	if (!in.key)
		return -ENOKEY;
	in.ring = forged_keyring();
	return 0;
}

static void clean_up(void)
{
	debugfs_remove(results);
	bench_watch_stop();
	vfree(by_kernel);
	vfree(by_tee);
	bench_free_modsig(&in);
	vfree(in.sig.data);
	vfree(in.digest.data);
	vfree(in.file.data);
	key_put(in.key);
	forget_forged();
}

static int run(void)
{
	if (!each || !block)
		return -EINVAL;
	if (!strcmp(what, "verify"))
		return turns(in.ring ? bench_kernel : NULL, bench_integrity);
	if (!strcmp(what, "modsig") && in.modsig)
		return turns(in.ring ? bench_kernel_modsig : NULL, bench_modsig);
	if (!strcmp(what, "key") && in.key && in.sig.size)
		return key_alone();
	if (!strcmp(what, "empty"))
		return turns(whole ? bench_nothing : NULL, bench_empty);
	if (!strcmp(what, "parallel"))
		return parallel();
	if (!strcmp(what, "append") && entries >= WARM_UP)
		return bench_fill(entries - WARM_UP) ?: turns(NULL, bench_append);
	return -EINVAL;
}

static int __init bench_init(void)
{
	int rc = prepare() ?: run();

	if (rc) {
		pr_err("%s: %d\n", what, rc);
		clean_up();
		return rc;
	}
	results = debugfs_create_file("imatee_bench", 0400, NULL, NULL,
				      &samples_fops);
	return 0;
}

static void __exit bench_exit(void)
{
	clean_up();
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Measures verifications and measurements (for tests)");
MODULE_LICENSE("GPL");
