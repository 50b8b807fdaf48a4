/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_X509_NAME_H
#define IMATEE_X509_NAME_H

#include "der.h"

/*
 * Writes the Name, which @name is the contents of, as one line for people: what
 * OpenSSL calls "oneline", in UTF-8. @text is filled up to its @size bytes, cut
 * where a character ends, and has a final NUL. False if @name is none.
 */
bool x509_name_describe(struct slice name, uint8_t *text, size_t size);

#endif /* IMATEE_X509_NAME_H */
