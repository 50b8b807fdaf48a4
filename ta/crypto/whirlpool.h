/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whirlpool by libtomcrypt, whose headers do not go along with wolfSSL's: both define the
 * same names.
 */
#ifndef IMATEE_WHIRLPOOL_H
#define IMATEE_WHIRLPOOL_H

#include <stdint.h>

#define WHIRLPOOL_BLOCK_SIZE 64

/*
 * Adds @blocks blocks to @state, the eight chaining words of ISO/IEC 10118-3, which begin
 * as zeros. Returns zero, for there is nothing that could fail.
 */
int whirlpool_blocks(uint64_t state[8], const uint8_t *data, uint32_t blocks);

#endif /* IMATEE_WHIRLPOOL_H */
