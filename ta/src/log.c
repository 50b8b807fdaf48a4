// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "log.h"
#include "pcr.h"
#include "platform.h"

/* The longest segment, behind what is asked of it and before what is answered. */
static_assert(sizeof(struct imatee_log_check) + IMATEE_LOG_SEGMENT - 1 +
			      IMATEE_LOG_RECORD_MAX <=
		      IMATEE_MSG_MAX,
	      "a segment does not fit a message with its check");
static_assert(sizeof(struct imatee_log_read_reply) + IMATEE_LOG_SEGMENT - 1 <=
		      IMATEE_MSG_MAX,
	      "the open segment does not fit a reply");
static_assert(sizeof(struct imatee_measure_reply) + IMATEE_LOG_RECORD_MAX <=
		      IMATEE_MSG_MAX,
	      "a record does not fit a reply");

struct log *log_new(void)
{
	struct log *log = platform_alloc(sizeof(*log));

	if (log)
		log_window_init(&log->window);
	return log;
}

void log_free(struct log *log)
{
	platform_free(log, sizeof(*log));
}

void log_attach(struct log *log)
{
	memset(&log->window, 0, sizeof(log->window));
	log_window_init(&log->window);
}

uint8_t *log_room(struct log *log)
{
	return log->open + log->open_len;
}

bool log_has(const struct log *log, struct log_entry *entry)
{
	log_window_tag(&log->window, entry->pcr, entry->digest.sha256,
		       entry->tag);
	return log_window_has(&log->window, entry->tag);
}

/* As mainline: whoever replays the log must notice, whatever the entry says. */
static void extend(struct log *log, const struct log_entry *entry)
{
	struct imatee_pcr ones = { 0 };

	memset(&ones, 0xff, sizeof(ones));
	pcr_extend(&log->pcrs[entry->pcr],
		   entry->violation ? &ones : &entry->digest);
	log->pcrs_used |= 1u << entry->pcr;
}

const uint8_t *log_order(struct log *log)
{
	struct imatee_log_record record = { 0 };
	struct file_hash hash = { 0 };

	while (log->ordered < log->open_len) {
		memcpy(&record, log->open + log->ordered, sizeof(record));
		file_hash_init(&hash, file_hash_find(IMATEE_HASH_SHA256));
		file_hash_update(&hash, log->order, sizeof(log->order));
		file_hash_update(&hash, log->open + log->ordered, record.len);
		file_hash_final(&hash, log->order);
		log->ordered += record.len;
	}
	return log->order;
}

static void close_segment(struct log *log, const struct ticket_key *key,
			  struct imatee_log_segment *closed)
{
	uint8_t records[32] = { 0 };

	file_hash_of(IMATEE_HASH_SHA256, log->open, log->open_len, records);
	closed->first = log->open_first;
	closed->count = log->open_count;
	closed->len = log->open_len;
	ticket_sign_segment(key, records, closed);
	log_order(log);
	log->open_first += log->open_count;
	log->open_count = 0;
	log->open_len = 0;
	log->ordered = 0;
}

void log_append(struct log *log, const struct ticket_key *key,
		const struct log_entry *entry,
		struct imatee_log_segment *closed)
{
	memset(closed, 0, sizeof(*closed));
	extend(log, entry);
	if (entry->violation)
		log->violations++;
	else
		log_window_add(&log->window, entry->tag);
	log->entries++;
	log->open_count++;
	log->open_len += entry->record_len;
	if (log->open_len >= IMATEE_LOG_SEGMENT)
		close_segment(log, key, closed);
}

void log_trim(struct log *log, const struct checkpoint *checkpoint)
{
	if (checkpoint->position <= log->trimmed)
		return;
	if (checkpoint->position > log->entries)
		platform_panic("the log was trimmed beyond its end");
	log->trimmed = checkpoint->position;
	memcpy(log->base, checkpoint->pcrs, sizeof(log->base));
	memcpy(log->base_order, checkpoint->order, sizeof(log->base_order));
}

bool log_open_has(const struct log *log, uint32_t count, uint32_t len)
{
	struct imatee_log_record record = { 0 };
	uint32_t at = 0;
	uint32_t i = 0;

	if (count > log->open_count)
		return false;
	for (i = 0; i < count; i++) {
		memcpy(&record, log->open + at, sizeof(record));
		at += record.len;
	}
	return at == len;
}
