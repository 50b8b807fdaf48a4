// SPDX-License-Identifier: GPL-2.0-or-later
#include "sha1_ce.h"

/*
 * OP-TEE's function takes vector registers of which a part is its caller's (v8 to v15,
 * AAPCS64): OP-TEE's core has put all of them aside before it calls. Here the compiler
 * does, of what the call is said to change.
 */
void sha1_ce(uint32_t state[5], const uint8_t *data, uint32_t blocks)
{
	register uint32_t *x0 __asm__("x0") = state;
	register const uint8_t *x1 __asm__("x1") = data;
	register uint32_t w2 __asm__("w2") = blocks;

	if (!blocks)
		return;
	__asm__ volatile("bl sha1_ce_transform"
			 : "+r"(x0), "+r"(x1), "+r"(w2)
			 :
			 : "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10",
			   "x11", "x12", "x13", "x14", "x15", "x16", "x17",
			   "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6",
			   "v7", "v8", "v9", "v10", "v11", "v12", "v13", "v14",
			   "v15", "v16", "v17", "v18", "v19", "v20", "v21",
			   "v22", "v23", "v24", "v25", "v26", "v27", "v28",
			   "v29", "v30", "v31", "cc", "memory");
}
