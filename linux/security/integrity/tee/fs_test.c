// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: descriptions from the TEE as lines of text.
 */
#include <linux/limits.h>
#include <kunit/test.h>

static const char *line_of(struct kunit *test, const struct imatee_key_info *info)
{
	struct seq_file *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->size = 512;
	m->buf = kunit_kzalloc(test, m->size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, m->buf);
	show_key_info(m, info);
	KUNIT_ASSERT_FALSE(test, seq_has_overflowed(m));
	return m->buf;
}

static void key_line(struct kunit *test)
{
	struct imatee_key_info info = {
		.ring = IMATEE_RING_IMA,
		.algo = IMATEE_ALGO_ECDSA_P256,
		.source = IMATEE_SOURCE_BUILTIN,
		.keyid = cpu_to_le32(0x0123abcd),
		.key_bits = cpu_to_le32(256),
		.subject = "a test key",
	};

	KUNIT_EXPECT_STREQ(test, line_of(test, &info),
			   "ima      0123abcd ecdsa-p256  256 builtin a test key\n");
}

/* Numbers without a name index no array. */
static void unknown_numbers(struct kunit *test)
{
	unsigned int value;

	for (value = 0; value <= U8_MAX; value++) {
		const char *name = name_of(ring_names, ARRAY_SIZE(ring_names),
					   value);

		if (value < IMATEE_RING_IMA || value > IMATEE_RING_COUNT)
			KUNIT_EXPECT_STREQ(test, name, "?");
		else
			KUNIT_EXPECT_STRNEQ(test, name, "?");
		name = name_of(algo_names, ARRAY_SIZE(algo_names), value);
		if (value < IMATEE_ALGO_RSA || value > IMATEE_ALGO_ECDSA_P521)
			KUNIT_EXPECT_STREQ(test, name, "?");
		name = name_of(source_names, ARRAY_SIZE(source_names), value);
		if (value < IMATEE_SOURCE_BUILTIN || value > IMATEE_SOURCE_ADDED)
			KUNIT_EXPECT_STREQ(test, name, "?");
	}
}

/* The struct ends with the subject: KASAN sees a byte read beyond. */
static void subject_without_end(struct kunit *test)
{
	struct imatee_key_info *info =
		kunit_kzalloc(test, sizeof(*info), GFP_KERNEL);
	const char *line, *subject;

	KUNIT_ASSERT_NOT_NULL(test, info);
	memset(info, U8_MAX, sizeof(*info));
	memset(info->subject, 'x', sizeof(info->subject));
	line = line_of(test, info);
	KUNIT_EXPECT_EQ(test, line[0], '?');
	subject = strchr(line, 'x');
	KUNIT_ASSERT_NOT_NULL(test, subject);
	KUNIT_EXPECT_EQ(test, strspn(subject, "x"), IMATEE_SUBJECT_MAX);
	KUNIT_EXPECT_STREQ(test, subject + IMATEE_SUBJECT_MAX, "\n");
}

static struct kunit_case fs_cases[] = {
	KUNIT_CASE(key_line),
	KUNIT_CASE(unknown_numbers),
	KUNIT_CASE(subject_without_end),
	{}
};

static struct kunit_suite fs_suite = {
	.name = "imatee-fs",
	.test_cases = fs_cases,
};

kunit_test_suite(fs_suite);
