// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verification in the mode "verify": signature and digest go to the TEE, which
 * answers. What the kernel still reads of a signature can only refuse it.
 */
#include <linux/err.h>
#include <linux/jump_label.h>
#include <linux/ktime.h>
#include <linux/ratelimit.h>

#include "tee.h"

struct imatee_stats imatee_verdicts;

/*
 * Which way verification goes stands in the kernel's code, out of reach of an
 * attacker who writes data. Before the seal there is no verifier with keys, and it
 * goes as in mode "keys".
 */
static DEFINE_STATIC_KEY_FALSE(tee_verifies);

/**
 * imatee_verifies - does the TEE verify, instead of handing out keys?
 *
 * Return: true in mode "verify", from the seal on.
 */
bool imatee_verifies(void)
{
	return static_branch_likely(&tee_verifies);
}

/**
 * imatee_verify_from_now - have the TEE verify
 *
 * At the seal, once.
 *
 * Return: false if the kernel's code was not changed. It is not if data claim that
 * it was, and an attacker may have written them.
 */
bool imatee_verify_from_now(void)
{
	static_branch_enable(&tee_verifies);
	return imatee_verifies();
}

/**
 * imatee_may_verify - may the kernel verify with keys of the TEE?
 *
 * Return: true but in mode "verify" after the seal.
 */
bool imatee_may_verify(void)
{
	return !imatee_mode_verifies() || imatee_state() < IMATEE_SEALED;
}

/* What asymmetric_verify() and those below it say of the same. */
static int verdict_errno(u32 error)
{
	switch (error) {
	case IMATEE_OK:
		return 0;
	case IMATEE_ERR_NO_KEY:
		return -ENOKEY;
	case IMATEE_ERR_SIG_MALFORMED:
	case IMATEE_ERR_TOO_LONG:
		return -EBADMSG;
	case IMATEE_ERR_SIG_HASH:
		return -ENOPKG;
	case IMATEE_ERR_SIG_VERSION:
	case IMATEE_ERR_SIG_INVALID:
	case IMATEE_ERR_DIGEST_REVOKED:
		return -EKEYREJECTED;
	default:
		return -EIO;
	}
}

static int ask(const struct imatee_signed *what, u32 *error)
{
	struct imatee_channel *ch = imatee_verifier_get();
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	rc = imatee_cmd_verify(ch, what, error);
	imatee_channel_unlock(ch);
	return rc;
}

/**
 * imatee_verdict - have the TEE verify a signature
 * @what: the signature, and the digest that it is to have signed
 *
 * One call of the TEE. A signal ends the wait for it, not the call.
 *
 * Return: 0 if the signature is valid, -EIO if there is no verdict, or the errno
 * that the kernel itself would have for the signature.
 */
int imatee_verdict(const struct imatee_signed *what)
{
	u64 start = ktime_get_ns();
	u32 error = IMATEE_OK;
	int rc = ask(what, &error);

	if (!rc)
		rc = verdict_errno(error);
	if (rc == -EIO && error)
		pr_err_ratelimited("signature not verified: error %u (see imatee_abi.h)\n",
				   error);
	imatee_count(&imatee_verdicts, rc, ktime_get_ns() - start);
	return rc;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "verdict_test.c"
#endif
