/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A certificate on its way from a file into the table of built-in keys.
 */
#ifndef KEYTAB_CERT_H
#define KEYTAB_CERT_H

#include "imatee_abi.h"

#include <openssl/x509.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* The directory ca/ holds no keys of a ring, but what admits them. */
#define CERT_DIR_CA	 IMATEE_RING_ANY
/* Nor does receipt/, but what shortens the log. */
#define CERT_DIR_RECEIPT (IMATEE_RING_COUNT + 1)
/* And revoked/ holds keys that are to be in no ring. */
#define CERT_DIR_REVOKED (IMATEE_RING_COUNT + 2)

struct cert {
	char *path; /* as in messages */
	char *name; /* of the file in its directory */
	unsigned char *der;
	size_t der_len;
	X509 *x509;
	struct imatee_key_info info; /* .ring is CERT_DIR_CA for a CA, ... */
	/* in .der */
	size_t pubkey_offset;
	size_t subject_offset;
	size_t subject_len;
	size_t skid_offset;
	size_t tbs_offset;
	size_t tbs_len;
	size_t spki_offset;
	size_t spki_len;
};

/* Tells what is wrong with @path and what to do, and ends with status 1. */
void cert_refuse(const char *path, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/*
 * Reads the one certificate of a file that is named *.pem or *.der; @ring is
 * that of its directory.
 */
struct cert *cert_load(const char *path, const char *name, unsigned int ring);

/*
 * Checks what the certificate says, with its validity at @now, and fills
 * .info (except .index).
 */
void cert_check(struct cert *cert, time_t now);

/*
 * Finds what a revoked certificate is named by: only .spki_offset and .spki_len are
 * filled. It need not be one that could be built in.
 */
void cert_locate_spki(struct cert *cert);

/* All of a file, at most @max bytes, to be freed; @limit says so in words. */
unsigned char *cert_read_file(const char *path, size_t max, const char *limit,
			      size_t *len);

void cert_free(struct cert *cert);

#endif /* KEYTAB_CERT_H */
