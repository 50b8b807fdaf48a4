// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_halt: holds the first task that asks for the attributes of a file, in the kernel
 * or through it, until it is told to let it go: a race whose outcome does not depend on
 * luck. The task does not sleep, and takes no interrupts: who is to come in between needs
 * another CPU.
 *
 *   insmod imatee_halt.ko file=/a/file
 *   echo 2 >/sys/module/imatee_halt/parameters/state
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/namei.h>

/* It is let go after that time at the latest. */
#define LIMIT_US	5000000
#define STEP_US		10

enum { NOBODY, HELD, LET_GO, TOO_LATE };

static int state = NOBODY;
module_param(state, int, 0600);
MODULE_PARM_DESC(state, "0: nobody came, 1: somebody is held, 2: may go, 3: nobody said so");

static char *file;
module_param(file, charp, 0400);
MODULE_PARM_DESC(file, "whose attributes");

static struct path path;

static int __kprobes hold(struct kprobe *probe, struct pt_regs *regs)
{
	const struct path *asked = (void *)regs_get_kernel_argument(regs, 0);
	unsigned int us;

	if (d_backing_inode(asked->dentry) != d_backing_inode(path.dentry) ||
	    cmpxchg(&state, NOBODY, HELD) != NOBODY)
		return 0;
	for (us = 0; us < LIMIT_US && READ_ONCE(state) == HELD; us += STEP_US)
		udelay(STEP_US);
	cmpxchg(&state, HELD, TOO_LATE);
	return 0;
}

static struct kprobe probe = {
	.symbol_name = "vfs_getattr_nosec",
	.pre_handler = hold,
};

static int __init halt_init(void)
{
	int rc = file ? kern_path(file, LOOKUP_FOLLOW, &path) : -EINVAL;

	if (rc)
		return rc;
	rc = register_kprobe(&probe);
	if (rc)
		path_put(&path);
	return rc;
}

static void __exit halt_exit(void)
{
	unregister_kprobe(&probe);
	path_put(&path);
}

module_init(halt_init);
module_exit(halt_exit);
MODULE_DESCRIPTION("Holds who asks for a file's attributes, for tests");
MODULE_LICENSE("GPL");
