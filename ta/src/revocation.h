/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The envelope of a request to revoke: a list that a built-in CA has signed.
 */
#ifndef IMATEE_REVOCATION_H
#define IMATEE_REVOCATION_H

#include "keytab.h"
#include "revoked.h"

/*
 * Checks a PKCS #7 message with its content, and points @text at that. Its signer is
 * a built-in CA that is not @revoked, with no attributes. Errors: SIG_MALFORMED,
 * REVOKE_UNTRUSTED, SIG_HASH, REVOKE_SIGNATURE, RESOURCES.
 */
enum imatee_error revocation_open(const struct keytab *keytab,
				  const struct revoked *revoked,
				  struct slice message, struct slice *text);

#endif /* IMATEE_REVOCATION_H */
