/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table: all certificates of a directory of keys, in their final order.
 */
#ifndef KEYTAB_TABLE_H
#define KEYTAB_TABLE_H

#include "cert.h"

#include <openssl/sha.h>

/* All directories: ca/ and one for each ring. */
#define TABLE_DIRS (IMATEE_RING_COUNT + 1)

struct table {
	/* by ring; [CERT_DIR_CA] holds the CAs */
	struct cert *certs[TABLE_DIRS][IMATEE_KEYS_PER_RING];
	size_t count[TABLE_DIRS];
};

/* Name of the directory of @ring. */
const char *table_dir_name(unsigned int ring);

/*
 * Reads the rings of @keys_dir. What is not fit ends the program with a message
 * that names the file.
 */
void table_read(struct table *table, const char *keys_dir, time_t now);

void table_free(struct table *table);

/* SHA-256 over everything that is in the table. */
void table_digest(const struct table *table,
		  unsigned char digest[SHA256_DIGEST_LENGTH]);

#endif /* KEYTAB_TABLE_H */
