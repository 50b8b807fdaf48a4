/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table: all certificates of a directory of keys, in their final order.
 */
#ifndef KEYTAB_TABLE_H
#define KEYTAB_TABLE_H

#include "cert.h"

#include <openssl/sha.h>

/* All directories: ca/, one for each ring, and receipt/. */
#define TABLE_DIRS  (IMATEE_RING_COUNT + 2)
#define REVOKED_DIR "revoked"

struct table {
	/* by ring; [CERT_DIR_CA] holds the CAs, [CERT_DIR_RECEIPT] is no ring either */
	struct cert *certs[TABLE_DIRS][IMATEE_KEYS_PER_RING];
	size_t count[TABLE_DIRS];
	struct imatee_revoked revoked[IMATEE_REVOKED_MAX];
	size_t revoked_count;
};

/* Name of the directory of @ring. */
const char *table_dir_name(unsigned int ring);

/*
 * Reads KEYS_DIR/revoked/, whose files are certificates, *.pem or *.der, whose keys
 * are revoked, and lists, *.list, as the keeper takes them.
 */
void revoked_read(struct table *table, const char *keys_dir);

/*
 * Calls @take with each visible file of a directory, in the order of their names. One
 * that is not there is empty.
 */
void table_each_file(const char *keys_dir, const char *name,
		     void (*take)(struct table *table, unsigned int ring,
				  const char *path, const char *name,
				  time_t now),
		     struct table *table, unsigned int ring, time_t now);

/* Is @name something in front of @suffix? */
bool table_has_suffix(const char *name, const char *suffix);

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
