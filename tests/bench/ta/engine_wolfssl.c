// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * wolfSSL, through what the verifiers call.
 */
#include "engine.h"
#include "verify_key.h"

const bool engine_memory_seen = true;

static struct verify_key *key;

bool engine_load(const struct pubkey *pubkey)
{
	return verify_key_new(pubkey, &key) == IMATEE_OK;
}

enum crypto_verdict engine_check(struct slice digest, struct slice signature)
{
	const struct hash_algo *algo = hash_algo_find(IMATEE_HASH_SHA256);

	if (!algo || digest.len != algo->size)
		return CRYPTO_FAILED;
	switch (verify_key_check(key, algo, digest.data, signature)) {
	case IMATEE_OK:
		return CRYPTO_VALID;
	case IMATEE_ERR_SIG_INVALID:
		return CRYPTO_INVALID;
	default:
		return CRYPTO_FAILED;
	}
}

void engine_unload(void)
{
	verify_key_free(key);
	key = NULL;
}
