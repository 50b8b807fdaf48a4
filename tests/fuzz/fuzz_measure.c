// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The keeper's log under any sequence of events, and of questions about it. The target
 * keeps what a kernel keeps, and knows so what the keeper must answer.
 *
 * Input: steps as in fuzz.h, of which .action tells what is sent. Requests are given
 * their length; a ticket without a MAC gets the right one.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"
#include "keeper.h"
#include "message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum measure_step {
	STEP_MEASURE = 0,
	STEP_CHECK = 1, /* the request as it is */
	STEP_CHECK_KEPT = 2, /* what is kept, with a byte of it changed */
	STEP_READ = 3,
	STEP_STATUS = 4,
	STEPS = 5,
};

static struct keeper keeper;
static struct session *kernel;

/* What a kernel keeps: the open segment, and the last that was closed. */
static uint8_t open[65536];
static size_t open_len;
static uint8_t closed[65536];
static struct imatee_log_segment closed_head;
static uint64_t entries;

/* The answer to the last message. */
static uint8_t shared[IMATEE_MSG_MAX];
static struct imatee_reply head;

static bool send(uint32_t command, const void *request, size_t len, size_t size)
{
	size_t reply_len = 0;

	memset(shared, 0, sizeof(shared));
	memcpy(shared, request, len < size ? len : size);
	if (keeper_invoke(&keeper, kernel, command, shared, size, &reply_len) !=
	    PLATFORM_OK)
		return false;
	memcpy(&head, shared, sizeof(head));
	fuzz_require(head.len == reply_len && reply_len <= size,
		     "a reply tells its length");
	return true;
}

static struct imatee_log_status_reply status(void)
{
	const struct imatee_request request = { .len = sizeof(request) };
	struct imatee_log_status_reply reply = { 0 };

	fuzz_require(send(IMATEE_CMD_LOG_STATUS, &request, sizeof(request),
			  sizeof(shared)) &&
			     !head.error,
		     "the log tells how it is");
	memcpy(&reply, shared, sizeof(reply));
	fuzz_require(reply.entries == entries &&
			     reply.open_first + reply.open_count == entries &&
			     reply.open_len == open_len &&
			     reply.open_len < IMATEE_LOG_SEGMENT,
		     "the log has what it was given");
	return reply;
}

static enum imatee_error check(const struct imatee_log_segment *segment,
			       const uint8_t *records)
{
	static uint8_t request[IMATEE_MSG_MAX];
	struct imatee_log_check check = { .segment = *segment };
	const size_t len = sizeof(check) + segment->len;

	check.hdr.len = (uint32_t)len;
	memcpy(request, &check, sizeof(check));
	memcpy(request + sizeof(check), records, segment->len);
	fuzz_require(send(IMATEE_CMD_LOG_CHECK, request, len, sizeof(shared)),
		     "a check is answered");
	return head.error;
}

/* Takes a record as a kernel would. */
static void keep(const struct imatee_measure_reply *reply)
{
	struct imatee_log_record record = { 0 };

	fuzz_require(reply->record_len >= sizeof(record) &&
			     reply->record_len <= IMATEE_LOG_RECORD_MAX &&
			     head.len == sizeof(*reply) + reply->record_len,
		     "a record is as long as the reply says");
	memcpy(&record, shared + sizeof(*reply), sizeof(record));
	fuzz_require(record.len == reply->record_len && !record.reserved &&
			     record.pcr < IMATEE_PCRS && record.name_len &&
			     record.len == sizeof(record) + record.name_len +
						   record.data_len,
		     "a record is sound");
	fuzz_require(reply->position == entries++, "entries stand in a row");
	memcpy(open + open_len, shared + sizeof(*reply), record.len);
	open_len += record.len;
	if (!reply->closed.count)
		return;
	fuzz_require(open_len >= IMATEE_LOG_SEGMENT &&
			     reply->closed.len == open_len &&
			     reply->closed.first + reply->closed.count ==
				     entries,
		     "a segment is closed when it is full");
	closed_head = reply->closed;
	memcpy(closed, open, open_len);
	open_len = 0;
	fuzz_require(!check(&closed_head, closed), "a closed segment holds");
}

/* Signs tickets that come without a MAC. */
static void sign(uint8_t *request, size_t len)
{
	struct imatee_measure measure = { 0 };
	size_t i = 0;

	if (len < sizeof(measure))
		return;
	memcpy(&measure, request, sizeof(measure));
	for (i = 0; i < IMATEE_EVENT_DIGESTS; i++)
		if (measure.digests[i].source == IMATEE_DIGEST_TICKET &&
		    all_zero(measure.digests[i].mac, 32))
			ticket_sign_digest(&keeper.ticket_key, measure.identity,
					   &measure.digests[i]);
	memcpy(request, &measure, sizeof(measure));
}

static void measure(uint8_t *request, size_t len, size_t size)
{
	const struct imatee_log_status_reply before = status();
	struct imatee_log_status_reply after = { 0 };
	struct imatee_measure_reply reply = { 0 };
	bool added = false;

	sign(request, len);
	if (send(IMATEE_CMD_MEASURE, request, len, size) && !head.error) {
		memcpy(&reply, shared, sizeof(reply));
		added = reply.outcome == IMATEE_OUTCOME_ADDED;
		fuzz_require(added || (!reply.record_len && !reply.position &&
				       !reply.closed.count),
			     "what is not added has no record");
		if (added)
			keep(&reply);
	}
	after = status();
	/* Not of the head, which tells of other things as well. */
	fuzz_require(added == !!memcmp(&before.entries, &after.entries,
				       sizeof(before) - sizeof(before.hdr)),
		     "the log changes by what is added, and by nothing else");
}

/* What is kept holds, and does not with a byte changed. */
static void check_kept(const uint8_t *how, size_t len)
{
	struct imatee_log_segment segment = closed_head;
	uint8_t *records = closed;
	const struct imatee_log_status_reply now = status();

	if (len < 4)
		return;
	if (how[0] & 1) {
		records = open;
		segment = (struct imatee_log_segment){ .first = now.open_first,
						       .count = now.open_count,
						       .len = now.open_len };
	}
	if (!segment.count)
		return;
	fuzz_require(!check(&segment, records), "what is kept holds");
	if (how[0] & 2) {
		((uint8_t *)&segment)[how[1] % 12] ^= how[3] | 1;
		fuzz_require(check(&segment, records),
			     "what stands elsewhere does not hold");
		return;
	}
	records[(how[1] | how[2] << 8) % segment.len] ^= how[3] | 1;
	fuzz_require(check(&segment, records) == IMATEE_ERR_LOG_MISMATCH,
		     "what was changed does not hold");
	records[(how[1] | how[2] << 8) % segment.len] ^= how[3] | 1;
}

static void read_open(size_t size)
{
	const struct imatee_request request = { .len = sizeof(request) };
	struct imatee_log_read_reply reply = { 0 };

	if (!send(IMATEE_CMD_LOG_READ, &request, sizeof(request), size) ||
	    head.error)
		return;
	memcpy(&reply, shared, sizeof(reply));
	fuzz_require(reply.segment.len == open_len &&
			     !memcmp(shared + sizeof(reply), open, open_len),
		     "the open segment is what was answered");
}

static void run_step(const struct fuzz_step *step, const uint8_t *request)
{
	uint8_t copy[UINT16_MAX] = { 0 };
	const uint32_t len = step->len;

	memcpy(copy, request, len);
	if (len >= sizeof(len))
		memcpy(copy, &len, sizeof(len));
	switch (step->action % STEPS) {
	case STEP_MEASURE:
		measure(copy, len, step->size);
		break;
	case STEP_CHECK:
		send(IMATEE_CMD_LOG_CHECK, copy, len, step->size);
		break;
	case STEP_CHECK_KEPT:
		check_kept(request, len);
		break;
	case STEP_READ:
		read_open(step->size);
		break;
	default:
		status();
	}
}

static void say_hello(void)
{
	const struct imatee_hello hello = { .hdr.len = sizeof(hello),
					    .abi_major = IMATEE_ABI_MAJOR };

	fuzz_require(keeper_open(&keeper, PLATFORM_CALLER_KERNEL, &kernel) ==
				     PLATFORM_OK &&
			     send(IMATEE_CMD_HELLO, &hello, sizeof(hello),
				  sizeof(shared)) &&
			     !head.error,
		     "the kernel opens a session");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	struct fuzz_step step = { 0 };
	const uint8_t *request = NULL;

	host_reset();
	memset(&keeper, 0, sizeof(keeper));
	memset(&closed_head, 0, sizeof(closed_head));
	open_len = 0;
	entries = 0;
	keeper_create(&keeper, &fuzz_keytab, fuzz_digest);
	say_hello();
	/* One allocation, for the log, is all that may be asked for. */
	host.allocs_left = 1;
	while (fuzz_next(&input, &step, &request))
		run_step(&step, request);
	keeper_close(&keeper, kernel);
	keeper_destroy(&keeper);
	fuzz_require(!host.allocated, "no memory is lost");
	return 0;
}
