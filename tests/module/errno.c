// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_errno: what the functions return that verify signatures. IMA and EVM make one
 * errno, and one cause, of most of it.
 *
 * Reading imatee_errno in debugfs gives what has been returned since the last time, as
 * numbers.
 */
#include <linux/debugfs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#define RETURNED_MAX 16
/* "-4095 " */
#define TEXT_MAX 6

static DEFINE_SPINLOCK(lock);
static int returned[RETURNED_MAX];
static unsigned int count;

static int note(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	if (count < RETURNED_MAX)
		returned[count++] = regs_return_value(regs);
	spin_unlock_irqrestore(&lock, flags);
	return 0;
}

static struct kretprobe probes[] = {
	{ .kp.symbol_name = "integrity_digsig_verify", .handler = note },
	{ .kp.symbol_name = "integrity_modsig_verify", .handler = note },
	/* An unpatched kernel does not have it. */
	{ .kp.symbol_name = "imatee_verity_verify", .handler = note },
};

#define OPTIONAL 1

static unsigned int registered;
static struct dentry *file;

static ssize_t returned_read(struct file *from, char __user *buf, size_t size,
			     loff_t *pos)
{
	char text[RETURNED_MAX * TEXT_MAX + 1] = "";
	unsigned long flags;
	unsigned int i;
	size_t len = 0;

	if (*pos)
		return 0;
	spin_lock_irqsave(&lock, flags);
	for (i = 0; i < count; i++)
		len += scnprintf(text + len, sizeof(text) - len, "%d ", returned[i]);
	count = 0;
	spin_unlock_irqrestore(&lock, flags);
	return simple_read_from_buffer(buf, size, pos, text, len);
}

static const struct file_operations returned_fops = {
	.owner = THIS_MODULE,
	.read = returned_read,
};

static void unregister(void)
{
	while (registered)
		unregister_kretprobe(&probes[--registered]);
}

static int __init errno_init(void)
{
	int rc;

	do {
		rc = register_kretprobe(&probes[registered]);
		if (!rc)
			registered++;
	} while (!rc && registered < ARRAY_SIZE(probes));
	if (registered < ARRAY_SIZE(probes) - OPTIONAL) {
		unregister();
		return rc;
	}
	file = debugfs_create_file("imatee_errno", 0400, NULL, NULL, &returned_fops);
	return 0;
}
module_init(errno_init);

static void __exit errno_exit(void)
{
	debugfs_remove(file);
	unregister();
}
module_exit(errno_exit);

MODULE_DESCRIPTION("Shows what verifications of signatures return, for tests");
MODULE_LICENSE("GPL");
