// SPDX-License-Identifier: GPL-2.0-only
/*
 * A module that does nothing: the tests sign it, or have the attacker sign it,
 * and see whether it loads.
 */
#include <linux/module.h>

static int __init victim_init(void)
{
	pr_info("imatee_victim: loaded\n");
	return 0;
}

static void __exit victim_exit(void)
{
}

module_init(victim_init);
module_exit(victim_exit);
MODULE_DESCRIPTION("Does nothing, for the tests of module appraisal");
MODULE_LICENSE("GPL");
