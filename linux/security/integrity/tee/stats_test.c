// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: each call is counted once, and by how it went.
 */
#include <kunit/test.h>

static void counted_by_outcome(struct kunit *test)
{
	struct imatee_stats stats = {};

	imatee_count(&stats, 0, 1);
	imatee_count(&stats, -ENOKEY, 1);
	imatee_count(&stats, -EIO, 1);
	imatee_count(&stats, -EIO, 1);
	imatee_count(&stats, -ENOMEM, 1);
	imatee_count(&stats, -ENOPKG, 1);
	imatee_count(&stats, -EKEYREJECTED, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats.calls), 7);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats.no_key), 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats.failures), 2);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats.refused), 3);
}

static void times(struct kunit *test)
{
	struct imatee_stats stats = {};

	KUNIT_EXPECT_EQ(test, imatee_stats_mean(&stats), 0);
	imatee_count(&stats, 0, 10);
	imatee_count(&stats, -EIO, 50);
	imatee_count(&stats, 0, 30);
	KUNIT_EXPECT_EQ(test, imatee_stats_mean(&stats), 30);
	KUNIT_EXPECT_EQ(test, atomic64_read(&stats.ns_max), 50);
}

static struct kunit_case stats_cases[] = {
	KUNIT_CASE(counted_by_outcome),
	KUNIT_CASE(times),
	{}
};

static struct kunit_suite stats_suite = {
	.name = "imatee-stats",
	.test_cases = stats_cases,
};

kunit_test_suite(stats_suite);
