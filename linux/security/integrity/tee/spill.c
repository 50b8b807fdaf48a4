// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": closed segments of the log go from memory into the file that root has named
 * (store.c). A worker does it, behind the backs of those who measure: they may hold locks
 * of file systems, and never wait for one here.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/lockdep.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "measure.h"

#define HEAD	sizeof(struct imatee_log_segment)

/* So many segments are written at once, before the file system is told to keep them. */
#define BATCH	16

/* How long somebody waits for what is under way. */
#define PATIENCE	(10 * HZ)

/*
 * Held while a file system is waited for, so who measures never takes it, nor who may hold
 * a lock of a file system that is written to. imatee_log_lock and the keeper's channel are
 * taken inside.
 */
DEFINE_MUTEX(imatee_store_lock);

/* Changed with both locks, read with one of them. */
struct imatee_store imatee_store;

/* Nothing before it is in memory. Guarded by imatee_log_lock. */
static u64 store_next;

static void move_some(struct work_struct *work);
static DECLARE_WORK(store_work, move_some);
static DECLARE_WAIT_QUEUE_HEAD(store_waiters);

/**
 * imatee_store_kick - a segment is in memory that could be in the file
 * @position: of its first entry
 *
 * Or the file has less that is needed. For log.c, with its lock.
 */
void imatee_store_kick(u64 position)
{
	lockdep_assert_held(&imatee_log_lock);
	store_next = min(store_next, position);
	if (imatee_store.file)
		queue_work(system_freezable_wq, &store_work);
}

/**
 * imatee_store_set - have segments move to another file, or to none
 * @store: the file, its name, and where its segments end; or all zero
 *
 * The caller holds imatee_store_lock, and has what was there before for himself.
 */
void imatee_store_set(const struct imatee_store *store)
{
	lockdep_assert_held(&imatee_store_lock);
	mutex_lock(&imatee_log_lock);
	imatee_store = *store;
	imatee_store_kick(0);
	mutex_unlock(&imatee_log_lock);
	wake_up_all(&store_waiters);
}

static bool nothing_to_do(void)
{
	return !READ_ONCE(imatee_store.file) || READ_ONCE(imatee_store.error) ||
	       !imatee_closed_in_memory();
}

/**
 * imatee_store_wait - wait until all that was closed before is in the file
 *
 * Or there is an error, or it takes too long. Return: 0, or -ERESTARTSYS if the caller is
 * being killed.
 */
int imatee_store_wait(void)
{
	long left = wait_event_killable_timeout(store_waiters, nothing_to_do(), PATIENCE);

	return left < 0 ? left : 0;
}

/* Return: how many there are in @found, each with a reference. */
static unsigned int find_in_memory(struct imatee_stored **found, unsigned int max)
{
	struct imatee_stored *stored;
	unsigned int count = 0;
	u64 position;

	mutex_lock(&imatee_log_lock);
	while ((stored = imatee_closed_find(store_next)) && stored->file)
		store_next = imatee_segment_end(&stored->segment);
	for (; stored && count < max; stored = imatee_closed_find(position)) {
		position = imatee_segment_end(&stored->segment);
		if (stored->file)
			continue;
		refcount_inc(&stored->refs);
		found[count++] = stored;
	}
	mutex_unlock(&imatee_log_lock);
	return count;
}

/**
 * imatee_store_replace - have a segment stored in another way
 * @old: as it is stored, unless it has been trimmed meanwhile
 * @new: as it is to be stored; the caller keeps his reference
 */
void imatee_store_replace(struct imatee_stored *old, struct imatee_stored *new)
{
	mutex_lock(&imatee_log_lock);
	if (imatee_closed_find(imatee_segment_first(&old->segment)) == old) {
		refcount_inc(&new->refs);
		imatee_closed_replace(old, new);
	}
	mutex_unlock(&imatee_log_lock);
}

static int write_all(const void *data, size_t len, loff_t *pos)
{
	ssize_t part;

	for (; len; len -= part, data += part) {
		part = kernel_write(imatee_store.file, data, len, pos);
		if (part <= 0)
			return part ?: -EIO;
	}
	return 0;
}

/* Memory is given up only for what can be read again. */
static int compare(const struct imatee_segment *segment, const struct imatee_stored *new)
{
	struct imatee_segment written;
	int rc = imatee_stored_read(new, &written);

	if (rc < 0)
		return rc == -ENODATA ? -EIO : rc;
	rc = memcmp(written.data, segment->data, le32_to_cpu(segment->head.len)) ? -EIO : 0;
	kvfree(written.data);
	return rc;
}

/* Writes it at *@pos. Return: as it is to be stored, or ERR_PTR(). */
static struct imatee_stored *write(const struct imatee_stored *stored, loff_t *pos)
{
	const struct imatee_segment *segment = &stored->segment;
	struct imatee_stored *new;
	int rc;

	new = imatee_stored_in_file(segment, imatee_store.file, *pos + HEAD);
	if (!new)
		return ERR_PTR(-ENOMEM);
	rc = write_all(&segment->head, HEAD, pos) ?:
	     write_all(segment->data, le32_to_cpu(segment->head.len), pos);
	if (!rc)
		return new;
	imatee_stored_put(new);
	return ERR_PTR(rc);
}

/**
 * imatee_store_cut - cut off what is behind the last segment
 * @file: the file
 * @end: where that ends
 *
 * Else a later look at the file would take the rest for a segment. Return: 0 or an errno.
 */
int imatee_store_cut(struct file *file, loff_t end)
{
	return i_size_read(file_inode(file)) > end ? vfs_truncate(&file->f_path, end) : 0;
}

static void set_end(loff_t end)
{
	mutex_lock(&imatee_log_lock);
	imatee_store.end = end;
	mutex_unlock(&imatee_log_lock);
}

/* Those that are kept, up to the first that is not. Return: how they were kept. */
static int take_over(struct imatee_stored **old, struct imatee_stored **new,
		     unsigned int count)
{
	int rc = vfs_fsync(imatee_store.file, 1);
	unsigned int i;

	for (i = 0; i < count; i++) {
		rc = rc ?: compare(&old[i]->segment, new[i]);
		if (!rc) {
			imatee_store_replace(old[i], new[i]);
			set_end(new[i]->offset + le32_to_cpu(new[i]->segment.head.len));
		}
		imatee_stored_put(new[i]);
	}
	return rc;
}

/* As many as the file takes. Return: 0 if those are all, or an errno. */
static int move(struct imatee_stored **old, unsigned int count)
{
	struct imatee_stored *new[BATCH];
	loff_t pos = imatee_store.end;
	unsigned int written;
	int rc = 0;

	for (written = 0; written < count; written++) {
		new[written] = write(old[written], &pos);
		rc = PTR_ERR_OR_ZERO(new[written]);
		if (rc)
			break;
	}
	rc = take_over(old, new, written) ?: rc;
	if (rc)
		imatee_store_cut(imatee_store.file, imatee_store.end);
	return rc;
}

/* If the log has been trimmed of all that is in the file, it begins anew. */
static int start_over(void)
{
	int rc;

	if (!imatee_store.end || imatee_stored_files())
		return 0;
	rc = vfs_truncate(&imatee_store.file->f_path, 0);
	if (!rc)
		set_end(0);
	return rc;
}

static void note(int rc)
{
	if (rc && rc != imatee_store.error)
		pr_err("%s: segments of the log stay in memory, or it is not cut: %d\n",
		       imatee_store.name, rc);
	mutex_lock(&imatee_log_lock);
	WRITE_ONCE(imatee_store.error, rc);
	mutex_unlock(&imatee_log_lock);
}

/* A few, and again: suspend waits for work that has begun. */
static void move_some(struct work_struct *work)
{
	struct imatee_stored *found[BATCH];
	unsigned int count, i;
	int rc;

	mutex_lock(&imatee_store_lock);
	if (!imatee_store.file)
		goto out;
	rc = start_over();
	count = find_in_memory(found, BATCH);
	if (count)
		rc = move(found, count) ?: rc;
	for (i = 0; i < count; i++)
		imatee_stored_put(found[i]);
	note(rc);
	if (!rc && count == BATCH)
		queue_work(system_freezable_wq, &store_work);
out:
	mutex_unlock(&imatee_store_lock);
	wake_up_all(&store_waiters);
}
