/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The built-in keys: what tools/keytab writes from a directory of
 * certificates. It has checked each of them.
 */
#ifndef IMATEE_KEYTAB_H
#define IMATEE_KEYTAB_H

#include "keyring.h"

/*
 * Whose signature is heeded: a certificate authority's, which admits keys before the seal
 * and revokes, or that of a verifier who has taken the log up to a position.
 */
struct keytab_signer {
	const uint8_t *cert;
	uint32_t cert_len;
	uint8_t algo; /* enum imatee_key_algo */
	uint32_t pubkey_offset; /* of the public key in .cert */
	uint32_t pubkey_len;
	uint32_t subject_offset; /* of its Name */
	uint32_t subject_len;
	uint32_t skid_offset; /* of its subject key identifier */
	uint32_t skid_len;
	/* In .cert: TBSCertificate and SubjectPublicKeyInfo, whole. */
	struct slice tbs;
	struct slice spki;
};

struct keytab {
	const struct key *keys; /* in the order (ring, index) */
	size_t key_count;
	const struct keytab_signer *cas;
	size_t ca_count;
	const struct keytab_signer *receipts;
	size_t receipt_count;
	const struct imatee_revoked *revoked;
	size_t revoked_count;
};

extern const struct keytab keytab_builtin;

/*
 * SHA-256 over the whole table. It stands apart from the table, since a
 * verifier has the one without the other.
 */
#define KEYTAB_DIGEST_SIZE 32
extern const uint8_t keytab_builtin_digest[KEYTAB_DIGEST_SIZE];

#endif /* IMATEE_KEYTAB_H */
