/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper's commands on its state: status, attach, seal, the key for tickets.
 */
#ifndef IMATEE_KEEPER_STATE_H
#define IMATEE_KEEPER_STATE_H

#include "dispatch.h"

enum imatee_error keeper_status(struct call *call);
enum imatee_error keeper_attach(struct call *call);
enum imatee_error keeper_seal(struct call *call);
enum imatee_error keeper_ticket_key(struct call *call);

#endif /* IMATEE_KEEPER_STATE_H */
