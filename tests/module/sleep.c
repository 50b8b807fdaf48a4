// SPDX-License-Identifier: GPL-2.0-only
/*
 * Gives the machine the sleep state "mem", which its firmware does not have (PSCI
 * SYSTEM_SUSPEND). All that Linux does for suspend to RAM is done: devices and all
 * CPUs but one go, the clock stops. Only the memory stays as it is, and the last
 * CPU waits where it is, without interrupts, for the one that is to wake it.
 */
#include <linux/module.h>
#include <linux/suspend.h>
#include <asm/barrier.h>

static int sleep_enter(suspend_state_t state)
{
	dsb(sy);
	wfi();
	return 0;
}

static const struct platform_suspend_ops sleep_ops = {
	.valid = suspend_valid_only_mem,
	.enter = sleep_enter,
};

static int __init sleep_init(void)
{
	suspend_set_ops(&sleep_ops);
	return 0;
}

/* It stays: the kernel keeps offering the state that it has been told of. */
module_init(sleep_init);
MODULE_DESCRIPTION("Suspend to RAM without the firmware's part, for tests");
MODULE_LICENSE("GPL");
