/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_X509_TIME_H
#define IMATEE_X509_TIME_H

#include "der.h"

/*
 * Takes a Time (RFC 5280 4.1.2.5) off @in, as seconds since 1970. What lies
 * before then is refused, and so is a GeneralizedTime where a UTCTime belongs:
 * Linux cannot read it.
 */
bool x509_time_take(struct slice *in, uint64_t *seconds);

#endif /* IMATEE_X509_TIME_H */
