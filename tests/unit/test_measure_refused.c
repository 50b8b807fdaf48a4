// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_MEASURE: each refusal has its own error, and logs nothing.
 */
#include "measuring.h"

static struct message m;
static struct answer answer;

static void add_content(uint8_t id, uint8_t roles)
{
	event_add_digest(&m, id, IMATEE_DIGEST_CONTENT, roles);
}

/* Nothing that a caller can see of the log has changed. */
static void refused(struct fixture *f, enum imatee_error error)
{
	struct imatee_log_status_reply before = { 0 };
	struct imatee_log_status_reply after = { 0 };

	log_status(f, &before);
	assert_int_equal(event_send(f, &m, &answer), error);
	log_status(f, &after);
	assert_memory_equal(&before, &after, sizeof(before));
}

static void forged_tickets(void **state)
{
	struct fixture *f = *state;
	struct imatee_digest ticket = { 0 };
	size_t i = 0;

	event_number(&m, 1);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	hash_ticket(f, IMATEE_HASH_SHA256, 1, "file", 4, &ticket);
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	m.head.digest_count = 1;
	event_add_field(&m, "/bin/t", 7);
	ticket.roles = IMATEE_ROLE_FILE;
	for (i = 0; i < 32; i++) {
		m.head.digests[0] = ticket;
		m.head.digests[0].digest[i] ^= 0x80;
		refused(f, IMATEE_ERR_TICKET);
		m.head.digests[0] = ticket;
		m.head.digests[0].mac[i] ^= 0x80;
		refused(f, IMATEE_ERR_TICKET);
	}
	/* another algorithm of the same size, another file, another boot */
	m.head.digests[0] = ticket;
	m.head.digests[0].algo = IMATEE_HASH_SHA3_256;
	refused(f, IMATEE_ERR_TICKET);
	m.head.digests[0] = ticket;
	m.head.identity[31] = 1;
	refused(f, IMATEE_ERR_TICKET);
	m.head.identity[31] = 0;
	f->keeper.ticket_key.bytes[0] ^= 1;
	refused(f, IMATEE_ERR_TICKET);
	f->keeper.ticket_key.bytes[0] ^= 1;
	/* no ticket at all */
	memset(m.head.digests[0].mac, 0, 32);
	refused(f, IMATEE_ERR_TICKET);
	m.head.digests[0] = ticket;
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
}

/* An event that is right, with one digest of content. */
static void right(void)
{
	event_number(&m, 7);
}

static void bad_values(void **state)
{
	struct fixture *f = *state;
	struct imatee_digest *digest = &m.head.digests[0];

	right();
	m.head.pcr = IMATEE_PCR_BINDING;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	m.head.flags = 8;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	m.head.digest_count = 4;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	digest->roles |= 0x10;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	digest->source = 0;
	digest->len = 0;
	refused(f, IMATEE_ERR_BAD_VALUE);
	digest->source = 6;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	digest->len = m.head.content_len + 1;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	digest->digest_len = 20;
	refused(f, IMATEE_ERR_BAD_VALUE);
	/* a role twice, or of an algorithm that has no room in "d" */
	right();
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_FILE);
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	digest->roles |= IMATEE_ROLE_LEGACY;
	refused(f, IMATEE_ERR_BAD_VALUE);
	/* violations have zeros, and are neither of fs-verity nor unlogged */
	right();
	m.head.flags = IMATEE_EVENT_VIOLATION;
	refused(f, IMATEE_ERR_BAD_VALUE);
	digest->source = IMATEE_DIGEST_ZERO;
	digest->len = 0;
	m.head.flags |= IMATEE_EVENT_VERITY;
	refused(f, IMATEE_ERR_BAD_VALUE);
	event_begin(&m, "", "");
	m.head.flags = IMATEE_EVENT_VIOLATION | IMATEE_EVENT_NO_ENTRY;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
}

static void bad_sources(void **state)
{
	struct fixture *f = *state;

	/* the kernel's word is said to be one, and is of a file */
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_GIVEN,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "x", 2);
	m.head.flags = 0;
	refused(f, IMATEE_ERR_BAD_VALUE);
	m.head.flags = IMATEE_EVENT_VERITY;
	m.head.digests[0].roles = IMATEE_ROLE_FILE | IMATEE_ROLE_MODSIG;
	refused(f, IMATEE_ERR_BAD_VALUE);
	m.head.digests[0].roles = IMATEE_ROLE_BUFFER;
	refused(f, IMATEE_ERR_BAD_VALUE);
	right();
	m.head.flags = IMATEE_EVENT_VERITY;
	refused(f, IMATEE_ERR_BAD_VALUE);
	/* nothing before it, or nothing that was made */
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_NESTED,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "x", 2);
	refused(f, IMATEE_ERR_BAD_VALUE);
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_ZERO, 0);
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_NESTED,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "x", 2);
	refused(f, IMATEE_ERR_BAD_VALUE);
	/* a buffer's hash is one of the buffer */
	event_begin(&m, "ima-buf", "d-ng|n-ng|buf");
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_NESTED,
			 IMATEE_ROLE_BUFFER);
	event_add_field(&m, "x", 2);
	refused(f, IMATEE_ERR_BAD_VALUE);
	m.head.digests[1].source = IMATEE_DIGEST_ZERO;
	refused(f, IMATEE_ERR_BAD_VALUE);
}

static void malformed(void **state)
{
	struct fixture *f = *state;
	struct imatee_digest *digest = &m.head.digests[0];
	size_t i = 0;

	right();
	m.head.reserved = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	digest->mac[31] = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	digest->digest[0] = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	m.head.digests[1].len = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	m.head.digests[2].mac[0] = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	digest->source = IMATEE_DIGEST_ZERO;
	refused(f, IMATEE_ERR_MALFORMED);
	right();
	digest->source = IMATEE_DIGEST_TICKET;
	digest->len = 0;
	digest->digest[32] = 1;
	refused(f, IMATEE_ERR_MALFORMED);
	/* an entry has a format, and what is none has nothing */
	right();
	m.head.format_len = 0;
	refused(f, IMATEE_ERR_MALFORMED);
	for (i = 0; i < 3; i++) {
		event_begin(&m, i == 0 ? "ima-ng" : "", i == 1 ? "d-ng" : "");
		if (i == 2)
			event_add_field(&m, "", 0);
		m.head.flags = IMATEE_EVENT_NO_ENTRY;
		refused(f, IMATEE_ERR_MALFORMED);
	}
}

/* Lengths that do not sum up to the message's. */
static void wrong_lengths(void **state)
{
	struct fixture *f = *state;
	uint8_t buf[2048] = { 0 };
	uint32_t len = 0;
	uint32_t all = 0;

	right();
	all = (uint32_t)event_bytes(&m, buf);
	for (len = sizeof(struct imatee_request); len < all; len++) {
		memcpy(buf, &len, sizeof(len));
		assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_MEASURE,
					    buf, len, &answer),
				 IMATEE_ERR_MALFORMED);
	}
	len = all + 1;
	memcpy(buf, &len, sizeof(len));
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len,
				    &answer),
			 IMATEE_ERR_MALFORMED);
	assert_null(f->keeper.log);
}

static void too_long(void **state)
{
	static const uint8_t zeros[IMATEE_LOG_RECORD_MAX];
	struct fixture *f = *state;
	uint8_t buf[1024] = { 0 };
	uint32_t *const lens[] = { &m.head.name_len, &m.head.format_len,
				   &m.head.fields_len, &m.head.content_len };
	static const uint32_t over[] = { 256, 256, IMATEE_LOG_RECORD_MAX + 1,
					 IMATEE_MSG_MAX + 1 };
	const size_t other = sizeof(record_head) + 6 + 4 + 8 + 32;
	size_t longest = IMATEE_LOG_RECORD_MAX - other - 4;
	size_t i = 0;
	uint32_t len = 0;

	for (i = 0; i < COUNT(lens); i++) {
		right();
		len = (uint32_t)event_bytes(&m, buf);
		*lens[i] = over[i];
		memcpy(buf, &m.head, sizeof(m.head));
		memcpy(buf, &len, sizeof(len));
		assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_MEASURE,
					    buf, len, &answer),
				 IMATEE_ERR_TOO_LONG);
		*lens[i] = UINT32_MAX;
		memcpy(buf, &m.head, sizeof(m.head));
		memcpy(buf, &len, sizeof(len));
		assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_MEASURE,
					    buf, len, &answer),
				 IMATEE_ERR_TOO_LONG);
	}
	/* the longest record, and one byte more */
	right();
	m.head.fields_len = 0;
	event_add_field(&m, zeros, longest + 1);
	refused(f, IMATEE_ERR_TOO_LONG);
	m.head.fields_len = 0;
	event_add_field(&m, zeros, longest);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(record_head.len, IMATEE_LOG_RECORD_MAX);
	/* a made field that does not fit any more */
	for (i = 0; i < 40; i += 13) {
		event_begin(&m, "", "n-ng|d-ng");
		add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
		event_add_field(&m, zeros,
				IMATEE_LOG_RECORD_MAX - sizeof(record_head) -
					9 - 4 - i);
		refused(f, IMATEE_ERR_TOO_LONG);
	}
	event_begin(&m, "", "n-ng|d-modsig");
	event_add_field(&m, zeros,
			IMATEE_LOG_RECORD_MAX - sizeof(record_head) - 13 - 4 -
				3);
	refused(f, IMATEE_ERR_TOO_LONG);
}

static void unknown_hashes(void **state)
{
	static const uint8_t sources[] = { IMATEE_DIGEST_CONTENT,
					   IMATEE_DIGEST_TICKET,
					   IMATEE_DIGEST_GIVEN,
					   IMATEE_DIGEST_ZERO };
	unsigned int id = 0;
	size_t i = 0;
	size_t s = 0;

	for (id = 0; id < 256; id++) {
		for (i = 0; i < ALGOS && algos[i].id != id; i++)
			;
		if (i < ALGOS)
			continue;
		for (s = 0; s < COUNT(sources); s++) {
			event_begin(&m, "ima-ngv2", "d-ngv2|n-ng");
			event_add_digest(&m, IMATEE_HASH_SHA256, sources[s],
					 IMATEE_ROLE_FILE);
			event_add_field(&m, "x", 2);
			m.head.digests[0].algo = (uint8_t)id;
			refused(*state, IMATEE_ERR_HASH_ALGO);
		}
	}
}

static void bad_formats(void **state)
{
	static const struct {
		const char *name;
		const char *format;
	} bad[] = {
		{ "", "d-ng|" },
		{ "", "|d-ng" },
		{ "", "d-ng||n-ng" },
		{ "", "|" },
		{ "", "D-NG" },
		{ "", "d-ng|n ng" },
		{ "", "d-ng\n" },
		{ "", "d_ng" },
		{ "", "d-ng|12345678901234567" },
		{ "", "d|d|d|d|d|d|d|d|d|d|d|d|d|d|d|d" },
		/* a name stands for its format, and no format for a name */
		{ "ima-ng", "n-ng|d-ng" },
		{ "ima-ng", "n-ng|n-ng" },
		{ "ima-ng", "d-ng|n-ng|sig" },
		{ "ima", "d-ng|n-ng" },
		{ "ima", "n|d" },
		{ "d-ng|n-ng", "n-ng|n-ng" },
		{ "other", "d-ng|n-ng" },
		{ "", "ima" },
		{ "", "ima-ng" },
		{ "", "evm-sig" },
		{ "ima-ng ", "d-ng|n-ng" },
	};
	size_t fields = 0;
	size_t i = 0;

	for (i = 0; i < COUNT(bad); i++)
		for (fields = 0; fields < 3; fields++) {
			event_begin(&m, bad[i].name, bad[i].format);
			add_content(IMATEE_HASH_SHA1,
				    IMATEE_ROLE_FILE | IMATEE_ROLE_LEGACY);
			while (m.head.fields_len / 5 < fields)
				event_add_field(&m, "x", 1);
			refused(*state, IMATEE_ERR_TEMPLATE);
		}
	/* no byte is hidden behind a NUL */
	right();
	m.head.name_len++;
	refused(*state, IMATEE_ERR_TEMPLATE);
	right();
	m.head.format_len++;
	refused(*state, IMATEE_ERR_TEMPLATE);
	/* 15 fields are not too many, and 16 characters */
	event_begin(&m, "", "d|d|d|d|d|d|d|d|d|d|d|d|d|d|1234567890123456");
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_LEGACY);
	event_add_field(&m, "x", 1);
	assert_int_equal(event_send(*state, &m, &answer), IMATEE_OK);
}

static void missing_and_left(void **state)
{
	static const char name[257] = "long";
	struct fixture *f = *state;
	uint32_t len = 0;

	/* roles */
	right();
	m.head.digests[0].roles = IMATEE_ROLE_MODSIG;
	refused(f, IMATEE_ERR_TEMPLATE);
	event_begin(&m, "ima", "d|n");
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_FILE);
	event_add_field(&m, "x", 2);
	refused(f, IMATEE_ERR_TEMPLATE);
	event_begin(&m, "ima-ngv2", "d-ngv2|n-ng");
	event_add_field(&m, "x", 2);
	refused(f, IMATEE_ERR_TEMPLATE);
	/* fields: none, one too many, and lengths beyond the end */
	right();
	m.head.fields_len = 0;
	refused(f, IMATEE_ERR_TEMPLATE);
	right();
	event_add_field(&m, "", 0);
	refused(f, IMATEE_ERR_TEMPLATE);
	right();
	m.head.fields_len++;
	refused(f, IMATEE_ERR_TEMPLATE);
	right();
	m.head.fields_len = 3;
	refused(f, IMATEE_ERR_TEMPLATE);
	right();
	len = 11;
	memcpy(m.fields, &len, sizeof(len));
	refused(f, IMATEE_ERR_TEMPLATE);
	len = UINT32_MAX;
	memcpy(m.fields, &len, sizeof(len));
	refused(f, IMATEE_ERR_TEMPLATE);
	/* "n" of the template "ima" has 256 bytes */
	event_begin(&m, "ima", "d|n");
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_LEGACY);
	event_add_field(&m, name, 257);
	refused(f, IMATEE_ERR_TEMPLATE);
	m.head.fields_len = 0;
	event_add_field(&m, name, 256);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(record_head.data_len, 4 + 20 + 4 + 256);
}

static void no_room(void **state)
{
	struct fixture *f = *state;
	uint8_t buf[1024] = { 0 };
	size_t size = 0;
	size_t len = 0;
	size_t full = 0;

	right();
	len = event_bytes(&m, buf);
	full = sizeof(measured) + sizeof(record_head) + 6 + 4 + 8 + 32 + 4 + 10;
	for (size = len; size < full; size++) {
		send_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len, size,
			    &answer);
		assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
		assert_int_equal(answer.head.needed, full);
	}
	assert_int_equal(f->keeper.log->entries, 0);
	send_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len, full, &answer);
	assert_int_equal(answer.head.error, IMATEE_OK);
	assert_int_equal(answer.len, full);
	/* who has it already needs less */
	send_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len,
		    sizeof(measured) - 1, &answer);
	assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	assert_int_equal(answer.head.needed, sizeof(measured));
	send_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len,
		    sizeof(measured), &answer);
	assert_int_equal(answer.head.error, IMATEE_OK);
	memcpy(&measured, answer.buf, sizeof(measured));
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_EXISTS);
}

static void no_memory(void **state)
{
	struct fixture *f = *state;

	right();
	host.allocs_left = 0;
	refused(f, IMATEE_ERR_RESOURCES);
	/* without an entry none is needed */
	event_begin(&m, "", "");
	m.head.flags = IMATEE_EVENT_NO_ENTRY;
	add_content(IMATEE_HASH_SHA512, 0);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	host.allocs_left = 1;
	right();
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(host.allocs_left, 0);
	m.head.pcr = 11;
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.position, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("tickets that are forged, or of another file, algorithm or boot: TICKET",
		     forged_tickets),
		TEST("events out of range: BAD_VALUE", bad_values),
		TEST("digests of a source that does not fit: BAD_VALUE",
		     bad_sources),
		TEST("events that are not zero where nothing is: MALFORMED",
		     malformed),
		TEST("events of which the lengths do not sum up: MALFORMED",
		     wrong_lengths),
		TEST("events beyond a limit: TOO_LONG", too_long),
		TEST("hashes that are not computed here: HASH_ALGO",
		     unknown_hashes),
		TEST("formats that are none, or not their name's: TEMPLATE",
		     bad_formats),
		TEST("events without what the template wants, or with more: TEMPLATE",
		     missing_and_left),
		TEST("without room for the reply nothing is logged: SHORT_BUFFER",
		     no_room),
		TEST("without memory for the log nothing is logged, and later none is needed",
		     no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
