/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bare signatures, without what names the key.
 */
#ifndef SIGNATURE_H
#define SIGNATURE_H

#include "key.h"

/* Make of a good signature by @key another; it may even be as good. */
void signature_mutate(const struct key *key, struct bytes *signature);

/* A number below @n, from the seed. */
void random_number_below(BIGNUM *number, const BIGNUM *n);

void rsa_mutate(const struct key *key, struct bytes *signature);
void ecdsa_mutate(const struct key *key, struct bytes *signature);

#endif /* SIGNATURE_H */
