/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Platform configuration registers, as a TPM has them: a value can only be extended. The
 * same struct holds one digest in each bank.
 */
#ifndef IMATEE_PCR_H
#define IMATEE_PCR_H

#include "imatee_abi.h"

#include <stddef.h>

/* What is extended with. */
void pcr_digest(const void *data, size_t len, struct imatee_pcr *digest);

/* The value becomes the hash of itself with @digest behind it, in each bank. */
void pcr_extend(struct imatee_pcr *pcr, const struct imatee_pcr *digest);

#endif /* IMATEE_PCR_H */
