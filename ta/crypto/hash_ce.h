/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hashes by the CPU's instructions, as far as wolfSSL 5.7.2 has no code for these on
 * AArch64: OP-TEE's, as it stands in its sources.
 */
#ifndef IMATEE_HASH_CE_H
#define IMATEE_HASH_CE_H

#include <stdint.h>

/*
 * IMATEE_CRYPTO_CE: SHA-1. Adds @blocks blocks of 64 bytes to @state, the five
 * chaining words of FIPS 180-4.
 */
void hash_ce_sha1(uint32_t state[5], const uint8_t *data, uint32_t blocks);

/*
 * IMATEE_CRYPTO_CE82: SHA-384 and SHA-512. The same for blocks of 128 bytes and eight
 * words.
 */
void hash_ce_sha512(uint64_t state[8], const uint8_t *data, uint32_t blocks);

#endif /* IMATEE_HASH_CE_H */
