/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imatee_bench: the calls that are measured.
 */
#ifndef IMATEE_BENCH_H
#define IMATEE_BENCH_H

#include <linux/key.h>
#include <linux/ktime.h>
#include <linux/types.h>

struct modsig;
struct seq_file;

/* Whose call it is. */
enum bench_side {
	BENCH_KERNEL,
	BENCH_TEE,
	BENCH_SIDES
};

struct bench_blob {
	void *data;
	ssize_t size;
};

/**
 * struct bench_input - what is verified, and with what
 * @key: the kernel's own, of the certificate; or NULL
 * @ring: a keyring with @key alone
 * @sig: the signature, as each call wants it
 * @digest: what it signs
 * @file: with an appended signature
 * @modsig: that signature, parsed, with the digest of what it signs
 */
struct bench_input {
	struct key *key;
	struct key *ring;
	struct bench_blob sig, digest, file;
	struct modsig *modsig;
};

/* Finds the functions below in the kernel; false if one is not there. */
bool bench_find(void);

/* What IMA does with a file before it verifies the appended signature. */
int bench_read_modsig(struct bench_input *in);
void bench_free_modsig(struct bench_input *in);

/* Makes the log of measurements at least that long; comes before bench_append(). */
int bench_fill(u64 entries);

static inline void bench_note(u32 *ns, u64 start)
{
	if (ns)
		*ns = ktime_get_ns() - start;
}

/* Each makes one call, puts its nanoseconds to @ns, which may be NULL, and returns
 * what the call returned.
 */
typedef int (*bench_call_t)(const struct bench_input *in, u32 *ns);

int bench_kernel(const struct bench_input *in, u32 *ns);
int bench_integrity(const struct bench_input *in, u32 *ns);
int bench_kernel_modsig(const struct bench_input *in, u32 *ns);
int bench_modsig(const struct bench_input *in, u32 *ns);
int bench_key(const struct bench_input *in, u32 *ns);
int bench_empty(const struct bench_input *in, u32 *ns);
int bench_nothing(const struct bench_input *in, u32 *ns);
int bench_append(const struct bench_input *in, u32 *ns);

/* Counts what calls do of which the TEE's should do nothing; stop in any case. */
int bench_watch_start(void);
void bench_watch_stop(void);
void bench_watch_show(struct seq_file *m);

/* Around each call. */
void bench_watch(enum bench_side side);
void bench_unwatch(void);

#endif /* IMATEE_BENCH_H */
