// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_ioerror: a file that cannot be read from a position on, when the kernel wants to
 * measure it.
 *
 *   insmod imatee_ioerror.ko file=/a/file from=1000000
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/namei.h>

static char *file;
module_param(file, charp, 0400);
MODULE_PARM_DESC(file, "which");

static unsigned long from;
module_param(from, ulong, 0400);
MODULE_PARM_DESC(from, "the first byte that cannot be read");

static struct path path;

/* Whether this call is to fail: only then does the other handler run. */
static int asked(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	const struct file *reads = (void *)regs_get_kernel_argument(regs, 0);
	loff_t pos = regs_get_kernel_argument(regs, 1);
	size_t len = regs_get_kernel_argument(regs, 3);

	return file_inode(reads) != d_backing_inode(path.dentry) || pos + len <= from;
}

static int fail(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	regs_set_return_value(regs, -EIO);
	return 0;
}

static struct kretprobe probe = {
	.kp.symbol_name = "integrity_kernel_read",
	.entry_handler = asked,
	.handler = fail,
};

static int __init ioerror_init(void)
{
	int rc = file ? kern_path(file, LOOKUP_FOLLOW, &path) : -EINVAL;

	if (rc)
		return rc;
	rc = register_kretprobe(&probe);
	if (rc)
		path_put(&path);
	return rc;
}

static void __exit ioerror_exit(void)
{
	unregister_kretprobe(&probe);
	path_put(&path);
}

module_init(ioerror_init);
module_exit(ioerror_exit);
MODULE_DESCRIPTION("Fails reads of a file by IMA, for tests");
MODULE_LICENSE("GPL");
