/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Appended signatures: what integrity_modsig_verify() does in the kernel.
 */
#ifndef IMATEE_MODSIG_H
#define IMATEE_MODSIG_H

#include "der.h"
#include "keystore.h"

/*
 * Has a key of the ring signed the file of this digest? @message is the PKCS #7
 * message. Errors: BAD_VALUE, SIG_MALFORMED, SIG_HASH, NO_KEY, SIG_INVALID, RESOURCES.
 */
enum imatee_error modsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				struct slice digest, struct slice message);

#endif /* IMATEE_MODSIG_H */
