// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: requests to trim that are not as long as they say, and the TEE's refusals.
 * Requests have exactly the size that the check is told.
 */
#include <linux/limits.h>
#include <kunit/test.h>

#define SIG_MAX	IMATEE_RECEIPT_SIG_MAX

static const struct length_case {
	const char *name;
	size_t len;
	u32 sig_len;	/* as the request says */
	u32 want;
} length_cases[] = {
	{ "a signature", FIXED + 71, 71, IMATEE_OK },
	{ "one byte", FIXED + 1, 1, IMATEE_OK },
	{ "the longest", FIXED + SIG_MAX, SIG_MAX, IMATEE_OK },
	/* Whether that is one is for the TEE to say. */
	{ "none", FIXED, 0, IMATEE_OK },
	{ "nothing", 0, 0, IMATEE_ERR_MALFORMED },
	{ "no whole request", FIXED - 1, 0, IMATEE_ERR_MALFORMED },
	{ "ends in the length", FIXED - 6, 0, IMATEE_ERR_MALFORMED },
	{ "a byte more than it says", FIXED + 72, 71, IMATEE_ERR_MALFORMED },
	{ "a byte less than it says", FIXED + 70, 71, IMATEE_ERR_MALFORMED },
	{ "a signature that is not there", FIXED, 71, IMATEE_ERR_MALFORMED },
	{ "one that it does not tell of", FIXED + 71, 0, IMATEE_ERR_MALFORMED },
	{ "longer than the longest", FIXED + SIG_MAX + 1, SIG_MAX + 1, IMATEE_ERR_TOO_LONG },
	{ "too long, and says less", FIXED + SIG_MAX + 1, SIG_MAX, IMATEE_ERR_TOO_LONG },
	{ "says more than the longest", FIXED + 71, SIG_MAX + 1, IMATEE_ERR_TOO_LONG },
	{ "says the most", FIXED + 71, U32_MAX, IMATEE_ERR_TOO_LONG },
};

KUNIT_ARRAY_PARAM_DESC(length, length_cases, name);

static void request_length(struct kunit *test)
{
	const struct length_case *c = test->param_value;
	__le32 sig_len = cpu_to_le32(c->sig_len);
	void *request = kunit_kzalloc(test, c->len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, request);
	/* The last two words: .sig_len, .reserved. */
	if (c->len >= FIXED)
		memcpy(request + FIXED - 8, &sig_len, sizeof(sig_len));
	KUNIT_EXPECT_EQ(test, check_length(request, c->len), c->want);
}

static void refusals_are(struct kunit *test)
{
	static const struct {
		u32 error;
		int rc;
	} want[] = {
		{ IMATEE_ERR_TOO_LONG, -EFBIG },
		{ IMATEE_ERR_MALFORMED, -EINVAL },
		{ IMATEE_ERR_CHECKPOINT, -ESTALE },
		{ IMATEE_ERR_RECEIPT, -EKEYREJECTED },
		{ IMATEE_ERR_RESOURCES, -ENOMEM },
		{ IMATEE_ERR_NOT_PERMITTED, -EIO },
		{ IMATEE_ERR_UNKNOWN_COMMAND, -EIO },
		{ U32_MAX, -EIO },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(want); i++)
		KUNIT_EXPECT_EQ_MSG(test, want[i].rc,
				    imatee_refusal_of(refusals, want[i].error)->rc,
				    "error %u", want[i].error);
}

static struct kunit_case trim_cases[] = {
	KUNIT_CASE_PARAM(request_length, length_gen_params),
	KUNIT_CASE(refusals_are),
	{}
};

static struct kunit_suite trim_suite = {
	.name = "imatee-trim",
	.test_cases = trim_cases,
};

kunit_test_suite(trim_suite);
