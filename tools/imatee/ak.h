/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The key that signs quotes.
 */
#ifndef IMATEE_AK_H
#define IMATEE_AK_H

#include <openssl/evp.h>

#include "tool.h"
#include "tpm.h"

/**
 * struct ak - such a key
 * @pkey: for OpenSSL
 * @public: TPMT_PUBLIC
 * @name: its Name, of which nobody else's key has the same
 */
struct ak {
	EVP_PKEY *pkey;
	uint8_t public[TPM_PUBLIC_SIZE];
	uint8_t name[TPM_NAME_SIZE];
};

/*
 * From a TPMT_PUBLIC. False if this is none by the template, or its point is not on the
 * curve. ak_free() on success only, here and below.
 */
bool ak_from_public(const uint8_t *public, size_t len, struct ak *ak);

/*
 * From a file: a public key or a certificate in PEM, or a TPM2B_PUBLIC. Whether anyone
 * vouches for a certificate is not looked at.
 */
enum exit_status ak_read(const struct arguments *args, const char *path,
			 struct ak *ak);
void ak_free(struct ak *ak);

/* The public key in PEM, for free(). Out of memory ends the program. */
char *ak_pem(const struct ak *ak);

/* The same as a TPM2B_PUBLIC. */
#define AK_TPM2B_SIZE (2 + TPM_PUBLIC_SIZE)
void ak_tpm2b(const struct ak *ak, uint8_t data[AK_TPM2B_SIZE]);

/* The PEM of a certificate request in DER, for free(). */
char *ak_request_pem(const uint8_t *der, size_t len);

/* Has the key signed this? @sig is a TPMT_SIGNATURE. */
bool ak_verify(const struct ak *ak, const uint8_t *data, size_t len,
	       const uint8_t *sig, size_t sig_len);

#endif /* IMATEE_AK_H */
