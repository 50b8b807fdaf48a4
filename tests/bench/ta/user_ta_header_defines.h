/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef USER_TA_HEADER_DEFINES_H
#define USER_TA_HEADER_DEFINES_H

#include <user_ta_header.h>

/* The Makefile numbers them: BENCH_NUMBER. */
#define TA_UUID                                                   \
	{                                                         \
		0x6b0e4c1a, 0x52d7, 0x4f3e,                       \
		{                                                 \
			0x9a, 0x86, 0xc1, 0xd2, 0x7f, 0x40, 0xb0, \
				0x00 + BENCH_NUMBER               \
		}                                                 \
	}

/* An instance for each session. */
#define TA_FLAGS 0

/* More than any of the libraries takes: it is measured here. */
#define TA_STACK_SIZE (64 * 1024)
#define TA_DATA_SIZE  (256 * 1024)

#define TA_VERSION     "0"
#define TA_DESCRIPTION "benchmark of a crypto library"

#endif /* USER_TA_HEADER_DEFINES_H */
