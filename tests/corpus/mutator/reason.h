/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why the TEE may refuse a signature that Linux takes: a row each of the table "stricter
 * than mainline" in docs/threat-model.md. It goes into the name, behind a "+".
 */
#ifndef REASON_H
#define REASON_H

#include "key.h"

/* @good is what @ima was made of, in hexadecimal. */
void ima_reason(const struct key *key, const struct bytes *ima,
		const char *good);
void evm_reason(const struct key *key, const struct bytes *evm);
void message_reason(const struct bytes *appended);

#endif /* REASON_H */
