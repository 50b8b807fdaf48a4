// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee's decoders under replies that no keeper sends. Each reply stands in
 * memory of exactly its size, for the sanitizer to see a byte too many.
 */
#include <stdlib.h>

#include "decode.h"
#include "fixture.h"

/* Any of the replies, with room for what follows it. */
union reply {
	struct imatee_reply head;
	struct imatee_hello_reply hello;
	struct imatee_status_reply status;
	struct imatee_log_status_reply log;
	struct imatee_log_base_reply base;
	struct {
		struct imatee_quote_reply quote;
		uint8_t data[64];
	} quote;
	struct {
		struct imatee_ak_reply ak;
		uint8_t data[64];
	} ak;
	struct {
		struct imatee_key_list_reply list;
		struct imatee_key_info keys[KEYS_MAX + 1];
	} list;
	struct {
		struct imatee_revoked_list_reply list;
		struct imatee_revoked entries[IMATEE_REVOKED_MAX + 1];
	} revoked;
	struct {
		struct imatee_key_reply key;
		uint8_t data[64];
	} key;
	uint8_t bytes[1];
};

static union reply reply;

static int decode_as(uint32_t command, const void *buf, size_t size)
{
	static union {
		struct imatee_key keys[KEYS_MAX];
		struct imatee_revoked_entry revoked[IMATEE_REVOKED_MAX];
	} entries;
	struct page page = { .entries = &entries };
	static struct imatee_quote_result quote;
	static struct imatee_ak ak;
	struct imatee_log_base base;
	struct imatee_log_status log;
	struct imatee_status status;
	struct imatee_peer peer;
	struct imatee_key key;
	const uint8_t *data;

	switch (command) {
	case IMATEE_CMD_HELLO:
		return decode_hello(buf, size, &peer);
	case IMATEE_CMD_STATUS:
		return decode_status(buf, size, &status);
	case IMATEE_CMD_KEY_LIST:
		return decode_list(buf, size, &page);
	case IMATEE_CMD_REVOKED_LIST:
		return decode_revoked(buf, size, &page);
	case IMATEE_CMD_LOG_STATUS:
		return decode_log_status(buf, size, &log);
	case IMATEE_CMD_LOG_BASE:
		return decode_log_base(buf, size, &base);
	case IMATEE_CMD_QUOTE:
		return decode_quote(buf, size, &quote);
	case IMATEE_CMD_AK:
		return decode_ak(buf, size, &ak);
	case IMATEE_CMD_KEY_DESCRIBE:
		return decode_key(buf, size, KEY_DATA_NONE, &key, &data);
	case IMATEE_CMD_KEY_GET:
		return decode_key(buf, size, KEY_DATA_PUBKEY, &key, &data);
	default:
		return decode_key(buf, size, KEY_DATA_CERT, &key, &data);
	}
}

/* The first @size bytes of the reply, which tells the length @len. */
static int decode_part(uint32_t command, size_t size, size_t len)
{
	uint8_t *buf = malloc(size ? size : 1);
	struct imatee_reply head = { 0 };
	int rc = 0;

	assert_non_null(buf);
	memcpy(buf, &reply, size);
	if (size >= sizeof(head)) {
		memcpy(&head, buf, sizeof(head));
		head.len = (uint32_t)len;
		memcpy(buf, &head, sizeof(head));
	}
	rc = decode_as(command, buf, size);
	free(buf);
	return rc;
}

static void make_key(struct imatee_key_info *info)
{
	*info = fixture_keytab.keys[0].info;
	info->pubkey_len = 40;
	info->cert_len = 50;
}

static void make_entry(struct imatee_revoked *entry)
{
	*entry = (struct imatee_revoked){ .kind = IMATEE_REVOKED_BIN,
					  .hash_len = 20,
					  .source = IMATEE_SOURCE_ADDED };
	memset(entry->hash, 0xab, entry->hash_len);
}

/* Makes the reply as it should be; returns its size. */
static size_t make_reply(uint32_t command)
{
	size_t i = 0;

	memset(&reply, 0, sizeof(reply));
	reply.head.seal = IMATEE_SEAL_SEALED;
	switch (command) {
	case IMATEE_CMD_HELLO:
		reply.hello.abi_major = IMATEE_ABI_MAJOR;
		strcpy((char *)reply.hello.version, "1.2");
		return sizeof(reply.hello);
	case IMATEE_CMD_STATUS:
		return sizeof(reply.status);
	case IMATEE_CMD_LOG_STATUS:
		/* nothing is measured yet */
		return sizeof(reply.log);
	case IMATEE_CMD_LOG_BASE:
		return sizeof(reply.base);
	case IMATEE_CMD_QUOTE:
		memcpy(reply.quote.quote.binding.magic, IMATEE_BINDING_MAGIC,
		       sizeof(reply.quote.quote.binding.magic));
		reply.quote.quote.binding.seal = IMATEE_SEAL_SEALED;
		reply.quote.quote.attest_len = 30;
		reply.quote.quote.sig_len = 20;
		return sizeof(reply.quote.quote) + 50;
	case IMATEE_CMD_AK:
		reply.ak.ak.public_len = 20;
		reply.ak.ak.csr_len = 30;
		return sizeof(reply.ak.ak) + 50;
	case IMATEE_CMD_KEY_LIST:
		reply.list.list.total = 2;
		reply.list.list.count = 2;
		for (i = 0; i < 2; i++)
			make_key(&reply.list.keys[i]);
		return sizeof(reply.list.list) + 2 * sizeof(reply.list.keys[0]);
	case IMATEE_CMD_REVOKED_LIST:
		reply.revoked.list.total = 2;
		reply.revoked.list.count = 2;
		for (i = 0; i < 2; i++)
			make_entry(&reply.revoked.entries[i]);
		return sizeof(reply.revoked.list) +
		       2 * sizeof(reply.revoked.entries[0]);
	default:
		make_key(&reply.key.key.info);
		if (command == IMATEE_CMD_KEY_GET)
			return sizeof(reply.key.key) + 40;
		if (command == IMATEE_CMD_KEY_EXPORT)
			return sizeof(reply.key.key) + 50;
		return sizeof(reply.key.key);
	}
}

static const uint32_t commands[] = {
	IMATEE_CMD_HELLO,	 IMATEE_CMD_STATUS,	IMATEE_CMD_KEY_LIST,
	IMATEE_CMD_KEY_DESCRIBE, IMATEE_CMD_KEY_GET,	IMATEE_CMD_KEY_EXPORT,
	IMATEE_CMD_REVOKED_LIST, IMATEE_CMD_LOG_STATUS, IMATEE_CMD_LOG_BASE,
	IMATEE_CMD_QUOTE,	 IMATEE_CMD_AK,
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void takes_good_replies(void **state)
{
	size_t i = 0;
	size_t size = 0;

	(void)state;
	for (i = 0; i < COMMANDS; i++) {
		size = make_reply(commands[i]);
		assert_int_equal(decode_part(commands[i], size, size), 0);
	}
}

/* Whether the reply tells the length that it has or the one it should have. */
static void refuses_short_replies(void **state)
{
	size_t i = 0;
	size_t n = 0;
	size_t size = 0;

	(void)state;
	for (i = 0; i < COMMANDS; i++) {
		size = make_reply(commands[i]);
		for (n = 0; n < size; n++) {
			assert_int_equal(decode_part(commands[i], n, n),
					 IMATEE_LIB_BAD_REPLY);
			assert_int_equal(decode_part(commands[i], n, size),
					 IMATEE_LIB_BAD_REPLY);
		}
	}
}

static void refuses_long_replies(void **state)
{
	size_t i = 0;
	size_t size = 0;

	(void)state;
	for (i = 0; i < COMMANDS; i++) {
		size = make_reply(commands[i]);
		assert_int_equal(decode_part(commands[i], size + 1, size + 1),
				 IMATEE_LIB_BAD_REPLY);
		assert_int_equal(decode_part(commands[i], size, size + 1),
				 IMATEE_LIB_BAD_REPLY);
		assert_int_equal(decode_part(commands[i], size, UINT32_MAX),
				 IMATEE_LIB_BAD_REPLY);
	}
}

static void passes_on_refusals(void **state)
{
	size_t i = 0;

	(void)state;
	for (i = 0; i < COMMANDS; i++) {
		make_reply(commands[i]);
		reply.head.error = IMATEE_ERR_NO_KEY;
		assert_int_equal(decode_part(commands[i], 48, 48),
				 IMATEE_ERR_NO_KEY);
		/* a refusal has no body */
		assert_int_equal(decode_part(commands[i], 49, 49),
				 IMATEE_LIB_BAD_REPLY);
		/* nor may it pass for an error of this library */
		reply.head.error = IMATEE_LIB_NO_TEE;
		assert_int_equal(decode_part(commands[i], 48, 48),
				 IMATEE_LIB_BAD_REPLY);
		reply.head.error = UINT32_MAX;
		assert_int_equal(decode_part(commands[i], 48, 48),
				 IMATEE_LIB_BAD_REPLY);
	}
}

static void refuses_unknown_seals(void **state)
{
	size_t size = make_reply(IMATEE_CMD_STATUS);

	(void)state;
	reply.head.seal = 0;
	assert_int_equal(decode_part(IMATEE_CMD_STATUS, size, size),
			 IMATEE_LIB_BAD_REPLY);
	reply.head.seal = 3;
	assert_int_equal(decode_part(IMATEE_CMD_STATUS, size, size),
			 IMATEE_LIB_BAD_REPLY);
}

static int decode_list_of(uint32_t total, uint32_t count, size_t keys)
{
	size_t size =
		sizeof(reply.list.list) + keys * sizeof(reply.list.keys[0]);

	reply.list.list.total = total;
	reply.list.list.count = count;
	return decode_part(IMATEE_CMD_KEY_LIST, size, size);
}

static void refuses_wrong_counts(void **state)
{
	size_t i = 0;

	(void)state;
	make_reply(IMATEE_CMD_KEY_LIST);
	for (i = 0; i <= KEYS_MAX; i++)
		make_key(&reply.list.keys[i]);
	assert_int_equal(decode_list_of(2, 2, 2), 0);
	assert_int_equal(decode_list_of(3, 2, 2), 0);
	assert_int_equal(decode_list_of(KEYS_MAX, KEYS_MAX, KEYS_MAX), 0);
	assert_int_equal(decode_list_of(1, 2, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_list_of(3, 3, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_list_of(3, 1, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_list_of(KEYS_MAX + 1, KEYS_MAX + 1,
					KEYS_MAX + 1),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_list_of(UINT32_MAX, UINT32_MAX, 2),
			 IMATEE_LIB_BAD_REPLY);
}

static int decode_revoked_of(uint32_t total, uint32_t count, size_t entries)
{
	size_t size = sizeof(reply.revoked.list) +
		      entries * sizeof(reply.revoked.entries[0]);

	reply.revoked.list.total = total;
	reply.revoked.list.count = count;
	return decode_part(IMATEE_CMD_REVOKED_LIST, size, size);
}

static void refuses_wrong_counts_of_revoked(void **state)
{
	const size_t max = IMATEE_REVOKED_MAX;
	size_t i = 0;

	(void)state;
	make_reply(IMATEE_CMD_REVOKED_LIST);
	for (i = 0; i <= max; i++)
		make_entry(&reply.revoked.entries[i]);
	assert_int_equal(decode_revoked_of(0, 0, 0), 0);
	assert_int_equal(decode_revoked_of(3, 2, 2), 0);
	assert_int_equal(decode_revoked_of(max, max, max), 0);
	assert_int_equal(decode_revoked_of(1, 2, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_revoked_of(3, 3, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_revoked_of(3, 1, 2), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_revoked_of(max + 1, max + 1, max + 1),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(decode_revoked_of(max + 1, 2, 2),
			 IMATEE_LIB_BAD_REPLY);
}

static int decode_entry(void)
{
	return decode_revoked_of(1, 1, 1);
}

#define WITH_ENTRY(field, value)                                        \
	do {                                                            \
		make_reply(IMATEE_CMD_REVOKED_LIST);                    \
		reply.revoked.entries[0].field = (value);               \
		assert_int_equal(decode_entry(), IMATEE_LIB_BAD_REPLY); \
	} while (0)

static void refuses_entries_out_of_range(void **state)
{
	(void)state;
	make_reply(IMATEE_CMD_REVOKED_LIST);
	assert_int_equal(decode_entry(), 0);
	WITH_ENTRY(hash_len, IMATEE_DIGEST_MAX + 1);
	WITH_ENTRY(hash_len, 19);
	WITH_ENTRY(hash[20], 1);
	WITH_ENTRY(hash[IMATEE_DIGEST_MAX - 1], 1);
	WITH_ENTRY(reserved[0], 1);
	WITH_ENTRY(reserved[4], 1);
	make_reply(IMATEE_CMD_REVOKED_LIST);
	memset(reply.revoked.entries[0].hash, 0, IMATEE_DIGEST_MAX);
	reply.revoked.entries[0].hash_len = 0;
	assert_int_equal(decode_entry(), IMATEE_LIB_BAD_REPLY);
	/* a later minor version may know more of these */
	make_reply(IMATEE_CMD_REVOKED_LIST);
	reply.revoked.entries[0].kind = 200;
	reply.revoked.entries[0].source = 200;
	reply.revoked.entries[0].hash_len = IMATEE_DIGEST_MAX;
	assert_int_equal(decode_entry(), 0);
	assert_string_equal(imatee_revoked_kind_name(200), "?");
	assert_string_equal(imatee_revoked_kind_name(0), "?");
}

static int decode_info(void)
{
	size_t size = sizeof(reply.key.key);

	return decode_part(IMATEE_CMD_KEY_DESCRIBE, size, size);
}

#define WITH(field, value)                                             \
	do {                                                           \
		make_reply(IMATEE_CMD_KEY_DESCRIBE);                   \
		reply.key.key.info.field = (value);                    \
		assert_int_equal(decode_info(), IMATEE_LIB_BAD_REPLY); \
	} while (0)

static void refuses_keys_out_of_range(void **state)
{
	(void)state;
	make_reply(IMATEE_CMD_KEY_DESCRIBE);
	assert_int_equal(decode_info(), 0);
	WITH(ring, IMATEE_RING_ANY);
	WITH(ring, IMATEE_RING_COUNT + 1);
	WITH(index, IMATEE_KEYS_PER_RING);
	WITH(skid_len, 0);
	WITH(skid_len, IMATEE_SKID_MAX + 1);
	WITH(skid[IMATEE_SKID_MAX - 1], 1);
	WITH(pubkey_len, IMATEE_PUBKEY_MAX + 1);
	WITH(cert_len, IMATEE_CERT_MAX + 1);
	WITH(cert_len, UINT32_MAX);
	/* a later minor version may know more of these */
	make_reply(IMATEE_CMD_KEY_DESCRIBE);
	reply.key.key.info.algo = 200;
	reply.key.key.info.source = 200;
	assert_int_equal(decode_info(), 0);
	assert_string_equal(imatee_algo_name(200), "?");
	assert_string_equal(imatee_source_name(200), "?");
	assert_string_equal(imatee_algo_name(0), "?");
}

static void refuses_text_without_end(void **state)
{
	size_t size = make_reply(IMATEE_CMD_HELLO);

	(void)state;
	memset(reply.hello.version, 'x', sizeof(reply.hello.version));
	assert_int_equal(decode_part(IMATEE_CMD_HELLO, size, size),
			 IMATEE_LIB_BAD_REPLY);
	make_reply(IMATEE_CMD_KEY_DESCRIBE);
	memset(reply.key.key.info.subject, 'x',
	       sizeof(reply.key.key.info.subject));
	assert_int_equal(decode_info(), IMATEE_LIB_BAD_REPLY);
	reply.key.key.info.subject[IMATEE_SUBJECT_MAX - 1] = 0;
	assert_int_equal(decode_info(), 0);
}

static void subject_is(const char *subject, const char *shown)
{
	const uint8_t *data = NULL;
	struct imatee_key key;

	make_reply(IMATEE_CMD_KEY_DESCRIBE);
	memset(reply.key.key.info.subject, 0,
	       sizeof(reply.key.key.info.subject));
	strcpy((char *)reply.key.key.info.subject, subject);
	reply.head.len = sizeof(reply.key.key);
	assert_int_equal(decode_key(&reply, sizeof(reply.key.key),
				    KEY_DATA_NONE, &key, &data),
			 0);
	assert_string_equal(key.subject, shown);
}

static void subjects_cannot_drive_a_terminal(void **state)
{
	(void)state;
	subject_is("CN = Schl\xc3\xbcssel \xe9\x8d\xb5 \xf0\x9f\x94\x91",
		   "CN = Schl\xc3\xbcssel \xe9\x8d\xb5 \xf0\x9f\x94\x91");
	subject_is("\033[2J\033]0;title\007", "?[2J?]0;title?");
	subject_is("two\nlines\r\ttab\177", "two?lines??tab?");
	/* C1 controls, of which U+009B is CSI */
	subject_is("a\xc2\x9b\x32Jb\xc2\x80", "a?2Jb?");
	/* right-to-left override and isolates, line separator */
	subject_is("\xe2\x80\xae"
		   "evil\xe2\x81\xa6\xe2\x80\xa8",
		   "?evil??");
	/* no UTF-8: bare bytes, overlong, surrogate, too high, cut short */
	subject_is("\x9b[2J\xff", "?[2J?");
	subject_is("\xc0\x8a\xe0\x80\x8a", "?????");
	subject_is("\xed\xa0\x80\xf4\x90\x80\x80", "???????");
	subject_is("end\xe9\x8d", "end??");
}

static void printable_text_fits(void **state)
{
	char text[6];

	(void)state;
	imatee_printable(text, sizeof(text), "abcdefgh", 8);
	assert_string_equal(text, "abcde");
	/* no half character at the end */
	imatee_printable(text, sizeof(text), "abcd\xc3\xbc", 6);
	assert_string_equal(text, "abcd");
	imatee_printable(text, 1, "abc", 3);
	assert_string_equal(text, "");
	imatee_printable(text, sizeof(text), "ab", 0);
	assert_string_equal(text, "");
	/* len, not a NUL, ends the text */
	imatee_printable(text, sizeof(text), "\xc3\xbc", 1);
	assert_string_equal(text, "?");
}

static void every_error_has_a_text(void **state)
{
	static const int known[] = {
		0,  1,	2,  3,	4,  5,	6,  7,	8,  9,	10, 20, 21,
		22, 23, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
		60, 61, 62, 63, 64, 70, 71, 72, 73, 80, 81, 82, 83,
	};
	const char *names[64];
	const char *texts[64];
	size_t n = 0;
	size_t i = 0;
	size_t k = 0;
	int error = 0;

	(void)state;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++, n++) {
		names[n] = imatee_error_name(known[i]);
		texts[n] = imatee_strerror(known[i]);
	}
	for (error = IMATEE_LIB_NO_TEE; error <= IMATEE_LIB_NO_MEMORY;
	     error++) {
		names[n] = imatee_error_name(error);
		texts[n++] = imatee_strerror(error);
	}
	for (i = 0; i < n; i++) {
		assert_string_not_equal(names[i], "unknown");
		for (k = 0; k < i; k++) {
			assert_string_not_equal(names[i], names[k]);
			assert_string_not_equal(texts[i], texts[k]);
		}
	}
	assert_string_equal(imatee_error_name(IMATEE_ERR_REVOKED_FULL + 1),
			    "unknown");
	assert_string_equal(imatee_error_name(IMATEE_LIB_NO_MEMORY + 1),
			    "unknown");
	assert_string_equal(imatee_error_name(-1), "unknown");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "decode: replies as they should be", takes_good_replies, NULL,
		  NULL, NULL },
		{ "decode: every reply cut at every byte",
		  refuses_short_replies, NULL, NULL, NULL },
		{ "decode: trailing bytes, and lengths that lie",
		  refuses_long_replies, NULL, NULL, NULL },
		{ "decode: refusals pass, the library's own numbers do not",
		  passes_on_refusals, NULL, NULL, NULL },
		{ "decode: a seal that is neither open nor sealed",
		  refuses_unknown_seals, NULL, NULL, NULL },
		{ "decode: counts that do not fit the list",
		  refuses_wrong_counts, NULL, NULL, NULL },
		{ "decode: counts that do not fit the list of what is revoked",
		  refuses_wrong_counts_of_revoked, NULL, NULL, NULL },
		{ "decode: entries of it out of their range",
		  refuses_entries_out_of_range, NULL, NULL, NULL },
		{ "decode: fields out of their range",
		  refuses_keys_out_of_range, NULL, NULL, NULL },
		{ "decode: text without a NUL", refuses_text_without_end, NULL,
		  NULL, NULL },
		{ "decode: no control character of a subject comes through",
		  subjects_cannot_drive_a_terminal, NULL, NULL, NULL },
		{ "decode: text is cut at a character", printable_text_fits,
		  NULL, NULL, NULL },
		{ "decode: each error has its own name and text",
		  every_error_has_a_text, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
