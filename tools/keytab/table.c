// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "table.h"

static const char *const dir_names[TABLE_DIRS] = {
	[CERT_DIR_CA] = "ca",		[IMATEE_RING_IMA] = "ima",
	[IMATEE_RING_EVM] = "evm",	[IMATEE_RING_PLATFORM] = "platform",
	[CERT_DIR_RECEIPT] = "receipt",
};

const char *table_dir_name(unsigned int ring)
{
	return dir_names[ring];
}

static char *join(const char *dir, const char *name)
{
	size_t size = strlen(dir) + strlen(name) + 2;
	char *path = malloc(size);

	if (!path)
		errx(1, "out of memory");
	snprintf(path, size, "%s/%s", dir, name);
	return path;
}

bool table_has_suffix(const char *name, const char *suffix)
{
	size_t len = strlen(name);
	size_t suffix_len = strlen(suffix);

	return len > suffix_len && !strcmp(name + len - suffix_len, suffix);
}

/* Bytewise, so that the order is the same in every locale and file system. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void check_clash(const struct table *table, unsigned int ring,
			const struct cert *new)
{
	const struct cert *old = NULL;
	size_t i = 0;

	for (i = 0; i < table->count[ring]; i++) {
		old = table->certs[ring][i];
		if (!memcmp(old->info.fingerprint, new->info.fingerprint,
			    sizeof(new->info.fingerprint)))
			cert_refuse(
				new->path,
				"the same certificate as %s; remove one of them",
				old->path);
		if (old->info.keyid == new->info.keyid)
			cert_refuse(
				new->path,
				"key id %08x is that of %s as well; a signature could not tell them apart: remove one of them",
				(unsigned int)new->info.keyid, old->path);
	}
}

/*
 * Whoever signs receipts signs nothing else: a file's signature may be one of 64 bytes that
 * say something of a log.
 */
static void check_receipt(const struct table *table, const struct cert *new)
{
	const struct cert *old = NULL;
	unsigned int ring = 0;
	size_t i = 0;

	for (ring = 0; ring < CERT_DIR_RECEIPT; ring++) {
		for (i = 0; i < table->count[ring]; i++) {
			old = table->certs[ring][i];
			if (new->spki_len == old->spki_len &&
			    !memcmp(new->der + new->spki_offset,
				    old->der + old->spki_offset, new->spki_len))
				cert_refuse(
					new->path,
					"its key is that of %s as well; make one that signs nothing but receipts",
					old->path);
		}
	}
}

static void add(struct table *table, unsigned int ring, const char *path,
		const char *name, time_t now)
{
	struct cert *cert = NULL;

	if (!table_has_suffix(name, ".pem") && !table_has_suffix(name, ".der"))
		cert_refuse(
			path,
			"not named *.pem or *.der; rename it, or take it away");
	cert = cert_load(path, name, ring);

	cert_check(cert, now);
	check_clash(table, ring, cert);
	if (ring == CERT_DIR_RECEIPT)
		check_receipt(table, cert);
	if (table->count[ring] == IMATEE_KEYS_PER_RING)
		cert_refuse(path,
			    "more than %u certificates in %s/; remove some",
			    IMATEE_KEYS_PER_RING, dir_names[ring]);
	cert->info.index = (uint32_t)table->count[ring];
	table->certs[ring][table->count[ring]++] = cert;
}

void table_each_file(const char *keys_dir, const char *name,
		     void (*take)(struct table *table, unsigned int ring,
				  const char *path, const char *name,
				  time_t now),
		     struct table *table, unsigned int ring, time_t now)
{
	char *dir = join(keys_dir, name);
	struct dirent **entries = NULL;
	int count = scandir(dir, &entries, visible, by_name);
	char *path = NULL;
	int i = 0;

	if (count < 0 && errno != ENOENT)
		err(1, "%s", dir);
	for (i = 0; i < count; i++) {
		path = join(dir, entries[i]->d_name);
		take(table, ring, path, entries[i]->d_name, now);
		free(path);
		free(entries[i]);
	}
	free(entries);
	free(dir);
}

/* A directory with another name is a ring misspelt. */
static void refuse_strangers(const char *keys_dir)
{
	struct dirent **entries = NULL;
	int count = scandir(keys_dir, &entries, visible, by_name);
	struct stat st = { 0 };
	char *path = NULL;
	bool known = false;
	int ring = 0;
	int i = 0;

	if (count < 0)
		err(1, "%s", keys_dir);
	for (i = 0; i < count; i++) {
		path = join(keys_dir, entries[i]->d_name);
		known = !strcmp(entries[i]->d_name, REVOKED_DIR);
		for (ring = 0; ring < TABLE_DIRS; ring++)
			if (!strcmp(entries[i]->d_name, dir_names[ring]))
				known = true;
		if (!known && !stat(path, &st) && S_ISDIR(st.st_mode))
			cert_refuse(
				path,
				"no such ring; use ima, evm, platform, ca, receipt or revoked");
		free(path);
		free(entries[i]);
	}
	free(entries);
}

void table_read(struct table *table, const char *keys_dir, time_t now)
{
	unsigned int ring = 0;

	memset(table, 0, sizeof(*table));
	refuse_strangers(keys_dir);
	for (ring = 0; ring < TABLE_DIRS; ring++)
		table_each_file(keys_dir, dir_names[ring], add, table, ring,
				now);
	revoked_read(table, keys_dir);
}

void table_free(struct table *table)
{
	unsigned int ring = 0;
	size_t i = 0;

	for (ring = 0; ring < TABLE_DIRS; ring++)
		for (i = 0; i < table->count[ring]; i++)
			cert_free(table->certs[ring][i]);
}

void table_digest(const struct table *table,
		  unsigned char digest[SHA256_DIGEST_LENGTH])
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	const struct cert *cert = NULL;
	uint32_t head[2] = { 0 };
	unsigned int ring = 0;
	size_t i = 0;

	if (!ctx || !EVP_DigestInit_ex(ctx, EVP_sha256(), NULL))
		errx(1, "no SHA-256");
	for (ring = 0; ring < TABLE_DIRS; ring++) {
		for (i = 0; i < table->count[ring]; i++) {
			cert = table->certs[ring][i];
			head[0] = ring;
			head[1] = (uint32_t)cert->der_len;
			EVP_DigestUpdate(ctx, head, sizeof(head));
			EVP_DigestUpdate(ctx, cert->der, cert->der_len);
		}
	}
	EVP_DigestUpdate(ctx, table->revoked,
			 table->revoked_count * sizeof(table->revoked[0]));
	if (!EVP_DigestFinal_ex(ctx, digest, NULL))
		errx(1, "no SHA-256");
	EVP_MD_CTX_free(ctx);
}
