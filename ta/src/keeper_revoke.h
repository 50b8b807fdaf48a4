/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Revocation: the one change of the key set that the seal does not end, since it
 * only takes away.
 */
#ifndef IMATEE_KEEPER_REVOKE_H
#define IMATEE_KEEPER_REVOKE_H

#include "dispatch.h"
#include "keeper.h"

#define KEEPER_REVOKE_REQUEST_MAX \
	(sizeof(struct imatee_revoke) + IMATEE_REVOKE_MAX)

/* IMATEE_CMD_REVOKE */
enum imatee_error keeper_revoke(struct call *call);

/* IMATEE_CMD_REVOKED_LIST */
enum imatee_error keeper_revoked_list(struct call *call);

#endif /* IMATEE_KEEPER_REVOKE_H */
