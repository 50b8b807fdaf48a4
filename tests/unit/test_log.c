// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The log: its PCRs are what its records say, nobody changes those unnoticed, and it
 * takes as much memory and time as at its beginning however long it is.
 */
#include <limits.h>
#include <stdlib.h>

#include "log.h"
#include "measuring.h"

static struct message m;
static struct answer answer;

/* What a kernel keeps: all records, and the closed segments. */
#define SEGMENTS_MAX 160

static struct {
	uint8_t records[SEGMENTS_MAX * 2 * IMATEE_LOG_SEGMENT];
	size_t len;
	size_t open_at; /* where the open segment's records begin */
	struct {
		struct imatee_log_segment head;
		size_t at;
	} segments[SEGMENTS_MAX];
	size_t count;
} kept;

static int setup(void **state)
{
	memset(&kept, 0, sizeof(kept));
	return fixture_setup(state);
}

/* Measures @m, and keeps what the answer brings. */
static uint8_t measure(struct fixture *f)
{
	static const struct imatee_log_segment none;

	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	if (measured.outcome != IMATEE_OUTCOME_ADDED) {
		assert_int_equal(measured.record_len, 0);
		assert_int_equal(measured.position, 0);
		assert_memory_equal(&measured.closed, &none, sizeof(none));
		return measured.outcome;
	}
	memcpy(kept.records + kept.len, record, measured.record_len);
	kept.len += measured.record_len;
	if (measured.closed.count) {
		kept.segments[kept.count].head = measured.closed;
		kept.segments[kept.count++].at = kept.open_at;
		assert_int_equal(measured.closed.len, kept.len - kept.open_at);
		kept.open_at = kept.len;
	}
	return measured.outcome;
}

static uint8_t measure_number(struct fixture *f, uint32_t number)
{
	event_number(&m, number);
	return measure(f);
}

static void random_event(uint32_t number)
{
	static const uint8_t zeros[3000];
	const uint32_t dice = (uint32_t)rand();

	event_number(&m, number);
	m.head.pcr = dice % IMATEE_PCR_BINDING;
	if (dice % 5 == 0) {
		m.head.flags = IMATEE_EVENT_VIOLATION;
		m.head.digests[0].source = IMATEE_DIGEST_ZERO;
		m.head.digests[0].len = 0;
	} else if (dice % 7 == 0) {
		event_begin(&m, "ima", "d|n");
		event_set_content(&m, &number, sizeof(number));
		event_add_digest(&m, IMATEE_HASH_SHA1, IMATEE_DIGEST_CONTENT,
				 IMATEE_ROLE_LEGACY);
		event_add_field(&m, "name", 5);
	} else if (dice % 3 == 0) {
		event_begin(&m, "", "n-ng|sig");
		event_add_field(&m, &number, sizeof(number));
		event_add_field(&m, zeros, dice % 3000);
	}
}

static void replays(void **state)
{
	static struct replay replay;
	uint32_t i = 0;

	memset(&replay, 0, sizeof(replay));
	srand(1);
	for (i = 0; i < 3000; i++) {
		random_event(i);
		assert_int_equal(measure(*state), IMATEE_OUTCOME_ADDED);
		assert_int_equal(measured.position, i);
	}
	assert_true(kept.count > 10);
	replay_records(&replay, kept.records, kept.len);
	assert_int_equal(replay.entries, 3000);
	assert_replayed(*state, &replay);
}

static void empty_log(void **state)
{
	static const struct replay none;
	struct fixture *f = *state;
	struct imatee_log_segment segment = { 0 };
	struct imatee_log_read_reply reply = { 0 };

	assert_replayed(f, &none);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_READ,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(reply));
	memcpy(&reply, answer.buf, sizeof(reply));
	assert_memory_equal(&reply.segment, &segment, sizeof(segment));
	assert_int_equal(log_check(f, &segment, kept.records), IMATEE_OK);
	segment.first = 1;
	assert_int_equal(log_check(f, &segment, kept.records),
			 IMATEE_ERR_LOG_MISMATCH);
	segment.first = 0;
	segment.count = 1;
	assert_int_equal(log_check(f, &segment, kept.records),
			 IMATEE_ERR_LOG_MISMATCH);
	/* reading it costs no memory */
	assert_null(f->keeper.log);
}

/* Readers find the open segment as it was written, whole or not at all. */
static void reads(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_read_reply reply = { 0 };
	struct imatee_log_status_reply status = { 0 };
	uint32_t i = 0;

	for (i = 0; i < 400; i++) {
		measure_number(f, i);
		if (i % 7)
			continue;
		assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_READ,
					    &empty_request,
					    sizeof(empty_request), &answer),
				 IMATEE_OK);
		memcpy(&reply, answer.buf, sizeof(reply));
		log_status(f, &status);
		assert_int_equal(reply.segment.first, status.open_first);
		assert_int_equal(reply.segment.count, status.open_count);
		assert_int_equal(reply.segment.len, status.open_len);
		assert_int_equal(answer.len, sizeof(reply) + status.open_len);
		assert_int_equal(status.open_len, kept.len - kept.open_at);
		assert_int_equal(status.open_first + status.open_count, i + 1);
		assert_memory_equal(answer.buf + sizeof(reply),
				    kept.records + kept.open_at,
				    status.open_len);
		assert_true(all_zero(reply.segment.mac, 32));
	}
	send_keeper(f, f->user, IMATEE_CMD_LOG_READ, &empty_request,
		    sizeof(empty_request), sizeof(reply) + status.open_len - 1,
		    &answer);
	assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	assert_int_equal(answer.head.needed, sizeof(reply) + status.open_len);
	send_keeper(f, f->user, IMATEE_CMD_LOG_STATUS, &empty_request,
		    sizeof(empty_request), sizeof(status) - 1, &answer);
	assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	assert_int_equal(answer.head.needed, sizeof(status));
}

static enum imatee_error check_segment(struct fixture *f, size_t which)
{
	return log_check(f, &kept.segments[which].head,
			 kept.records + kept.segments[which].at);
}

static void closed_segments(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_segment head = { 0 };
	uint8_t *records = NULL;
	uint32_t first = 0;
	size_t i = 0;

	for (i = 0; kept.count < 3; i++)
		measure_number(f, (uint32_t)i);
	for (i = 0; i < kept.count; i++) {
		head = kept.segments[i].head;
		assert_int_equal(head.first, first);
		assert_in_range(head.len, IMATEE_LOG_SEGMENT,
				IMATEE_LOG_SEGMENT + 200);
		assert_int_equal(check_segment(f, i), IMATEE_OK);
		first += head.count;
	}
	/* flipped bits */
	records = kept.records + kept.segments[1].at;
	for (i = 0; i < head.len; i += 37) {
		records[i] ^= 1;
		assert_int_equal(check_segment(f, 1), IMATEE_ERR_LOG_MISMATCH);
		records[i] ^= 1;
	}
	assert_int_equal(check_segment(f, 1), IMATEE_OK);
	/* the words for another one */
	head = kept.segments[1].head;
	assert_int_equal(log_check(f, &head, kept.records),
			 IMATEE_ERR_LOG_MISMATCH);
	head.first = 0;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head = kept.segments[1].head;
	head.count++;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	/* truncated, by a byte or by a record; nothing; and one more record */
	head = kept.segments[1].head;
	head.len--;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head.len = 0;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head = kept.segments[1].head;
	memcpy(&record_head, records, sizeof(record_head));
	head.len += record_head.len;
	head.count++;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	/* without its word it is the open one's matter */
	head = kept.segments[1].head;
	memset(head.mac, 0, sizeof(head.mac));
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	/* of another boot */
	f->keeper.ticket_key.bytes[31] ^= 1;
	assert_int_equal(check_segment(f, 1), IMATEE_ERR_LOG_MISMATCH);
}

static void reordered(void **state)
{
	struct fixture *f = *state;
	uint8_t first[256] = { 0 };
	uint8_t *records = NULL;
	uint32_t len = 0;

	while (kept.count < 2)
		measure_number(f, (uint32_t)kept.len);
	records = kept.records + kept.segments[1].at;
	memcpy(&record_head, records, sizeof(record_head));
	len = record_head.len;
	/* all records are of one size */
	memcpy(first, records, len);
	memmove(records, records + len, len);
	memcpy(records + len, first, len);
	assert_int_equal(check_segment(f, 1), IMATEE_ERR_LOG_MISMATCH);
	memmove(records + len, records, len);
	memcpy(records, first, len);
	assert_int_equal(check_segment(f, 1), IMATEE_OK);
}

static void open_segment(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_segment head = { 0 };
	const uint8_t *records = NULL;
	uint32_t one = 0;
	uint32_t i = 0;

	for (i = 0; kept.count < 1 || i % 50; i++)
		measure_number(f, i);
	records = kept.records + kept.open_at;
	head.first = kept.segments[0].head.count;
	memcpy(&record_head, records, sizeof(record_head));
	one = record_head.len;
	/* each number of records from the first on */
	for (i = 0; i <= (kept.len - kept.open_at) / one; i++) {
		head.count = i;
		head.len = i * one;
		assert_int_equal(log_check(f, &head, records), IMATEE_OK);
	}
	/* one more than there is */
	head.count = i;
	head.len = i * one;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head.count = UINT32_MAX;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	/* not at a record's end, or not so many */
	head.count = 2;
	head.len = 2 * one - 1;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head.len = one;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head.len = 2 * one;
	assert_int_equal(log_check(f, &head, records + one),
			 IMATEE_ERR_LOG_MISMATCH);
	head.first++;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
	head.first--;
	head.mac[0] = 1;
	assert_int_equal(log_check(f, &head, records), IMATEE_ERR_LOG_MISMATCH);
}

/* One byte less than closes a segment, and the longest record behind it. */
static void longest_segment(void **state)
{
	static const uint8_t zeros[IMATEE_LOG_RECORD_MAX];
	const size_t frame = sizeof(record_head) + 4 + 4;
	const size_t max = IMATEE_LOG_SEGMENT - 1 + IMATEE_LOG_RECORD_MAX;
	struct fixture *f = *state;
	struct imatee_log_segment head = { 0 };

	event_begin(&m, "", "n-ng");
	event_add_field(&m, zeros, IMATEE_LOG_SEGMENT - 1 - frame);
	assert_int_equal(measure(f), IMATEE_OUTCOME_ADDED);
	assert_int_equal(kept.count, 0);
	event_begin(&m, "", "n-ng");
	event_add_field(&m, zeros, IMATEE_LOG_RECORD_MAX - frame);
	assert_int_equal(measure(f), IMATEE_OUTCOME_ADDED);
	assert_int_equal(kept.count, 1);
	head = kept.segments[0].head;
	assert_int_equal(head.len, max);
	assert_int_equal(head.count, 2);
	assert_int_equal(check_segment(f, 0), IMATEE_OK);
	/* nothing is longer */
	head.len++;
	assert_int_equal(log_check(f, &head, kept.records),
			 IMATEE_ERR_TOO_LONG);
	/* and the next one begins anew */
	assert_int_equal(measure_number(f, 1), IMATEE_OUTCOME_ADDED);
	assert_int_equal(measured.position, 2);
	assert_int_equal(kept.count, 1);
	/* exactly so long is closed */
	head = (struct imatee_log_segment){ 0 };
	event_begin(&m, "", "n-ng");
	event_add_field(&m, zeros,
			IMATEE_LOG_SEGMENT - measured.record_len - frame);
	assert_int_equal(measure(f), IMATEE_OUTCOME_ADDED);
	assert_int_equal(kept.count, 2);
	assert_int_equal(kept.segments[1].head.len, IMATEE_LOG_SEGMENT);
	assert_int_equal(kept.segments[1].head.first, 2);
	assert_int_equal(check_segment(f, 1), IMATEE_OK);
}

static void malformed_checks(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_check check = { .hdr.len = sizeof(check) };
	uint8_t buf[100] = { 0 };
	uint32_t len = 0;

	check.segment.len = 10;
	memcpy(buf, &check, sizeof(check));
	for (len = sizeof(struct imatee_request); len < sizeof(buf); len++) {
		memcpy(buf, &len, sizeof(len));
		assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_CHECK,
					    buf, len, &answer),
				 len == sizeof(check) + 10 ?
					 IMATEE_ERR_LOG_MISMATCH :
					 IMATEE_ERR_MALFORMED);
	}
	buf[0] = sizeof(struct imatee_request) + 1;
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_STATUS, buf,
				    buf[0], &answer),
			 IMATEE_ERR_MALFORMED);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_READ, buf,
				    buf[0], &answer),
			 IMATEE_ERR_MALFORMED);
}

static void duplicates(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_status_reply before = { 0 };
	struct imatee_log_status_reply after = { 0 };
	uint32_t i = 0;

	for (i = 0; i < LOG_WINDOW; i++)
		assert_int_equal(measure_number(f, i), IMATEE_OUTCOME_ADDED);
	/* all of them are known */
	log_status(f, &before);
	for (i = 0; i < LOG_WINDOW; i++) {
		assert_int_equal(measure_number(f, i), IMATEE_OUTCOME_EXISTS);
		/* whoever is told so has his ticket all the same */
		assert_int_equal(measured.digests[0].source,
				 IMATEE_DIGEST_TICKET);
		assert_true(ticket_holds_digest(&f->keeper.ticket_key,
						m.head.identity,
						&measured.digests[0]));
	}
	log_status(f, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	/* in another PCR it is another entry */
	event_number(&m, 5);
	m.head.pcr = 11;
	assert_int_equal(measure(f), IMATEE_OUTCOME_ADDED);
	assert_int_equal(measure(f), IMATEE_OUTCOME_EXISTS);
	/* and has pushed out the oldest, but no other */
	assert_int_equal(measure_number(f, 1), IMATEE_OUTCOME_EXISTS);
	assert_int_equal(measure_number(f, 0), IMATEE_OUTCOME_ADDED);
	assert_int_equal(measure_number(f, 1), IMATEE_OUTCOME_ADDED);
	assert_int_equal(measure_number(f, 3), IMATEE_OUTCOME_EXISTS);
	/* violations take no place in it */
	for (i = 0; i < LOG_WINDOW; i++) {
		event_number(&m, i);
		m.head.flags = IMATEE_EVENT_VIOLATION;
		m.head.digests[0].source = IMATEE_DIGEST_ZERO;
		m.head.digests[0].len = 0;
		assert_int_equal(measure(f), IMATEE_OUTCOME_ADDED);
	}
	assert_int_equal(measure_number(f, 3), IMATEE_OUTCOME_EXISTS);
}

/* Instructions cannot be counted here; what is done for each entry can. */
static void window_is_bounded(void **state)
{
	struct log_window *window = calloc(1, sizeof(*window));
	uint8_t tag[LOG_WINDOW_TAG] = { 0 };
	uint8_t digest[32] = { 0 };
	size_t longest = 0;
	size_t len = 0;
	uint32_t i = 0;
	uint32_t b = 0;
	uint16_t slot = 0;

	(void)state;
	assert_non_null(window);
	log_window_init(window);
	for (i = 0; i < 20 * LOG_WINDOW; i++) {
		/* even such as somebody has looked for */
		memcpy(digest + 8, &i, sizeof(i));
		log_window_tag(window, 10, digest, tag);
		assert_false(log_window_has(window, tag));
		log_window_add(window, tag);
		assert_true(log_window_has(window, tag));
	}
	i = 0;
	for (b = 0; b < LOG_WINDOW; b++) {
		len = 0;
		for (slot = window->heads[b]; slot;
		     slot = window->next[slot - 1])
			len++;
		longest = len > longest ? len : longest;
		i += len;
	}
	assert_int_equal(i, LOG_WINDOW);
	assert_in_range(longest, 1, 20);
	/* the last ones, and no more */
	for (i = 0; i < 20 * LOG_WINDOW; i += 97) {
		memcpy(digest + 8, &i, sizeof(i));
		log_window_tag(window, 10, digest, tag);
		assert_int_equal(log_window_has(window, tag),
				 i >= 19 * LOG_WINDOW);
	}
	free(window);
}

static void long_log(void **state)
{
	struct fixture *f = *state;
	struct imatee_log_status_reply status = { 0 };
	static struct replay replay;
	size_t allocated = 0;
	uint32_t i = 0;

	memset(&replay, 0, sizeof(replay));
	for (i = 0; i < 100000; i++) {
		event_number(&m, i);
		assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
		assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
		replay_records(&replay, record, measured.record_len);
		if (!i) {
			/* all that it takes it has now */
			allocated = host.allocated;
			host.allocs_left = 0;
		}
	}
	assert_int_equal(host.allocated, allocated);
	assert_replayed(f, &replay);
	log_status(f, &status);
	assert_int_equal(status.entries, 100000);
	assert_int_equal(status.secure_bytes, sizeof(struct log));
	assert_in_range(status.secure_bytes, 100000, 180 * 1024);
	assert_int_equal(host.allocated,
			 status.secure_bytes + 4 * sizeof(struct session));
}

#define TEST_LOG(name, function)                              \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_LOG("PCRs replayed from thousands of records are the TEE's",
			 replays),
		TEST_LOG(
			"an empty log is zeros, and holds what an empty segment says",
			empty_log),
		TEST_LOG("the open segment is read as it was written", reads),
		TEST_LOG(
			"closed segments hold; flipped, moved, truncated or of another boot: LOG_MISMATCH",
			closed_segments),
		TEST_LOG("records in another order: LOG_MISMATCH", reordered),
		TEST_LOG(
			"the open segment holds from its first record to any other",
			open_segment),
		TEST_LOG(
			"the longest segment can be checked, and none is longer",
			longest_segment),
		TEST_LOG("checks of which the lengths do not sum up: MALFORMED",
			 malformed_checks),
		TEST_LOG(
			"entries among the last 4096 are not logged again, by PCR",
			duplicates),
		TEST_LOG(
			"the window has as many entries as it has, and short ways to each",
			window_is_bounded),
		TEST_LOG("100000 entries take as much memory as one", long_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
