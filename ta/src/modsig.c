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

/* The file's digest by this hash; NULL if the request has none, or another one. */
static const struct slice *find_digest(const struct digests *digests,
				       const struct hash_algo *hash)
{
	size_t i = 0;

	for (i = 0; i < digests->count; i++)
		if (digests->of[i].algo == hash->id &&
		    digests->of[i].value.len == hash->size)
			return &digests->of[i].value;
	return NULL;
}

/* As pkcs7_validate_trust_one(), but for certificates in the message. */
static enum imatee_error check_signer(const struct keystore *store,
				      uint8_t ring,
				      const struct digests *digests,
				      const struct pkcs7_signer *signer)
{
	const struct slice *digest = NULL;
	const struct key *key = NULL;
	enum imatee_error error = IMATEE_OK;

	if (!signer->hash || (!signer->rsa && !signer->ecdsa))
		return IMATEE_ERR_SIG_HASH;
	error = find_key(store, ring, signer, &key);
	if (error)
		return error;
	if (!key)
		return IMATEE_ERR_NO_KEY;
	digest = find_digest(digests, signer->hash);
	if (!digest || signer->rsa != (key->info.algo == IMATEE_ALGO_RSA))
		return IMATEE_ERR_SIG_INVALID;
	return verify_key_check(keystore_parsed(key), signer->hash,
				digest->data, signer->signature);
}

/*
 * As pkcs7_validate_trust(): a signature of ours that is not valid ends it, whatever
 * the others are; signers that are unknown, or whose algorithms are, are passed over,
 * but one must be ours.
 */
static enum imatee_error check_signers(const struct keystore *store,
				       uint8_t ring,
				       const struct digests *digests,
				       struct pkcs7_signers signers)
{
	enum imatee_error verdict = IMATEE_ERR_NO_KEY;
	enum imatee_error error = IMATEE_OK;
	struct pkcs7_signer signer = { 0 };

	while (pkcs7_next(&signers, &signer)) {
		error = check_signer(store, ring, digests, &signer);
		switch (error) {
		case IMATEE_OK:
			verdict = IMATEE_OK;
			break;
		case IMATEE_ERR_NO_KEY:
			break;
		case IMATEE_ERR_SIG_HASH:
			if (verdict == IMATEE_ERR_NO_KEY)
				verdict = IMATEE_ERR_SIG_HASH;
			break;
		default:
			return error;
		}
	}
	return verdict;
}

/* As pkcs7_verify() for VERIFYING_MODULE_SIGNATURE: nobody signs attributes. */
static bool any_attributes(struct pkcs7_signers signers)
{
	struct pkcs7_signer signer = { 0 };

	while (pkcs7_next(&signers, &signer))
		if (signer.attributes)
			return true;
	return false;
}

enum imatee_error modsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				const struct digests *digests,
				struct slice message)
{
	struct pkcs7_signers signers = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (request->ring == IMATEE_RING_EVM ||
	    (request->digest_kind != IMATEE_DIGEST_FILE &&
	     request->digest_kind != IMATEE_DIGEST_FILES))
		return IMATEE_ERR_BAD_VALUE;
	error = pkcs7_read(message, &signers);
	if (error)
		return error;
	if (any_attributes(signers))
		return IMATEE_ERR_SIG_INVALID;
	return check_signers(store, request->ring, digests, signers);
}
