/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verifier's word that it has the log up to a position.
 */
#ifndef IMATEE_RECEIPT_H
#define IMATEE_RECEIPT_H

#include "keytab.h"
#include "revoked.h"

/*
 * Has one of the keys that are built in for this purpose, and are not revoked, signed it?
 * Errors: RECEIPT, RESOURCES.
 */
enum imatee_error receipt_check(const struct keytab *keytab,
				const struct revoked *revoked,
				const struct imatee_receipt *receipt,
				struct slice signature);

#endif /* IMATEE_RECEIPT_H */
