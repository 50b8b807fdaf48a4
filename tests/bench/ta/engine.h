/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A crypto library, as it is measured. Each engine_*.c is one; a trusted application
 * has one of them.
 */
#ifndef ENGINE_H
#define ENGINE_H

#include "crypto_job.h"
#include "pubkey.h"

/* Its heap and its stack are those of the trusted application. */
extern const bool engine_memory_seen;

/* What @key points to stays until engine_unload(). */
bool engine_load(const struct pubkey *key);
enum crypto_verdict engine_check(struct slice digest, struct slice signature);
void engine_unload(void);

#endif /* ENGINE_H */
