// SPDX-License-Identifier: GPL-2.0-or-later
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/error-crypt.h>

#include "crypto.h"
#include "platform.h"

enum imatee_error crypto_error(int ret, enum imatee_error error)
{
	const bool failed = crypto_memory_failed();

	if (!ret)
		return IMATEE_OK;
	return failed || ret == MEMORY_E || ret == MP_MEM ?
		       IMATEE_ERR_RESOURCES :
		       error;
}

int crypto_curve(uint8_t algo)
{
	switch (algo) {
	case IMATEE_ALGO_ECDSA_P256:
		return ECC_SECP256R1;
	case IMATEE_ALGO_ECDSA_P384:
		return ECC_SECP384R1;
	case IMATEE_ALGO_ECDSA_P521:
		return ECC_SECP521R1;
	default:
		return ECC_CURVE_INVALID;
	}
}

enum imatee_error crypto_import_point(const struct pubkey *key,
				      struct ecc_key **point)
{
	ecc_key *new = platform_alloc(sizeof(*new));
	int ret = 0;

	if (!new)
		return IMATEE_ERR_RESOURCES;
	ret = wc_ecc_init(new);
	if (!ret)
		ret = wc_ecc_import_x963_ex(key->key.data, (word32)key->key.len,
					    new, crypto_curve(key->algo));
	if (ret) {
		crypto_free_point(new);
		return crypto_error(ret, IMATEE_ERR_CERT_KEY);
	}
	*point = new;
	return IMATEE_OK;
}

void crypto_free_point(struct ecc_key *point)
{
	wc_ecc_free(point);
	platform_free(point, sizeof(*point));
}
