// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel parameters: imatee.mode=, and which keyrings it concerns; imatee.seal=
 * and imatee.seal_timeout=.
 *
 * A value that this kernel does not know, or does not have, is never replaced by
 * a weaker one: then nothing verifies.
 */
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/string.h>

#include "tee.h"

static const char * const mode_names[IMATEE_MODE_COUNT] = {
	[IMATEE_MODE_OFF] = "off",
	[IMATEE_MODE_KEYS] = "keys",
	[IMATEE_MODE_VERIFY] = "verify",
	[IMATEE_MODE_FULL] = "full",
};

#define MODE_INVALID	IMATEE_MODE_COUNT
#define MODE_FORCED	(sizeof(CONFIG_IMATEE_FORCE_MODE) > 1)
#define SEAL_TIMEOUT_MAX	600	/* seconds */

static u8 mode __ro_after_init = IMATEE_MODE_OFF;
static enum { SEAL_INVALID, SEAL_INIT, SEAL_USER } seal __ro_after_init = SEAL_INIT;
static unsigned int seal_timeout __ro_after_init = 60;	/* 0: invalid */

/* NULL stands for a parameter without a value. */
static u8 mode_from_param(const char *val)
{
	int i = val ? match_string(mode_names, ARRAY_SIZE(mode_names), val) : -1;

	return i < 0 ? MODE_INVALID : i;
}

static int mode_set(const char *val, const struct kernel_param *kp)
{
	if (MODE_FORCED) {
		pr_warn("imatee.mode=%s ignored, the kernel is built for %s\n",
			val ?: "", CONFIG_IMATEE_FORCE_MODE);
		return 0;
	}
	mode = mode_from_param(val);
	return 0;
}

static const struct kernel_param_ops mode_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = mode_set,
};
module_param_cb(mode, &mode_ops, NULL, 0);

static int seal_from_param(const char *val)
{
	if (val && !strcmp(val, "init"))
		return SEAL_INIT;
	if (val && !strcmp(val, "user"))
		return SEAL_USER;
	return SEAL_INVALID;
}

static int seal_set(const char *val, const struct kernel_param *kp)
{
	seal = seal_from_param(val);
	return 0;
}

static const struct kernel_param_ops seal_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = seal_set,
};
module_param_cb(seal, &seal_ops, NULL, 0);

static unsigned int timeout_from_param(const char *val)
{
	unsigned int seconds;

	if (!val || kstrtouint(val, 10, &seconds) || seconds > SEAL_TIMEOUT_MAX)
		return 0;
	return seconds;
}

static int timeout_set(const char *val, const struct kernel_param *kp)
{
	seal_timeout = timeout_from_param(val);
	return 0;
}

static const struct kernel_param_ops timeout_ops = {
	.flags = KERNEL_PARAM_OPS_FL_NOARG,
	.set = timeout_set,
};
module_param_cb(seal_timeout, &timeout_ops, NULL, 0);

/* What a forced mode means: folded into a constant where it is one. */
static __always_inline bool forced_active(const char *forced)
{
	return strcmp(forced, "off") != 0;
}

static __always_inline bool forced_verifies(const char *forced)
{
	return !strcmp(forced, "verify") || !strcmp(forced, "full");
}

static __always_inline bool forced_measures(const char *forced)
{
	return !strcmp(forced, "full");
}

static int __init mode_init(void)
{
	if (MODE_FORCED)
		mode = mode_from_param(CONFIG_IMATEE_FORCE_MODE);
	if (mode != IMATEE_MODE_OFF)
		pr_info("mode %s\n", imatee_mode_name());
	if (imatee_mode_refusal())
		imatee_die(imatee_mode_refusal());
	return 0;
}
fs_initcall(mode_init);

/**
 * imatee_active - does the TEE own the integrity keyrings?
 *
 * A build with IMATEE_FORCE_MODE has the answer in its code, where an attacker
 * who writes data does not reach it.
 *
 * Return: true in every mode but "off", even in one that this kernel refuses.
 */
bool imatee_active(void)
{
	if (MODE_FORCED)
		return forced_active(CONFIG_IMATEE_FORCE_MODE);
	return mode != IMATEE_MODE_OFF;
}

/**
 * imatee_mode_verifies - is it the TEE that verifies?
 *
 * In a build with IMATEE_FORCE_MODE the answer is in the code, as above.
 *
 * Return: true in the modes "verify" and beyond.
 */
bool imatee_mode_verifies(void)
{
	if (MODE_FORCED)
		return forced_verifies(CONFIG_IMATEE_FORCE_MODE);
	return mode >= IMATEE_MODE_VERIFY && mode < IMATEE_MODE_COUNT;
}

/**
 * imatee_measures - is it the TEE that measures?
 *
 * In a build with IMATEE_FORCE_MODE the answer is in the code, as above.
 *
 * Return: true in the mode "full".
 */
bool imatee_measures(void)
{
	if (MODE_FORCED)
		return forced_measures(CONFIG_IMATEE_FORCE_MODE);
	return mode == IMATEE_MODE_FULL;
}

const char *imatee_mode_name(void)
{
	return mode < IMATEE_MODE_COUNT ? mode_names[mode] : "invalid";
}

u8 imatee_mode_number(void)
{
	return mode;
}

static const char *refusal(u8 asked)
{
	switch (asked) {
	case IMATEE_MODE_OFF:
		return NULL;
	case IMATEE_MODE_KEYS:
	case IMATEE_MODE_VERIFY:
	case IMATEE_MODE_FULL:
		if (seal == SEAL_INVALID)
			return "unknown imatee.seal=: it takes init or user";
		if (seal == SEAL_USER && !IS_ENABLED(CONFIG_IMATEE_SEAL_USER))
			return "this kernel is built without imatee.seal=user";
		if (asked == IMATEE_MODE_FULL && IS_ENABLED(CONFIG_CPU_BIG_ENDIAN))
			return "mode full is for little-endian kernels";
		if (!seal_timeout)
			return "bad imatee.seal_timeout=: it takes 1 to 600 seconds";
		return NULL;
	default:
		return "unknown mode: imatee.mode= takes off, keys, verify or full";
	}
}

/* Why this kernel cannot run in the mode that was asked for, or NULL. */
const char *imatee_mode_refusal(void)
{
	return refusal(mode);
}

/* May user space add keys before the seal? */
bool imatee_seal_by_user(void)
{
	return seal == SEAL_USER;
}

/* Seconds that it has for it. */
unsigned int imatee_seal_timeout(void)
{
	return seal_timeout;
}

/* IMATEE_RING_ANY for a keyring that does not live in the TEE. */
u8 imatee_ring_from_id(unsigned int id)
{
	switch (id) {
	case INTEGRITY_KEYRING_IMA:
		return IMATEE_RING_IMA;
	case INTEGRITY_KEYRING_EVM:
		return IMATEE_RING_EVM;
	case INTEGRITY_KEYRING_PLATFORM:
		return IMATEE_RING_PLATFORM;
	default:
		return IMATEE_RING_ANY;
	}
}

bool imatee_owns_keyring(unsigned int id)
{
	return imatee_active() && imatee_ring_from_id(id) != IMATEE_RING_ANY;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "mode_test.c"
#endif
