// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "digest.h"
#include "keyname.h"

#define VERITY	"verity:"
#define CONTENT "ima:"

/* Cuts @prefix off the text, if it begins with that. */
static bool cut(const char **text, size_t *len, const char *prefix)
{
	const size_t size = strlen(prefix);

	if (*len < size || memcmp(*text, prefix, size))
		return false;
	*text += size;
	*len -= size;
	return true;
}

bool digest_parse(const char *text, struct file_digest *digest)
{
	size_t len = strlen(text);
	const struct hash *hash;
	const char *colon;

	memset(digest, 0, sizeof(*digest));
	digest->kind = cut(&text, &len, VERITY) ? DIGEST_VERITY :
						  DIGEST_CONTENT;
	colon = strchr(text, ':');
	hash = colon ? hash_by_name(text, (size_t)(colon - text)) : NULL;
	if (!hash || strlen(colon + 1) != 2 * hash->size ||
	    strspn(colon + 1, "0123456789abcdef") != 2 * hash->size)
		return false;
	digest->algo = hash->id;
	return keyname_parse_hex(colon + 1, digest->digest,
				 sizeof(digest->digest)) == hash->size;
}

/* The template "ima" has the digest alone: MD5 or SHA-1, by its length. */
static bool legacy(const struct field *field, struct file_digest *digest)
{
	digest->algo = field->len == 16 ? IMATEE_HASH_MD5 : IMATEE_HASH_SHA1;
	memcpy(digest->digest, field->data, field->len);
	return true;
}

/* d-ng and d-ngv2: "[ima:|verity:]ALGORITHM:", a NUL, and the digest. */
bool digest_of(const struct entry *entry, struct file_digest *digest)
{
	const struct field *field = &entry->fields[0];
	const struct hash *hash;
	const char *text;
	size_t len;

	memset(digest, 0, sizeof(*digest));
	if (!entry->field_count)
		return false;
	if (!entry->data)
		return legacy(field, digest);
	text = (const char *)field->data;
	len = strnlen(text, field->len);
	if (len == field->len)
		return false;
	if (cut(&text, &len, VERITY))
		digest->kind = DIGEST_VERITY;
	else if (cut(&text, &len, CONTENT))
		digest->kind = DIGEST_CONTENT;
	hash = len && text[len - 1] == ':' ? hash_by_name(text, len - 1) : NULL;
	text += len + 1;
	len = (size_t)(field->data + field->len - (const uint8_t *)text);
	if (!hash || len != hash->size)
		return false;
	digest->algo = hash->id;
	memcpy(digest->digest, text, len);
	return true;
}

bool digest_is_zero(const struct file_digest *digest)
{
	static const uint8_t zero[IMATEE_DIGEST_MAX];

	return !memcmp(digest->digest, zero, sizeof(zero));
}
