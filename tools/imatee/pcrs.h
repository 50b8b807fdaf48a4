/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values of the PCRs in a quote, and the file that tpm2_checkquote(1) reads them from.
 */
#ifndef IMATEE_PCRS_H
#define IMATEE_PCRS_H

#include "bank.h"

/**
 * struct pcrs - values of some PCRs
 * @bank: in which they are
 * @select: bit n: PCR n is one of them
 * @values: of bank_size() bytes
 */
struct pcrs {
	enum bank bank;
	uint32_t select;
	uint8_t values[IMATEE_PCRS][BANK_DIGEST_MAX];
};

/* Bytes of the file, at most. */
#define PCRS_FILE_MAX 2048

/* Returns how many bytes it has. */
size_t pcrs_encode(const struct pcrs *pcrs, uint8_t file[PCRS_FILE_MAX]);

/* Is this such a file, with the PCRs of one bank, and nothing else in it? */
bool pcrs_decode(const uint8_t *file, size_t len, struct pcrs *pcrs);

/* SHA-256 of all values in a row, as a quote has it. */
void pcrs_digest(const struct pcrs *pcrs, uint8_t digest[32]);

/*
 * What IMATEE_PCR_BINDING is with this binding: bank_size() bytes. @binding has the size
 * of struct imatee_binding.
 */
void pcrs_binding(enum bank bank, const void *binding,
		  uint8_t value[BANK_DIGEST_MAX]);

#endif /* IMATEE_PCRS_H */
