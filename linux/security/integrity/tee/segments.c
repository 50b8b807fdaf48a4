// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": securityfs integrity/tee/segments. Reading it gives all closed segments
 * of the log that are in this kernel, one behind the other, each with the TEE's word for
 * it. Writing them into the next kernel, which kexec has started beside the same TEE,
 * brings back what its list would lack. The TEE is asked about each; what has been trimmed
 * since then, or is here already, is passed over.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#include "measure.h"

#define HEAD	sizeof(struct imatee_log_segment)

/* A writer; a segment may come in several writes. */
struct import {
	struct mutex lock;	/* two may share a descriptor */
	size_t len;
	u8 bytes[HEAD + IMATEE_SEGMENT_MAX];
};

/* A reader. */
struct export {
	struct imatee_segment segment;
	u64 next;		/* position behind it */
};

static void forget(struct export *export)
{
	kvfree(export->segment.data);
	export->segment.data = NULL;
}

static void *load(struct export *export)
{
	int rc;

	forget(export);
	rc = imatee_log_copy(export->next, &export->segment);
	if (rc <= 0)
		return rc ? ERR_PTR(rc) : NULL;
	/* The open one is the last: the TEE has it. */
	if (!memchr_inv(export->segment.head.mac, 0, sizeof(export->segment.head.mac))) {
		forget(export);
		return NULL;
	}
	export->next = imatee_segment_end(&export->segment);
	return export;
}

/*
 * Only from one to the next: position 0 is the beginning, others are where it is. If the
 * log is trimmed meanwhile, who has not come so far gets ESTALE.
 */
static void *segments_start(struct seq_file *m, loff_t *pos)
{
	struct export *export = m->private;

	if (!*pos)
		export->next = imatee_log_first();
	else if (export->segment.data)
		return export;
	return load(export);
}

static void *segments_next(struct seq_file *m, void *v, loff_t *pos)
{
	(*pos)++;
	return load(m->private);
}

static void segments_stop(struct seq_file *m, void *v)
{
}

static int segments_show(struct seq_file *m, void *v)
{
	const struct export *export = v;

	seq_write(m, &export->segment.head, HEAD);
	seq_write(m, export->segment.data, le32_to_cpu(export->segment.head.len));
	return 0;
}

static const struct seq_operations segments_seq = {
	.start = segments_start,
	.next = segments_next,
	.stop = segments_stop,
	.show = segments_show,
};

static int segments_open(struct inode *inode, struct file *file)
{
	struct import *import;

	if (!(file->f_mode & FMODE_WRITE))
		return seq_open_private(file, &segments_seq, sizeof(struct export));
	if (file->f_mode & FMODE_READ)
		return -EINVAL;
	import = kvzalloc(sizeof(*import), GFP_KERNEL);
	if (!import)
		return -ENOMEM;
	mutex_init(&import->lock);
	file->private_data = import;
	return 0;
}

static int segments_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;

	if (file->f_mode & FMODE_WRITE) {
		kvfree(file->private_data);
		return 0;
	}
	forget(m->private);
	return seq_release_private(inode, file);
}

/* Takes the segment in @import if it is all there. Return: its bytes, 0, or an errno. */
static ssize_t take(const struct import *import)
{
	struct imatee_segment segment;
	size_t len;
	int rc;

	if (import->len < HEAD)
		return 0;
	memcpy(&segment.head, import->bytes, HEAD);
	segment.data = (u8 *)import->bytes + HEAD;
	len = le32_to_cpu(segment.head.len);
	if (!imatee_segment_sound(&segment.head))
		return -EINVAL;
	if (import->len < HEAD + len)
		return 0;
	rc = imatee_log_restore(&segment);
	return rc ?: HEAD + len;
}

static int take_all(struct import *import)
{
	ssize_t taken;

	while ((taken = take(import)) > 0) {
		import->len -= taken;
		memmove(import->bytes, import->bytes + taken, import->len);
	}
	return taken;
}

static ssize_t segments_write(struct file *file, const char __user *buf, size_t len,
			      loff_t *pos)
{
	struct import *import = file->private_data;
	size_t part;
	int rc;

	if (mutex_lock_interruptible(&import->lock))
		return -ERESTARTSYS;
	part = min(len, sizeof(import->bytes) - import->len);
	rc = copy_from_user(import->bytes + import->len, buf, part) ? -EFAULT : 0;
	if (!rc) {
		import->len += part;
		rc = take_all(import);
	}
	if (rc)
		import->len = 0;
	mutex_unlock(&import->lock);
	return rc ?: part;
}

/* A file that was cut off ends amid a segment: close() says so, for no write could. */
static int segments_flush(struct file *file, fl_owner_t id)
{
	struct import *import = file->private_data;
	size_t rest;

	/* Others who have it may go on where this one ends. */
	if (!(file->f_mode & FMODE_WRITE) || file_count(file) > 1)
		return 0;
	/* Nobody writes any more. */
	rest = READ_ONCE(import->len);
	if (!rest)
		return 0;
	pr_err("the last segment of the log that was written is cut off after %zu bytes\n",
	       rest);
	return -EINVAL;
}

static const struct file_operations segments_fops = {
	.open = segments_open,
	.read = seq_read,
	.write = segments_write,
	.flush = segments_flush,
	.release = segments_release,
};

/**
 * imatee_create_segments - make the file
 * @dir: securityfs' directory integrity/tee
 *
 * Return: 0 or an errno.
 */
int __init imatee_create_segments(struct dentry *dir)
{
	struct dentry *dentry;

	if (!imatee_measures())
		return 0;
	dentry = securityfs_create_file("segments", 0600, dir, NULL, &segments_fops);
	return PTR_ERR_OR_ZERO(dentry);
}
