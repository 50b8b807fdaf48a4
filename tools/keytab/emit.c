// SPDX-License-Identifier: GPL-2.0-or-later
#define _GNU_SOURCE
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emit.h"

struct output {
	const char *path;
	char *text;
	size_t len;
	FILE *file;
};

static void begin(struct output *out, const char *path)
{
	out->path = path;
	out->file = open_memstream(&out->text, &out->len);
	if (!out->file)
		err(1, "%s", path);
	fprintf(out->file, "// SPDX-License-Identifier: GPL-2.0-or-later\n"
			   "/* Written by keytab: do not edit. */\n"
			   "#include \"keytab.h\"\n\n");
}

static bool is_unchanged(const struct output *out)
{
	FILE *file = fopen(out->path, "rb");
	char *old = NULL;
	bool same = false;
	size_t len = 0;

	if (!file)
		return false;
	old = malloc(out->len + 1);
	if (!old)
		errx(1, "out of memory");
	len = fread(old, 1, out->len + 1, file);
	same = len == out->len && !memcmp(old, out->text, len);
	free(old);
	fclose(file);
	return same;
}

static void end(struct output *out)
{
	FILE *file = NULL;

	if (fclose(out->file))
		err(1, "%s", out->path);
	if (!is_unchanged(out)) {
		file = fopen(out->path, "wb");
		if (!file || fwrite(out->text, 1, out->len, file) != out->len ||
		    fclose(file))
			err(1, "%s", out->path);
	}
	free(out->text);
}

static void emit_bytes(FILE *file, const unsigned char *data, size_t len)
{
	size_t i = 0;

	for (i = 0; i < len; i++)
		fprintf(file, "%s0x%02x,%s", i % 12 ? " " : "\t", data[i],
			i % 12 == 11 || i == len - 1 ? "\n" : "");
}

static void emit_field(FILE *file, const char *name, const unsigned char *data,
		       size_t len)
{
	fprintf(file, "\t.%s = {\n", name);
	emit_bytes(file, data, len);
	fprintf(file, "\t},\n");
}

static void emit_cert(FILE *file, const struct cert *cert)
{
	fprintf(file, "static const uint8_t %s_%u[] = {\n",
		table_dir_name(cert->info.ring),
		(unsigned int)cert->info.index);
	emit_bytes(file, cert->der, cert->der_len);
	fprintf(file, "};\n\n");
}

/* What a list of revoked certificates and keys would name. */
static void emit_slices(FILE *file, const struct cert *cert)
{
	const char *name = table_dir_name(cert->info.ring);
	unsigned int index = (unsigned int)cert->info.index;

	fprintf(file,
		"\t.tbs = { %s_%u + %zu, %zu },\n\t.spki = { %s_%u + %zu, %zu },\n",
		name, index, cert->tbs_offset, cert->tbs_len, name, index,
		cert->spki_offset, cert->spki_len);
}

static void emit_key(FILE *file, const struct cert *cert)
{
	const struct imatee_key_info *info = &cert->info;
	const char *name = table_dir_name(info->ring);
	unsigned int index = (unsigned int)info->index;

	fprintf(file, "{\n\t.info = {\n");
	fprintf(file, "\t.ring = %u,\n\t.algo = %u,\n\t.source = %u,\n",
		info->ring, info->algo, info->source);
	fprintf(file, "\t.skid_len = %u,\n\t.index = %u,\n", info->skid_len,
		index);
	fprintf(file, "\t.keyid = 0x%08x,\n\t.key_bits = %u,\n",
		(unsigned int)info->keyid, (unsigned int)info->key_bits);
	fprintf(file, "\t.pubkey_len = %u,\n\t.cert_len = %u,\n",
		(unsigned int)info->pubkey_len, (unsigned int)info->cert_len);
	fprintf(file, "\t.not_before = %lluULL,\n\t.not_after = %lluULL,\n",
		(unsigned long long)info->not_before,
		(unsigned long long)info->not_after);
	emit_field(file, "skid", info->skid, info->skid_len);
	emit_field(file, "fingerprint", info->fingerprint,
		   sizeof(info->fingerprint));
	emit_field(file, "subject", info->subject,
		   strlen((const char *)info->subject) + 1);
	fprintf(file, "\t},\n\t.pubkey = %s_%u + %zu,\n\t.cert = %s_%u,\n",
		name, index, cert->pubkey_offset, name, index);
	emit_slices(file, cert);
	fprintf(file, "},\n");
}

static void emit_signer(FILE *file, const struct cert *cert)
{
	fprintf(file,
		"{ .cert = %s_%u, .cert_len = %zu, .algo = %u,\n"
		"  .pubkey_offset = %zu, .pubkey_len = %u,\n"
		"  .subject_offset = %zu, .subject_len = %zu,\n"
		"  .skid_offset = %zu, .skid_len = %u,\n",
		table_dir_name(cert->info.ring), (unsigned int)cert->info.index,
		cert->der_len, cert->info.algo, cert->pubkey_offset,
		(unsigned int)cert->info.pubkey_len, cert->subject_offset,
		cert->subject_len, cert->skid_offset, cert->info.skid_len);
	emit_slices(file, cert);
	fprintf(file, "},\n");
}

static void emit_signers(FILE *file, const struct table *table,
			 unsigned int dir, const char *name)
{
	size_t i = 0;

	fprintf(file, "static const struct keytab_signer %s[] = {\n", name);
	for (i = 0; i < table->count[dir]; i++)
		emit_signer(file, table->certs[dir][i]);
	fprintf(file, "{ .cert = NULL },\n};\n\n");
}

static void emit_revoked(FILE *file, const struct table *table)
{
	const struct imatee_revoked *entry = NULL;
	size_t i = 0;

	fprintf(file, "static const struct imatee_revoked revoked[] = {\n");
	for (i = 0; i < table->revoked_count; i++) {
		entry = &table->revoked[i];
		fprintf(file,
			"{\n\t.kind = %u,\n\t.hash_len = %u,\n\t.source = %u,\n",
			entry->kind, entry->hash_len, entry->source);
		emit_field(file, "hash", entry->hash, entry->hash_len);
		fprintf(file, "},\n");
	}
	fprintf(file, "{ .kind = 0 },\n};\n\n");
}

void emit_table(const struct table *table, const char *path)
{
	struct output out = { 0 };
	size_t key_count = 0;
	unsigned int ring = 0;
	size_t i = 0;

	begin(&out, path);
	for (ring = 0; ring < TABLE_DIRS; ring++)
		for (i = 0; i < table->count[ring]; i++)
			emit_cert(out.file, table->certs[ring][i]);

	/* A last element that is not counted: C knows no empty array. */
	fprintf(out.file, "static const struct key keys[] = {\n");
	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++) {
		for (i = 0; i < table->count[ring]; i++)
			emit_key(out.file, table->certs[ring][i]);
		key_count += table->count[ring];
	}
	fprintf(out.file, "{ .pubkey = NULL },\n};\n\n");

	emit_signers(out.file, table, CERT_DIR_CA, "cas");
	emit_signers(out.file, table, CERT_DIR_RECEIPT, "receipts");
	emit_revoked(out.file, table);

	fprintf(out.file,
		"const struct keytab keytab_builtin = {\n"
		"\t.keys = keys,\n\t.key_count = %zu,\n"
		"\t.cas = cas,\n\t.ca_count = %zu,\n"
		"\t.receipts = receipts,\n\t.receipt_count = %zu,\n"
		"\t.revoked = revoked,\n\t.revoked_count = %zu,\n};\n",
		key_count, table->count[CERT_DIR_CA],
		table->count[CERT_DIR_RECEIPT], table->revoked_count);
	end(&out);
}

void emit_digest(const struct table *table, const char *path)
{
	unsigned char digest[SHA256_DIGEST_LENGTH] = { 0 };
	struct output out = { 0 };

	table_digest(table, digest);
	begin(&out, path);
	fprintf(out.file,
		"const uint8_t keytab_builtin_digest[KEYTAB_DIGEST_SIZE] = {\n");
	emit_bytes(out.file, digest, sizeof(digest));
	fprintf(out.file, "};\n");
	end(&out);
}
