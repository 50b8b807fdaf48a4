// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: kernel parameters, and which keyrings belong to the TEE. What is not
 * understood must never come out as something weaker.
 */
#include <linux/limits.h>
#include <kunit/test.h>

static void mode_names_known(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mode_from_param("off"), IMATEE_MODE_OFF);
	KUNIT_EXPECT_EQ(test, mode_from_param("keys"), IMATEE_MODE_KEYS);
	KUNIT_EXPECT_EQ(test, mode_from_param("verify"), IMATEE_MODE_VERIFY);
	KUNIT_EXPECT_EQ(test, mode_from_param("full"), IMATEE_MODE_FULL);
}

static void mode_names_unknown(struct kunit *test)
{
	static const char * const names[] = {
		"", " ", "o", "of", "offf", "off ", " off", "OFF", "Off",
		"off,keys", "key", "keyss", "keys\n", "Keys", "0", "1", "no",
		"none", "invalid", "verify\t", "fullest",
	};
	unsigned int i;

	KUNIT_EXPECT_EQ(test, mode_from_param(NULL), MODE_INVALID);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		KUNIT_EXPECT_EQ_MSG(test, mode_from_param(names[i]),
				    MODE_INVALID, "'%s'", names[i]);
}

/* IMATEE_FORCE_MODE: only "off" leaves the kernel its keys, whatever else is written. */
static void mode_forced(struct kunit *test)
{
	static const char * const names[] = {
		"keys", "verify", "full", "Off", "off ", "nonsense",
	};
	unsigned int i;

	KUNIT_EXPECT_FALSE(test, forced_active("off"));
	KUNIT_EXPECT_FALSE(test, forced_verifies("off"));
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		KUNIT_EXPECT_TRUE_MSG(test, forced_active(names[i]), "'%s'",
				      names[i]);
		KUNIT_EXPECT_EQ_MSG(test, forced_verifies(names[i]),
				    mode_from_param(names[i]) == IMATEE_MODE_VERIFY ||
				    mode_from_param(names[i]) == IMATEE_MODE_FULL,
				    "'%s'", names[i]);
		KUNIT_EXPECT_EQ_MSG(test, forced_measures(names[i]),
				    mode_from_param(names[i]) == IMATEE_MODE_FULL,
				    "'%s'", names[i]);
	}
}

/* All but these four: how it is with three depends on the other parameters. */
static void mode_refusals(struct kunit *test)
{
	unsigned int asked;

	KUNIT_EXPECT_NULL(test, refusal(IMATEE_MODE_OFF));
	for (asked = 0; asked <= U8_MAX; asked++)
		if (asked != IMATEE_MODE_OFF && asked != IMATEE_MODE_KEYS &&
		    asked != IMATEE_MODE_VERIFY && asked != IMATEE_MODE_FULL)
			KUNIT_EXPECT_NOT_NULL_MSG(test, refusal(asked),
						  "mode %u", asked);
}

static void seal_values(struct kunit *test)
{
	static const char * const unknown[] = {
		"", "Init", "init ", " init", "inits", "ini", "User", "users",
		"use", "init,user", "off", "never", "0", "1",
	};
	unsigned int i;

	KUNIT_EXPECT_EQ(test, seal_from_param("init"), SEAL_INIT);
	KUNIT_EXPECT_EQ(test, seal_from_param("user"), SEAL_USER);
	KUNIT_EXPECT_EQ(test, seal_from_param(NULL), SEAL_INVALID);
	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		KUNIT_EXPECT_EQ_MSG(test, seal_from_param(unknown[i]),
				    SEAL_INVALID, "'%s'", unknown[i]);
}

static void seal_timeout_values(struct kunit *test)
{
	static const char * const unknown[] = {
		"", "0", "-1", "601", "4294967297", "60s", "0x3c", " 60", "1.5",
		"never",
	};
	unsigned int i;

	KUNIT_EXPECT_EQ(test, timeout_from_param("1"), 1);
	KUNIT_EXPECT_EQ(test, timeout_from_param("60"), 60);
	KUNIT_EXPECT_EQ(test, timeout_from_param("600"), SEAL_TIMEOUT_MAX);
	KUNIT_EXPECT_EQ(test, timeout_from_param(NULL), 0);
	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		KUNIT_EXPECT_EQ_MSG(test, timeout_from_param(unknown[i]), 0,
				    "'%s'", unknown[i]);
}

static void ring_of_keyring(struct kunit *test)
{
	unsigned int id;

	KUNIT_EXPECT_EQ(test, imatee_ring_from_id(INTEGRITY_KEYRING_IMA),
			IMATEE_RING_IMA);
	KUNIT_EXPECT_EQ(test, imatee_ring_from_id(INTEGRITY_KEYRING_EVM),
			IMATEE_RING_EVM);
	KUNIT_EXPECT_EQ(test, imatee_ring_from_id(INTEGRITY_KEYRING_PLATFORM),
			IMATEE_RING_PLATFORM);
	KUNIT_EXPECT_EQ(test, imatee_ring_from_id(INTEGRITY_KEYRING_MACHINE),
			IMATEE_RING_ANY);
	for (id = INTEGRITY_KEYRING_MAX; id < 1000; id++)
		KUNIT_EXPECT_EQ(test, imatee_ring_from_id(id), IMATEE_RING_ANY);
	KUNIT_EXPECT_EQ(test, imatee_ring_from_id(UINT_MAX), IMATEE_RING_ANY);
}

static struct kunit_case mode_cases[] = {
	KUNIT_CASE(mode_names_known),
	KUNIT_CASE(mode_names_unknown),
	KUNIT_CASE(mode_forced),
	KUNIT_CASE(mode_refusals),
	KUNIT_CASE(seal_values),
	KUNIT_CASE(seal_timeout_values),
	KUNIT_CASE(ring_of_keyring),
	{}
};

static struct kunit_suite mode_suite = {
	.name = "imatee-mode",
	.test_cases = mode_cases,
};

kunit_test_suite(mode_suite);
