/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes self-signed certificates for the tests, good ones and bad ones.
 */
#ifndef IMATEE_MKCERT_H
#define IMATEE_MKCERT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct mkcert {
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

#endif /* IMATEE_MKCERT_H */
