// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is revoked from the start: the directory revoked/.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "revocation_list.h"
#include "table.h"

#define LIST_MAX (1 << 20)

static void add_entry(struct table *table, const char *path,
		      struct imatee_revoked *entry)
{
	size_t i = 0;

	entry->source = IMATEE_SOURCE_BUILTIN;
	for (i = 0; i < table->revoked_count; i++)
		if (!memcmp(&table->revoked[i], entry, sizeof(*entry)))
			return;
	if (table->revoked_count == IMATEE_REVOKED_MAX)
		cert_refuse(path,
			    "more than %u entries in " REVOKED_DIR
			    "/; remove some",
			    IMATEE_REVOKED_MAX);
	table->revoked[table->revoked_count++] = *entry;
}

/* Its key, so that no other certificate of that key helps. */
static void add_cert(struct table *table, const char *path, const char *name)
{
	struct cert *cert = cert_load(path, name, CERT_DIR_REVOKED);
	struct imatee_revoked entry = { .kind = IMATEE_REVOKED_SPKI,
					.hash_len = SHA256_DIGEST_LENGTH };

	cert_locate_spki(cert);
	SHA256(cert->der + cert->spki_offset, cert->spki_len, entry.hash);
	add_entry(table, path, &entry);
	cert_free(cert);
}

static void add_list(struct table *table, const char *path)
{
	struct imatee_revoked entry = { 0 };
	struct slice text = { 0 };
	unsigned char *file =
		cert_read_file(path, LIST_MAX, "256 entries", &text.len);
	unsigned int line = 1;

	text.data = file;
	if (!revocation_list_begin(&text))
		cert_refuse(path, "line 1: must be \"%.*s\"",
			    (int)strlen(REVOCATION_LIST_HEAD) - 1,
			    REVOCATION_LIST_HEAD);
	while (text.len) {
		line++;
		if (!revocation_list_next(&text, &entry))
			cert_refuse(
				path,
				"line %u: must be tbs:, spki: or bin: and a hash in lower-case hexadecimal, and end with a line feed",
				line);
		add_entry(table, path, &entry);
	}
	free(file);
}

static void add(struct table *table, unsigned int ring, const char *path,
		const char *name, time_t now)
{
	(void)ring;
	(void)now;
	if (table_has_suffix(name, ".list"))
		add_list(table, path);
	else if (table_has_suffix(name, ".pem") ||
		 table_has_suffix(name, ".der"))
		add_cert(table, path, name);
	else
		cert_refuse(
			path,
			"not named *.pem, *.der or *.list; name it as what it is (a list is the text, not the signed message), or remove it");
}

void revoked_read(struct table *table, const char *keys_dir)
{
	table_each_file(keys_dir, REVOKED_DIR, add, table, 0, 0);
}
