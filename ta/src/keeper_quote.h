/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper's commands for attestation.
 */
#ifndef IMATEE_KEEPER_QUOTE_H
#define IMATEE_KEEPER_QUOTE_H

#include "dispatch.h"

enum imatee_error keeper_quote(struct call *call);
enum imatee_error keeper_ak(struct call *call);

#endif /* IMATEE_KEEPER_QUOTE_H */
