/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the makers of seeds write one.
 */
#ifndef IMATEE_MKCORPUS_H
#define IMATEE_MKCORPUS_H

#include "fuzz.h"

/* Begins and ends the file DIR/TARGET/NAME. */
void seed_begin(const char *dir, const char *target, const char *name);
void seed_end(void);

/* Writes a step into it. */
void seed_step(enum fuzz_action action, uint8_t session, uint16_t command,
	       const void *request, size_t len);

/* A whole file: @first, if it is not negative, and @data. */
void seed_raw(const char *dir, const char *target, const char *name, int first,
	      const void *data, size_t len);

/* mkcorpus_measure.c */
void measure_seeds(const char *dir);
void hash_seeds(const char *dir);

/* mkcorpus_quote.c */
void quote_seeds(const char *dir);

/* mkcorpus_attest.c */
void attestation_seeds(const char *dir);
void quote_part_seeds(const char *dir);

/* mkmessage.c: by certificates of @keys, a directory of mkkeys. */
void modsig_seeds(const char *dir, const char *keys);
void revoke_seeds(const char *dir, const char *keys);

#endif /* IMATEE_MKCORPUS_H */
