// SPDX-License-Identifier: GPL-2.0-only
/*
 * Few of these functions are exported: they are found as an attacker finds them.
 */
#include <crypto/public_key.h>
#include <keys/asymmetric-type.h>
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

/* What integrity_digsig_verify() does in an unpatched kernel. */
int bench_kernel(const struct bench_input *in, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = kernel_verify(in->ring, in->sig.data, in->sig.size,
			       in->digest.data, in->digest.size);

	bench_note(ns, start);
	return rc;
}

int bench_integrity(const struct bench_input *in, u32 *ns)
{
	u64 start = ktime_get_ns();
	int rc = mode_verify(INTEGRITY_KEYRING_IMA, in->sig.data, in->sig.size,
			     in->digest.data, in->digest.size);

	bench_note(ns, start);
	return rc;
}

/* The kernel's arithmetic, and no search for a key. */
int bench_key(const struct bench_input *in, u32 *ns)
{
	const struct public_key *pub = in->key->payload.data[asym_crypto];
	const struct public_key_signature what = {
		.s = in->sig.data,
		.s_size = in->sig.size,
		.digest = in->digest.data,
		.digest_size = in->digest.size,
		.pkey_algo = pub->pkey_algo,
		.hash_algo = "sha256",
		.encoding = strcmp(pub->pkey_algo, "rsa") ? "x962" : "pkcs1",
	};
	u64 start = ktime_get_ns();
	int rc = public_key_verify_signature(pub, &what);

	bench_note(ns, start);
	return rc;
}

/* A verification that ends with the first look at the request. */
int bench_empty(const struct bench_input *in, u32 *ns)
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
	bench_note(ns, start);
	return rc;
}

int bench_nothing(const struct bench_input *in, u32 *ns)
{
	return 0;
}
