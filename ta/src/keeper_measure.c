// SPDX-License-Identifier: GPL-2.0-or-later
#include <stddef.h>

#include "event.h"
#include "keeper.h"
#include "keeper_measure.h"
#include "template.h"

/* What stands between the head of the reply to IMATEE_CMD_MEASURE and the digests. */
struct measure_body {
	uint64_t position;
	uint8_t outcome;
	uint8_t reserved[3];
	uint32_t record_len;
	struct imatee_log_segment closed;
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct measure_body) ==
		      offsetof(struct imatee_measure_reply, digests),
	      "struct measure_body does not end before the digests");

/* After writer_reserve() for both, and for what the caller has beside them. */
static void put_body(struct call *call, const struct event *event,
		     const struct measure_body *body)
{
	writer_put(&call->out, body, sizeof(*body));
	writer_put(&call->out, event->request.digests,
		   sizeof(event->request.digests));
}

#define BODY_SIZE \
	(sizeof(struct imatee_measure_reply) - sizeof(struct imatee_reply))

/* An answer without an entry. */
static enum imatee_error answer(struct call *call, const struct event *event,
				uint8_t outcome)
{
	const struct measure_body body = { .outcome = outcome };

	if (!writer_reserve(&call->out, BODY_SIZE))
		return IMATEE_ERR_SHORT_BUFFER;
	put_body(call, event, &body);
	return IMATEE_OK;
}

static enum imatee_error append(struct call *call, const struct event *event,
				const struct log_entry *entry)
{
	struct keeper *keeper = call->ta;
	struct measure_body body = { .outcome = IMATEE_OUTCOME_ADDED };
	const uint8_t *record = log_room(keeper->log);

	body.position = keeper->log->entries;
	body.record_len = entry->record_len;
	/* The reply comes first: whoever is not answered has logged nothing. */
	if (!writer_reserve(&call->out, BODY_SIZE + entry->record_len))
		return IMATEE_ERR_SHORT_BUFFER;
	log_append(keeper->log, &keeper->ticket_key, entry, &body.closed);
	put_body(call, event, &body);
	writer_put(&call->out, record, entry->record_len);
	return IMATEE_OK;
}

static enum imatee_error enter(struct call *call, const struct event *event)
{
	struct keeper *keeper = call->ta;
	struct log_entry entry = {
		.pcr = event->request.pcr,
		.violation = event->request.flags & IMATEE_EVENT_VIOLATION,
	};
	enum imatee_error error = IMATEE_OK;

	if (!keeper->log)
		keeper->log = log_new();
	if (!keeper->log)
		return IMATEE_ERR_RESOURCES;
	error = template_build(event, log_room(keeper->log), &entry.record_len);
	if (error)
		return error;
	if (!entry.violation) {
		template_digest(log_room(keeper->log), &entry.digest);
		if (log_has(keeper->log, &entry))
			return answer(call, event, IMATEE_OUTCOME_EXISTS);
	}
	return append(call, event, &entry);
}

enum imatee_error keeper_measure(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct event event = { 0 };
	enum imatee_error error = event_decode(call, &event);

	if (!error)
		error = event_make_digests(&event, &keeper->ticket_key);
	if (error)
		return error;
	return event.request.flags & IMATEE_EVENT_NO_ENTRY ?
		       answer(call, &event, IMATEE_OUTCOME_NO_ENTRY) :
		       enter(call, &event);
}
