// SPDX-License-Identifier: GPL-2.0-only
/*
 * The TEE's log, as far as it lives in normal memory: its records, in segments. The TEE
 * has made all of them, and says of those that somebody reads whether they are still
 * what it has made.
 */
#include <linux/err.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "measure.h"

/*
 * Guards the closed segments and all below. Who takes the keeper's channel, too, takes
 * that first: so log_trimmed changes together with the TEE's, and between two records.
 */
DEFINE_MUTEX(imatee_log_lock);

/* The open segment's records; there is room for IMATEE_SEGMENT_MAX. */
static u8 *open_data;
static u64 open_first;
static u32 open_count;
static u32 open_len;
static bool log_begun;
/* Where the open segment began that this kernel found: set once, at its first event. */
static u64 log_found;
/* Where the TEE says that its log begins. Only ever goes up. */
static u64 log_trimmed;

/* Memory for what the next record needs, got before the TEE makes it. */
static struct imatee_stored *spare;

/* The open segment, whose .data stays in its place. */
static struct imatee_segment open_segment(void)
{
	return (struct imatee_segment){
		.head.first = cpu_to_le64(open_first),
		.head.count = cpu_to_le32(open_count),
		.head.len = cpu_to_le32(open_len),
		.data = open_data,
	};
}

static void uncount(struct imatee_tally tally)
{
	atomic_long_sub(tally.entries, &ima_htable.len);
	atomic_long_sub(tally.violations, &ima_htable.violations);
}

/* What is before @position is not shown, nor counted, from now on. */
static void forget_before(u64 position)
{
	struct imatee_segment open = open_segment();
	struct imatee_stored *stored;

	if (position <= log_trimmed)
		return;
	while ((stored = imatee_closed_first()) &&
	       imatee_segment_end(&stored->segment) <= position) {
		uncount(imatee_stored_tally(stored, log_trimmed, position));
		imatee_closed_remove(stored);
	}
	if (stored)
		uncount(imatee_stored_tally(stored, log_trimmed, position));
	uncount(imatee_segment_tally(&open, log_trimmed, position));
	log_trimmed = position;
	/* The file may have nothing any more that is needed. */
	imatee_store_kick(position);
	pr_info("the log begins at entry %llu\n", position);
}

/* Takes the TEE's open segment for ours. */
static void replace_open(const struct imatee_log_segment *head, const void *data)
{
	struct imatee_segment open = open_segment();
	struct imatee_tally was = imatee_segment_tally(&open, log_trimmed, U64_MAX);
	struct imatee_tally is;

	open_first = le64_to_cpu(head->first);
	open_count = le32_to_cpu(head->count);
	open_len = le32_to_cpu(head->len);
	memcpy(open_data, data, open_len);
	open = open_segment();
	is = imatee_segment_tally(&open, log_trimmed, U64_MAX);
	atomic_long_add((long)is.entries - was.entries, &ima_htable.len);
	/* Those of this kernel were counted when they happened. */
	if (!log_begun)
		atomic_long_add(is.violations, &ima_htable.violations);
}

/*
 * Where the TEE's log begins, and what it has in its open segment. At the first event
 * that is what a kernel before this one has left there; later it is asked only if it was
 * trimmed, or a reply was lost.
 */
static int begin(struct imatee_channel *ch)
{
	const struct imatee_log_base_reply *base = ch->msg;
	const struct imatee_log_read_reply *reply = ch->msg;
	struct imatee_log_segment head;
	u64 trimmed;
	u32 len;
	int rc;

	rc = imatee_cmd_log_base(ch);
	if (rc)
		return rc;
	trimmed = le64_to_cpu(READ_ONCE(base->trimmed));
	rc = imatee_call(ch, IMATEE_CMD_LOG_READ, sizeof(struct imatee_request));
	if (rc)
		return rc;
	head = reply->segment;
	len = le32_to_cpu(head.len);
	rc = imatee_decode_log_read(reply);
	if (rc || len > IMATEE_SEGMENT_MAX || len > ch->size - sizeof(*reply) ||
	    trimmed > le64_to_cpu(head.first) + le32_to_cpu(head.count))
		return rc ?: -EIO;
	forget_before(trimmed);
	replace_open(&head, reply + 1);
	if (!log_begun)
		log_found = open_first;
	log_begun = true;
	return 0;
}

/**
 * imatee_log_reserve - make sure that one more record can be stored
 * @ch: the keeper's channel, locked
 *
 * Return: 0, -ENOMEM, or -EIO if the TEE does not tell what it has.
 */
int imatee_log_reserve(struct imatee_channel *ch)
{
	int rc = 0;

	mutex_lock(&imatee_log_lock);
	if (!open_data)
		open_data = kvmalloc(IMATEE_SEGMENT_MAX, GFP_NOFS);
	if (!spare)
		spare = kzalloc(sizeof(*spare), GFP_NOFS);
	if (!open_data || !spare) {
		rc = -ENOMEM;
	} else if (!log_begun) {
		rc = begin(ch);
		if (!rc && open_first > log_trimmed)
			pr_warn("entries %llu to %llu of the log are of a kernel before this one\n",
				log_trimmed, open_first - 1);
	}
	mutex_unlock(&imatee_log_lock);
	return rc;
}

/* Moves the open segment's records to the closed ones. */
static void close_segment(const struct imatee_log_segment *head)
{
	struct imatee_stored *stored = spare;

	if (le64_to_cpu(head->first) != open_first ||
	    le32_to_cpu(head->count) != open_count ||
	    le32_to_cpu(head->len) != open_len)
		pr_err("the TEE's log and its copy differ behind entry %llu\n",
		       open_first);
	spare = NULL;
	refcount_set(&stored->refs, 1);
	stored->segment = open_segment();
	memcpy(stored->segment.head.mac, head->mac, sizeof(head->mac));
	stored->segment.data = kvmalloc(open_len, GFP_NOFS | __GFP_NOWARN);
	if (stored->segment.data) {
		memcpy(stored->segment.data, open_data, open_len);
	} else {
		/* Larger than it need be, but the records are all there. */
		stored->segment.data = open_data;
		open_data = NULL;
	}
	WARN_ON(imatee_closed_insert(stored));
	imatee_store_kick(open_first);
	open_first += open_count;
	open_count = 0;
	open_len = 0;
}

/**
 * imatee_log_append - store the record that the TEE has just appended
 * @ch: the keeper's channel, locked; the record stands behind the reply there
 * @reply: the reply, as it was checked
 *
 * The lock of the channel keeps the records in the TEE's order. If this is not the next
 * one, a reply was lost: then what the TEE still has is taken, and the rest is missing.
 *
 * Return: 0 or -EIO.
 */
int imatee_log_append(struct imatee_channel *ch,
		      const struct imatee_measure_reply *reply)
{
	const u8 *record = ch->msg + sizeof(*reply);
	u32 len = le32_to_cpu(reply->record_len);
	int rc = 0;

	mutex_lock(&imatee_log_lock);
	if (len > IMATEE_SEGMENT_MAX - open_len ||
	    le64_to_cpu(reply->position) != open_first + open_count) {
		pr_err("the TEE's log and its copy differ behind entry %llu\n",
		       open_first);
		rc = begin(ch);
		goto out;
	}
	memcpy(open_data + open_len, record, len);
	open_len += len;
	open_count++;
	atomic_long_inc(&ima_htable.len);
	if (reply->closed.count)
		close_segment(&reply->closed);
out:
	mutex_unlock(&imatee_log_lock);
	return rc;
}

/* What is in the open segment now, if there is anything from @position on. */
static int copy_open(u64 position, struct imatee_segment *copy)
{
	u8 *data = kvmalloc(IMATEE_SEGMENT_MAX, GFP_KERNEL);
	int rc = 0;

	if (!data)
		return -ENOMEM;
	mutex_lock(&imatee_log_lock);
	/* It may have been closed meanwhile, and a new one begun. */
	if (imatee_closed_find(position)) {
		rc = -EAGAIN;
	} else if (position < open_first + open_count) {
		*copy = open_segment();
		copy->data = memcpy(data, open_data, open_len);
		rc = 1;
	}
	mutex_unlock(&imatee_log_lock);
	if (rc != 1)
		kvfree(data);
	return rc;
}

/* Return: as imatee_closed_find(), with a reference, or ERR_PTR(-ESTALE). */
static struct imatee_stored *get(u64 position)
{
	struct imatee_stored *stored = ERR_PTR(-ESTALE);

	mutex_lock(&imatee_log_lock);
	if (position >= log_trimmed)
		stored = imatee_closed_find(position);
	if (!IS_ERR_OR_NULL(stored))
		refcount_inc(&stored->refs);
	mutex_unlock(&imatee_log_lock);
	return stored;
}

/**
 * imatee_log_copy - copy the segment that has an entry, or the first behind it
 * @position: of the entry
 * @copy: its .data to be given to kvfree()
 *
 * What it says has still to be checked by the TEE.
 *
 * Return: 1, 0 if there is no such entry (yet), -ESTALE if there is none any more, -ENOMEM,
 * or, with @copy's .head alone, -ENODATA if it cannot be read from the file that has it.
 */
int imatee_log_copy(u64 position, struct imatee_segment *copy)
{
	struct imatee_stored *stored;
	int rc;

	do {
		stored = get(position);
		if (IS_ERR(stored))
			return PTR_ERR(stored);
		rc = stored ? imatee_stored_read(stored, copy) : copy_open(position, copy);
		imatee_stored_put(stored);
	} while (rc == -EAGAIN);
	return rc;
}

/* The position of the first entry that is stored here, and was not trimmed. */
u64 imatee_log_first(void)
{
	const struct imatee_stored *stored;
	u64 first;

	mutex_lock(&imatee_log_lock);
	stored = imatee_closed_first();
	first = stored ? imatee_segment_first(&stored->segment) : open_first;
	first = max(first, log_trimmed);
	mutex_unlock(&imatee_log_lock);
	return first;
}

/* From where on all entries have been stored here, whatever kernels there were before. */
u64 imatee_log_own(void)
{
	const struct imatee_identity *tee = imatee_identity();

	return tee && tee->attach_count == 1 ? 0 : READ_ONCE(log_found);
}

/* The position behind the last entry that is stored here. */
u64 imatee_log_end(void)
{
	u64 end;

	mutex_lock(&imatee_log_lock);
	end = open_first + open_count;
	mutex_unlock(&imatee_log_lock);
	return end;
}

/* Where the log begins, as the TEE has said. */
u64 imatee_log_trimmed(void)
{
	u64 trimmed;

	mutex_lock(&imatee_log_lock);
	trimmed = log_trimmed;
	mutex_unlock(&imatee_log_lock);
	return trimmed;
}

/**
 * imatee_log_check - ask the TEE whether its log has these records there
 * @segment: a closed segment, or what the open one began with
 *
 * Return: 0, -EBADMSG if it has something else there, or -EIO.
 */
int imatee_log_check(const struct imatee_segment *segment)
{
	u32 len = le32_to_cpu(segment->head.len), error = IMATEE_OK;
	struct imatee_channel *ch = imatee_keeper_get();
	struct imatee_log_check *request;
	int rc = -EIO;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	request = ch->msg;
	if (sizeof(*request) + len <= ch->size) {
		memset(request, 0, sizeof(*request));
		request->segment = segment->head;
		memcpy(request + 1, segment->data, len);
		rc = imatee_exchange_short(ch, IMATEE_CMD_LOG_CHECK,
					   sizeof(*request) + len, &error);
	}
	imatee_channel_unlock(ch);
	if (!rc && error)
		rc = error == IMATEE_ERR_LOG_MISMATCH ? -EBADMSG : -EIO;
	return rc;
}

/* In a file, the TEE's word is compared alone: @new has been checked. */
static bool same(const struct imatee_stored *here, const struct imatee_stored *new)
{
	if (memcmp(&here->segment.head, &new->segment.head, sizeof(here->segment.head)))
		return false;
	return here->file || new->file ||
	       !memcmp(here->segment.data, new->segment.data,
		       le32_to_cpu(here->segment.head.len));
}

/* Is there something else in its place? */
static bool conflicts(const struct imatee_stored *new)
{
	const struct imatee_stored *here;

	here = imatee_closed_find(imatee_segment_first(&new->segment));
	return here && !same(here, new) &&
	       imatee_segment_first(&here->segment) < imatee_segment_end(&new->segment);
}

/* A file takes the place of memory; else what is here already is passed over. */
static void take(struct imatee_stored *new)
{
	struct imatee_stored *here = imatee_closed_find(imatee_segment_first(&new->segment));
	struct imatee_tally tally;

	if (imatee_segment_end(&new->segment) <= log_trimmed)
		return;
	if (here && same(here, new)) {
		if (new->file && !here->file) {
			refcount_inc(&new->refs);
			imatee_closed_replace(here, new);
		}
		return;
	}
	if (WARN_ON(imatee_closed_insert(new)))
		return;
	refcount_inc(&new->refs);
	tally = imatee_stored_tally(new, log_trimmed, U64_MAX);
	atomic_long_add(tally.entries, &ima_htable.len);
	atomic_long_add(tally.violations, &ima_htable.violations);
	imatee_store_kick(imatee_segment_first(&new->segment));
}

/**
 * imatee_log_take - take back segments
 * @first: a segment, as it is to be stored, and as the TEE has checked it; others are .next
 *
 * What was trimmed is passed over. The caller keeps his references.
 *
 * Return: 0, or -EEXIST if something else is stored in the place of one: then none is taken.
 */
int imatee_log_take(struct imatee_stored *first)
{
	struct imatee_stored *new;
	int rc = 0;

	mutex_lock(&imatee_log_lock);
	for (new = first; new && !rc; new = new->next)
		if (imatee_segment_end(&new->segment) > log_trimmed && conflicts(new))
			rc = -EEXIST;
	for (new = first; new && !rc; new = new->next)
		take(new);
	mutex_unlock(&imatee_log_lock);
	return rc;
}

/**
 * imatee_log_restore - take back a segment that an earlier kernel had
 * @segment: the segment, closed
 *
 * Return: 0, also if it is stored already, or was trimmed; -EBADMSG if the TEE's log has
 * something else there, -EEXIST if something else is stored there, -ENOMEM, or -EIO.
 */
int imatee_log_restore(const struct imatee_segment *segment)
{
	struct imatee_stored *stored;
	int rc = imatee_log_check(segment);

	if (rc)
		return rc;
	stored = imatee_stored_copy_of(segment);
	if (!stored)
		return -ENOMEM;
	rc = imatee_log_take(stored);
	imatee_stored_put(stored);
	return rc;
}

/**
 * imatee_log_trim - have the log begin later, in the TEE and here
 * @request: struct imatee_log_trim behind its .hdr, and the receipt's signature
 * @len: its size in bytes
 * @error: with a return of 0: the TEE's verdict, enum imatee_error
 *
 * How far that is, the TEE says when it has done it.
 *
 * Return: 0, -ENOMEM, or -EIO if there is no verdict, or it does not tell what it has.
 */
int imatee_log_trim(const void *request, size_t len, u32 *error)
{
	struct imatee_channel *ch = imatee_keeper_get();
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	/* There must be room for what begin() gets. */
	rc = imatee_log_reserve(ch) ?: imatee_cmd_log_trim(ch, request, len, error);
	if (!rc && *error == IMATEE_OK) {
		mutex_lock(&imatee_log_lock);
		rc = begin(ch);
		mutex_unlock(&imatee_log_lock);
	}
	imatee_channel_unlock(ch);
	return rc;
}
