/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of measurements, as far as the TEE keeps it: its PCRs, its order, the records of
 * the open segment, and which entries it has had just now. All else is in normal memory, in
 * closed segments that are known by their MAC. However long the log grows, this stays as
 * large as it is.
 */
#ifndef IMATEE_LOG_H
#define IMATEE_LOG_H

#include "log_window.h"
#include "ticket.h"

struct log {
	uint64_t entries;
	uint64_t violations;
	uint64_t open_first;
	uint32_t open_count;
	uint32_t open_len;
	uint32_t pcrs_used;
	uint32_t ordered; /* bytes of the open segment that are in .order */
	struct imatee_pcr pcrs[IMATEE_PCRS];
	uint8_t order[32]; /* without what log_order() has not taken in yet */
	/* The first entry that is kept, and the PCRs and the order before it. */
	uint64_t trimmed;
	struct imatee_pcr base[IMATEE_PCRS];
	uint8_t base_order[32];
	struct log_window window;
	/* Records of the open segment, and behind them room for the next one. */
	uint8_t open[IMATEE_LOG_SEGMENT - 1 + IMATEE_LOG_RECORD_MAX];
};

/* What is to be appended. */
struct log_entry {
	uint8_t pcr;
	bool violation;
	uint32_t record_len; /* bytes in log_room() */
	struct imatee_pcr digest; /* of its template data; not of a violation */
	uint8_t tag[LOG_WINDOW_TAG];
};

/* Empty, or NULL if memory is used up. */
struct log *log_new(void);

/* @log may be NULL. */
void log_free(struct log *log);

/*
 * Another kernel begins to write. What it measures is appended, whatever the one before it
 * has measured: its boot_aggregate first of all. So it is in mainline, too.
 */
void log_attach(struct log *log);

/* Where the next record is built: IMATEE_LOG_RECORD_MAX bytes. */
uint8_t *log_room(struct log *log);

/* Is it among the last ones? Fills in its tag. */
bool log_has(const struct log *log, struct log_entry *entry);

/*
 * Appends the record that stands in log_room(), and extends the entry's PCR. @closed tells
 * of the segment that it was the last of, or is zeros. Cannot fail. The record stays
 * where it is until the next one is built.
 */
void log_append(struct log *log, const struct ticket_key *key,
		const struct log_entry *entry,
		struct imatee_log_segment *closed);

/*
 * The order after all entries, 32 bytes. Each record is hashed once for it: here, or when
 * its segment is closed.
 */
const uint8_t *log_order(struct log *log);

/*
 * The log begins at a position that it has had, with these PCRs and this order. If it
 * begins there or later already, nothing changes.
 */
void log_trim(struct log *log, const struct checkpoint *checkpoint);

/* Are @count records, @len bytes, the first ones of the open segment? */
bool log_open_has(const struct log *log, uint32_t count, uint32_t len);

#endif /* IMATEE_LOG_H */
