// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: refusals of a certificate as errno.
 */
#include <linux/limits.h>
#include <kunit/test.h>

static const struct add_case {
	const char *name;
	u32 error;
	int want;
} add_cases[] = {
	{ "too long", IMATEE_ERR_TOO_LONG, -EFBIG },
	{ "malformed", IMATEE_ERR_CERT_MALFORMED, -EBADMSG },
	{ "key not supported", IMATEE_ERR_CERT_KEY, -ENOPKG },
	{ "no subject key identifier", IMATEE_ERR_CERT_NO_SKID, -EBADMSG },
	{ "usage", IMATEE_ERR_CERT_USAGE, -ENOKEY },
	{ "foreign issuer", IMATEE_ERR_CERT_UNTRUSTED, -ENOKEY },
	{ "forged signature", IMATEE_ERR_CERT_SIGNATURE, -EKEYREJECTED },
	{ "revoked", IMATEE_ERR_CERT_REVOKED, -EKEYREJECTED },
	{ "there already", IMATEE_ERR_KEY_EXISTS, -EEXIST },
	{ "key id taken", IMATEE_ERR_KEYID_TAKEN, -ENOTUNIQ },
	{ "ring full", IMATEE_ERR_RING_FULL, -ENOSPC },
	{ "no memory", IMATEE_ERR_RESOURCES, -ENOMEM },
	{ "sealed", IMATEE_ERR_SEALED, -EPERM },
	{ "malformed request", IMATEE_ERR_MALFORMED, -EIO },
	{ "not permitted", IMATEE_ERR_NOT_PERMITTED, -EIO },
	{ "unknown command", IMATEE_ERR_UNKNOWN_COMMAND, -EIO },
	{ "no such error", 1000, -EIO },
	{ "the last of all", U32_MAX, -EIO },
};

KUNIT_ARRAY_PARAM_DESC(add, add_cases, name);

static void add_errno(struct kunit *test)
{
	const struct add_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, imatee_add_errno(c->error), c->want);
}

/* Nothing that the TEE refuses may look like a key that was added. */
static void add_fails_closed(struct kunit *test)
{
	u32 error;

	for (error = 1; error < 256; error++)
		KUNIT_EXPECT_LT_MSG(test, imatee_add_errno(error), 0,
				    "error %u", error);
	KUNIT_EXPECT_LT(test, imatee_add_errno(BIT(31)), 0);
}

static struct kunit_case add_test_cases[] = {
	KUNIT_CASE_PARAM(add_errno, add_gen_params),
	KUNIT_CASE(add_fails_closed),
	{}
};

static struct kunit_suite add_suite = {
	.name = "imatee-add",
	.test_cases = add_test_cases,
};

kunit_test_suite(add_suite);
