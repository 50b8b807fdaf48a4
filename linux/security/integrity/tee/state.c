// SPDX-License-Identifier: GPL-2.0-only
/*
 * What became of the TEE. The state only ever goes up, so that no error path
 * and no late event brings back what has been given up.
 */
#include <linux/spinlock.h>

#include "tee.h"

static const char * const state_names[] = {
	[IMATEE_ABSENT] = "absent",
	[IMATEE_ATTACHED] = "attached",
	[IMATEE_SEALED] = "sealed",
	[IMATEE_STOPPED] = "stopped",
	[IMATEE_DEAD] = "dead",
};

static DEFINE_SPINLOCK(state_lock);	/* for the writers */
static enum imatee_state state = IMATEE_ABSENT;
static const char *state_reason = "no TEE with the imatee keeper has been found";

enum imatee_state imatee_state(void)
{
	return READ_ONCE(state);
}

const char *imatee_state_name(void)
{
	return imatee_active() ? state_names[imatee_state()] : "off";
}

const char *imatee_state_reason(void)
{
	return READ_ONCE(state_reason);
}

static bool usable_in(enum imatee_state now)
{
	return now == IMATEE_ATTACHED || now == IMATEE_SEALED;
}

/* May the TEE be called? */
bool imatee_usable(void)
{
	return usable_in(imatee_state());
}

static bool enter(enum imatee_state *now, const char **why,
		  enum imatee_state to, const char *reason)
{
	if (to <= *now)
		return false;
	WRITE_ONCE(*why, reason);
	WRITE_ONCE(*now, to);
	return true;
}

/**
 * imatee_advance - enter a later state
 * @to: the state
 * @reason: why, a string that is never freed; shown in securityfs
 *
 * Return: false if that state, or a later one, has been entered before.
 */
bool imatee_advance(enum imatee_state to, const char *reason)
{
	bool entered;

	spin_lock(&state_lock);
	entered = enter(&state, &state_reason, to, reason);
	spin_unlock(&state_lock);
	return entered;
}

/* Nothing verifies from here on. May be called from any process context. */
void imatee_die(const char *reason)
{
	if (!imatee_advance(IMATEE_DEAD, reason))
		return;
	pr_err("no signature will verify: %s\n", reason);
	integrity_audit_msg(AUDIT_INTEGRITY_STATUS, NULL, NULL, "imatee",
			    reason, -EIO, 0);
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "state_test.c"
#endif
