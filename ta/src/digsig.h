/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures in extended attributes: what integrity_digsig_verify() does in the
 * kernel, from the first byte of the attribute on.
 */
#ifndef IMATEE_DIGSIG_H
#define IMATEE_DIGSIG_H

#include "der.h"
#include "keystore.h"

/*
 * @request is decoded, @digest and @signature have the lengths that it states.
 * Errors: those of IMATEE_CMD_VERIFY from BAD_RING on, and RESOURCES.
 */
enum imatee_error digsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				struct slice digest, struct slice signature);

#endif /* IMATEE_DIGSIG_H */
