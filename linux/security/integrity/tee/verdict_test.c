// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: verdicts of the TEE as errno. None may come out as "not signed" or "not
 * supported", which IMA and EVM let pass in places.
 */
#include <kunit/test.h>

static void verdicts(struct kunit *test)
{
	static const struct {
		u32 error;
		int want;
	} known[] = {
		{ IMATEE_OK, 0 },
		{ IMATEE_ERR_NO_KEY, -ENOKEY },
		{ IMATEE_ERR_SIG_MALFORMED, -EBADMSG },
		{ IMATEE_ERR_TOO_LONG, -EBADMSG },
		{ IMATEE_ERR_SIG_HASH, -ENOPKG },
		{ IMATEE_ERR_SIG_VERSION, -EKEYREJECTED },
		{ IMATEE_ERR_SIG_INVALID, -EKEYREJECTED },
		{ IMATEE_ERR_RESOURCES, -EIO },
		{ IMATEE_ERR_NOT_SYNCED, -EIO },
		{ IMATEE_ERR_BAD_VALUE, -EIO },
		{ IMATEE_ERR_UNKNOWN_COMMAND, -EIO },
		{ U32_MAX, -EIO },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(known); i++)
		KUNIT_EXPECT_EQ_MSG(test, verdict_errno(known[i].error),
				    known[i].want, "error %u", known[i].error);
}

static void one_verdict_passes(struct kunit *test)
{
	u32 error;

	for (error = 1; error < 1000; error++) {
		int rc = verdict_errno(error);

		KUNIT_EXPECT_LT_MSG(test, rc, 0, "error %u", error);
		KUNIT_EXPECT_NE(test, rc, -ENODATA);
		KUNIT_EXPECT_NE(test, rc, -EOPNOTSUPP);
	}
}

static void no_verifier(struct kunit *test)
{
	static const u8 digest[32], sig[80];
	const struct imatee_signed what = {
		.ring = IMATEE_RING_IMA,
		.digest = digest,
		.digest_len = sizeof(digest),
		.sig = sig,
		.sig_len = sizeof(sig),
	};

	/* The tests run in mode "off": there is none. */
	KUNIT_EXPECT_EQ(test, imatee_verdict(&what), -EIO);
}

static struct kunit_case verdict_cases[] = {
	KUNIT_CASE(verdicts),
	KUNIT_CASE(one_verdict_passes),
	KUNIT_CASE(no_verifier),
	{}
};

static struct kunit_suite verdict_suite = {
	.name = "imatee-verdict",
	.test_cases = verdict_cases,
};

kunit_test_suite(verdict_suite);
