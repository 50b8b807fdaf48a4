/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wolfSSL, as far as more than one source uses it.
 */
#ifndef IMATEE_CRYPTO_H
#define IMATEE_CRYPTO_H

#include "pubkey.h"

struct ecc_key;

/*
 * What an outcome of wolfSSL means: IMATEE_OK, RESOURCES if it had no memory, and
 * else @error.
 */
enum imatee_error crypto_error(int ret, enum imatee_error error);

/*
 * Was memory refused to wolfSSL since this was last asked? Not all of its functions
 * tell that apart from bad input.
 */
bool crypto_memory_failed(void);

/* wolfSSL's number of the curve of an enum imatee_key_algo. */
int crypto_curve(uint8_t algo);

/* wolfSSL's form of an ECDSA key. Errors: CERT_KEY, RESOURCES. */
enum imatee_error crypto_import_point(const struct pubkey *key,
				      struct ecc_key **point);
void crypto_free_point(struct ecc_key *point);

#endif /* IMATEE_CRYPTO_H */
