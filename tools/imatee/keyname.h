/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys as the command line names them.
 */
#ifndef IMATEE_KEYNAME_H
#define IMATEE_KEYNAME_H

#include "imatee.h"

/*
 * @text: a key id (8 hexadecimal digits), a subject key identifier (the same,
 * any other length, with or without colons), or RING:INDEX. Fills @name; .ring is
 * IMATEE_RING_ANY unless @text tells it. False if @text is none of these.
 */
bool keyname_parse(const char *text, struct imatee_key_name *name);

/*
 * Hexadecimal digits, in pairs, with or without colons between the pairs, up to
 * the end of @text. Returns the number of bytes, 0 if it is anything else or
 * longer than @size.
 */
size_t keyname_parse_hex(const char *text, uint8_t *out, size_t size);

#endif /* IMATEE_KEYNAME_H */
