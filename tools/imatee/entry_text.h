/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries of a list of measurements as text: what the kernel's files
 * ascii_runtime_measurements_* show, made fit for a terminal.
 */
#ifndef IMATEE_ENTRY_TEXT_H
#define IMATEE_ENTRY_TEXT_H

#include <stdio.h>

#include "entry.h"

#define FIELD_ID_MAX 32

/* The id of field @i, by the entry's template; "?" if that does not say. */
void entry_field_id(const struct entry *entry, size_t i, char id[FIELD_ID_MAX]);

/* What field @i has. */
void entry_print_field(FILE *out, const struct entry *entry, size_t i);

/* The entry as one line. */
void entry_print(FILE *out, const struct entry *entry, enum bank bank);

#endif /* IMATEE_ENTRY_TEXT_H */
