/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the makers of seeds share.
 */
#ifndef IMATEE_MKCORPUS_H
#define IMATEE_MKCORPUS_H

#include <stddef.h>

/* A seed for @target: @first, if it is not negative, and @len bytes. */
void raw(const char *dir, const char *target, const char *name, int first,
	 const void *data, size_t len);

/* By certificates of @keys, a directory of mkkeys. */
void modsig_seeds(const char *dir, const char *keys);
void revoke_seeds(const char *dir, const char *keys);

#endif /* IMATEE_MKCORPUS_H */
