// SPDX-License-Identifier: GPL-2.0-or-later
#include <endian.h>
#include <err.h>
#include <openssl/evp.h>
#include <string.h>

#include "replay.h"
#include "tool.h"

/* The template "ima" is hashed with the name of the file in that many bytes. */
#define NAME_SIZE_IMA 256

static _Noreturn void fail_hash(enum bank bank)
{
	errx(EXIT_FAILED, "OpenSSL does not make hashes with %s",
	     bank_name(bank));
}

void replay_hash(enum bank bank, const void *data, size_t len, uint8_t *digest)
{
	const EVP_MD *const md[BANK_COUNT] = { EVP_sha1(), EVP_sha256(),
					       EVP_sha384() };

	if (EVP_Digest(data, len, digest, NULL, md[bank], NULL) != 1)
		fail_hash(bank);
}

static void hash_entry(const struct entry *entry, enum bank bank,
		       uint8_t *digest)
{
	const struct field *d = &entry->fields[0], *n = &entry->fields[1];
	uint8_t text[64 + NAME_SIZE_IMA] = { 0 };

	if (entry->data) {
		replay_hash(bank, entry->data, entry->data_len, digest);
		return;
	}
	memcpy(text, d->data, d->len);
	memcpy(text + d->len, n->data, n->len);
	replay_hash(bank, text, d->len + NAME_SIZE_IMA, digest);
}

void replay_extend(struct imatee_pcr *pcr, enum bank bank,
		   const uint8_t *digest)
{
	uint8_t both[2 * BANK_DIGEST_MAX];
	const size_t size = bank_size(bank);
	uint8_t *value = bank_value(pcr, bank);

	memcpy(both, value, size);
	memcpy(both + size, digest, size);
	replay_hash(bank, both, 2 * size, value);
}

/* What the keeper hashes, in pieces. The template "ima" has its fields' lengths there, too. */
static bool hash_record(EVP_MD_CTX *ctx, const struct entry *entry,
			bool violation)
{
	const struct field *d = &entry->fields[0], *n = &entry->fields[1];
	/* The list has the name of a file without its NUL. */
	const uint32_t d_len = htole32(d->len), n_len = htole32(n->len + 1);
	const size_t name_len = strlen(entry->name);
	const size_t data_len =
		entry->data ?
			entry->data_len :
			sizeof(d_len) + d->len + sizeof(n_len) + n->len + 1;
	const struct imatee_log_record record = {
		.len = htole32(sizeof(record) + name_len + data_len),
		.pcr = (uint8_t)entry->pcr,
		.flags = violation ? IMATEE_EVENT_VIOLATION : 0,
		.name_len = (uint8_t)name_len,
		.data_len = htole32(data_len),
	};

	if (EVP_DigestUpdate(ctx, &record, sizeof(record)) != 1 ||
	    EVP_DigestUpdate(ctx, entry->name, name_len) != 1)
		return false;
	if (entry->data)
		return EVP_DigestUpdate(ctx, entry->data, data_len) == 1;
	return EVP_DigestUpdate(ctx, &d_len, sizeof(d_len)) == 1 &&
	       EVP_DigestUpdate(ctx, d->data, d->len) == 1 &&
	       EVP_DigestUpdate(ctx, &n_len, sizeof(n_len)) == 1 &&
	       EVP_DigestUpdate(ctx, n->data, n->len) == 1 &&
	       EVP_DigestUpdate(ctx, "", 1) == 1;
}

static void extend_order(uint8_t order[32], const struct entry *entry,
			 bool violation)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	if (!ctx || EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) != 1 ||
	    EVP_DigestUpdate(ctx, order, 32) != 1 ||
	    !hash_record(ctx, entry, violation) ||
	    EVP_DigestFinal_ex(ctx, order, NULL) != 1)
		fail_hash(BANK_SHA256);
	EVP_MD_CTX_free(ctx);
}

/* Returns whether the digest of the list is right. */
static bool replay_one(struct imatee_pcr *pcrs, const struct entry *entry,
		       enum bank list_bank)
{
	const bool violation = entry_is_violation(entry, list_bank);
	uint8_t digest[BANK_DIGEST_MAX];
	enum bank bank;
	bool ok = true;

	for (bank = 0; bank < BANK_COUNT; bank++) {
		if (violation)
			memset(digest, 0xff, sizeof(digest));
		else
			hash_entry(entry, bank, digest);
		if (bank == list_bank && !violation)
			ok = !memcmp(digest, entry->digest, bank_size(bank));
		replay_extend(&pcrs[entry->pcr], bank, digest);
	}
	return ok;
}

enum verdict replay_to(struct log_point *point, uint64_t end, struct list *list)
{
	struct entry entry;
	bool violation;
	int rc;

	for (; point->position < end; point->position++) {
		rc = entry_next(list, &entry);
		if (rc <= 0)
			return rc ? LIST_MALFORMED : LIST_SHORT;
		if (!replay_one(point->pcrs, &entry, list->bank))
			return LIST_DIGEST;
		violation = entry_is_violation(&entry, list->bank);
		extend_order(point->order, &entry, violation);
		point->violations += violation;
	}
	return LIST_HOLDS;
}

enum verdict replay(const struct imatee_log_status *status,
		    const struct imatee_log_base *base, struct list *list,
		    uint64_t *position)
{
	struct log_point point = { .position = base->trimmed };
	struct list rest = *list;
	enum verdict verdict;

	memcpy(point.pcrs, base->pcrs, sizeof(point.pcrs));
	verdict = replay_to(&point, status->entries, &rest);
	*position = point.position;
	if (verdict != LIST_HOLDS)
		return verdict;
	/* How many of the violations were trimmed is not told. */
	if (point.violations > status->violations ||
	    (!base->trimmed && point.violations != status->violations) ||
	    memcmp(point.pcrs, status->pcrs, sizeof(point.pcrs)))
		return LIST_DIFFERENT;
	list->left -= rest.left;
	return LIST_HOLDS;
}
