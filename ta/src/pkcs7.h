/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * PKCS #7 SignedData (RFC 2315, RFC 5652) over data, in strict DER: detached and of
 * one signer or several, as it is appended to modules and kernel images, or of one and
 * with its content. Certificates in the message are passed over: a signer is a key of
 * ours, or nobody.
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

/* The signers of a message that are still to come: one copy for each way through. */
struct pkcs7_signers {
	struct slice left;
	struct slice version; /* of the message */
};

/*
 * Takes @message apart, which has no content. Each of its signers is as it should be,
 * and there is one at least. Errors: SIG_MALFORMED.
 */
enum imatee_error pkcs7_read(struct slice message,
			     struct pkcs7_signers *signers);

/* Takes the next signer; false if there is none. */
bool pkcs7_next(struct pkcs7_signers *signers, struct pkcs7_signer *signer);

/*
 * The same for a message that has its content, and one signer: @content points there.
 */
enum imatee_error pkcs7_read_content(struct slice message,
				     struct pkcs7_signer *signer,
				     struct slice *content);

#endif /* IMATEE_PKCS7_H */
