// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: replies that lie. Buffers have exactly the size that the decoder is
 * told, so that KASAN sees a byte read beyond.
 */
#include <linux/limits.h>
#include <kunit/test.h>

#define HEAD	sizeof(struct imatee_reply)
#define KEY	sizeof(struct imatee_key_reply)
#define LIST	sizeof(struct imatee_key_list_reply)
#define INFO	sizeof(struct imatee_key_info)

static void *buffer(struct kunit *test, size_t size)
{
	void *msg = kunit_kzalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, msg);
	return msg;
}

static const struct head_case {
	const char *name;
	size_t size;	/* of the buffer */
	size_t len;	/* as the TEE says outside of it */
	u32 says;	/* the reply's own length */
	int want;
} head_cases[] = {
	{ "fills the buffer", HEAD, HEAD, HEAD, 0 },
	{ "shorter than the buffer", 4096, HEAD, HEAD, 0 },
	{ "longer than a head", 4096, 4095, 4095, 0 },
	{ "empty", HEAD, 0, 0, -EIO },
	{ "no whole head", HEAD, HEAD - 1, HEAD - 1, -EIO },
	{ "beyond the buffer", HEAD, HEAD + 1, HEAD + 1, -EIO },
	{ "says more than was written", 4096, HEAD, HEAD + 1, -EIO },
	{ "says more than the buffer", HEAD, HEAD, 4096, -EIO },
	{ "says less than was written", 4096, HEAD + 1, HEAD, -EIO },
	{ "says nothing", HEAD, HEAD, 0, -EIO },
	{ "says the most", HEAD, HEAD, U32_MAX, -EIO },
	{ "both the most", HEAD, U32_MAX, U32_MAX, -EIO },
	{ "equal in 32 bits only", HEAD, BIT_ULL(32) + HEAD, HEAD, -EIO },
	{ "SIZE_MAX", HEAD, SIZE_MAX, U32_MAX, -EIO },
};

KUNIT_ARRAY_PARAM_DESC(head, head_cases, name);

static void head_length(struct kunit *test)
{
	const struct head_case *c = test->param_value;
	struct imatee_reply *reply = buffer(test, c->size);

	reply->len = cpu_to_le32(c->says);
	KUNIT_EXPECT_EQ(test, imatee_decode_head(reply, c->size, c->len),
			c->want);
}

static void hello_length(struct kunit *test)
{
	struct imatee_hello_reply *reply = buffer(test, HEAD);

	reply->hdr.len = cpu_to_le32(HEAD);
	KUNIT_EXPECT_EQ(test, imatee_decode_hello(reply), -EIO);
	reply = buffer(test, sizeof(*reply));
	reply->abi_major = cpu_to_le32(IMATEE_ABI_MAJOR);
	reply->hdr.len = cpu_to_le32(sizeof(*reply) - 1);
	KUNIT_EXPECT_EQ(test, imatee_decode_hello(reply), -EIO);
	reply->hdr.len = cpu_to_le32(sizeof(*reply) + 1);
	KUNIT_EXPECT_EQ(test, imatee_decode_hello(reply), -EIO);
	reply->hdr.len = cpu_to_le32(sizeof(*reply));
	KUNIT_EXPECT_EQ(test, imatee_decode_hello(reply), 0);
}

static void hello_version(struct kunit *test)
{
	static const u32 others[] = {
		0, IMATEE_ABI_MAJOR - 1, IMATEE_ABI_MAJOR + 1,
		IMATEE_ABI_MAJOR << 8, IMATEE_ABI_MAJOR << 24, U32_MAX,
	};
	struct imatee_hello_reply *reply = buffer(test, sizeof(*reply));
	unsigned int i;

	reply->hdr.len = cpu_to_le32(sizeof(*reply));
	for (i = 0; i < ARRAY_SIZE(others); i++) {
		reply->abi_major = cpu_to_le32(others[i]);
		KUNIT_EXPECT_EQ_MSG(test, imatee_decode_hello(reply), -EPROTO,
				    "major %u", others[i]);
	}
	/* A higher minor number only adds commands. */
	reply->abi_major = cpu_to_le32(IMATEE_ABI_MAJOR);
	reply->abi_minor = cpu_to_le32(U32_MAX);
	KUNIT_EXPECT_EQ(test, imatee_decode_hello(reply), 0);
}

static const struct list_case {
	const char *name;
	u32 len;
	u32 count;
	int want;
} list_cases[] = {
	{ "no key", LIST, 0, 0 },
	{ "one key", LIST + INFO, 1, 0 },
	{ "as many as fit", LIST + 61 * INFO, 61, 0 },
	{ "no count", LIST - 1, 0, -EIO },
	{ "a head alone", HEAD, 0, -EIO },
	{ "length 0", 0, 0, -EIO },
	{ "one key more than there is", LIST + INFO, 2, -EIO },
	{ "one key less than there is", LIST + 2 * INFO, 1, -EIO },
	{ "a key and a byte", LIST + INFO + 1, 1, -EIO },
	{ "all but a byte of a key", LIST + INFO - 1, 1, -EIO },
	{ "a byte behind no key", LIST + 1, 0, -EIO },
	{ "the highest count", LIST, U32_MAX, -EIO },
	/* INFO times this is 0 in 32 bits */
	{ "a count that wraps around", LIST, BIT(29), -EIO },
};

KUNIT_ARRAY_PARAM_DESC(list, list_cases, name);

static void list_count(struct kunit *test)
{
	const struct list_case *c = test->param_value;
	struct imatee_key_list_reply *reply =
		buffer(test, clamp_t(size_t, c->len, HEAD, IMATEE_MSG_MAX));

	reply->hdr.len = cpu_to_le32(c->len);
	if (c->len >= LIST)
		reply->count = cpu_to_le32(c->count);
	KUNIT_EXPECT_EQ(test, imatee_decode_key_list(reply), c->want);
}

/* The same for entries of another size; the head is alike. */
static void revoked_count(struct kunit *test)
{
	const size_t one = sizeof(struct imatee_revoked);
	struct imatee_revoked_list_reply *reply = buffer(test, IMATEE_MSG_MAX);
	u32 count, extra;

	for (count = 0; count < 3; count++)
		for (extra = 0; extra < 2; extra++) {
			reply->hdr.len = cpu_to_le32(LIST + count * one + extra);
			reply->count = cpu_to_le32(count);
			KUNIT_EXPECT_EQ(test, imatee_decode_revoked_list(reply),
					extra ? -EIO : 0);
			reply->count = cpu_to_le32(count + 1);
			KUNIT_EXPECT_EQ(test, imatee_decode_revoked_list(reply),
					-EIO);
		}
	reply->hdr.len = cpu_to_le32(LIST - 1);
	reply->count = 0;
	KUNIT_EXPECT_EQ(test, imatee_decode_revoked_list(reply), -EIO);
}

static const struct key_case {
	const char *name;
	size_t size;	/* of the buffer */
	u32 len;
	u32 tail;	/* .pubkey_len or .cert_len */
	ssize_t want;
} key_cases[] = {
	{ "one byte", KEY + 1, KEY + 1, 1, 1 },
	{ "fills the buffer", 4096, 4096, 4096 - KEY, 4096 - KEY },
	{ "shorter than the buffer", 4096, KEY + 65, 65, 65 },
	{ "no key", KEY, KEY, 0, -EIO },
	{ "a head alone", HEAD, HEAD, 0, -EIO },
	{ "no whole description", KEY - 1, KEY - 1, U32_MAX, -EIO },
	{ "length 0", KEY, 0, 0, -EIO },
	{ "a byte more than there is", KEY + 65, KEY + 65, 66, -EIO },
	{ "a byte less than there is", KEY + 65, KEY + 65, 64, -EIO },
	{ "a key that is not there", KEY, KEY, 65, -EIO },
	{ "a key that says nothing", KEY + 65, KEY + 65, 0, -EIO },
	{ "beyond the buffer", KEY + 65, KEY + 66, 66, -EIO },
	{ "far beyond the buffer", KEY + 65, KEY + IMATEE_MSG_MAX,
	  IMATEE_MSG_MAX, -EIO },
	{ "the most", KEY + 65, U32_MAX, U32_MAX - KEY, -EIO },
	{ "a length that wraps around", KEY + 65, KEY - 1, -1, -EIO },
};

KUNIT_ARRAY_PARAM_DESC(key, key_cases, name);

/* The other length lies: it must not be taken for the one of the command. */
static void key_get_length(struct kunit *test)
{
	const struct key_case *c = test->param_value;
	struct imatee_key_reply *reply = buffer(test, c->size);

	reply->hdr.len = cpu_to_le32(c->len);
	if (c->size >= KEY) {
		reply->info.pubkey_len = cpu_to_le32(c->tail);
		reply->info.cert_len = cpu_to_le32(c->tail + 7);
	}
	KUNIT_EXPECT_EQ(test, c->want,
			imatee_decode_key(reply, c->size, IMATEE_CMD_KEY_GET));
}

static void key_export_length(struct kunit *test)
{
	const struct key_case *c = test->param_value;
	struct imatee_key_reply *reply = buffer(test, c->size);

	reply->hdr.len = cpu_to_le32(c->len);
	if (c->size >= KEY) {
		reply->info.cert_len = cpu_to_le32(c->tail);
		reply->info.pubkey_len = cpu_to_le32(c->tail + 7);
	}
	KUNIT_EXPECT_EQ(test, c->want,
			imatee_decode_key(reply, c->size, IMATEE_CMD_KEY_EXPORT));
}

#define MEASURE	sizeof(struct imatee_measure_reply)
#define RECORD	sizeof(struct imatee_log_record)

static const struct measure_case {
	const char *name;
	u32 len;
	u32 record_len;
	u8 outcome;
	int want;
} measure_cases[] = {
	{ "a record", MEASURE + 100, 100, IMATEE_OUTCOME_ADDED, 0 },
	{ "the shortest record", MEASURE + RECORD, RECORD, IMATEE_OUTCOME_ADDED, 0 },
	{ "the longest record", MEASURE + IMATEE_LOG_RECORD_MAX,
	  IMATEE_LOG_RECORD_MAX, IMATEE_OUTCOME_ADDED, 0 },
	{ "one that was there", MEASURE, 0, IMATEE_OUTCOME_EXISTS, 0 },
	{ "no entry", MEASURE, 0, IMATEE_OUTCOME_NO_ENTRY, 0 },
	{ "a head alone", HEAD, 0, 0, -EIO },
	{ "all but a byte", MEASURE - 1, 0, 0, -EIO },
	{ "length 0", 0, 0, 0, -EIO },
	{ "added without a record", MEASURE, 0, IMATEE_OUTCOME_ADDED, -EIO },
	{ "less than a record", MEASURE + RECORD - 1, RECORD - 1,
	  IMATEE_OUTCOME_ADDED, -EIO },
	{ "more than a record", MEASURE + IMATEE_LOG_RECORD_MAX + 1,
	  IMATEE_LOG_RECORD_MAX + 1, IMATEE_OUTCOME_ADDED, -EIO },
	{ "a byte more than there is", MEASURE + 100, 101, IMATEE_OUTCOME_ADDED, -EIO },
	{ "a byte less than there is", MEASURE + 100, 99, IMATEE_OUTCOME_ADDED, -EIO },
	{ "a record that was there", MEASURE + 100, 100, IMATEE_OUTCOME_EXISTS, -EIO },
	{ "a length that wraps around", MEASURE - 1, -1, IMATEE_OUTCOME_ADDED, -EIO },
};

KUNIT_ARRAY_PARAM_DESC(measure, measure_cases, name);

static void measure_length(struct kunit *test)
{
	const struct measure_case *c = test->param_value;
	struct imatee_measure_reply *reply =
		buffer(test, clamp_t(size_t, c->len, HEAD, IMATEE_MSG_MAX));

	reply->hdr.len = cpu_to_le32(c->len);
	if (c->len >= MEASURE) {
		reply->record_len = cpu_to_le32(c->record_len);
		reply->outcome = c->outcome;
	}
	KUNIT_EXPECT_EQ(test, imatee_decode_measure(reply), c->want);
}

static void log_read_length(struct kunit *test)
{
	const size_t fixed = sizeof(struct imatee_log_read_reply);
	struct imatee_log_read_reply *reply = buffer(test, fixed + 64);
	u32 len;

	for (len = 0; len <= 64; len++) {
		reply->hdr.len = cpu_to_le32(fixed + len);
		reply->segment.len = cpu_to_le32(len);
		KUNIT_EXPECT_EQ(test, imatee_decode_log_read(reply), 0);
		reply->segment.len = cpu_to_le32(len + 1);
		KUNIT_EXPECT_EQ(test, imatee_decode_log_read(reply), -EIO);
		reply->segment.len = cpu_to_le32(len - 1);
		KUNIT_EXPECT_EQ(test, imatee_decode_log_read(reply), -EIO);
	}
	reply = buffer(test, fixed - 1);
	reply->hdr.len = cpu_to_le32(fixed - 1);
	KUNIT_EXPECT_EQ(test, imatee_decode_log_read(reply), -EIO);
}

static struct kunit_case decode_cases[] = {
	KUNIT_CASE_PARAM(head_length, head_gen_params),
	KUNIT_CASE(hello_length),
	KUNIT_CASE(hello_version),
	KUNIT_CASE_PARAM(list_count, list_gen_params),
	KUNIT_CASE(revoked_count),
	KUNIT_CASE_PARAM(key_get_length, key_gen_params),
	KUNIT_CASE_PARAM(key_export_length, key_gen_params),
	KUNIT_CASE_PARAM(measure_length, measure_gen_params),
	KUNIT_CASE(log_read_length),
	{}
};

static struct kunit_suite decode_suite = {
	.name = "imatee-decode",
	.test_cases = decode_cases,
};

kunit_test_suite(decode_suite);
