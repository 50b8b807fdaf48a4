/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes certificates for the tests, good ones and bad ones.
 */
#ifndef IMATEE_MKCERT_H
#define IMATEE_MKCERT_H

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* Who signs. */
struct mkcert_ca {
	X509 *cert;
	EVP_PKEY *key;
};

struct mkcert {
	const struct mkcert_ca *issuer; /* NULL: self-signed */
	const char *issuer_cn; /* the name of another issuer than signs */
	const char *akid; /* authorityKeyIdentifier; NULL: none */
	const char *const *subject; /* more of it: type, value, ..., NULL */
	const char *extra; /* one more extension, and its value */
	const char *extra_value;
	const char *key; /* "rsa:2048", "rsa3:2048" (e = 3), or a curve */
	bool explicit_curve;
	bool compressed;
	const char *exponent; /* of an RSA key, in hexadecimal */
	bool weak; /* the certificate shows the RSA key with e = 1 */
	const char *cn;
	const char *usage; /* keyUsage; NULL: none */
	const char *basic; /* basicConstraints; NULL: none */
	const char *skid; /* subjectKeyIdentifier; "" for none */
	const char *digest; /* of its signature; NULL: SHA-256 */
	bool pss; /* its signature is RSA-PSS */
	size_t padding; /* bytes of a comment, to make it large */
	time_t not_before;
	time_t not_after;
};

/* A certificate that keytab takes into a ring, and one that it takes as CA. */
extern const struct mkcert mkcert_good;
extern const struct mkcert mkcert_good_ca;

/* Writes it to @path, as PEM or DER by the name. Aborts when it cannot. */
void mkcert_write(const struct mkcert *spec, const char *path);

/* The same as DER in memory, for OPENSSL_free(). */
unsigned char *mkcert_der(const struct mkcert *spec, size_t *len);

/* A certificate and its key, made anew, or kept in two PEM files. */
void mkcert_make_ca(const struct mkcert *spec, struct mkcert_ca *ca);
void mkcert_write_ca(const struct mkcert *spec, const char *cert_path,
		     const char *key_path);
void mkcert_read_ca(const char *cert_path, const char *key_path,
		    struct mkcert_ca *ca);
void mkcert_free_ca(struct mkcert_ca *ca);

#endif /* IMATEE_MKCERT_H */
