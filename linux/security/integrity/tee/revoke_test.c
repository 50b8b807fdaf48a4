// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: refusals of a request to revoke as errno.
 */
#include <linux/limits.h>
#include <kunit/test.h>

static const struct revoke_case {
	const char *name;
	u32 error;
	int want;
} revoke_cases[] = {
	{ "too long", IMATEE_ERR_TOO_LONG, -EFBIG },
	{ "no message", IMATEE_ERR_SIG_MALFORMED, -EBADMSG },
	{ "foreign signer", IMATEE_ERR_REVOKE_UNTRUSTED, -ENOKEY },
	{ "hash", IMATEE_ERR_SIG_HASH, -ENOPKG },
	{ "forged signature", IMATEE_ERR_REVOKE_SIGNATURE, -EKEYREJECTED },
	{ "no list", IMATEE_ERR_REVOKE_MALFORMED, -EINVAL },
	{ "list full", IMATEE_ERR_REVOKED_FULL, -ENOSPC },
	{ "no memory", IMATEE_ERR_RESOURCES, -ENOMEM },
	{ "malformed request", IMATEE_ERR_MALFORMED, -EIO },
	{ "not permitted", IMATEE_ERR_NOT_PERMITTED, -EIO },
	{ "unknown command", IMATEE_ERR_UNKNOWN_COMMAND, -EIO },
	{ "the last of all", U32_MAX, -EIO },
};

KUNIT_ARRAY_PARAM_DESC(revoke, revoke_cases, name);

static void revoke_errno(struct kunit *test)
{
	const struct revoke_case *c = test->param_value;

	KUNIT_EXPECT_EQ(test, imatee_refusal_of(refusals, c->error)->rc, c->want);
}

/* Nothing that the TEE refuses may look like a revocation. */
static void revoke_fails_closed(struct kunit *test)
{
	u32 error;

	for (error = 1; error < 256; error++)
		KUNIT_EXPECT_LT_MSG(test, imatee_refusal_of(refusals, error)->rc, 0, "error %u",
				    error);
}

static struct kunit_case revoke_test_cases[] = {
	KUNIT_CASE_PARAM(revoke_errno, revoke_gen_params),
	KUNIT_CASE(revoke_fails_closed),
	{}
};

static struct kunit_suite revoke_suite = {
	.name = "imatee-revoke",
	.test_cases = revoke_test_cases,
};

kunit_test_suite(revoke_suite);
