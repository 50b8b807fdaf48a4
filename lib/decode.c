// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "decode.h"

/*
 * Text that the keeper ends with a NUL. One that it does not end breaks the
 * ABI; bytes behind the NUL are not looked at.
 */
static void take_text(struct cursor *c, char *dst, size_t size)
{
	uint8_t raw[IMATEE_SUBJECT_MAX];

	cursor_bytes(c, raw, size);
	if (!memchr(raw, 0, size))
		c->failed = true;
	imatee_printable(dst, size, raw, size);
}

static void take_state(struct cursor *c, struct imatee_state *state)
{
	uint32_t seal, flags;

	cursor_bytes(c, state->boot_id, sizeof(state->boot_id));
	state->epoch = cursor_le64(c);
	seal = cursor_le32(c);
	state->attach_count = cursor_le32(c);
	flags = cursor_le32(c);
	/* Flags that a later minor version adds are no failure. */
	state->sealed = seal == IMATEE_SEAL_SEALED;
	state->test_image = flags & IMATEE_FLAG_TEST_IMAGE;
	if (seal != IMATEE_SEAL_OPEN && seal != IMATEE_SEAL_SEALED)
		c->failed = true;
}

int decode_head(struct cursor *c, size_t size, struct imatee_state *state)
{
	uint32_t len = cursor_le32(c);
	uint32_t error = cursor_le32(c);

	take_state(c, state);
	cursor_le32(c); /* .needed: no request of ours has too little room */
	if (c->failed || len != size)
		return IMATEE_LIB_BAD_REPLY;
	/* Above are this library's own numbers. */
	if (error >= IMATEE_LIB_NO_TEE)
		return IMATEE_LIB_BAD_REPLY;
	if (error && error != IMATEE_ERR_VERSION && c->left)
		return IMATEE_LIB_BAD_REPLY;
	return error;
}

int decode_hello(const void *reply, size_t size, struct imatee_peer *peer)
{
	struct imatee_state state;
	struct imatee_peer p = { 0 };
	struct cursor c;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &state);
	if (rc && rc != IMATEE_ERR_VERSION)
		return rc;
	p.abi_major = cursor_le32(&c);
	p.abi_minor = cursor_le32(&c);
	take_text(&c, p.version, sizeof(p.version));
	cursor_bytes(&c, p.keys_digest, sizeof(p.keys_digest));
	if (!cursor_done(&c))
		return IMATEE_LIB_BAD_REPLY;
	*peer = p;
	return rc;
}

int decode_status(const void *reply, size_t size, struct imatee_status *status)
{
	struct imatee_status s = { 0 };
	uint64_t lookups[8];
	struct cursor c;
	size_t i;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &s.state);
	if (rc)
		return rc;
	for (i = 0; i <= IMATEE_RING_COUNT; i++)
		s.keys[i] = cursor_le32(&c);
	s.capacity = cursor_le32(&c);
	s.ca_count = cursor_le32(&c);
	s.sessions = cursor_le32(&c);
	s.mode = cursor_u8(&c);
	cursor_zero(&c, 3);
	for (i = 0; i < sizeof(lookups) / sizeof(lookups[0]); i++)
		lookups[i] = cursor_le64(&c);
	s.refused_writes = cursor_le64(&c);
	if (!cursor_done(&c) || s.mode >= IMATEE_MODE_COUNT)
		return IMATEE_LIB_BAD_REPLY;
	memcpy(s.lookups, lookups, sizeof(s.lookups));
	*status = s;
	return 0;
}

static bool key_is_sane(const struct imatee_key *key)
{
	return key->ring > IMATEE_RING_ANY && key->ring <= IMATEE_RING_COUNT &&
	       key->index < IMATEE_KEYS_PER_RING && key->skid_len > 0 &&
	       key->skid_len <= IMATEE_SKID_MAX &&
	       key->pubkey_len <= IMATEE_PUBKEY_MAX &&
	       key->cert_len <= IMATEE_CERT_MAX;
}

/* Algorithms and sources that a later minor version adds are no failure. */
static void take_key(struct cursor *c, struct imatee_key *key)
{
	memset(key, 0, sizeof(*key));
	key->ring = cursor_u8(c);
	key->algo = cursor_u8(c);
	key->source = cursor_u8(c);
	key->skid_len = cursor_u8(c);
	key->index = cursor_le32(c);
	key->keyid = cursor_le32(c);
	key->key_bits = cursor_le32(c);
	key->pubkey_len = cursor_le32(c);
	key->cert_len = cursor_le32(c);
	key->not_before = cursor_le64(c);
	key->not_after = cursor_le64(c);
	if (!key_is_sane(key)) {
		c->failed = true;
		return;
	}
	cursor_bytes(c, key->skid, key->skid_len);
	cursor_zero(c, IMATEE_SKID_MAX - key->skid_len);
	cursor_bytes(c, key->fingerprint, sizeof(key->fingerprint));
	take_text(c, key->subject, sizeof(key->subject));
}

/* The counts of a list of at most @max entries. */
static int take_counts(struct cursor *c, size_t size, uint32_t max,
		       struct page *page)
{
	int rc = decode_head(c, size, &page->state);

	if (rc)
		return rc;
	page->total = cursor_le32(c);
	page->count = cursor_le32(c);
	if (c->failed || page->total > max || page->count > page->total)
		return IMATEE_LIB_BAD_REPLY;
	return 0;
}

int decode_list(const void *reply, size_t size, struct page *page)
{
	struct imatee_key *keys = page->entries;
	struct cursor c;
	uint32_t i;
	int rc;

	cursor_init(&c, reply, size);
	rc = take_counts(&c, size, KEYS_MAX, page);
	if (rc)
		return rc;
	for (i = 0; i < page->count && !c.failed; i++)
		take_key(&c, &keys[i]);
	return cursor_done(&c) ? 0 : IMATEE_LIB_BAD_REPLY;
}

/* Kinds and sources that a later minor version adds are no failure. */
static void take_revoked(struct cursor *c, struct imatee_revoked_entry *entry)
{
	memset(entry, 0, sizeof(*entry));
	entry->kind = cursor_u8(c);
	entry->hash_len = cursor_u8(c);
	entry->source = cursor_u8(c);
	cursor_zero(c, 5);
	if (!entry->hash_len || entry->hash_len > IMATEE_DIGEST_MAX) {
		c->failed = true;
		return;
	}
	cursor_bytes(c, entry->hash, entry->hash_len);
	cursor_zero(c, IMATEE_DIGEST_MAX - entry->hash_len);
}

int decode_revoked(const void *reply, size_t size, struct page *page)
{
	struct imatee_revoked_entry *entries = page->entries;
	struct cursor c;
	uint32_t i;
	int rc;

	cursor_init(&c, reply, size);
	rc = take_counts(&c, size, IMATEE_REVOKED_MAX, page);
	if (rc)
		return rc;
	for (i = 0; i < page->count && !c.failed; i++)
		take_revoked(&c, &entries[i]);
	return cursor_done(&c) ? 0 : IMATEE_LIB_BAD_REPLY;
}

int decode_key(const void *reply, size_t size, enum key_data kind,
	       struct imatee_key *key, const uint8_t **data)
{
	struct imatee_state state;
	struct imatee_key k;
	struct cursor c;
	size_t len = 0;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &state);
	if (rc)
		return rc;
	take_key(&c, &k);
	if (kind == KEY_DATA_PUBKEY)
		len = k.pubkey_len;
	if (kind == KEY_DATA_CERT)
		len = k.cert_len;
	if (c.failed || c.left != len)
		return IMATEE_LIB_BAD_REPLY;
	*key = k;
	if (data)
		*data = c.pos;
	return 0;
}
