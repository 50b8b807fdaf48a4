// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Questions about keys.
 */
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "decode.h"

#define KEYS_MAX   (IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING)
/* Lists begun anew because the key set changed; more is no administrator. */
#define LIST_TRIES 8

static int fill_select(struct imatee_key_select *select,
		       const struct imatee_key_name *name)
{
	memset(select, 0, sizeof(*select));
	select->ring = name->ring;
	select->select = name->select;
	select->purpose = IMATEE_PURPOSE_QUERY;
	switch (name->select) {
	case IMATEE_SELECT_INDEX:
		select->value = client_le32(name->index);
		return 0;
	case IMATEE_SELECT_KEYID:
		select->value = client_le32(name->keyid);
		return 0;
	case IMATEE_SELECT_SKID:
		if (name->skid_len > IMATEE_SKID_MAX)
			return IMATEE_ERR_TOO_LONG;
		select->skid_len = name->skid_len;
		memcpy(select->skid, name->skid, name->skid_len);
		return 0;
	default:
		return IMATEE_ERR_BAD_VALUE;
	}
}

/* Is the answer about what was asked? */
static bool is_asked_for(const struct imatee_key *key,
			 const struct imatee_key_name *name)
{
	if (key->ring != name->ring)
		return false;
	switch (name->select) {
	case IMATEE_SELECT_INDEX:
		return key->index == name->index;
	case IMATEE_SELECT_KEYID:
		return key->keyid == name->keyid;
	default:
		return key->skid_len == name->skid_len &&
		       !memcmp(key->skid, name->skid, name->skid_len);
	}
}

static int ask(struct imatee *session, uint32_t command, enum key_data kind,
	       const struct imatee_key_name *name, struct imatee_key *key,
	       uint8_t **data)
{
	struct imatee_key_select select;
	const uint8_t *found = NULL;
	size_t len = 0;
	int rc;

	rc = fill_select(&select, name);
	if (rc)
		return rc;
	rc = client_call(session, command, &select, sizeof(select), &len);
	if (rc)
		return rc;
	rc = decode_key(session->msg, len, kind, key, &found);
	if (rc)
		return rc;
	if (!is_asked_for(key, name))
		return IMATEE_LIB_BAD_REPLY;
	if (kind == KEY_DATA_NONE)
		return 0;
	len = kind == KEY_DATA_CERT ? key->cert_len : key->pubkey_len;
	*data = malloc(len ? len : 1);
	if (!*data)
		return IMATEE_LIB_NO_MEMORY;
	memcpy(*data, found, len);
	return 0;
}

int imatee_describe_key(struct imatee *session,
			const struct imatee_key_name *name,
			struct imatee_key *key)
{
	return ask(session, IMATEE_CMD_KEY_DESCRIBE, KEY_DATA_NONE, name, key,
		   NULL);
}

int imatee_get_key(struct imatee *session, const struct imatee_key_name *name,
		   struct imatee_key *key, uint8_t **data)
{
	return ask(session, IMATEE_CMD_KEY_GET, KEY_DATA_PUBKEY, name, key,
		   data);
}

int imatee_export_key(struct imatee *session,
		      const struct imatee_key_name *name,
		      struct imatee_key *key, uint8_t **data)
{
	return ask(session, IMATEE_CMD_KEY_EXPORT, KEY_DATA_CERT, name, key,
		   data);
}

static int list_page(struct imatee *session, enum imatee_ring ring,
		     size_t index, struct key_page *page)
{
	struct imatee_key_list list = { .ring = ring,
					.index = client_le32(index) };
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_KEY_LIST, &list, sizeof(list),
			 &len);
	return rc ? rc : decode_list(session->msg, len, page);
}

/* One attempt: *@again is set if the key set changed on the way. */
static int list_once(struct imatee *session, enum imatee_ring ring,
		     struct imatee_key *keys, size_t *count, bool *again)
{
	struct imatee_key page_keys[KEYS_MAX];
	struct key_page page = { .keys = page_keys };
	uint64_t epoch = 0;
	int rc;

	*count = 0;
	do {
		rc = list_page(session, ring, *count, &page);
		if (rc)
			return rc;
		*again = *count && page.state.epoch != epoch;
		if (*again)
			return 0;
		epoch = page.state.epoch;
		/* A page without keys would be asked for for ever. */
		if (page.total < *count || page.count > page.total - *count ||
		    (!page.count && *count < page.total))
			return IMATEE_LIB_BAD_REPLY;
		memcpy(keys + *count, page_keys,
		       page.count * sizeof(*page_keys));
		*count += page.count;
	} while (*count < page.total);
	return 0;
}

int imatee_list_keys(struct imatee *session, enum imatee_ring ring,
		     struct imatee_key **keys, size_t *count)
{
	struct imatee_key *all = calloc(KEYS_MAX, sizeof(*all));
	int rc = all ? 0 : IMATEE_LIB_NO_MEMORY;
	bool again = true;
	int tries;

	for (tries = 0; !rc && again && tries < LIST_TRIES; tries++)
		rc = list_once(session, ring, all, count, &again);
	if (!rc && again)
		rc = IMATEE_LIB_BAD_REPLY;
	if (rc) {
		free(all);
		return rc;
	}
	*keys = all;
	return 0;
}
