/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef KEYTAB_EMIT_H
#define KEYTAB_EMIT_H

#include "table.h"

/*
 * Write the C files that ta/src/keytab.h declares. A file that would be the
 * same is left alone, so that nothing is built anew.
 */
void emit_table(const struct table *table, const char *path);
void emit_digest(const struct table *table, const char *path);

#endif /* KEYTAB_EMIT_H */
