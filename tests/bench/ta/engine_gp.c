// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GlobalPlatform API: OP-TEE's core verifies, with its own library.
 */
#include <string.h>
#include <tee_internal_api.h>

#include "der.h"
#include "engine.h"

#define COORDINATE_MAX 66

/* The core's heap, and the stack of one of its threads. */
const bool engine_memory_seen = false;

static TEE_OperationHandle operation = TEE_HANDLE_NULL;
static size_t coordinate; /* bytes; 0 for RSA */

static const struct {
	uint8_t algo;
	uint32_t curve;
	uint32_t operation;
} curves[] = {
	{ IMATEE_ALGO_ECDSA_P256, TEE_ECC_CURVE_NIST_P256,
	  TEE_ALG_ECDSA_SHA256 },
	{ IMATEE_ALGO_ECDSA_P384, TEE_ECC_CURVE_NIST_P384,
	  TEE_ALG_ECDSA_SHA384 },
	{ IMATEE_ALGO_ECDSA_P521, TEE_ECC_CURVE_NIST_P521,
	  TEE_ALG_ECDSA_SHA512 },
};

/* A key of that type and those attributes, in an operation of its own. */
static bool load(uint32_t type, uint32_t algo, uint32_t bits,
		 const TEE_Attribute *attributes, uint32_t count)
{
	TEE_ObjectHandle object = TEE_HANDLE_NULL;
	bool done = false;

	if (TEE_AllocateTransientObject(type, bits, &object))
		return false;
	done = !TEE_PopulateTransientObject(object, attributes, count) &&
	       !TEE_AllocateOperation(&operation, algo, TEE_MODE_VERIFY,
				      bits) &&
	       !TEE_SetOperationKey(operation, object);
	TEE_FreeTransientObject(object);
	return done;
}

static bool load_rsa(const struct pubkey *key)
{
	TEE_Attribute attributes[2] = { 0 };

	coordinate = 0;
	TEE_InitRefAttribute(&attributes[0], TEE_ATTR_RSA_MODULUS,
			     key->modulus.data, key->modulus.len);
	TEE_InitRefAttribute(&attributes[1], TEE_ATTR_RSA_PUBLIC_EXPONENT,
			     key->exponent.data, key->exponent.len);
	return load(TEE_TYPE_RSA_PUBLIC_KEY, TEE_ALG_RSASSA_PKCS1_V1_5_SHA256,
		    key->bits, attributes, 2);
}

static bool load_ecdsa(const struct pubkey *key, size_t i)
{
	TEE_Attribute attributes[3] = { 0 };
	const uint8_t *point = key->key.data + 1;

	coordinate = (key->key.len - 1) / 2;
	TEE_InitRefAttribute(&attributes[0], TEE_ATTR_ECC_PUBLIC_VALUE_X, point,
			     coordinate);
	TEE_InitRefAttribute(&attributes[1], TEE_ATTR_ECC_PUBLIC_VALUE_Y,
			     point + coordinate, coordinate);
	TEE_InitValueAttribute(&attributes[2], TEE_ATTR_ECC_CURVE,
			       curves[i].curve, 0);
	return load(TEE_TYPE_ECDSA_PUBLIC_KEY, curves[i].operation, key->bits,
		    attributes, 3);
}

bool engine_load(const struct pubkey *key)
{
	size_t i = 0;

	if (key->algo == IMATEE_ALGO_RSA)
		return load_rsa(key);
	for (i = 0; i < sizeof(curves) / sizeof(curves[0]); i++)
		if (curves[i].algo == key->algo)
			return load_ecdsa(key, i);
	return false;
}

/* Two numbers of a curve's size, in the place of DER. */
static bool to_pair(struct slice in, uint8_t pair[2 * COORDINATE_MAX])
{
	struct der_item sequence = { 0 };
	struct slice number = { 0 };
	size_t i = 0;

	if (!der_take(&in, DER_SEQUENCE, &sequence))
		return false;
	for (i = 0; i < 2; i++) {
		if (!der_take_unsigned(&sequence.value, &number) ||
		    number.len > coordinate)
			return false;
		memcpy(pair + (i + 1) * coordinate - number.len, number.data,
		       number.len);
	}
	return true;
}

enum crypto_verdict engine_check(struct slice digest, struct slice signature)
{
	uint8_t pair[2 * COORDINATE_MAX] = { 0 };

	if (coordinate) {
		if (!to_pair(signature, pair))
			return CRYPTO_FAILED;
		signature.data = pair;
		signature.len = 2 * coordinate;
	}
	/* It panics of anything but these two. */
	return TEE_AsymmetricVerifyDigest(operation, NULL, 0, digest.data,
					  digest.len, signature.data,
					  signature.len) == TEE_SUCCESS ?
		       CRYPTO_VALID :
		       CRYPTO_INVALID;
}

void engine_unload(void)
{
	TEE_FreeOperation(operation);
	operation = TEE_HANDLE_NULL;
}
