// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: records of a segment, and records that lie. Segments have exactly the size that
 * their head tells, so that KASAN sees a byte read beyond.
 */
#include <linux/limits.h>
#include <kunit/test.h>

#define RECORD	sizeof(struct imatee_log_record)
#define FIRST	1000	/* position of the first record */
#define COUNT	5

/* Record n has a name of n bytes and 10 n bytes of data; those with an odd n violate. */
static u32 size_of(u32 n)
{
	return RECORD + n + 10 * n;
}

static struct imatee_segment *make_segment(struct kunit *test, u32 len)
{
	struct imatee_segment *segment = kunit_kzalloc(test, sizeof(*segment), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, segment);
	segment->head.first = cpu_to_le64(FIRST);
	segment->head.len = cpu_to_le32(len);
	segment->data = kunit_kzalloc(test, len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, segment->data);
	return segment;
}

static struct imatee_segment *segment_of(struct kunit *test, u32 count)
{
	struct imatee_segment *segment;
	u32 len = 0, n;

	for (n = 0; n < count; n++)
		len += size_of(n);
	segment = make_segment(test, len);
	segment->head.count = cpu_to_le32(count);
	for (len = 0, n = 0; n < count; n++) {
		const struct imatee_log_record record = {
			.len = cpu_to_le32(size_of(n)),
			.name_len = n,
			.data_len = cpu_to_le32(10 * n),
			.flags = n & 1 ? IMATEE_EVENT_VIOLATION : 0,
		};

		memcpy(segment->data + len, &record, RECORD);
		len += size_of(n);
	}
	return segment;
}

static void skips_to_each(struct kunit *test)
{
	struct imatee_segment *segment = segment_of(test, COUNT);
	u32 offset = 0, n;

	for (n = 0; n < COUNT; n++) {
		struct imatee_place place = {};

		KUNIT_EXPECT_TRUE(test, imatee_record_skip(segment, FIRST + n, &place));
		KUNIT_EXPECT_EQ(test, place.index, n);
		KUNIT_EXPECT_EQ(test, place.offset, offset);
		/* And again, from there. */
		KUNIT_EXPECT_TRUE(test, imatee_record_skip(segment, FIRST + n, &place));
		KUNIT_EXPECT_EQ(test, place.offset, offset);
		offset += size_of(n);
	}
}

static void skips_on(struct kunit *test)
{
	struct imatee_segment *segment = segment_of(test, COUNT);
	struct imatee_place place = {};

	KUNIT_EXPECT_TRUE(test, imatee_record_skip(segment, FIRST + 2, &place));
	KUNIT_EXPECT_EQ(test, place.index, 2);
	KUNIT_EXPECT_TRUE(test, imatee_record_skip(segment, FIRST + 4, &place));
	KUNIT_EXPECT_EQ(test, place.index, 4);
	KUNIT_EXPECT_EQ(test, place.offset + size_of(4),
			le32_to_cpu(segment->head.len));
	KUNIT_EXPECT_FALSE(test, imatee_record_skip(segment, FIRST + COUNT, &place));
	KUNIT_EXPECT_FALSE(test, imatee_record_skip(segment, U64_MAX, &place));
}

static const struct record_case {
	const char *name;
	u32 room;	/* of the segment */
	u32 offset;
	u32 len;
	u32 data_len;
	u8 name_len;
	bool want;
} record_cases[] = {
	{ "fills the segment", RECORD + 30, 0, RECORD + 30, 20, 10, true },
	{ "with more behind it", RECORD + 99, 0, RECORD + 30, 20, 10, true },
	{ "not at the beginning", RECORD + 37, 7, RECORD + 30, 20, 10, true },
	{ "a head alone", RECORD, 0, RECORD, 0, 0, true },
	{ "no whole head", RECORD - 1, 0, RECORD, 0, 0, false },
	{ "no whole head, at an offset", RECORD + 6, 7, RECORD, 0, 0, false },
	{ "at the end", RECORD, RECORD, RECORD, 0, 0, false },
	{ "behind the end", RECORD, RECORD + 1, RECORD, 0, 0, false },
	{ "far behind the end", RECORD, U32_MAX, RECORD, 0, 0, false },
	{ "a byte more than there is", RECORD + 29, 0, RECORD + 30, 20, 10, false },
	{ "a byte less than its parts", RECORD + 30, 0, RECORD + 29, 20, 10, false },
	{ "a byte more than its parts", RECORD + 31, 0, RECORD + 31, 20, 10, false },
	{ "length 0", RECORD + 30, 0, 0, 0, 0, false },
	{ "the most", RECORD + 30, 0, U32_MAX, U32_MAX - RECORD, 0, false },
	{ "data that wrap around", RECORD + 30, 0, RECORD - 1, U32_MAX, 0, false },
};

KUNIT_ARRAY_PARAM_DESC(record, record_cases, name);

static void record_length(struct kunit *test)
{
	const struct record_case *c = test->param_value;
	struct imatee_segment *segment = make_segment(test, c->room);
	const struct imatee_log_record record = {
		.len = cpu_to_le32(c->len),
		.name_len = c->name_len,
		.data_len = cpu_to_le32(c->data_len),
	};
	struct imatee_log_record found;

	if (c->offset < c->room)
		memcpy(segment->data + c->offset, &record,
		       min_t(u32, RECORD, c->room - c->offset));
	KUNIT_EXPECT_EQ(test, imatee_record_at(segment, c->offset, &found), c->want);
	if (c->want)
		KUNIT_EXPECT_MEMEQ(test, &found, &record, RECORD);
}

/* Of five records the second and the fourth are violations. */
static const struct tally_case {
	const char *name;
	u64 from;
	u64 to;
	u32 entries;
	u32 violations;
} tally_cases[] = {
	{ "all", 0, U64_MAX, 5, 2 },
	{ "exactly all", FIRST, FIRST + 5, 5, 2 },
	{ "the first", 0, FIRST + 1, 1, 0 },
	{ "up to a violation", 0, FIRST + 2, 2, 1 },
	{ "from a violation on", FIRST + 3, U64_MAX, 2, 1 },
	{ "the last", FIRST + 4, FIRST + 5, 1, 0 },
	{ "one in the middle", FIRST + 1, FIRST + 2, 1, 1 },
	{ "none", FIRST + 2, FIRST + 2, 0, 0 },
	{ "before it", 0, FIRST, 0, 0 },
	{ "behind it", FIRST + 5, U64_MAX, 0, 0 },
	{ "backwards", FIRST + 4, FIRST + 1, 0, 0 },
};

KUNIT_ARRAY_PARAM_DESC(tally, tally_cases, name);

static void counts(struct kunit *test)
{
	const struct tally_case *c = test->param_value;
	struct imatee_segment *segment = segment_of(test, COUNT);
	struct imatee_tally tally = imatee_segment_tally(segment, c->from, c->to);

	KUNIT_EXPECT_EQ(test, tally.entries, c->entries);
	KUNIT_EXPECT_EQ(test, tally.violations, c->violations);
}

/* Entries are the head's word, violations end where the records do. */
static void counts_what_is_broken(struct kunit *test)
{
	struct imatee_segment *segment = segment_of(test, COUNT);
	struct imatee_tally tally;

	/* The third record's length. */
	segment->data[size_of(0) + size_of(1)] ^= 0xff;
	tally = imatee_segment_tally(segment, 0, U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.entries, 5);
	KUNIT_EXPECT_EQ(test, tally.violations, 1);
	segment->head.len = 0;
	segment->head.count = cpu_to_le32(U32_MAX);
	tally = imatee_segment_tally(segment, 0, U64_MAX);
	KUNIT_EXPECT_EQ(test, tally.entries, U32_MAX);
	KUNIT_EXPECT_EQ(test, tally.violations, 0);
}

static struct kunit_case records_cases[] = {
	KUNIT_CASE(skips_to_each),
	KUNIT_CASE(skips_on),
	KUNIT_CASE_PARAM(record_length, record_gen_params),
	KUNIT_CASE_PARAM(counts, tally_gen_params),
	KUNIT_CASE(counts_what_is_broken),
	{}
};

static struct kunit_suite records_suite = {
	.name = "imatee-records",
	.test_cases = records_cases,
};

kunit_test_suite(records_suite);
