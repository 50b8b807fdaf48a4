// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Mbed TLS as OP-TEE's dev kit brings it, in the trusted application.
 */
#include <mbedtls/ecdsa.h>
#include <mbedtls/rsa.h>

#include "engine.h"

const bool engine_memory_seen = true;

static bool is_rsa;
static mbedtls_rsa_context rsa;
static mbedtls_ecdsa_context ecdsa;

static mbedtls_ecp_group_id curve_of(uint8_t algo)
{
	switch (algo) {
	case IMATEE_ALGO_ECDSA_P256:
		return MBEDTLS_ECP_DP_SECP256R1;
	case IMATEE_ALGO_ECDSA_P384:
		return MBEDTLS_ECP_DP_SECP384R1;
	case IMATEE_ALGO_ECDSA_P521:
		return MBEDTLS_ECP_DP_SECP521R1;
	default:
		return MBEDTLS_ECP_DP_NONE;
	}
}

bool engine_load(const struct pubkey *key)
{
	is_rsa = key->algo == IMATEE_ALGO_RSA;
	if (is_rsa) {
		mbedtls_rsa_init(&rsa);
		return !mbedtls_rsa_import_raw(&rsa, key->modulus.data,
					       key->modulus.len, NULL, 0, NULL,
					       0, NULL, 0, key->exponent.data,
					       key->exponent.len) &&
		       !mbedtls_rsa_complete(&rsa);
	}
	mbedtls_ecdsa_init(&ecdsa);
	return !mbedtls_ecp_group_load(&ecdsa.MBEDTLS_PRIVATE(grp),
				       curve_of(key->algo)) &&
	       !mbedtls_ecp_point_read_binary(&ecdsa.MBEDTLS_PRIVATE(grp),
					      &ecdsa.MBEDTLS_PRIVATE(Q),
					      key->key.data, key->key.len);
}

enum crypto_verdict engine_check(struct slice digest, struct slice signature)
{
	int ret = 0;

	if (is_rsa && signature.len != mbedtls_rsa_get_len(&rsa))
		return CRYPTO_INVALID;
	if (is_rsa)
		ret = mbedtls_rsa_pkcs1_verify(&rsa, MBEDTLS_MD_SHA256,
					       (unsigned int)digest.len,
					       digest.data, signature.data);
	else
		ret = mbedtls_ecdsa_read_signature(&ecdsa, digest.data,
						   digest.len, signature.data,
						   signature.len);
	switch (ret) {
	case 0:
		return CRYPTO_VALID;
	case MBEDTLS_ERR_RSA_VERIFY_FAILED:
	case MBEDTLS_ERR_RSA_INVALID_PADDING:
	case MBEDTLS_ERR_ECP_VERIFY_FAILED:
		return CRYPTO_INVALID;
	default:
		return CRYPTO_FAILED;
	}
}

void engine_unload(void)
{
	if (is_rsa)
		mbedtls_rsa_free(&rsa);
	else
		mbedtls_ecdsa_free(&ecdsa);
}
