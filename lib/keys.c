// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Questions about keys.
 */
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "decode.h"
#include "list.h"

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

static int ask_page(struct imatee *session, const struct list *list,
		    size_t index, struct page *page)
{
	struct imatee_key_list request = { .ring = list->ring,
					   .index = client_le32(index) };
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_KEY_LIST, &request,
			 sizeof(request), &len);
	return rc ? rc : decode_list(session->msg, len, page);
}

int imatee_list_keys(struct imatee *session, enum imatee_ring ring,
		     struct imatee_key **keys, size_t *count)
{
	const struct list list = { .ask = ask_page,
				   .ring = ring,
				   .max = KEYS_MAX,
				   .size = sizeof(**keys) };
	void *entries;
	int rc = list_read(session, &list, &entries, count);

	if (!rc)
		*keys = entries;
	return rc;
}
