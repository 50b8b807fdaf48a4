// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "modsig.h"
#include "pkcs7.h"
#include "verify_key.h"

/* *@key is NULL if there is none. */
static enum imatee_error find_key(const struct keystore *store, uint8_t ring,
				  const struct pkcs7_signer *signer,
				  const struct key **key)
{
	struct imatee_key_select select = { .ring = ring,
					    .select = IMATEE_SELECT_SKID };
	uint8_t name[IMATEE_FINGERPRINT_SIZE] = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (signer->issuer_serial.len) {
		error = hash_algo_compute(hash_algo_find(IMATEE_HASH_SHA256),
					  signer->issuer_serial, name);
		if (!error)
			*key = keystore_find_issuer(store, ring, name);
	} else if (signer->skid.len <= IMATEE_SKID_MAX) {
		select.skid_len = (uint8_t)signer->skid.len;
		memcpy(select.skid, signer->skid.data, signer->skid.len);
		*key = keyring_find(&store->rings, &select);
	}
	return error;
}

/*
 * As pkcs7_verify() and pkcs7_validate_trust() for VERIFYING_MODULE_SIGNATURE:
 * nobody signs attributes.
 */
static enum imatee_error check_signer(const struct keystore *store,
				      const struct imatee_verify *request,
				      struct slice digest,
				      const struct pkcs7_signer *signer)
{
	const struct key *key = NULL;
	enum imatee_error error = IMATEE_OK;

	if (signer->attributes)
		return IMATEE_ERR_SIG_INVALID;
	if (!signer->hash || (!signer->rsa && !signer->ecdsa))
		return IMATEE_ERR_SIG_HASH;
	error = find_key(store, request->ring, signer, &key);
	if (error)
		return error;
	if (!key)
		return IMATEE_ERR_NO_KEY;
	if (digest.len != signer->hash->size ||
	    request->digest_algo != signer->hash->id ||
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
	enum imatee_error error = IMATEE_OK;

	if (request->ring == IMATEE_RING_EVM ||
	    request->digest_kind != IMATEE_DIGEST_FILE)
		return IMATEE_ERR_BAD_VALUE;
	error = pkcs7_read(message, &signer);
	return error ? error : check_signer(store, request, digest, &signer);
}
