// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "modsig.h"
#include "pkcs7.h"
#include "verify_key.h"

/* Each costs a verification, if its key is ours. */
#define SIGNERS_MAX 16

static const struct key *find_key(const struct keystore *store, uint8_t ring,
				  const struct pkcs7_signer *signer)
{
	struct imatee_key_select select = { .ring = ring,
					    .select = IMATEE_SELECT_SKID };
	uint8_t name[IMATEE_FINGERPRINT_SIZE] = { 0 };

	if (signer->issuer_serial.len) {
		if (hash_algo_compute(hash_algo_find(IMATEE_HASH_SHA256),
				      signer->issuer_serial, name))
			return NULL;
		return keystore_find_issuer(store, ring, name);
	}
	if (signer->skid.len > IMATEE_SKID_MAX)
		return NULL;
	select.skid_len = (uint8_t)signer->skid.len;
	memcpy(select.skid, signer->skid.data, signer->skid.len);
	return keyring_find(&store->rings, &select);
}

/*
 * As pkcs7_verify() and pkcs7_validate_trust() for VERIFYING_MODULE_SIGNATURE:
 * nobody signs attributes; what is not supported, and who is not known, counts for
 * nothing.
 */
static enum imatee_error check_signer(const struct keystore *store,
				      const struct imatee_verify *request,
				      struct slice digest,
				      const struct pkcs7_signer *signer)
{
	const struct key *key = NULL;

	if (signer->attributes)
		return IMATEE_ERR_SIG_INVALID;
	/* The kernel hands over one digest: that of the first signer. */
	if (!signer->hash || (!signer->rsa && !signer->ecdsa) ||
	    signer->hash->id != request->digest_algo)
		return IMATEE_ERR_SIG_HASH;
	key = find_key(store, request->ring, signer);
	if (!key)
		return IMATEE_ERR_NO_KEY;
	if (digest.len != signer->hash->size ||
	    signer->rsa != (key->info.algo == IMATEE_ALGO_RSA))
		return IMATEE_ERR_SIG_INVALID;
	return verify_key_check(keystore_parsed(key), signer->hash, digest.data,
				signer->signature);
}

enum imatee_error modsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				struct slice digest, struct slice message)
{
	struct pkcs7_signer signer = { 0 };
	struct slice signers = { 0 };
	enum imatee_error verdict = IMATEE_ERR_SIG_HASH;
	enum imatee_error error = IMATEE_OK;
	unsigned int count = 0;

	if (request->ring == IMATEE_RING_EVM ||
	    request->digest_kind != IMATEE_DIGEST_FILE)
		return IMATEE_ERR_BAD_VALUE;
	error = pkcs7_open(message, &signers);
	if (error)
		return error;
	while (signers.len) {
		error = pkcs7_next(&signers, &signer);
		if (error || ++count > SIGNERS_MAX)
			return IMATEE_ERR_SIG_MALFORMED;
		error = check_signer(store, request, digest, &signer);
		if (error == IMATEE_OK)
			verdict = IMATEE_OK;
		else if (error != IMATEE_ERR_NO_KEY &&
			 error != IMATEE_ERR_SIG_HASH)
			return error;
		else if (verdict == IMATEE_ERR_SIG_HASH)
			verdict = error;
	}
	return verdict;
}
