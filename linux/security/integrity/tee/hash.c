// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": content that is too long to go along with its event. What is not finished
 * comes back from the TEE with each call, under its MAC: so a file system that does not
 * answer keeps no verifier.
 *
 * A worker calls the TEE, which empties a ring while the content is read into it
 * (rooms.c). If there is no ring to be had, content goes through the verifiers' own
 * buffers, block by block.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "measure.h"

/* What is read at once. */
#define BLOCK		SZ_64K
/* What one call hashes, at most: so long others wait for its verifier. */
#define CALL_MAX	SZ_4M

/*
 * How long a reader sleeps who finds no space: at first, and in the end. usleep_range()
 * may make twice as much of it.
 */
#define SLEEP_MIN_US	50
#define SLEEP_MAX_US	1000

struct imatee_stats imatee_blocks;
/* Contents that went through buffers of verifiers. */
atomic64_t imatee_without_room = ATOMIC64_INIT(0);

/**
 * struct job - a content on its way through the TEE
 * @content: what is hashed
 * @work: hashes what is in @room
 * @request: the next call, but for its head; then what came back
 * @block: where the content is
 * @room: the ring, if there is one
 * @done: bytes of @content that are hashed
 * @rc: 0, or how the first call that failed did; the reader looks at it, too
 * @reply: of the last call
 */
struct job {
	const struct imatee_content *content;
	struct work_struct work;
	struct imatee_hash_request request;
	struct imatee_block block;
	struct imatee_room room;
	loff_t done;
	int rc;
	struct imatee_hash_reply reply;
};

static int hash_errno(u32 error)
{
	switch (error) {
	case IMATEE_OK:
		return 0;
	case IMATEE_ERR_HASH_ALGO:
		return -ENOPKG;
	case IMATEE_ERR_RESOURCES:
		return -ENOMEM;
	default:
		pr_err_ratelimited("content not hashed: error %u (see imatee_abi.h)\n",
				   error);
		return -EIO;
	}
}

/* One call of a verifier. */
static int ask(struct job *job, bool always)
{
	u64 start = ktime_get_ns();
	struct imatee_channel *ch = imatee_hasher_get(always);
	u32 error = IMATEE_OK;
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	memcpy(ch->msg, &job->request, sizeof(job->request));
	rc = imatee_exchange_block(ch, IMATEE_CMD_HASH, sizeof(job->request),
				   sizeof(job->reply), &job->block, &error);
	if (!rc && !error) {
		memcpy(&job->reply, ch->msg, sizeof(job->reply));
		if (le32_to_cpu(job->reply.hdr.len) != sizeof(job->reply))
			rc = -EIO;
	}
	imatee_channel_unlock(ch);
	rc = rc ?: hash_errno(error);
	imatee_count(&imatee_blocks, rc, ktime_get_ns() - start);
	return rc;
}

/* How far the last call came: there are digests, or states that are not finished. */
static loff_t position(const struct job *job)
{
	if (job->reply.digests[0].digest_len)
		return job->content->size;
	return le64_to_cpu(job->reply.states[0].length);
}

/* Has up to @len bytes hashed. What comes back goes into the next call. */
static int call(struct job *job, size_t len, bool always)
{
	loff_t end;
	int rc;

	job->request.content_len = cpu_to_le32(len);
	job->request.flags &= ~(IMATEE_HASH_FIRST | IMATEE_HASH_LAST);
	if (!job->done)
		job->request.flags |= IMATEE_HASH_FIRST;
	if (job->done + len == job->content->size)
		job->request.flags |= IMATEE_HASH_LAST;
	rc = ask(job, always);
	if (rc)
		return rc;
	end = position(job);
	if (end > job->done + len || (len && end <= job->done))
		return -EIO;
	job->done = end;
	memcpy(job->request.states, job->reply.states,
	       sizeof(job->request.states));
	return 0;
}

/* As long as there is something in the ring. A call ends when there is nothing. */
static void work(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);
	loff_t left;
	int rc = 0;

	while (!job->rc && job->done < imatee_room_filled(&job->room)) {
		left = job->content->size - job->done;
		rc = call(job, min_t(loff_t, left, CALL_MAX), true);
		/* Else the reader might wait for space that never comes. */
		if (!rc && !imatee_room_emptied(&job->room, job->done))
			rc = -EIO;
		WRITE_ONCE(job->rc, rc);
	}
}

/**
 * imatee_read_content - read a part of a content
 * @content: the content
 * @pos: where it begins
 * @to: where to
 * @len: bytes, not beyond the content's end
 *
 * Return: 0, -EINVAL if the file has become shorter, or another errno.
 */
int imatee_read_content(const struct imatee_content *content, loff_t pos,
			void *to, size_t len)
{
	int rc;

	if (!content->file) {
		memcpy(to, content->buf + pos, len);
		return 0;
	}
	while (len) {
		rc = integrity_kernel_read(content->file, pos, to, len);
		if (rc <= 0)
			return rc ?: -EINVAL;
		pos += rc;
		to += rc;
		len -= rc;
	}
	return 0;
}

/* Waits for space in the ring. If the TEE fails none will come: then the worker says so. */
static void *find_space(struct job *job, loff_t pos, size_t len)
{
	unsigned int us = SLEEP_MIN_US;
	void *space;
	int rc;

	while (!(space = imatee_room_space(&job->room, pos, len))) {
		rc = READ_ONCE(job->rc);
		if (rc)
			return ERR_PTR(rc);
		imatee_queue_work(&job->work);
		usleep_range(us, 2 * us);
		us = min(2 * us, SLEEP_MAX_US);
	}
	return space;
}

/* Reads into the ring while the TEE empties it. */
static int read_all(struct job *job)
{
	const struct imatee_content *content = job->content;
	loff_t pos = 0, queued = 0;
	void *space;
	size_t len;
	int rc;

	do {
		len = min_t(loff_t, content->size - pos, BLOCK);
		space = find_space(job, pos, len);
		if (IS_ERR(space))
			return PTR_ERR(space);
		rc = imatee_read_content(content, pos, space, len);
		if (rc)
			return rc;
		pos += len;
		imatee_room_fill(&job->room, pos);
		/* Not for each part: a call is as dear for one as for many. */
		if (pos - queued < job->room.size / 2 && pos < content->size)
			continue;
		/* If it runs it may have seen the ring empty: then it runs once more. */
		imatee_queue_work(&job->work);
		queued = pos;
	} while (pos < content->size);
	return 0;
}

static int hash_in_room(struct job *job)
{
	int rc;

	INIT_WORK(&job->work, work);
	job->request.flags = IMATEE_HASH_RING;
	job->block.shm = job->room.shm;
	job->block.len = IMATEE_HASH_RING_DATA + job->room.size;
	job->block.writable = true;
	rc = read_all(job);
	flush_work(&job->work);
	return rc ?: job->rc;
}

static int hash_in_turn(struct job *job)
{
	const struct imatee_content *content = job->content;
	size_t len;
	void *copy;
	int rc;

	copy = kmalloc(IMATEE_BLOCK_SMALL, GFP_NOFS);
	if (!copy)
		return -ENOMEM;
	job->block.copy = copy;
	do {
		len = min_t(loff_t, content->size - job->done, IMATEE_BLOCK_SMALL);
		rc = imatee_read_content(content, job->done, copy, len);
		if (rc)
			break;
		job->block.len = len;
		rc = call(job, len, content->always);
	} while (!rc && job->done < content->size);
	kfree(copy);
	return rc;
}

static int run(struct job *job)
{
	int rc;

	if (job->content->size && imatee_room_get(&job->room, job->content)) {
		rc = hash_in_room(job);
		imatee_room_put(&job->room);
	} else {
		atomic64_inc(&imatee_without_room);
		rc = hash_in_turn(job);
	}
	if (!rc && job->done != job->content->size)
		rc = -EIO;
	return rc;
}

/**
 * imatee_hash - hash content in the TEE
 * @content: the content
 * @identity: what the tickets hold for
 * @algos: HASH_ALGO_*
 * @count: of @algos, at most IMATEE_HASHES
 * @tickets: the digests, one for each of @algos
 *
 * Return: 0, -ENOPKG if the TEE does not know one of @algos, -EIO, or an errno of the
 * file.
 */
int imatee_hash(const struct imatee_content *content, const u8 *identity,
		const u8 *algos, unsigned int count, struct imatee_digest *tickets)
{
	struct job *job = kzalloc(sizeof(*job), GFP_NOFS);
	unsigned int i;
	int rc;

	if (!job)
		return -ENOMEM;
	job->content = content;
	job->request.count = count;
	memcpy(job->request.identity, identity, IMATEE_IDENTITY_SIZE);
	for (i = 0; i < count; i++)
		job->request.states[i].algo = algos[i];
	rc = run(job);
	memcpy(tickets, job->reply.digests, count * sizeof(*tickets));
	for (i = 0; i < count && !rc; i++)
		if (tickets[i].algo != algos[i] ||
		    tickets[i].digest_len != hash_digest_size[algos[i]])
			rc = -EIO;
	kfree(job);
	return rc;
}
