// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": content that is too long to go along with its event is hashed in blocks.
 * What is not finished comes back from the TEE with each block, under its MAC: so a file
 * system that does not answer keeps no verifier.
 *
 * While one block is hashed the next one is read, into the other half of a buffer that
 * the TEE knows since the kernel started, a room. If all rooms are in use, and for file
 * systems in user space, which could keep one for ever, blocks go through the verifiers'
 * own buffers.
 */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/tee_drv.h>
#include <linux/workqueue.h>

#include "measure.h"

#define BLOCK		SZ_512K
#define ROOMS_MAX	4

struct imatee_stats imatee_blocks;

/* Two blocks each. Set while the kernel initialises, like the channels. */
static struct tee_shm *rooms[ROOMS_MAX] __ro_after_init;
static unsigned int rooms_open __ro_after_init;
static unsigned long rooms_used;
static bool rooms_closing;
static struct workqueue_struct *queue __ro_after_init;

/**
 * struct job - a content on its way through the TEE
 * @work: hashes one block
 * @request: the next call, but for its head; then what came back
 * @block: where it is
 * @rc: how the last call went
 * @reply: of the last call
 */
struct job {
	struct work_struct work;
	struct imatee_hash_request request;
	struct imatee_block block;
	int rc;
	struct imatee_hash_reply reply;
};

/**
 * imatee_open_rooms - share the buffers for content with the TEE
 * @ctx: the TEE
 *
 * Once, while the kernel initialises. Fewer are slower, and no failure.
 */
void imatee_open_rooms(struct tee_context *ctx)
{
	unsigned int want = min(num_possible_cpus(), ROOMS_MAX);
	struct tee_shm *shm;

	if (!imatee_measures())
		return;
	queue = alloc_workqueue("imatee_hash", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	while (queue && rooms_open < want) {
		shm = tee_shm_alloc_kernel_buf(ctx, 2 * BLOCK);
		if (IS_ERR(shm))
			break;
		rooms[rooms_open++] = shm;
	}
}

/*
 * When no call is admitted any more. Somebody may still read into a room: they give it
 * back to the TEE then.
 */
void imatee_close_rooms(void)
{
	unsigned int i;

	WRITE_ONCE(rooms_closing, true);
	smp_mb(); /* with room_put(): either side sees what the other has done */
	for (i = 0; i < rooms_open; i++)
		if (!test_and_set_bit_lock(i, &rooms_used))
			tee_shm_free(rooms[i]);
}

static int room_get(const struct imatee_content *content)
{
	unsigned int i;

	if (READ_ONCE(rooms_closing) ||
	    (content->file && file_inode(content->file)->i_sb->s_iflags &
			      SB_I_IMA_UNVERIFIABLE_SIGNATURE))
		return -EBUSY;
	for (i = 0; i < rooms_open; i++)
		if (!test_and_set_bit_lock(i, &rooms_used))
			return i;
	return -EBUSY;
}

static void room_put(unsigned int i)
{
	clear_bit_unlock(i, &rooms_used);
	smp_mb(); /* with imatee_close_rooms() */
	if (READ_ONCE(rooms_closing) && !test_and_set_bit_lock(i, &rooms_used))
		tee_shm_free(rooms[i]);
}

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

/* One block through a verifier. */
static int call(struct job *job, bool always)
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

static void work(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	job->rc = call(job, true);
}

/* The next block is ready: @last if there is none behind it. */
static void prepare(struct job *job, size_t len, bool last)
{
	job->block.len = len;
	job->request.content_len = cpu_to_le32(len);
	if (last)
		job->request.flags |= IMATEE_HASH_LAST;
}

/* What came back goes into the next call. */
static int take(struct job *job)
{
	if (job->rc)
		return job->rc;
	job->request.flags &= ~IMATEE_HASH_FIRST;
	memcpy(job->request.states, job->reply.states,
	       sizeof(job->request.states));
	return 0;
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

/* Reads one block while the one before it is hashed. */
static int hash_in_room(struct job *job, const struct imatee_content *content,
			struct tee_shm *room)
{
	bool running = false;
	unsigned int half = 0;
	loff_t pos = 0;
	size_t len;
	void *to;
	int rc;

	do {
		len = min_t(loff_t, content->size - pos, BLOCK);
		to = tee_shm_get_va(room, half * BLOCK);
		rc = imatee_read_content(content, pos, to, len);
		if (running) {
			flush_work(&job->work);
			rc = rc ?: take(job);
		}
		if (rc)
			return rc;
		pos += len;
		job->block.shm = room;
		job->block.offset = half * BLOCK;
		prepare(job, len, pos == content->size);
		running = queue_work(queue, &job->work);
		half = !half;
	} while (pos < content->size);
	flush_work(&job->work);
	return job->rc;
}

static int hash_in_turn(struct job *job, const struct imatee_content *content)
{
	loff_t pos = 0;
	size_t len;
	void *copy;
	int rc;

	copy = kmalloc(IMATEE_BLOCK_SMALL, GFP_NOFS);
	if (!copy)
		return -ENOMEM;
	job->block.copy = copy;
	do {
		len = min_t(loff_t, content->size - pos, IMATEE_BLOCK_SMALL);
		rc = imatee_read_content(content, pos, copy, len);
		if (rc)
			break;
		pos += len;
		prepare(job, len, pos == content->size);
		job->rc = call(job, content->always);
		rc = take(job);
	} while (!rc && pos < content->size);
	kfree(copy);
	return rc;
}

static int run(struct job *job, const struct imatee_content *content)
{
	int room = room_get(content);
	int rc;

	if (room < 0)
		return hash_in_turn(job, content);
	INIT_WORK(&job->work, work);
	rc = hash_in_room(job, content, rooms[room]);
	room_put(room);
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
	job->request.flags = IMATEE_HASH_FIRST;
	job->request.count = count;
	memcpy(job->request.identity, identity, IMATEE_IDENTITY_SIZE);
	for (i = 0; i < count; i++)
		job->request.states[i].algo = algos[i];
	rc = run(job, content);
	memcpy(tickets, job->reply.digests, count * sizeof(*tickets));
	for (i = 0; i < count && !rc; i++)
		if (tickets[i].algo != algos[i] ||
		    tickets[i].digest_len != hash_digest_size[algos[i]])
			rc = -EIO;
	kfree(job);
	return rc;
}
