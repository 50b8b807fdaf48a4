// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <tomcrypt.h>

#include "whirlpool.h"

int whirlpool_blocks(uint64_t state[8], const uint8_t *data, uint32_t blocks)
{
	hash_state hash = { 0 };
	int ret = whirlpool_init(&hash);

	if (ret == CRYPT_OK) {
		memcpy(hash.whirlpool.state, state,
		       sizeof(hash.whirlpool.state));
		ret = whirlpool_process(&hash, data,
					(unsigned long)blocks *
						WHIRLPOOL_BLOCK_SIZE);
		memcpy(state, hash.whirlpool.state,
		       sizeof(hash.whirlpool.state));
	}
	return ret;
}
