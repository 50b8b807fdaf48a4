/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * SHA-1 by the CPU's instructions, which wolfSSL 5.7.2 has no code for on AArch64:
 * OP-TEE's, as it stands in its sources.
 */
#ifndef IMATEE_SHA1_CE_H
#define IMATEE_SHA1_CE_H

#include <stdint.h>

/* Adds @blocks blocks of 64 bytes to @state, the five chaining words of FIPS 180-4. */
void sha1_ce(uint32_t state[5], const uint8_t *data, uint32_t blocks);

#endif /* IMATEE_SHA1_CE_H */
