// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_bench: how long verifications take, from entry to exit, measured where
 * they are called. The kernel's own way and the TEE's take turns in one boot, with
 * the same key and the same signature.
 *
 *   insmod imatee_bench.ko what=verify cert=FILE sig=FILE digest=FILE n=300
 *   insmod imatee_bench.ko what=empty n=300
 *   insmod imatee_bench.ko what=parallel threads=2 sig=FILE digest=FILE n=300
 *
 * The results are lines in debugfs, imatee_bench: "kernel NS", "tee NS", and for
 * "parallel", "all NS": until all threads were through.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kernel_read_file.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/vmalloc.h>

#include "attack.h"
#include "bench.h"

#define WARM_UP	10

static char *what = "verify";
module_param(what, charp, 0400);
static char *cert;
module_param(cert, charp, 0400);
static char *sig;
module_param(sig, charp, 0400);
static char *digest;
module_param(digest, charp, 0400);
static unsigned int n = 300;
module_param(n, uint, 0400);
static unsigned int threads = 1;
module_param(threads, uint, 0400);

static struct bench_blob sig_blob, digest_blob;
static struct key *ring;
static struct dentry *file;
/* Nanoseconds; 0 stands for nothing measured. */
static u32 *by_kernel, *by_tee;
static u64 all;

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
	if (all)
		seq_printf(m, "all %llu\n", all);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(samples);

/* One after the other, each first as often as the other. */
static int verify(void)
{
	unsigned int i;
	int rc;

	for (i = 0; i < n + WARM_UP; i++) {
		u32 *to = i < WARM_UP ? NULL : &by_kernel[i - WARM_UP];

		rc = 0;
		if (ring && i & 1)
			rc = bench_kernel(ring, &sig_blob, &digest_blob, to);
		rc = rc ?: bench_integrity(&sig_blob, &digest_blob,
					   i < WARM_UP ? NULL :
					   &by_tee[i - WARM_UP]);
		if (ring && !(i & 1))
			rc = rc ?: bench_kernel(ring, &sig_blob, &digest_blob,
						to);
		if (rc)
			return rc;
	}
	return 0;
}

static int empty(void)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; i < n + WARM_UP && !rc; i++)
		rc = bench_empty(i < WARM_UP ? NULL : &by_tee[i - WARM_UP]);
	return rc;
}

static DECLARE_COMPLETION(begin);
static DECLARE_COMPLETION(end);
static atomic_t left = ATOMIC_INIT(0);
static int failed;

static int worker(void *data)
{
	unsigned int i;
	int rc = 0;

	wait_for_completion(&begin);
	for (i = 0; i < n && !rc; i++)
		rc = bench_integrity(&sig_blob, &digest_blob, NULL);
	if (rc)
		WRITE_ONCE(failed, rc);
	if (atomic_dec_and_test(&left))
		complete(&end);
	return 0;
}

static int parallel(void)
{
	struct task_struct *task;
	unsigned int i;
	u64 start;

	if (!threads || threads > num_online_cpus())
		return -EINVAL;
	atomic_set(&left, threads);
	for (i = 0; i < threads; i++) {
		task = kthread_create_on_cpu(worker, NULL, i, "imatee_bench/%u");
		/* The others wait for ever: a failure here ends the test. */
		if (IS_ERR(task))
			return PTR_ERR(task);
		wake_up_process(task);
	}
	/* Before the clock starts, all of them stand at the line. */
	msleep(100);
	start = ktime_get_ns();
	complete_all(&begin);
	wait_for_completion(&end);
	all = ktime_get_ns() - start;
	return failed;
}

static int prepare(void)
{
	struct key *key;
	int rc = 0;

	by_kernel = vcalloc(n, sizeof(*by_kernel));
	by_tee = vcalloc(n, sizeof(*by_tee));
	if (!by_kernel || !by_tee || !bench_find())
		return -ENOENT;
	if (sig)
		rc = read_blob(sig, &sig_blob);
	if (!rc && digest)
		rc = read_blob(digest, &digest_blob);
	if (rc || !cert)
		return rc;
	key = forge_key(cert);
	if (!key)
		return -ENOKEY;
	key_put(key);
	ring = forged_keyring();
	return 0;
}

static void clean_up(void)
{
	debugfs_remove(file);
	vfree(by_kernel);
	vfree(by_tee);
	vfree(sig_blob.data);
	vfree(digest_blob.data);
	forget_forged();
}

static int run(void)
{
	if (!strcmp(what, "verify"))
		return verify();
	if (!strcmp(what, "empty"))
		return empty();
	if (!strcmp(what, "parallel"))
		return parallel();
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
	file = debugfs_create_file("imatee_bench", 0400, NULL, NULL, &samples_fops);
	return 0;
}

static void __exit bench_exit(void)
{
	clean_up();
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_DESCRIPTION("Measures verifications (for tests)");
MODULE_LICENSE("GPL");
