// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: a segment counts and reads the same in a file as in memory, and a file that is
 * too short gives nothing.
 */
#include <linux/err.h>
#include <linux/shmem_fs.h>
#include <kunit/test.h>

#define RECORD	sizeof(struct imatee_log_record)
#define FIRST	700	/* position of the first record */
#define COUNT	9
#define OFFSET	4093	/* of the records in the file: on two pages */

struct stored_case {
	struct imatee_segment segment;
	struct file *file;
	struct imatee_stored *stored;
};

/* Every third record is a violation; record n has n bytes of data. */
static void fill(struct kunit *test, struct imatee_segment *segment)
{
	u32 len = 0, n;

	segment->data = kunit_kzalloc(test, COUNT * (RECORD + COUNT), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, segment->data);
	for (n = 0; n < COUNT; n++) {
		const struct imatee_log_record record = {
			.len = cpu_to_le32(RECORD + n),
			.data_len = cpu_to_le32(n),
			.flags = n % 3 ? 0 : IMATEE_EVENT_VIOLATION,
		};

		memcpy(segment->data + len, &record, RECORD);
		memset(segment->data + len + RECORD, 'a' + n, n);
		len += RECORD + n;
	}
	segment->head.first = cpu_to_le64(FIRST);
	segment->head.count = cpu_to_le32(COUNT);
	segment->head.len = cpu_to_le32(len);
}

static int stored_init(struct kunit *test)
{
	struct stored_case *it = kunit_kzalloc(test, sizeof(*it), GFP_KERNEL);
	loff_t pos = OFFSET;
	u32 len;

	KUNIT_ASSERT_NOT_NULL(test, it);
	test->priv = it;
	fill(test, &it->segment);
	len = le32_to_cpu(it->segment.head.len);
	it->file = shmem_kernel_file_setup("imatee-test", 0, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(it->file));
	KUNIT_ASSERT_EQ(test, kernel_write(it->file, it->segment.data, len, &pos), len);
	it->stored = imatee_stored_in_file(&it->segment, it->file, OFFSET);
	KUNIT_ASSERT_NOT_NULL(test, it->stored);
	return 0;
}

static void stored_exit(struct kunit *test)
{
	struct stored_case *it = test->priv;

	if (!it || IS_ERR_OR_NULL(it->file))
		return;
	imatee_stored_put(it->stored);
	fput(it->file);
}

static void counts_as_memory_does(struct kunit *test)
{
	const struct stored_case *it = test->priv;
	struct imatee_tally want, got;
	u64 from, to;

	for (from = FIRST - 2; from < FIRST + COUNT + 2; from++) {
		for (to = FIRST - 2; to < FIRST + COUNT + 2; to++) {
			want = imatee_segment_tally(&it->segment, from, to);
			got = imatee_stored_tally(it->stored, from, to);
			KUNIT_EXPECT_EQ(test, want.entries, got.entries);
			KUNIT_EXPECT_EQ(test, want.violations, got.violations);
		}
	}
	KUNIT_EXPECT_EQ(test, imatee_stored_tally(it->stored, 0, -1).violations, 3);
}

static void reads_what_was_written(struct kunit *test)
{
	const struct stored_case *it = test->priv;
	struct imatee_segment copy;

	KUNIT_ASSERT_EQ(test, imatee_stored_read(it->stored, &copy), 1);
	KUNIT_EXPECT_MEMEQ(test, &copy.head, &it->segment.head, sizeof(copy.head));
	KUNIT_EXPECT_MEMEQ(test, copy.data, it->segment.data,
			   le32_to_cpu(copy.head.len));
	kvfree(copy.data);
}

static void gives_nothing_of_a_short_file(struct kunit *test)
{
	const struct stored_case *it = test->priv;
	struct imatee_segment copy;
	struct imatee_stored *beyond;

	beyond = imatee_stored_in_file(&it->segment, it->file, OFFSET + 1);
	KUNIT_ASSERT_NOT_NULL(test, beyond);
	KUNIT_EXPECT_EQ(test, imatee_stored_read(beyond, &copy), -ENODATA);
	KUNIT_EXPECT_NULL(test, copy.data);
	KUNIT_EXPECT_MEMEQ(test, &copy.head, &it->segment.head, sizeof(copy.head));
	imatee_stored_put(beyond);
}

static void heads_that_lie(struct kunit *test)
{
	struct imatee_log_segment head = {
		.count = cpu_to_le32(1), .len = cpu_to_le32(IMATEE_SEGMENT_MAX), .mac = { 1 },
	};

	KUNIT_EXPECT_TRUE(test, imatee_segment_sound(&head));
	head.len = cpu_to_le32(IMATEE_SEGMENT_MAX + 1);
	KUNIT_EXPECT_FALSE(test, imatee_segment_sound(&head));
	head.len = 0;
	KUNIT_EXPECT_FALSE(test, imatee_segment_sound(&head));
	head.len = cpu_to_le32(1);
	head.count = 0;
	KUNIT_EXPECT_FALSE(test, imatee_segment_sound(&head));
	head.count = cpu_to_le32(1);
	memset(head.mac, 0, sizeof(head.mac));
	KUNIT_EXPECT_FALSE(test, imatee_segment_sound(&head));
}

static struct kunit_case stored_cases[] = {
	KUNIT_CASE(counts_as_memory_does),
	KUNIT_CASE(reads_what_was_written),
	KUNIT_CASE(gives_nothing_of_a_short_file),
	KUNIT_CASE(heads_that_lie),
	{}
};

static struct kunit_suite stored_suite = {
	.name = "imatee-stored",
	.init = stored_init,
	.exit = stored_exit,
	.test_cases = stored_cases,
};

kunit_test_suite(stored_suite);
