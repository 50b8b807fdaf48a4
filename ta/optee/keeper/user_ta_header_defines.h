/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef USER_TA_HEADER_DEFINES_H
#define USER_TA_HEADER_DEFINES_H

#include <user_ta_header.h>

#include "imatee_abi.h"
#include "version.h"

#ifndef TA_FLAG_INSTANCE_KEEP_CRASHED
#error "imatee needs OP-TEE 4.8.0 or newer: older ones restart a crashed TA"
#endif

#define TA_UUID IMATEE_KEEPER_UUID

/*
 * One instance from its first session to the reset of the machine. When it
 * crashes it stays dead, instead of coming back empty and unsealed.
 * DEVICE_ENUM: the kernel finds it on its TEE bus before user space exists.
 */
#define TA_FLAGS                                                       \
	(TA_FLAG_SINGLE_INSTANCE | TA_FLAG_MULTI_SESSION |             \
	 TA_FLAG_INSTANCE_KEEP_ALIVE | TA_FLAG_INSTANCE_KEEP_CRASHED | \
	 TA_FLAG_DEVICE_ENUM)

/*
 * With libutee's 2 KiB four pages. wolfSSL takes some 4 KiB; what overflows here is
 * dead until the machine is reset.
 */
#define TA_STACK_SIZE (14 * 1024)
/*
 * Sessions, 256 KiB of keys that were added (KEEPER_ADDED_MAX), and what one more
 * takes while it is looked at: its request and wolfSSL's objects. And the log (struct
 * log), from the first entry on: 145 KiB.
 */
#define TA_DATA_SIZE  (496 * 1024)

#define TA_VERSION     IMATEE_VERSION
#define TA_DESCRIPTION "imatee keeper: IMA and EVM keyrings and their seal"

#endif /* USER_TA_HEADER_DEFINES_H */
