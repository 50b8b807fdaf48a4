// SPDX-License-Identifier: GPL-2.0-only
/*
 * When the TEE is sealed. With imatee.seal=init that is before the first process
 * of user space. With imatee.seal=user, user space may add keys before; but the
 * seal does not wait for it to behave: the first program that is not of the
 * initramfs brings it, or the end of a time-out.
 */
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/workqueue.h>

#include "tee.h"

static DEFINE_MUTEX(seal_lock);
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

	mutex_lock(&seal_lock);
	if (imatee_state() == IMATEE_ATTACHED)
		imatee_seal_tee(reason);
	rc = imatee_state() == IMATEE_SEALED ? 0 : -EIO;
	WRITE_ONCE(open_to_user, false);
	imatee_close_keyrings();
	mutex_unlock(&seal_lock);
	return rc;
}

static void time_is_over(struct work_struct *work)
{
	imatee_seal("sealed by time-out");
}

static DECLARE_DELAYED_WORK(timeout_work, time_is_over);

/**
 * imatee_end_of_load - seal, or let user space go on
 *
 * Called once, when the kernel has loaded the keys that it loads by itself, and
 * before init. A kernel before this one may have sealed the TEE already.
 */
void __init imatee_end_of_load(void)
{
	const struct imatee_identity *identity = imatee_identity();

	if (!imatee_active())
		return;
	if (!imatee_seal_by_user() || !imatee_usable() || identity->sealed) {
		imatee_seal(identity && identity->sealed ?
			    "found sealed" : "sealed before init");
		return;
	}
	imatee_open_keyrings();
	open_to_user = true;
	pr_info("keys may be added until the root file system is switched, at most for %u s\n",
		imatee_seal_timeout());
	queue_delayed_work(system_unbound_wq, &timeout_work,
			   imatee_seal_timeout() * HZ);
}

/**
 * imatee_bprm_check - seal before a program of the real root file system runs
 * @file: the program, or the interpreter of one
 *
 * What is not on the initial root file system is taken for that. Nobody else can
 * mount a file system of this type.
 */
void imatee_bprm_check(const struct file *file)
{
	if (READ_ONCE(open_to_user) &&
	    file_inode(file)->i_sb->s_type != &rootfs_fs_type)
		imatee_seal("sealed at switch-root");
}
