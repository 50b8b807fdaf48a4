// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_critical: a caller inside the kernel that has data of its own measured, as
 * device-mapper and SELinux do:
 *
 *   insmod imatee_critical.ko label=LABEL name=EVENT size=100 hash=1
 *
 * The data are so many bytes, the same each time; with hash=1 it is their hash that is
 * measured. With claim=N there are N bytes of them by what the caller says: more than are
 * to be looked at.
 */
#include <linux/ima.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static char *label = "imatee_test";
module_param(label, charp, 0);

static char *name = "imatee_test";
module_param(name, charp, 0);

static unsigned int size = 100;
module_param(size, uint, 0);

static unsigned long claim;
module_param(claim, ulong, 0);

static bool hash;
module_param(hash, bool, 0);

static int __init critical_init(void)
{
	u8 *data = vmalloc(size);
	unsigned int i;
	int rc;

	if (!data)
		return -ENOMEM;
	for (i = 0; i < size; i++)
		data[i] = i * 7;
	rc = ima_measure_critical_data(label, name, data, claim ?: size, hash, NULL, 0);
	pr_info("imatee_critical: %s %d\n", name, rc);
	vfree(data);
	return 0;
}
module_init(critical_init);

static void __exit critical_exit(void)
{
}
module_exit(critical_exit);

MODULE_DESCRIPTION("Has data of the kernel measured, for tests");
MODULE_LICENSE("GPL");
