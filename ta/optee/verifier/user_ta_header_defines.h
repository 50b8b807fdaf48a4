/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef USER_TA_HEADER_DEFINES_H
#define USER_TA_HEADER_DEFINES_H

#include <user_ta_header.h>

#include "imatee_abi.h"
#include "version.h"

#define TA_UUID IMATEE_VERIFIER_UUID

/*
 * An instance for each session, so that calls run at once on several CPUs. It
 * has nothing that its next instance cannot read from the keeper again.
 */
#define TA_FLAGS 0

/* ECDSA P-521 takes 23 KiB. With libutee's 2 KiB these are eight pages. */
#define TA_STACK_SIZE (30 * 1024)
/*
 * The keys of three full rings, 96 * (RSA-4096: 526 + 360 + 560 + the allocator's),
 * some 140 KiB; 256 digests that are revoked, 18 KiB; and an appended signature of
 * 32 KiB. A reload drops the old set before it loads the new one. The rest is spare.
 */
#define TA_DATA_SIZE  (320 * 1024)

#define TA_VERSION     IMATEE_VERSION
#define TA_DESCRIPTION "imatee verifier: sealed IMA and EVM keys, by session"

#endif /* USER_TA_HEADER_DEFINES_H */
