// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The form of an entry; integers are little-endian, of 32 bits:
 *
 *   PCR, digest, length of the name, name, length of the data, data
 *
 * where data is fields, each behind its length. The template "ima" has neither the
 * length of the data nor that of its first field.
 */
#include <endian.h>
#include <string.h>

#include "entry.h"

#define SHA1_SIZE    20
#define MD5_SIZE     16
/* What the name of a file is cut to in the template "ima". */
#define NAME_MAX_IMA 255

static const uint8_t *take(struct list *list, size_t size)
{
	const uint8_t *data = list->pos;

	if (size > list->left)
		return NULL;
	list->pos += size;
	list->left -= size;
	return data;
}

static bool take_le32(struct list *list, uint32_t *value)
{
	const uint8_t *data = take(list, sizeof(*value));

	if (!data)
		return false;
	memcpy(value, data, sizeof(*value));
	*value = le32toh(*value);
	return true;
}

static bool take_name(struct list *list, struct entry *entry)
{
	const uint8_t *name;
	uint32_t len;

	if (!take_le32(list, &len) || !len || len >= sizeof(entry->name))
		return false;
	name = take(list, len);
	if (!name || memchr(name, 0, len))
		return false;
	memcpy(entry->name, name, len);
	entry->name[len] = '\0';
	return true;
}

static bool add_field(struct list *list, struct entry *entry, size_t len)
{
	const uint8_t *data = take(list, len);

	if (!data || entry->field_count == IMATEE_TEMPLATE_FIELDS)
		return false;
	entry->fields[entry->field_count].data = data;
	entry->fields[entry->field_count++].len = len;
	return true;
}

static bool take_fields(struct list *list, struct entry *entry)
{
	struct list data = *list;
	uint32_t len;

	if (!take_le32(list, &len))
		return false;
	data.pos = entry->data = take(list, len);
	data.left = entry->data_len = len;
	if (!data.pos)
		return false;
	while (data.left)
		if (!take_le32(&data, &len) || !add_field(&data, entry, len))
			return false;
	return true;
}

/*
 * The length of the digest is not told. With the wrong one, a part of a name is
 * taken for its length, which is too long then.
 */
static bool take_ima_fields(struct list *list, struct entry *entry)
{
	static const size_t sizes[] = { SHA1_SIZE, MD5_SIZE };
	struct list rest;
	uint32_t len;
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		rest = *list;
		entry->field_count = 0;
		if (add_field(&rest, entry, sizes[i]) &&
		    take_le32(&rest, &len) && len <= NAME_MAX_IMA &&
		    add_field(&rest, entry, len)) {
			*list = rest;
			return true;
		}
	}
	return false;
}

int entry_next(struct list *list, struct entry *entry)
{
	bool ok;

	if (!list->left)
		return 0;
	memset(entry, 0, sizeof(*entry));
	if (!take_le32(list, &entry->pcr) || entry->pcr >= IMATEE_PCR_BINDING)
		return -1;
	entry->digest = take(list, bank_size(list->bank));
	if (!entry->digest || !take_name(list, entry))
		return -1;
	ok = strcmp(entry->name, "ima") ? take_fields(list, entry) :
					  take_ima_fields(list, entry);
	return ok ? 1 : -1;
}

bool entry_is_violation(const struct entry *entry, enum bank bank)
{
	static const uint8_t zero[BANK_DIGEST_MAX];

	return !memcmp(entry->digest, zero, bank_size(bank));
}
