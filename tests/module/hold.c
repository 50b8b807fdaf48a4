// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_hold: takes all verifiers, so that whoever wants one waits:
 *
 *   insmod imatee_hold.ko seconds=30
 *
 * Whoever takes a mutex gives it back: insmod itself has them, and ends when the
 * time is over or a signal has come. So the module can go whenever it is there.
 */
#include <linux/delay.h>
#include <linux/module.h>

#include "tee.h"
#include "attack.h"

#define TRIES	 100
#define PAUSE_MS 10

static unsigned int seconds = 30;
module_param(seconds, uint, 0);
MODULE_PARM_DESC(seconds, "for how long");

static struct imatee_channel *verifiers;
static unsigned int (*verifier_count)(void);
static int (*channel_trylock)(struct imatee_channel *ch);
static void (*channel_unlock)(struct imatee_channel *ch);

static bool find_all(void)
{
	verifiers = find_ro_after_init("verifiers");
	verifier_count = find_symbol("imatee_verifier_count");
	channel_trylock = find_symbol("imatee_channel_trylock");
	channel_unlock = find_symbol("imatee_channel_unlock");
	return verifiers && verifier_count && channel_trylock && channel_unlock;
}

/* A call that is in flight ends before. */
static int take(struct imatee_channel *ch)
{
	unsigned int tries;
	int rc = -EBUSY;

	for (tries = 0; rc == -EBUSY && tries < TRIES; tries++) {
		if (tries)
			msleep(PAUSE_MS);
		rc = channel_trylock(ch);
	}
	return rc;
}

static int __init hold_init(void)
{
	unsigned int count, held = 0;
	int rc = 0;

	if (!find_all())
		return -ENOENT;
	count = verifier_count();
	while (!rc && held < count) {
		rc = take(&verifiers[held]);
		if (!rc)
			held++;
	}
	if (!rc) {
		pr_info("hold: %u verifiers\n", held);
		msleep_interruptible(seconds * MSEC_PER_SEC);
	}
	while (held)
		channel_unlock(&verifiers[--held]);
	return rc;
}
module_init(hold_init);

static void __exit hold_exit(void)
{
}
module_exit(hold_exit);

MODULE_DESCRIPTION("Holds all verifiers for some time");
MODULE_LICENSE("GPL");
