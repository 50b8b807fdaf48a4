// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": securityfs integrity/tee/store. Root names a file, and closed segments of
 * the log move there: what stays in the kernel of each is where it is, and the TEE's word
 * for it. The file has the form of integrity/tee/segments, and a kernel that is started by
 * kexec takes it as it is. Nobody believes it: see stored.c.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "measure.h"

#define HEAD	sizeof(struct imatee_log_segment)

/* Return: 1, 0 if no whole segment is there, -EINVAL if it is something else, or an errno. */
static int read_segment(struct file *file, loff_t pos, struct imatee_segment *segment)
{
	ssize_t done = imatee_file_read(file, pos, &segment->head, HEAD);
	u32 len;

	if (done < (ssize_t)HEAD)
		return min_t(ssize_t, done, 0);
	if (!imatee_segment_sound(&segment->head))
		return -EINVAL;
	len = le32_to_cpu(segment->head.len);
	done = imatee_file_read(file, pos + HEAD, segment->data, len);
	return done < 0 ? done : done == len;
}

static void put_all(struct imatee_stored *stored)
{
	struct imatee_stored *next;

	for (; stored; stored = next) {
		next = stored->next;
		imatee_stored_put(stored);
	}
}

/*
 * Finds what an earlier kernel, or an earlier use of the file, has left there: all that is
 * as the TEE has made it, and *@end behind it. A segment that is not whole was being written
 * when that ended.
 */
static int find_all(struct file *file, loff_t *end, struct imatee_stored **all)
{
	struct imatee_segment segment = {
		.data = kvmalloc(IMATEE_SEGMENT_MAX, GFP_KERNEL),
	};
	int rc = segment.data ? 1 : -ENOMEM;

	for (*end = 0; rc > 0; *end += HEAD + le32_to_cpu(segment.head.len)) {
		rc = fatal_signal_pending(current) ? -EINTR :
						     read_segment(file, *end, &segment);
		if (rc <= 0)
			break;
		rc = imatee_log_check(&segment);
		if (rc)
			break;
		*all = imatee_stored_in_file(&segment, file, *end + HEAD);
		rc = *all ? 1 : -ENOMEM;
		if (rc < 0)
			break;
		all = &(*all)->next;
	}
	kvfree(segment.data);
	return rc;
}

/* Takes it, if it is all this log's, or empty; what is behind that is cut off. */
static int adopt(struct file *file, loff_t *end)
{
	struct imatee_stored *all = NULL;
	int rc = find_all(file, end, &all);

	if (rc == -EINVAL || rc == -EBADMSG)
		pr_err("no segment of this log at byte %lld\n", *end);
	if (!rc && !*end && i_size_read(file_inode(file)))
		rc = -EINVAL;
	rc = rc ?: imatee_store_cut(file, *end) ?: imatee_log_take(all);
	put_all(all);
	return rc;
}

/* Return: with a reference, or NULL. */
static struct imatee_stored *next_in_file(u64 position)
{
	struct imatee_stored *stored;

	mutex_lock(&imatee_log_lock);
	while ((stored = imatee_closed_find(position)) && !stored->file)
		position = imatee_segment_end(&stored->segment);
	if (stored)
		refcount_inc(&stored->refs);
	mutex_unlock(&imatee_log_lock);
	return stored;
}

static int read_back(struct imatee_stored *stored)
{
	struct imatee_segment segment;
	struct imatee_stored *new;
	int rc = imatee_stored_read(stored, &segment);

	if (rc < 0)
		return rc;
	rc = imatee_log_check(&segment);
	new = rc ? NULL : imatee_stored_copy_of(&segment);
	kvfree(segment.data);
	if (!new)
		return rc ?: -ENOMEM;
	imatee_store_replace(stored, new);
	imatee_stored_put(new);
	return 0;
}

/* Reads all that is in files back into memory, but for what is not as the TEE has made it. */
static int bring_back(void)
{
	struct imatee_stored *stored;
	u64 position = 0;
	int rc = 0, one;

	while ((stored = next_in_file(position))) {
		position = imatee_segment_end(&stored->segment);
		one = read_back(stored);
		if (one)
			pr_err("entries %llu to %llu of the log do not come back from their file: %d\n",
			       imatee_segment_first(&stored->segment), position - 1, one);
		imatee_stored_put(stored);
		rc = rc ?: one;
		if (one == -EINTR || one == -ERESTARTSYS || one == -ENOMEM)
			break;
	}
	return rc;
}

/* What keeps nothing (a sysctl, say) has no fsync(). */
static int check_file(struct file *file)
{
	const struct inode *inode = file_inode(file);

	if (!S_ISREG(inode->i_mode) || !file->f_op->read_iter ||
	    !file->f_op->write_iter || !file->f_op->fsync)
		return -EINVAL;
	return uid_eq(inode->i_uid, GLOBAL_ROOT_UID) && !(inode->i_mode & 022) ? 0 : -EACCES;
}

static struct file *open_store(const char *name)
{
	struct file *file;
	int rc;

	if (*name != '/')
		return ERR_PTR(-EINVAL);
	file = filp_open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_LARGEFILE, 0600);
	if (IS_ERR(file))
		return file;
	rc = check_file(file);
	if (!rc)
		return file;
	fput(file);
	return ERR_PTR(rc);
}

/* With a return of 0 it keeps @file and @name. */
static int begin(struct file *file, char *name)
{
	struct imatee_store store = { .file = file, .name = name };
	int rc;

	if (imatee_store.file)
		return -EBUSY;
	rc = adopt(file, &store.end);
	if (!rc)
		imatee_store_set(&store);
	return rc;
}

/*
 * Nothing moves there any more, whatever comes of the rest: what does not come back is
 * not lost, if somebody mends the file and calls this again.
 */
static int end(void)
{
	struct imatee_store was = imatee_store;
	int rc;

	imatee_store_set(&(struct imatee_store){});
	rc = bring_back();
	if (was.file)
		fput(was.file);
	kfree(was.name);
	return rc;
}

static int store_show(struct seq_file *m, void *v)
{
	const struct imatee_store *store = &imatee_store;
	int rc = imatee_store_wait();

	if (rc)
		return rc;
	mutex_lock(&imatee_log_lock);
	seq_puts(m, "file: ");
	seq_escape(m, store->file ? store->name : "none", "\n\\");
	seq_printf(m, "\nbytes: %lld\n", store->end);
	seq_printf(m, "segments_in_file: %u\n", imatee_closed_in_files());
	seq_printf(m, "segments_in_memory: %u\n", imatee_closed_in_memory());
	if (store->error)
		seq_printf(m, "error: %d\n", store->error);
	else
		seq_puts(m, "error: none\n");
	mutex_unlock(&imatee_log_lock);
	return 0;
}

static int store_open(struct inode *inode, struct file *file)
{
	return single_open(file, store_show, NULL);
}

static const struct {
	int rc;
	const char *cause;
	const char *advice;
} refusals[] = {
	{ -EBUSY, "store-busy", "there is a file already, write an empty line first" },
	{ -EINVAL, "store-invalid",
	  "give the whole path of a regular file that has segments or nothing in it" },
	{ -EACCES, "store-access", "it must be root's, and nobody else may write to it" },
	{ -EBADMSG, "store-mismatch",
	  "not all its segments are of this log: move it away, or bring back what was there" },
	{ -EEXIST, "store-conflict", "the segments in memory are not those in the file" },
	{ -ENODATA, "store-short",
	  "the file has lost segments: bring back what was there, and write an empty line again" },
	{ 0, "store-failed", "the error tells why" },
};

static void tell(const char *name, int rc)
{
	unsigned int i = 0;

	if (!rc) {
		integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL, name,
					"imatee_store", "store", 0, 0, 0);
		return;
	}
	while (refusals[i].rc && refusals[i].rc != rc)
		i++;
	pr_err("the file for the log is not as it should be (%d): %s\n", rc,
	       refusals[i].advice);
	integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL, name, "imatee_store",
				refusals[i].cause, rc, 0, rc);
}

/*
 * Takes @name. The file is opened before the lock is taken: what else could be opened has
 * locks of its own.
 */
static int change(char *name)
{
	struct file *file = *name ? open_store(name) : NULL;
	int rc = PTR_ERR_OR_ZERO(file);

	if (rc) {
		tell(name, rc);
		goto out;
	}
	rc = mutex_lock_killable(&imatee_store_lock);
	if (!rc) {
		rc = file ? begin(file, name) : end();
		tell(*name ? name : "none", rc);
		mutex_unlock(&imatee_store_lock);
	}
	if (rc && file)
		fput(file);
out:
	if (rc || !file)
		kfree(name);
	return rc;
}

/* One write is one name; an empty one ends it. */
static ssize_t store_write(struct file *file, const char __user *buf, size_t len,
			   loff_t *pos)
{
	char *name;
	int rc;

	if (len >= PATH_MAX)
		return -ENAMETOOLONG;
	name = memdup_user_nul(buf, len);
	if (IS_ERR(name))
		return PTR_ERR(name);
	if (len && name[len - 1] == '\n')
		name[len - 1] = '\0';
	rc = change(name);
	return rc ?: len;
}

static const struct file_operations store_fops = {
	.open = store_open,
	.read = seq_read,
	.write = store_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/**
 * imatee_create_store - make the file
 * @dir: securityfs' directory integrity/tee
 *
 * Return: 0 or an errno.
 */
int __init imatee_create_store(struct dentry *dir)
{
	struct dentry *dentry;

	if (!imatee_measures())
		return 0;
	dentry = securityfs_create_file("store", 0600, dir, NULL, &store_fops);
	return PTR_ERR_OR_ZERO(dentry);
}
