// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module parameters, and the table of attacks.
 *
 *   insmod imatee_attack.ko op=swap ring=.ima,.evm id=11111111,22222222 \
 *	    cert=/keys/a.der,/keys/b.der
 *
 * Loading the module fails if the attack could not be carried out at all; a
 * success says nothing yet about what the kernel makes of it.
 */
#include <linux/module.h>
#include <linux/string.h>

#include "attack.h"

#define TARGETS_MAX 4
#define OPS_MAX	    2

static char *op[OPS_MAX];
static int ops;
module_param_array(op, charp, &ops, 0400);
MODULE_PARM_DESC(op, "which attacks, in this order");

static char *ring[TARGETS_MAX];
static int rings;
module_param_array(ring, charp, &rings, 0400);
MODULE_PARM_DESC(ring, "keyrings to attack, one a target");

static char *id[TARGETS_MAX];
module_param_array(id, charp, NULL, 0400);
MODULE_PARM_DESC(id, "key in each keyring");

static char *cert[TARGETS_MAX];
module_param_array(cert, charp, NULL, 0400);
MODULE_PARM_DESC(cert, "attacker's certificate for each keyring");

static char *file;
module_param(file, charp, 0400);
MODULE_PARM_DESC(file, "file whose verdict, or digest, is to be forged");

static char *from;
module_param(from, charp, 0400);
MODULE_PARM_DESC(from, "file whose digest it gets");

struct attack {
	const char *name;
	bool once; /* not one a keyring */
	int (*run)(const struct target *t);
	void (*undo)(void);
};

static const struct attack attacks[] = {
	{ "swap", false, attack_swap, undo_swap },
	{ "rename", true, attack_rename, undo_rename },
	{ "link", false, attack_link, undo_link },
	{ "ring", false, attack_ring, undo_ring },
	{ "race", true, attack_race, undo_race },
	{ "crypto", true, attack_crypto, undo_crypto },
	{ "appraise", true, attack_appraise, undo_appraise },
	{ "verdict", true, attack_verdict, NULL },
	{ "ticket", true, attack_ticket, NULL },
	{ "mode", true, attack_mode, undo_mode },
	{ "way", true, attack_way, NULL },
	{ "mode-alias", true, attack_mode_alias, undo_mode },
	{ "log", true, attack_log, undo_log },
	{ "log-open", true, attack_log_open, NULL },
	{ "log-tail", true, attack_log_tail, undo_log_tail },
	{ "log-head", true, attack_log_head, undo_log_head },
};

static const struct attack *find_attack(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(attacks); i++)
		if (!strcmp(attacks[i].name, name))
			return &attacks[i];
	return NULL;
}

static int run(const struct attack *attack)
{
	int n = attack->once ? 1 : rings;
	int i, rc = n ? 0 : -EINVAL;

	for (i = 0; i < n && !rc; i++) {
		const struct target t = {
			.ring = ring[i],
			.id = id[i],
			.cert = cert[i],
			.file = file,
			.from = from,
		};

		rc = attack->run(&t);
		pr_info("%s %s: %d\n", attack->name, t.ring ?: "", rc);
	}
	return rc;
}

/* The last attack is undone first. Undoing what was not done is harmless. */
static void undo_all(void)
{
	unsigned int i;

	for (i = ARRAY_SIZE(attacks); i; i--)
		if (attacks[i - 1].undo)
			attacks[i - 1].undo();
	forget_forged();
}

static int __init attack_init(void)
{
	const struct attack *attack;
	int i, rc = ops ? 0 : -EINVAL;

	for (i = 0; i < ops && !rc; i++) {
		attack = find_attack(op[i]);
		rc = attack ? run(attack) : -EINVAL;
	}
	if (rc)
		undo_all();
	return rc;
}

static void __exit attack_exit(void)
{
	undo_all();
}

module_init(attack_init);
module_exit(attack_exit);
MODULE_DESCRIPTION("Attacks on IMA's keys in kernel memory (for tests)");
MODULE_LICENSE("GPL");
