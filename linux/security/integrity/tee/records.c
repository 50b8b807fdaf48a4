// SPDX-License-Identifier: GPL-2.0-only
/*
 * What stands in a segment of the log, record by record. Nothing here calls the TEE. The
 * segment is normal memory: no length in it is believed, whether the TEE has said that it
 * is sound or not.
 */
#include <linux/string.h>

#include "measure.h"

/**
 * imatee_segment_sound - may this be the head of a closed segment?
 * @head: as somebody has written it
 *
 * Whether it is one, the TEE says. Return: true if its length can be relied on.
 */
bool imatee_segment_sound(const struct imatee_log_segment *head)
{
	u32 len = le32_to_cpu(head->len);

	return len && len <= IMATEE_SEGMENT_MAX && head->count &&
	       memchr_inv(head->mac, 0, sizeof(head->mac));
}

/**
 * imatee_record_at - read the head of a record
 * @segment: where it is
 * @offset: where it begins there
 * @record: a copy of it; name and data stand behind it in the segment
 *
 * Return: false if there is no whole record.
 */
bool imatee_record_at(const struct imatee_segment *segment, u32 offset,
		      struct imatee_log_record *record)
{
	u32 len = le32_to_cpu(segment->head.len), left;

	if (offset > len || len - offset < sizeof(*record))
		return false;
	left = len - offset;
	memcpy(record, segment->data + offset, sizeof(*record));
	return le32_to_cpu(record->len) <= left &&
	       le32_to_cpu(record->data_len) <= left &&
	       le32_to_cpu(record->len) == sizeof(*record) + record->name_len +
					   le32_to_cpu(record->data_len);
}

/**
 * imatee_record_skip - skip records, up to that of an entry
 * @segment: where they are
 * @position: of the entry
 * @place: where to begin; with true: where the entry's record is
 *
 * Return: false if there is no whole record.
 */
bool imatee_record_skip(const struct imatee_segment *segment, u64 position,
			struct imatee_place *place)
{
	u64 first = imatee_segment_first(segment);
	struct imatee_log_record record;

	while (first + place->index < position) {
		if (!imatee_record_at(segment, place->offset, &record))
			return false;
		place->offset += le32_to_cpu(record.len);
		place->index++;
	}
	return imatee_record_at(segment, place->offset, &record);
}

/**
 * imatee_segment_tally - count what a segment has in a part of the log
 * @segment: the segment
 * @from: position of the first entry of that part
 * @to: position behind its last one
 *
 * Return: the entries that the segment's head tells of, and how many of them are
 * violations, as far as there are records.
 */
struct imatee_tally imatee_segment_tally(const struct imatee_segment *segment,
					 u64 from, u64 to)
{
	struct imatee_log_record record;
	struct imatee_tally tally = {};
	struct imatee_place place = {};

	from = max(from, imatee_segment_first(segment));
	to = min(to, imatee_segment_end(segment));
	if (from >= to)
		return tally;
	tally.entries = to - from;
	while (from < to && imatee_record_skip(segment, from++, &place) &&
	       imatee_record_at(segment, place.offset, &record))
		if (record.flags & IMATEE_EVENT_VIOLATION)
			tally.violations++;
	return tally;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "records_test.c"
#endif
