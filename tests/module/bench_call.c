// SPDX-License-Identifier: GPL-2.0-only
/*
 * None of these functions is exported: they are found as an attacker finds them.
 */
#include <linux/err.h>
#include <linux/ktime.h>

#include "tee.h"
#include "attack.h"
#include "bench.h"

static int (*kernel_verify)(struct key *keyring, const char *sig, int siglen,
			    const char *data, int datalen);
static int (*mode_verify)(unsigned int id, const char *sig, int siglen,
			  const char *digest, int digestlen);
static struct imatee_channel *(*verifier_get)(void);
static void (*channel_unlock)(struct imatee_channel *ch);
static int (*cmd_verify)(struct imatee_channel *ch,
			 const struct imatee_signed *what, u32 *error);

bool bench_find(void)
{
	kernel_verify = find_symbol("asymmetric_verify");
	mode_verify = find_symbol("integrity_digsig_verify");
	verifier_get = find_symbol("imatee_verifier_get");
	channel_unlock = find_symbol("imatee_channel_unlock");
	cmd_verify = find_symbol("imatee_cmd_verify");
	return kernel_verify && mode_verify && verifier_get &&
	       channel_unlock && cmd_verify;
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
	int rc = kernel_verify(ring, sig->data, sig->size, digest->data,
				   digest->size);

	note(ns, start);
	return rc;
}

int bench_integrity(const struct bench_blob *sig,
		    const struct bench_blob *digest, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = mode_verify(INTEGRITY_KEYRING_IMA, sig->data, sig->size,
					 digest->data, digest->size);

	note(ns, start);
	return rc;
}

/* A verification that ends with the first look at the request. */
int bench_empty(u32 *ns)
{
	static const u8 nothing[2];
	const struct imatee_signed what = {
		.ring = IMATEE_RING_IMA,
		.digest = nothing,
		.sig = nothing,
		.sig_len = sizeof(nothing),
	};
	u32 error;
	u64 start = ktime_get_ns();
	struct imatee_channel *ch = verifier_get();
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	rc = cmd_verify(ch, &what, &error);
	channel_unlock(ch);
	note(ns, start);
	return rc;
}
