// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: errors of the TEE as errno.
 */
#include <linux/limits.h>
#include <kunit/test.h>

static void no_error(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, error_to_errno(IMATEE_CMD_KEY_GET, IMATEE_OK), 0);
}

static void no_key(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, -ENOKEY,
			error_to_errno(IMATEE_CMD_KEY_GET, IMATEE_ERR_NO_KEY));
}

/*
 * IMA and EVM take -ENODATA for "not signed" and -EOPNOTSUPP for "not
 * supported", and let files pass by them. Only 0 may mean that all is well.
 */
static void errors_fail_closed(struct kunit *test)
{
	static const u32 far[] = {
		S8_MAX, U8_MAX, S16_MAX, U16_MAX, (u32)S32_MAX, BIT(31),
		(u32)-ENODATA, (u32)-EOPNOTSUPP, U32_MAX,
	};
	unsigned int i;
	int rc;

	for (i = 0; i < 256 + ARRAY_SIZE(far); i++) {
		u32 error = i < 256 ? i : far[i - 256];

		if (error == IMATEE_OK)
			continue;
		rc = error_to_errno(IMATEE_CMD_KEY_GET, error);
		KUNIT_EXPECT_LT_MSG(test, rc, 0, "error %u", error);
		KUNIT_EXPECT_GE_MSG(test, rc, -MAX_ERRNO, "error %u", error);
		KUNIT_EXPECT_NE_MSG(test, rc, -ENODATA, "error %u", error);
		KUNIT_EXPECT_NE_MSG(test, rc, -EOPNOTSUPP, "error %u", error);
		if (error != IMATEE_ERR_NO_KEY)
			KUNIT_EXPECT_NE_MSG(test, rc, -ENOKEY, "error %u",
					    error);
	}
}

static void unknown_errors(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, -EIO, error_to_errno(IMATEE_CMD_KEY_GET, 1000));
	KUNIT_EXPECT_EQ(test, -EIO, error_to_errno(U32_MAX, U32_MAX));
}

static struct kunit_case errno_cases[] = {
	KUNIT_CASE(no_error),
	KUNIT_CASE(no_key),
	KUNIT_CASE(errors_fail_closed),
	KUNIT_CASE(unknown_errors),
	{}
};

static struct kunit_suite errno_suite = {
	.name = "imatee-errno",
	.test_cases = errno_cases,
};

kunit_test_suite(errno_suite);
