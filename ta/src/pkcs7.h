/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PKCS #7 SignedData (RFC 2315, RFC 5652) over data, of one signer, in strict DER:
 * detached, as it is appended to modules and kernel images, or with its content.
 * Certificates in the message are passed over: a signer is a key of ours, or nobody.
 */
#ifndef IMATEE_PKCS7_H
#define IMATEE_PKCS7_H

#include "hash_algo.h"

struct pkcs7_signer {
	/* Who: contents of an IssuerAndSerialNumber, or a key identifier. */
	struct slice issuer_serial; /* .len 0: by the other one */
	struct slice skid;
	const struct hash_algo *hash; /* NULL: not supported */
	bool rsa; /* PKCS #1 v1.5 */
	bool ecdsa;
	bool attributes; /* signed ones: it is they that are signed */
	struct slice signature;
};

/*
 * Takes @message apart, which has one signer. Errors: SIG_MALFORMED.
 */
enum imatee_error pkcs7_read(struct slice message, struct pkcs7_signer *signer);

/* The same for a message that has its content: @content points there. */
enum imatee_error pkcs7_read_content(struct slice message,
				     struct pkcs7_signer *signer,
				     struct slice *content);

#endif /* IMATEE_PKCS7_H */
