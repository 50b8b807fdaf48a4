/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper's commands on the log: status, read, check.
 */
#ifndef IMATEE_KEEPER_LOG_H
#define IMATEE_KEEPER_LOG_H

#include "dispatch.h"

/* What is copied at once of a check; the records are looked at where they are. */
#define KEEPER_LOG_CHECK_REQUEST sizeof(struct imatee_log_check)

enum imatee_error keeper_log_status(struct call *call);
enum imatee_error keeper_log_read(struct call *call);
enum imatee_error keeper_log_check(struct call *call);

#endif /* IMATEE_KEEPER_LOG_H */
