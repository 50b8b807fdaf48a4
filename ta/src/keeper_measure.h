/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Measurement: an event becomes an entry of the log, in one call.
 */
#ifndef IMATEE_KEEPER_MEASURE_H
#define IMATEE_KEEPER_MEASURE_H

#include "dispatch.h"

/* What is copied at once; the rest is the handler's. */
#define KEEPER_MEASURE_REQUEST sizeof(struct imatee_measure)

/* IMATEE_CMD_MEASURE */
enum imatee_error keeper_measure(struct call *call);

#endif /* IMATEE_KEEPER_MEASURE_H */
