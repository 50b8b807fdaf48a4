/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper's commands on keys: list, describe, get, export, issuer, load.
 */
#ifndef IMATEE_KEEPER_KEYS_H
#define IMATEE_KEEPER_KEYS_H

#include "dispatch.h"

enum imatee_error keeper_key_list(struct call *call);
enum imatee_error keeper_key_describe(struct call *call);
enum imatee_error keeper_key_get(struct call *call);
enum imatee_error keeper_key_export(struct call *call);
enum imatee_error keeper_key_issuer(struct call *call);
enum imatee_error keeper_key_load(struct call *call);

#endif /* IMATEE_KEEPER_KEYS_H */
