// SPDX-License-Identifier: GPL-2.0-only
/*
 * When the TEE is sealed. With imatee.seal=init that is before the first process
 * of user space. With imatee.seal=user, user space may add keys before; but the
 * seal does not wait for it to behave: the first program that is not of the
 * initramfs brings it, or the end of a time-out.
 */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/jiffies.h>
#include <linux/workqueue.h>

#include "tee.h"

/*
 * The set of keys and what the verifiers have of it change under this lock: at the
 * seal, and when keys are revoked.
 */
DEFINE_MUTEX(imatee_keys_lock);
static bool open_to_user;

/**
 * imatee_seal - seal the TEE, if that has not been done
 * @reason: when or why, a string that is never freed
 *
 * In process context, whatever locks of file systems the caller holds.
 *
 * Return: 0 if it is sealed, else -EIO: there is no TEE, and nothing verifies.
 */
int imatee_seal(const char *reason)
{
	int rc;

	mutex_lock(&imatee_keys_lock);
	if (imatee_state() == IMATEE_ATTACHED)
		imatee_seal_tee(reason);
	else if (imatee_state() == IMATEE_DEAD)
		imatee_seal_given_up();
	rc = imatee_state() == IMATEE_SEALED ? 0 : -EIO;
	WRITE_ONCE(open_to_user, false);
	imatee_close_keyrings();
	mutex_unlock(&imatee_keys_lock);
	return rc;
}

static void time_is_over(struct work_struct *work)
{
	imatee_seal("sealed by time-out");
}

static DECLARE_DELAYED_WORK(timeout_work, time_is_over);

static bool is_initramfs(const struct super_block *sb)
{
	return sb->s_type == &rootfs_fs_type;
}

/* Without an initramfs, the root file system is the real one by now. */
static bool __init runs_initramfs(void)
{
	struct path root;
	bool yes;

	get_fs_root(current->fs, &root);
	yes = is_initramfs(root.mnt->mnt_sb);
	path_put(&root);
	return yes;
}

/*
 * Nothing that user space can fill up stands before it: it has a queue of its own.
 */
static bool __init start_timeout(void)
{
	struct workqueue_struct *wq =
		alloc_workqueue("imatee_seal", WQ_UNBOUND | WQ_MEM_RECLAIM, 1);

	return wq && queue_delayed_work(wq, &timeout_work,
					imatee_seal_timeout() * HZ);
}

/* Why the TEE is sealed before init, or NULL: user space may add keys. */
static const char * __init seal_reason(void)
{
	if (!imatee_seal_by_user() || !imatee_usable())
		return "sealed before init";
	if (!runs_initramfs())
		return "sealed before init: there is no initramfs to add keys";
	if (!start_timeout())
		return "sealed before init: there is no memory for the time-out";
	return NULL;
}

/**
 * imatee_end_of_load - seal, or let user space go on
 *
 * Called once, when the kernel has loaded the keys that it loads by itself, and
 * before init. A kernel before this one may have sealed the TEE already.
 */
void __init imatee_end_of_load(void)
{
	const struct imatee_identity *identity = imatee_identity();
	const char *reason;

	if (!imatee_active())
		return;
	reason = identity && identity->sealed ? "found sealed" : seal_reason();
	if (reason) {
		imatee_seal(reason);
		return;
	}
	/* In this order: usermode helpers may run already. */
	WRITE_ONCE(open_to_user, true);
	imatee_open_keyrings();
	pr_info("keys may be added until the root file system is switched, at most for %u s\n",
		imatee_seal_timeout());
}

/**
 * imatee_exec_check - seal before code of the real root file system runs
 * @file: a program, the interpreter of one, or what is mapped to be executed
 *
 * What is not on the initial root file system is taken for that. Nobody else can
 * mount a file system of this type.
 */
void imatee_exec_check(const struct file *file)
{
	if (READ_ONCE(open_to_user) && !is_initramfs(file_inode(file)->i_sb))
		imatee_seal("sealed at switch-root");
}
