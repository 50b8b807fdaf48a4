// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": securityfs integrity/tee/trim. One write is a checkpoint of the TEE's, and
 * a receipt for it: somebody elsewhere has the log up to there. Whether that is so is for
 * the TEE to judge, which has the keys for it. Root alone cannot drop evidence.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "measure.h"

/* What is written begins where struct imatee_log_trim has its head behind it. */
#define HEAD	sizeof(struct imatee_request)
#define FIXED	(sizeof(struct imatee_log_trim) - HEAD)

static const struct imatee_refusal refusals[] = {
	{ IMATEE_ERR_TOO_LONG, -EFBIG, "request-too-long",
	  "a signature has at most 1024 bytes" },
	{ IMATEE_ERR_MALFORMED, -EINVAL, "request-malformed",
	  "it takes a checkpoint, its PCRs and a receipt, as the documents have them" },
	{ IMATEE_ERR_CHECKPOINT, -ESTALE, "checkpoint-stale",
	  "this boot's log never had these PCRs there, quote it anew" },
	{ IMATEE_ERR_RECEIPT, -EKEYREJECTED, "invalid-receipt",
	  "no key that is built into the TEE for receipts has signed it" },
	{ IMATEE_ERR_RESOURCES, -ENOMEM, "tee-out-of-memory",
	  "the TEE is out of memory, try again" },
	/* everything else */
	{ IMATEE_OK, -EIO, "tee-failed", "the TEE did not do it, see its log" },
};

static void audit(const char *cause, int rc)
{
	integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL, "trim", "imatee_trim",
				cause, rc, 0, rc);
}

static int refuse(u32 error)
{
	const struct imatee_refusal *r = imatee_refusal_of(refusals, error);

	pr_err_ratelimited("the log is not trimmed: %s (error %u)\n", r->advice, error);
	audit(r->cause, r->rc);
	return r->rc;
}

/* Is it as long as it says? Return: IMATEE_OK, or what the TEE would say. */
static u32 check_length(const void *request, size_t len)
{
	__le32 sig_len;

	if (len > FIXED + IMATEE_RECEIPT_SIG_MAX)
		return IMATEE_ERR_TOO_LONG;
	if (len < FIXED)
		return IMATEE_ERR_MALFORMED;
	memcpy(&sig_len, request + offsetof(struct imatee_log_trim, sig_len) - HEAD,
	       sizeof(sig_len));
	if (le32_to_cpu(sig_len) > IMATEE_RECEIPT_SIG_MAX)
		return IMATEE_ERR_TOO_LONG;
	return len - FIXED == le32_to_cpu(sig_len) ? IMATEE_OK : IMATEE_ERR_MALFORMED;
}

/* No verdict: it may have been done, and doing it twice does no harm. */
static int no_answer(int rc)
{
	pr_err_ratelimited("it is not known whether the log was trimmed (%d): write it again\n",
			   rc);
	audit("no-answer", rc);
	return rc;
}

static int trim(const void *request, size_t len)
{
	u32 error = check_length(request, len);
	int rc;

	if (error)
		return refuse(error);
	rc = imatee_usable() ? imatee_log_trim(request, len, &error) : -EIO;
	if (rc)
		return no_answer(rc);
	if (error)
		return refuse(error);
	audit("trimmed", 0);
	return 0;
}

/* One write is one request. */
static ssize_t trim_write(struct file *file, const char __user *buf, size_t len,
			  loff_t *pos)
{
	void *request;
	int rc;

	/* What is longer is not worth a copy. */
	if (len > FIXED + IMATEE_RECEIPT_SIG_MAX)
		return refuse(IMATEE_ERR_TOO_LONG);
	request = memdup_user(buf, len);
	if (IS_ERR(request))
		return PTR_ERR(request);
	rc = trim(request, len);
	kfree(request);
	return rc ?: len;
}

static const struct file_operations trim_fops = {
	.write = trim_write,
	.llseek = noop_llseek,
};

/**
 * imatee_create_trim - make the file
 * @dir: securityfs' directory integrity/tee
 *
 * Return: 0 or an errno.
 */
int __init imatee_create_trim(struct dentry *dir)
{
	struct dentry *dentry;

	if (!imatee_measures())
		return 0;
	dentry = securityfs_create_file("trim", 0200, dir, NULL, &trim_fops);
	return PTR_ERR_OR_ZERO(dentry);
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "trim_test.c"
#endif
