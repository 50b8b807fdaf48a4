// SPDX-License-Identifier: GPL-2.0-only
/*
 * Appended signatures. A file of its own, for IMA's header and imatee's each bring
 * integrity.h.
 */
#include <linux/ktime.h>

#include "ima.h"
#include "attack.h"
#include "bench.h"

static int (*kernel_modsig)(struct key *keyring, const struct modsig *modsig);
static int (*mode_modsig)(unsigned int id, const struct modsig *modsig);
static int (*read_modsig)(enum ima_hooks func, const void *buf, loff_t len,
			  struct modsig **modsig);
static void (*collect_modsig)(struct modsig *modsig, const void *buf,
			      loff_t size);
static void (*free_modsig)(struct modsig *modsig);

static bool find(void)
{
	kernel_modsig = find_symbol("ima_modsig_verify");
	mode_modsig = find_symbol("integrity_modsig_verify");
	read_modsig = find_symbol("ima_read_modsig");
	collect_modsig = find_symbol("ima_collect_modsig");
	free_modsig = find_symbol("ima_free_modsig");
	return kernel_modsig && mode_modsig && read_modsig && collect_modsig &&
	       free_modsig;
}

int bench_read_modsig(struct bench_input *in)
{
	int rc;

	if (!find())
		return -ENOENT;
	rc = read_modsig(MODULE_CHECK, in->file.data, in->file.size,
			 &in->modsig);
	if (!rc)
		collect_modsig(in->modsig, in->file.data, in->file.size);
	return rc;
}

void bench_free_modsig(struct bench_input *in)
{
	if (in->modsig)
		free_modsig(in->modsig);
	in->modsig = NULL;
}

/* What integrity_modsig_verify() does in an unpatched kernel. */
int bench_kernel_modsig(const struct bench_input *in, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = kernel_modsig(in->ring, in->modsig);

	bench_note(ns, start);
	return rc;
}

int bench_modsig(const struct bench_input *in, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = mode_modsig(INTEGRITY_KEYRING_IMA, in->modsig);

	bench_note(ns, start);
	return rc;
}
