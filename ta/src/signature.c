// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "signature.h"
#include "verify_key.h"

/* Contents of the OBJECT IDENTIFIERs of algorithms with all of these hashes. */
static const uint8_t oid_rsa[] = { 0x2a, 0x86, 0x48, 0x86,
				   0xf7, 0x0d, 0x01, 0x01 };
static const uint8_t oid_ecdsa[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03 };

static const struct {
	uint8_t rsa; /* last byte behind oid_rsa */
	uint8_t ecdsa; /* and behind oid_ecdsa */
	uint8_t hash; /* enum imatee_hash */
} hashes[] = {
	{ 14, 1, IMATEE_HASH_SHA224 },
	{ 11, 2, IMATEE_HASH_SHA256 },
	{ 12, 3, IMATEE_HASH_SHA384 },
	{ 13, 4, IMATEE_HASH_SHA512 },
};

#define HASHES (sizeof(hashes) / sizeof(hashes[0]))

/* Does @oid begin with @base, one byte following? */
static bool is_under(struct slice oid, const uint8_t *base, size_t len)
{
	return oid.len == len + 1 && !memcmp(oid.data, base, len);
}

enum imatee_error signature_read_algo(struct slice in,
				      struct signature_algo *algo)
{
	struct der_item type = { 0 };
	struct der_item parameters = { 0 };
	uint8_t last = 0;
	size_t i = 0;

	if (!der_take(&in, DER_OID, &type))
		return IMATEE_ERR_CERT_MALFORMED;
	algo->rsa = is_under(type.value, oid_rsa, sizeof(oid_rsa));
	if (!algo->rsa && !is_under(type.value, oid_ecdsa, sizeof(oid_ecdsa)))
		return IMATEE_ERR_CERT_KEY;
	last = type.value.data[type.value.len - 1];
	for (i = 0; i < HASHES; i++)
		if ((algo->rsa ? hashes[i].rsa : hashes[i].ecdsa) == last)
			break;
	if (i == HASHES)
		return IMATEE_ERR_CERT_KEY;
	algo->hash = hash_algo_find(hashes[i].hash);
	/* NULL for RSA (RFC 4055), nothing for ECDSA (RFC 5758). */
	if (algo->rsa && !der_take(&in, DER_NULL, &parameters))
		return IMATEE_ERR_CERT_MALFORMED;
	return in.len ? IMATEE_ERR_CERT_MALFORMED : IMATEE_OK;
}

enum imatee_error signature_sha256(struct slice data, uint8_t digest[32])
{
	return hash_algo_compute(hash_algo_find(IMATEE_HASH_SHA256), data,
				 digest);
}

/* Here it is the certificate that does not fit. */
static enum imatee_error for_certificate(enum imatee_error error)
{
	return error == IMATEE_OK || error == IMATEE_ERR_RESOURCES ?
		       error :
		       IMATEE_ERR_CERT_SIGNATURE;
}

enum imatee_error signature_verify(const struct pubkey *pubkey,
				   const struct signature_algo *algo,
				   struct slice data, struct slice signature)
{
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	struct verify_key *key = NULL;
	enum imatee_error error = IMATEE_OK;

	if (algo->rsa != (pubkey->algo == IMATEE_ALGO_RSA))
		return IMATEE_ERR_CERT_SIGNATURE;
	error = hash_algo_compute(algo->hash, data, digest);
	if (!error)
		error = verify_key_new(pubkey, &key);
	if (!error)
		error = verify_key_check(key, algo->hash, digest, signature);
	verify_key_free(key);
	return for_certificate(error);
}
