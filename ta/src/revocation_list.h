/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of a list of what is to be revoked (abi/PROTOCOL.md): a first line that
 * names the format, then one entry a line. It is read in the keeper, and by keytab.
 */
#ifndef IMATEE_REVOCATION_LIST_H
#define IMATEE_REVOCATION_LIST_H

#include "der.h"
#include "imatee_abi.h"

#define REVOCATION_LIST_HEAD "imatee-revocation-1\n"

/* Takes the first line off @text; false if it is another one. */
bool revocation_list_begin(struct slice *text);

/*
 * Takes the next line off @text, which is not empty; false if it is no entry.
 * .source is left open.
 */
bool revocation_list_next(struct slice *text, struct imatee_revoked *entry);

#endif /* IMATEE_REVOCATION_LIST_H */
