// SPDX-License-Identifier: GPL-2.0-only
/*
 * None of these functions is exported: they are found as an attacker finds them.
 */
#include <linux/err.h>
#include <linux/ktime.h>

#include "attack.h"
#include "bench.h"

/* INTEGRITY_KEYRING_IMA, security/integrity/integrity.h */
#define KEYRING_IMA 1

struct imatee_channel;

static int (*asymmetric_verify)(struct key *keyring, const char *sig, int siglen,
				const char *data, int datalen);
static int (*integrity_digsig_verify)(unsigned int id, const char *sig,
				      int siglen, const char *digest,
				      int digestlen);
static struct imatee_channel *(*verifier_get)(void);
static void (*channel_unlock)(struct imatee_channel *ch);
static int (*cmd_hello)(struct imatee_channel *ch);

bool bench_find(void)
{
	asymmetric_verify = find_symbol("asymmetric_verify");
	integrity_digsig_verify = find_symbol("integrity_digsig_verify");
	verifier_get = find_symbol("imatee_verifier_get");
	channel_unlock = find_symbol("imatee_channel_unlock");
	cmd_hello = find_symbol("imatee_cmd_hello");
	return asymmetric_verify && integrity_digsig_verify && verifier_get &&
	       channel_unlock && cmd_hello;
}

static void note(u32 *ns, u64 start)
{
	if (ns)
		*ns = ktime_get_ns() - start;
}

/* What integrity_digsig_verify() does in an unpatched kernel. */
int bench_kernel(struct key *ring, const struct bench_blob *sig,
		 const struct bench_blob *digest, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = asymmetric_verify(ring, sig->data, sig->size, digest->data,
				   digest->size);

	note(ns, start);
	return rc;
}

int bench_integrity(const struct bench_blob *sig,
		    const struct bench_blob *digest, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = integrity_digsig_verify(KEYRING_IMA, sig->data, sig->size,
					 digest->data, digest->size);

	note(ns, start);
	return rc;
}

/* The least that a call of a verifier can be. */
int bench_empty(u32 *ns)
{
	u64 start = ktime_get_ns();
	struct imatee_channel *ch = verifier_get();
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	rc = cmd_hello(ch);
	channel_unlock(ch);
	note(ns, start);
	return rc;
}
