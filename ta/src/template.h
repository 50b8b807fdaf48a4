/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From an event to its record, as the kernel's ima_template.c and ima_template_lib.c
 * have it: the fields that show a digest are made here, and the others are the kernel's
 * word.
 */
#ifndef IMATEE_TEMPLATE_H
#define IMATEE_TEMPLATE_H

#include "event.h"

/*
 * Builds the record of @event in @room, of IMATEE_LOG_RECORD_MAX bytes; *@len is its
 * length. Errors: TEMPLATE, TOO_LONG.
 */
enum imatee_error template_build(const struct event *event, uint8_t *room,
				 uint32_t *len);

/* The digests of a record's template data, as ima_calc_field_array_hash() makes them. */
void template_digest(const uint8_t *record, struct imatee_pcr *digest);

#endif /* IMATEE_TEMPLATE_H */
