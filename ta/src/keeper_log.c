// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "keeper.h"
#include "keeper_log.h"
#include "request.h"
#include "shared_hash.h"

/* The longest segment there is. */
#define SEGMENT_MAX (IMATEE_LOG_SEGMENT - 1 + IMATEE_LOG_RECORD_MAX)

enum imatee_error keeper_log_status(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct log *log = keeper->log;
	/* All zeros until there is an entry. */
	struct imatee_log_status_reply reply = { .secure_bytes = sizeof(*log) };
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	if (log) {
		reply.entries = log->entries;
		reply.violations = log->violations;
		reply.open_first = log->open_first;
		reply.open_count = log->open_count;
		reply.open_len = log->open_len;
		reply.pcrs_used = log->pcrs_used;
		memcpy(reply.pcrs, log->pcrs, sizeof(reply.pcrs));
	}
	return dispatch_answer(call, &reply, sizeof(reply));
}

enum imatee_error keeper_log_read(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct log *log = keeper->log;
	struct imatee_log_segment segment = { 0 };
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	if (log) {
		segment.first = log->open_first;
		segment.count = log->open_count;
		segment.len = log->open_len;
	}
	if (!writer_reserve(&call->out, sizeof(segment) + segment.len))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, &segment, sizeof(segment));
	writer_put(&call->out, log ? log->open : NULL, segment.len);
	return IMATEE_OK;
}

/* @records: SHA-256 of what the caller has. */
static bool is_open(const struct log *log,
		    const struct imatee_log_segment *segment,
		    const uint8_t records[32])
{
	uint8_t ours[32] = { 0 };

	if (!log)
		return !segment->first && !segment->count && !segment->len;
	if (segment->first != log->open_first ||
	    !log_open_has(log, segment->count, segment->len))
		return false;
	file_hash_of(IMATEE_HASH_SHA256, log->open, segment->len, ours);
	return !memcmp(ours, records, sizeof(ours));
}

enum imatee_error keeper_log_check(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct imatee_log_segment segment = { 0 };
	uint8_t records[32] = { 0 };
	bool holds = false;

	if (!reader_take(&call->in, &segment, sizeof(segment)))
		return IMATEE_ERR_MALFORMED;
	if (segment.len > SEGMENT_MAX)
		return IMATEE_ERR_TOO_LONG;
	if (call->rest.len != segment.len)
		return IMATEE_ERR_MALFORMED;
	/* Not parsed, and so not copied either: they are ours, or they are not. */
	shared_hash_sha256(call->rest.shared, segment.len, records);
	if (all_zero(segment.mac, sizeof(segment.mac)))
		holds = is_open(keeper->log, &segment, records);
	else
		holds = ticket_holds_segment(&keeper->ticket_key, records,
					     &segment);
	return holds ? IMATEE_OK : IMATEE_ERR_LOG_MISMATCH;
}
