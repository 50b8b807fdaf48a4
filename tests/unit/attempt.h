/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A key of each kind in a store of a verifier's, and signatures of them, made by
 * OpenSSL.
 */
#ifndef IMATEE_ATTEMPT_H
#define IMATEE_ATTEMPT_H

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "digsig.h"
#include "fixture.h"
#include "hash_algo.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEADER	     9

struct attempt_kind {
	const char *name;
	uint8_t algo;
	unsigned int rsa_bits;
	const char *curve; /* NULL: RSA */
};

struct attempt_hash {
	uint8_t id; /* enum imatee_hash */
	const EVP_MD *(*md)(void);
};

#define KINDS	6
#define RSA2048 0
#define P256	3
#define P521	5
extern const struct attempt_kind kinds[KINDS];

#define HASHES	  8
#define HASH_SHA1 0
#define SHA224	  1
#define SHA256	  2
#define SHA512	  4
extern const struct attempt_hash hashes[HASHES];

/* Each key is in all three rings; they are the same for all tests. */
extern EVP_PKEY *keys[KINDS];
extern X509 *certs[KINDS];
extern struct keystore *store;
int attempt_setup(void **state);
int attempt_teardown(void **state);

/* One verification, as it will be asked for. */
struct attempt {
	struct imatee_verify request;
	uint8_t digest[IMATEE_DIGEST_MAX];
	uint8_t attribute[HEADER + 1024];
};

/* A signature of a random file's digest, for security.ima. */
void attempt_make(struct attempt *a, size_t kind, size_t hash);
/* Replaces it by one of @digest; @padding is of RSA. */
void attempt_sign(struct attempt *a, size_t kind, const EVP_MD *md,
		  const uint8_t *digest, int padding);
/* The signature has @len bytes, and its header says so. */
void attempt_set_size(struct attempt *a, size_t len);
enum imatee_error attempt_verify(const struct attempt *a);

#endif /* IMATEE_ATTEMPT_H */
