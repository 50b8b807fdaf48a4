/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Appended signatures: what integrity_modsig_verify() does in the kernel.
 */
#ifndef IMATEE_MODSIG_H
#define IMATEE_MODSIG_H

#include "hash_algo.h"
#include "keystore.h"

/*
 * Has a key of the ring signed the file of these digests, and each key of the ring that
 * @message, which is PKCS #7, names? Errors: BAD_VALUE, SIG_MALFORMED, SIG_HASH,
 * NO_KEY, SIG_INVALID, RESOURCES.
 */
enum imatee_error modsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				const struct digests *digests,
				struct slice message);

#endif /* IMATEE_MODSIG_H */
