// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "revocation_list.h"

/* By the bytes of a hash of this size: a bit for each. */
#define BYTES(n) (1ull << ((n)-1))

static const struct kind {
	const char *prefix;
	uint8_t kind; /* enum imatee_revoked_kind */
	uint64_t sizes;
} kinds[] = {
	{ "tbs:", IMATEE_REVOKED_TBS,
	  BYTES(28) | BYTES(32) | BYTES(48) | BYTES(64) },
	{ "spki:", IMATEE_REVOKED_SPKI, BYTES(32) },
	{ "bin:", IMATEE_REVOKED_BIN,
	  BYTES(20) | BYTES(28) | BYTES(32) | BYTES(48) | BYTES(64) },
};

static void skip(struct slice *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

static bool begins(struct slice text, const char *with)
{
	const size_t len = strlen(with);

	return text.len >= len && !memcmp(text.data, with, len);
}

bool revocation_list_begin(struct slice *text)
{
	if (!begins(*text, REVOCATION_LIST_HEAD))
		return false;
	skip(text, sizeof(REVOCATION_LIST_HEAD) - 1);
	return true;
}

/* One digit in lower case: one form for one list. -1: it is none. */
static int digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static bool read_hash(struct slice line, struct imatee_revoked *entry)
{
	int high = 0;
	int low = 0;
	size_t i = 0;

	if (!line.len || line.len % 2 || line.len > 2 * sizeof(entry->hash))
		return false;
	for (i = 0; i < line.len / 2; i++) {
		high = digit(line.data[2 * i]);
		low = digit(line.data[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		entry->hash[i] = (uint8_t)(high << 4 | low);
	}
	entry->hash_len = (uint8_t)i;
	return true;
}

bool revocation_list_next(struct slice *text, struct imatee_revoked *entry)
{
	const uint8_t *end = memchr(text->data, '\n', text->len);
	struct slice line = *text;
	size_t i = 0;

	memset(entry, 0, sizeof(*entry));
	if (!end)
		return false;
	line.len = (size_t)(end - text->data);
	skip(text, line.len + 1);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (!begins(line, kinds[i].prefix))
			continue;
		skip(&line, strlen(kinds[i].prefix));
		entry->kind = kinds[i].kind;
		return read_hash(line, entry) &&
		       kinds[i].sizes & BYTES(entry->hash_len);
	}
	return false;
}
