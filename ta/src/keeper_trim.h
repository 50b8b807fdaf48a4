/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper's commands for where the log begins.
 */
#ifndef IMATEE_KEEPER_TRIM_H
#define IMATEE_KEEPER_TRIM_H

#include "dispatch.h"

/* Bytes of a request that are read: with the longest signature. */
#define KEEPER_TRIM_REQUEST \
	(sizeof(struct imatee_log_trim) + IMATEE_RECEIPT_SIG_MAX)

enum imatee_error keeper_log_trim(struct call *call);
enum imatee_error keeper_log_base(struct call *call);

#endif /* IMATEE_KEEPER_TRIM_H */
