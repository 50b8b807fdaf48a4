// SPDX-License-Identifier: GPL-2.0-only
/*
 * Revocation: the one change of the key set that is allowed after the seal, since it
 * only takes away. The request is signed by a CA that is built into the TEE; who
 * brings it does not matter.
 */
#include <linux/atomic.h>
#include <linux/err.h>

#include "tee.h"

/* Requests that took something away. Verdicts of before are not to be reused. */
static atomic_t revocations = ATOMIC_INIT(0);

/**
 * imatee_revocations - how often something was revoked
 *
 * Whoever keeps a verdict reads this before he makes it, and does not use it when it
 * has become another number.
 */
unsigned int imatee_revocations(void)
{
	return atomic_read(&revocations);
}

static const struct imatee_refusal refusals[] = {
	{ IMATEE_ERR_TOO_LONG, -EFBIG, "request-too-long",
	  "a request has at most 16384 bytes, split the list" },
	{ IMATEE_ERR_SIG_MALFORMED, -EBADMSG, "request-malformed",
	  "it takes openssl cms -sign -binary -nodetach -noattr -outform DER, and one write" },
	{ IMATEE_ERR_REVOKE_UNTRUSTED, -ENOKEY, "signer-untrusted",
	  "the list must be signed by a CA that is built into the TEE" },
	{ IMATEE_ERR_SIG_HASH, -ENOPKG, "request-hash",
	  "sign the list with SHA-224, SHA-256, SHA-384 or SHA-512" },
	{ IMATEE_ERR_REVOKE_SIGNATURE, -EKEYREJECTED, "invalid-signature",
	  "the CA that the request names did not sign it" },
	{ IMATEE_ERR_REVOKE_MALFORMED, -EINVAL, "list-malformed",
	  "a line of the list is not in the form that the documents have, sign it with -binary" },
	{ IMATEE_ERR_REVOKED_FULL, -ENOSPC, "list-full",
	  "the TEE's list is full, build an image without the keys" },
	{ IMATEE_ERR_RESOURCES, -ENOMEM, "tee-out-of-memory",
	  "the TEE is out of memory, try again" },
	/* everything else */
	{ IMATEE_OK, -EIO, "tee-failed", "the TEE did not do it, see its log" },
};

static int refuse(u32 error)
{
	const struct imatee_refusal *r = imatee_refusal_of(refusals, error);

	pr_err_ratelimited("nothing revoked: %s (error %u)\n", r->advice, error);
	integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL, "revoke",
				"imatee_revoke", r->cause, r->rc, 0, r->rc);
	return r->rc;
}

/* @asked: set when the request is on its way. */
static int ask_keeper(const void *request, size_t len,
		      struct imatee_revoke_reply *reply, bool *asked)
{
	struct imatee_channel *ch = imatee_keeper_get();
	u32 error = IMATEE_OK;
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	*asked = true;
	rc = imatee_cmd_revoke(ch, request, len, &error, reply);
	imatee_channel_unlock(ch);
	return rc ?: error ? refuse(error) : 0;
}

/*
 * Before the seal the keeper answers all. After it, what a verifier still has is
 * revoked when the verifier has loaded the keys anew; one that does not ends it all.
 */
static int sync_verifiers(u64 epoch)
{
	if (imatee_state() != IMATEE_SEALED ||
	    (!imatee_sync_all(epoch) &&
	     (imatee_verifier_count() || !imatee_mode_verifies())))
		return 0;
	if (imatee_state() < IMATEE_STOPPED)
		imatee_die("a verifier did not take a revocation: reset the machine");
	return -EIO;
}

static int bring_into_force(u64 epoch)
{
	int rc = sync_verifiers(epoch);

	atomic_inc(&revocations);
	imatee_end_views();
	return rc;
}

static int revoke(const void *request, size_t len)
{
	struct imatee_revoke_reply reply;
	bool asked = false;
	int rc = ask_keeper(request, len, &reply, &asked);

	if (rc == -EIO && asked) {
		/* No verdict: the keeper may have done it. */
		pr_err_ratelimited("it is not known whether the TEE has revoked anything, bring the request again\n");
		imatee_note_digest_revoked();
		bring_into_force(0);
		return rc;
	}
	if (rc)
		return rc;
	if (le32_to_cpu(reply.hdr.flags) & IMATEE_FLAG_DIGEST_REVOKED)
		imatee_note_digest_revoked();
	/* Also if there was nothing new: whoever asked before may have failed here. */
	rc = bring_into_force(le64_to_cpu(reply.hdr.epoch));
	if (rc)
		return rc;
	pr_notice("%u entries on the list of what is revoked are new, %u keys fell\n",
		  le32_to_cpu(reply.entries), le32_to_cpu(reply.keys));
	integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL, "revoke",
				"imatee_revoke", "revoked", 0, 0, 0);
	return 0;
}

/**
 * imatee_revoke - revoke keys, certificates and digests
 * @request: PKCS #7 message with its content, signed by a CA of the TEE's
 * @len: its size in bytes
 *
 * When it returns 0, what the list names verifies nothing any more, nor does a verdict
 * of before count.
 *
 * Return: 0 or a negative errno.
 */
int imatee_revoke(const void *request, size_t len)
{
	int rc;

	if (!imatee_usable())
		return -EIO;
	if (mutex_lock_killable(&imatee_keys_lock))
		return -EINTR;
	rc = revoke(request, len);
	mutex_unlock(&imatee_keys_lock);
	return rc;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "revoke_test.c"
#endif
