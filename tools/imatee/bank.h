/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The banks that the TEE has PCRs in, and the kernel a list of measurements.
 */
#ifndef IMATEE_BANK_H
#define IMATEE_BANK_H

#include "imatee.h"

enum bank {
	BANK_SHA1, /* the list's without a bank in its name */
	BANK_SHA256,
	BANK_SHA384,
	BANK_COUNT,
};

/* Bytes of the longest digest. */
#define BANK_DIGEST_MAX 48

/* As in the names of the kernel's lists. */
const char *bank_name(enum bank bank);

/* Bytes of a digest. */
size_t bank_size(enum bank bank);

/* The PCR's value in this bank. */
uint8_t *bank_value(struct imatee_pcr *pcr, enum bank bank);

/* Does @text, of @len bytes, name a bank? */
bool bank_parse(const char *text, size_t len, enum bank *bank);

#endif /* IMATEE_BANK_H */
