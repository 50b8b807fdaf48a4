// SPDX-License-Identifier: GPL-2.0-only
/*
 * One closed segment, whose records are in memory or in a file. In a file they are out of
 * the kernel's hands: whoever reads them has them checked by the TEE, as he has what comes
 * from memory.
 */
#include <linux/atomic.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include "measure.h"

/* How many refer to a file. */
static atomic_t in_files = ATOMIC_INIT(0);

/**
 * imatee_stored_copy_of - a segment as it is stored in memory
 * @segment: the segment; it is copied
 *
 * Return: it with one reference, or NULL if there is no memory.
 */
struct imatee_stored *imatee_stored_copy_of(const struct imatee_segment *segment)
{
	struct imatee_stored *stored = kzalloc(sizeof(*stored), GFP_KERNEL);

	if (!stored)
		return NULL;
	refcount_set(&stored->refs, 1);
	stored->segment.head = segment->head;
	stored->segment.data = kvmemdup(segment->data, le32_to_cpu(segment->head.len),
					GFP_KERNEL);
	if (stored->segment.data)
		return stored;
	kfree(stored);
	return NULL;
}

/* How many violations there are; the first @max of them are put into @found. */
static unsigned int find_violations(const struct imatee_segment *segment, u16 *found,
				    unsigned int max)
{
	u64 position = imatee_segment_first(segment);
	struct imatee_log_record record;
	struct imatee_place place = {};
	unsigned int violations = 0;

	for (; position < imatee_segment_end(segment); position++) {
		if (!imatee_record_skip(segment, position, &place) ||
		    !imatee_record_at(segment, place.offset, &record))
			break;
		if (!(record.flags & IMATEE_EVENT_VIOLATION))
			continue;
		if (violations < max)
			found[violations] = place.index;
		violations++;
	}
	return violations;
}

/**
 * imatee_stored_in_file - a segment as it is stored in a file
 * @segment: the segment
 * @file: a regular file, open for reading
 * @offset: where the records are there, or will be
 *
 * Return: it with one reference, or NULL if there is no memory.
 */
struct imatee_stored *imatee_stored_in_file(const struct imatee_segment *segment,
					    struct file *file, loff_t offset)
{
	struct imatee_stored *stored;
	unsigned int violations;

	/* A record has 12 bytes or more: there are fewer than U16_MAX. */
	violations = find_violations(segment, NULL, 0);
	stored = kzalloc(struct_size(stored, violations, violations), GFP_KERNEL);
	if (!stored)
		return NULL;
	refcount_set(&stored->refs, 1);
	stored->segment.head = segment->head;
	stored->file = get_file(file);
	stored->offset = offset;
	stored->violation_count = violations;
	find_violations(segment, stored->violations, violations);
	atomic_inc(&in_files);
	return stored;
}

/**
 * imatee_file_read - read all of a part of a file
 * @file: the file
 * @pos: where the part begins
 * @to: where to
 * @len: its size in bytes
 *
 * Return: the bytes that were read, fewer only at the file's end; or an errno.
 */
ssize_t imatee_file_read(struct file *file, loff_t pos, void *to, size_t len)
{
	size_t done = 0;
	ssize_t part;

	while (done < len) {
		part = kernel_read(file, to + done, len - done, &pos);
		if (part < 0)
			return part;
		if (!part)
			break;
		done += part;
	}
	return done;
}

/**
 * imatee_stored_read - copy a segment
 * @stored: the segment; the caller has a reference
 * @copy: its .head is set in any case, and its .data is to be given to kvfree()
 *
 * May wait for a file system: with no lock that one of these may want.
 *
 * Return: 1, -ENODATA if the file does not give as many bytes, -ENOMEM, or -EINTR if the
 * caller is being killed.
 */
int imatee_stored_read(const struct imatee_stored *stored, struct imatee_segment *copy)
{
	u32 len = le32_to_cpu(stored->segment.head.len);
	ssize_t done;

	copy->head = stored->segment.head;
	copy->data = kvmalloc(len, GFP_KERNEL);
	if (!copy->data)
		return -ENOMEM;
	if (!stored->file) {
		memcpy(copy->data, stored->segment.data, len);
		return 1;
	}
	done = imatee_file_read(stored->file, stored->offset, copy->data, len);
	if (done == len)
		return 1;
	kvfree(copy->data);
	copy->data = NULL;
	/* What has nothing to do with the file is no word about it. */
	return done == -ENOMEM || done == -EINTR || done == -ERESTARTSYS ? done : -ENODATA;
}

/**
 * imatee_stored_tally - count what a segment has in a part of the log
 * @stored: the segment
 * @from: position of the first entry of that part
 * @to: position behind its last one
 *
 * It reads no file. Return: as imatee_segment_tally().
 */
struct imatee_tally imatee_stored_tally(const struct imatee_stored *stored, u64 from,
					u64 to)
{
	const struct imatee_segment *segment = &stored->segment;
	u64 first = imatee_segment_first(segment);
	struct imatee_tally tally = {};
	unsigned int i;

	if (!stored->file)
		return imatee_segment_tally(segment, from, to);
	from = max(from, first);
	to = min(to, imatee_segment_end(segment));
	if (from >= to)
		return tally;
	tally.entries = to - from;
	for (i = 0; i < stored->violation_count; i++)
		if (first + stored->violations[i] >= from &&
		    first + stored->violations[i] < to)
			tally.violations++;
	return tally;
}

/* @stored may be NULL. */
void imatee_stored_put(struct imatee_stored *stored)
{
	if (!stored || !refcount_dec_and_test(&stored->refs))
		return;
	if (stored->file) {
		fput(stored->file);
		atomic_dec(&in_files);
	}
	kvfree(stored->segment.data);
	kfree(stored);
}

/* How many refer to a file, in the log or because they are being copied. */
unsigned int imatee_stored_files(void)
{
	return atomic_read(&in_files);
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "stored_test.c"
#endif
