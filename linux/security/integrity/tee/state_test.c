// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: no state leads back.
 */
#include <kunit/test.h>

#define STATES	(IMATEE_DEAD + 1)

static void only_upwards(struct kunit *test)
{
	unsigned int from, to;

	for (from = 0; from < STATES; from++) {
		for (to = 0; to < STATES; to++) {
			enum imatee_state now = from;
			const char *why = "before";
			bool entered = enter(&now, &why, to, "after");

			KUNIT_EXPECT_EQ_MSG(test, entered, to > from,
					    "%s to %s", state_names[from],
					    state_names[to]);
			KUNIT_EXPECT_EQ(test, now, max(from, to));
			KUNIT_EXPECT_STREQ(test, why, to > from ? "after" :
								  "before");
		}
	}
}

/* The order that the rest of the code compares by. */
static void order(struct kunit *test)
{
	KUNIT_EXPECT_LT(test, IMATEE_ABSENT, IMATEE_ATTACHED);
	KUNIT_EXPECT_LT(test, IMATEE_ATTACHED, IMATEE_SEALED);
	KUNIT_EXPECT_LT(test, IMATEE_SEALED, IMATEE_STOPPED);
	KUNIT_EXPECT_LT(test, IMATEE_STOPPED, IMATEE_DEAD);
}

static void first_reason_stays(struct kunit *test)
{
	enum imatee_state now = IMATEE_SEALED;
	const char *why = "sealed";

	KUNIT_EXPECT_TRUE(test, enter(&now, &why, IMATEE_DEAD, "first"));
	KUNIT_EXPECT_FALSE(test, enter(&now, &why, IMATEE_DEAD, "second"));
	KUNIT_EXPECT_FALSE(test, enter(&now, &why, IMATEE_STOPPED, "third"));
	KUNIT_EXPECT_FALSE(test, enter(&now, &why, IMATEE_ATTACHED, "fourth"));
	KUNIT_EXPECT_STREQ(test, why, "first");
	KUNIT_EXPECT_FALSE(test, usable_in(now));
}

static void usable_states(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, usable_in(IMATEE_ABSENT));
	KUNIT_EXPECT_TRUE(test, usable_in(IMATEE_ATTACHED));
	KUNIT_EXPECT_TRUE(test, usable_in(IMATEE_SEALED));
	KUNIT_EXPECT_FALSE(test, usable_in(IMATEE_STOPPED));
	KUNIT_EXPECT_FALSE(test, usable_in(IMATEE_DEAD));
}

static void names(struct kunit *test)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, ARRAY_SIZE(state_names), STATES);
	for (i = 0; i < ARRAY_SIZE(state_names); i++)
		KUNIT_EXPECT_NOT_NULL(test, state_names[i]);
}

static struct kunit_case state_cases[] = {
	KUNIT_CASE(only_upwards),
	KUNIT_CASE(order),
	KUNIT_CASE(first_reason_stays),
	KUNIT_CASE(usable_states),
	KUNIT_CASE(names),
	{}
};

static struct kunit_suite state_suite = {
	.name = "imatee-state",
	.test_cases = state_cases,
};

kunit_test_suite(state_suite);
