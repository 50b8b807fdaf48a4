/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A device that quotes its log, played with OpenSSL, and "imatee verify-quote" run on
 * what it brings. Nothing here is the tool's own.
 */
#ifndef IMATEE_PROVER_H
#define IMATEE_PROVER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "imatee_abi.h"

#define PROVER_ENTRIES 64
#define NONCE	       "00112233445566778899aabbccddeeff"

/* TPMS_ATTEST, field by field, to be spoiled before it is signed. */
struct prover_attest {
	uint32_t magic;
	uint16_t type;
	uint8_t signer[34];
	uint8_t nonce[64];
	uint16_t nonce_len;
	uint64_t clock;
	uint32_t resets;
	uint32_t restarts;
	uint8_t safe;
	uint64_t firmware;
	uint32_t selections;
	uint16_t algorithm;
	uint8_t select_size;
	uint32_t pcrs;
	uint8_t pcr_digest[32];
	size_t trailing; /* bytes behind it */
};

struct prover {
	EVP_PKEY *key;
	char dir[64];
	const char *bank; /* of the quote */
	/* The log, in the form of the kernel's list with SHA-1. */
	uint8_t log[65536];
	size_t offset[PROVER_ENTRIES + 1];
	size_t count;
	uint64_t violations;
	/* PCRs, and the order, after so many entries. */
	struct imatee_pcr pcrs[PROVER_ENTRIES + 1][IMATEE_PCRS];
	uint8_t order[PROVER_ENTRIES + 1][32];
	size_t first; /* entry with which the list begins */
	struct imatee_binding binding;
	struct imatee_pcr base[IMATEE_PCRS];
	struct prover_attest attest;
	/* Of the PCRs in attest.pcrs, as they go into quote.pcrs. */
	uint8_t values[IMATEE_PCRS][48];
	/* What the tool said, and its exit status. */
	char message[16384];
	int status;
};

int prover_setup(void **state);
int prover_teardown(void **state);

/* Where the tool is: beside the test. */
void prover_init(char *program);

/* One entry of this template data. */
void prover_entry(struct prover *q, uint32_t pcr, const char *template,
		  const void *data, size_t len, bool violation);

/* An entry of ima-sig, of a file with this content, and signature, if there is one. */
void prover_file(struct prover *q, const char *name, const char *content,
		 const void *sig, size_t sig_len);

/* Another reset of the device. */
void prover_reset(struct prover *q);

/* The log begins at this entry. */
void prover_trim(struct prover *q, uint64_t position);

/* All that is quoted, as it should be. */
void prover_prepare(struct prover *q);

/* Only of what is in .binding and .base: PCR 23, and the digest of the values. */
void prover_bind(struct prover *q);
void prover_digest(struct prover *q);

/* TPMT_PUBLIC, TPMS_ATTEST, and TPMT_SIGNATURE of that; they return their size. */
size_t prover_public(const struct prover *q, uint8_t *public);
size_t prover_attest(const struct prover *q, uint8_t *attest);
size_t prover_sign(const struct prover *q, const uint8_t *attest, size_t len,
		   uint8_t *signature);

/* Of .bank, .values and .attest.pcrs the file quote.pcrs. */
void prover_put_pcrs(struct prover *q);

/* Signs, and writes the files into the directory "q". */
void prover_write(struct prover *q);

/* All of the three. */
void prover_make(struct prover *q);

/* A shell command in the directory; and a file in it. */
void prover_run(struct prover *q, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void prover_put(struct prover *q, const char *name, const void *data,
		size_t len);

/*
 * Runs "imatee --json verify-quote --ak ak.pem --nonce NONCE q" with more options, in the
 * directory. Its exit status is to be @status, and the name of the error @name, if that
 * is not NULL.
 */
void prover_verify(struct prover *q, int status, const char *name,
		   const char *options);

/* The same with a whole command line. */
void prover_imatee(struct prover *q, int status, const char *name,
		   const char *arguments);

size_t prover_hash(const char *algorithm, const void *data, size_t len,
		   uint8_t *digest);

#define PROVER_TEST(name, function)                                 \
	{                                                           \
		name, function, prover_setup, prover_teardown, NULL \
	}

#endif /* IMATEE_PROVER_H */
