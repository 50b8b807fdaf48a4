/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A quote, and all that verifies it: files in a directory. imatee(1) lists them.
 */
#ifndef IMATEE_QUOTE_H
#define IMATEE_QUOTE_H

#include "ak.h"
#include "entry.h"
#include "pcrs.h"

/*
 * The list has the digests of this bank, whatever the quote's is: evmctl(1) and others
 * read no other form. The digests of the quote's are made of what the entries say.
 */
#define QUOTE_LIST_BANK BANK_SHA1

#define QUOTE_NONCE_MAX IMATEE_NONCE_MAX

/**
 * struct quote - a quote as it was read or is to be written
 * @attest: TPMS_ATTEST, which is signed
 * @attest_len: bytes of it
 * @sig: TPMT_SIGNATURE
 * @sig_len: bytes of it
 * @binding: of which IMATEE_PCR_BINDING is made
 * @pcrs: that are quoted
 * @base: after .trimmed entries
 * @checkpoint: for a receipt
 * @list: entries, maybe not from the first one on
 * @list_data: for free(), if the list was read
 * @said: what @attest says; points into it
 * @info: what @binding says
 */
struct quote {
	uint8_t attest[IMATEE_TPM_MAX];
	size_t attest_len;
	uint8_t sig[IMATEE_TPM_MAX];
	size_t sig_len;
	uint8_t binding[sizeof(struct imatee_binding)];
	struct pcrs pcrs;
	struct imatee_pcr base[IMATEE_PCRS];
	uint8_t checkpoint[32];
	struct list list;
	uint8_t *list_data;
	struct tpm_attest said;
	struct imatee_binding_info info;
};

/* quote_write.c */

/*
 * Makes the directory args->output with the files: all of them, or it is not there.
 * @json: what quote.json has; stays the caller's
 */
enum exit_status quote_write(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const char *json);

/* Says on standard error that nobody's key has signed. */
void quote_warn_development(void);

/* quote_read.c */

/*
 * Reads the files of the directory args->operand that are verified. Fails if one is not
 * in its form, but does not compare them. quote_free() in any case.
 */
enum exit_status quote_read(const struct arguments *args, struct quote *quote);
void quote_free(struct quote *quote);

/* quote_check.c */

/**
 * struct nonce - of --nonce
 * @data: its bytes
 * @len: how many
 */
struct nonce {
	uint8_t data[QUOTE_NONCE_MAX];
	size_t len;
};

enum exit_status quote_nonce(const struct arguments *args, struct nonce *nonce);

/*
 * Is this a quote by the key, for this nonce, of these PCRs and this binding? Says why
 * not. That the list makes the PCRs is another question.
 */
enum exit_status quote_check(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const struct nonce *nonce);

#endif /* IMATEE_QUOTE_H */
