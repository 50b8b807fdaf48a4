// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/hmac.h>

#include "der.h"
#include "platform.h"
#include "ticket.h"

/* None of them is the beginning of another one: their NULs are part of them. */
static const char digest_name[] = "imatee digest 1";
static const char state_name[] = "imatee hash state 1";
static const char segment_name[] = "imatee log segment 1";
static const char checkpoint_name[] = "imatee log checkpoint 2";

#define NAME(name)                                    \
	{                                             \
		(const uint8_t *)(name), sizeof(name) \
	}
#define FIELD(field)                                     \
	{                                                \
		(const uint8_t *)&(field), sizeof(field) \
	}
#define PARTS(parts) (parts), sizeof(parts) / sizeof((parts)[0])

/*
 * HMAC-SHA256, with the key that was used last: a trusted application has one for as long
 * as it lives, and takes one call at a time. wc_HmacFinal() leaves it as wc_HmacSetKey()
 * does. All memory is here: it does not fail.
 */
static struct {
	bool set;
	struct ticket_key key;
	Hmac hmac;
} last;

static void must(int ret)
{
	if (ret)
		platform_panic("a MAC failed");
}

static Hmac *hmac_with(const struct ticket_key *key)
{
	if (last.set && !memcmp(&last.key, key, sizeof(*key)))
		return &last.hmac;
	must(wc_HmacInit(&last.hmac, NULL, INVALID_DEVID));
	must(wc_HmacSetKey(&last.hmac, WC_SHA256, key->bytes,
			   sizeof(key->bytes)));
	last.key = *key;
	last.set = true;
	return &last.hmac;
}

/* Short parts in one piece: wolfSSL takes two hundred instructions for each. */
static void make(const struct ticket_key *key, const struct slice *parts,
		 size_t count, uint8_t mac[TICKET_MAC_SIZE])
{
	Hmac *hmac = hmac_with(key);
	uint8_t piece[128] = { 0 };
	size_t len = 0;
	size_t i = 0;

	for (i = 0; i < count; i++) {
		if (parts[i].len > sizeof(piece) - len) {
			must(wc_HmacUpdate(hmac, piece, (word32)len));
			len = 0;
		}
		if (parts[i].len > sizeof(piece)) {
			must(wc_HmacUpdate(hmac, parts[i].data,
					   (word32)parts[i].len));
			continue;
		}
		memcpy(piece + len, parts[i].data, parts[i].len);
		len += parts[i].len;
	}
	must(wc_HmacUpdate(hmac, piece, (word32)len));
	must(wc_HmacFinal(hmac, mac));
}

/* Takes as long wherever they differ. */
static bool same(const uint8_t a[TICKET_MAC_SIZE],
		 const uint8_t b[TICKET_MAC_SIZE])
{
	volatile uint8_t differs = 0;
	size_t i = 0;

	for (i = 0; i < TICKET_MAC_SIZE; i++)
		differs |= a[i] ^ b[i];
	return !differs;
}

static void mac_digest(const struct ticket_key *key, const uint8_t *identity,
		       const struct imatee_digest *digest,
		       uint8_t mac[TICKET_MAC_SIZE])
{
	/* Zeros behind the digest are part of it. */
	const struct slice parts[] = { NAME(digest_name),
				       FIELD(digest->algo),
				       FIELD(digest->digest_len),
				       FIELD(digest->digest),
				       { identity, IMATEE_IDENTITY_SIZE } };

	make(key, PARTS(parts), mac);
}

void ticket_sign_digest(const struct ticket_key *key, const uint8_t *identity,
			struct imatee_digest *digest)
{
	mac_digest(key, identity, digest, digest->mac);
}

bool ticket_holds_digest(const struct ticket_key *key, const uint8_t *identity,
			 const struct imatee_digest *digest)
{
	uint8_t mac[TICKET_MAC_SIZE] = { 0 };

	mac_digest(key, identity, digest, mac);
	return same(mac, digest->mac);
}

static void mac_state(const struct ticket_key *key, const uint8_t *identity,
		      const struct imatee_hash_state *state,
		      uint8_t mac[TICKET_MAC_SIZE])
{
	const struct slice parts[] = {
		NAME(state_name),	 FIELD(state->algo),
		FIELD(state->length),	 { identity, IMATEE_IDENTITY_SIZE },
		FIELD(state->state_len), { state->state, state->state_len }
	};

	make(key, PARTS(parts), mac);
}

void ticket_sign_state(const struct ticket_key *key, const uint8_t *identity,
		       struct imatee_hash_state *state)
{
	mac_state(key, identity, state, state->mac);
}

bool ticket_holds_state(const struct ticket_key *key, const uint8_t *identity,
			const struct imatee_hash_state *state)
{
	uint8_t mac[TICKET_MAC_SIZE] = { 0 };

	mac_state(key, identity, state, mac);
	return same(mac, state->mac);
}

static void mac_segment(const struct ticket_key *key, const uint8_t *records,
			const struct imatee_log_segment *segment,
			uint8_t mac[TICKET_MAC_SIZE])
{
	const struct slice parts[] = { NAME(segment_name),
				       FIELD(segment->first),
				       FIELD(segment->count),
				       FIELD(segment->len),
				       { records, 32 } };

	make(key, PARTS(parts), mac);
}

void ticket_sign_segment(const struct ticket_key *key, const uint8_t *records,
			 struct imatee_log_segment *segment)
{
	mac_segment(key, records, segment, segment->mac);
}

bool ticket_holds_segment(const struct ticket_key *key, const uint8_t *records,
			  const struct imatee_log_segment *segment)
{
	uint8_t mac[TICKET_MAC_SIZE] = { 0 };

	mac_segment(key, records, segment, mac);
	return same(mac, segment->mac);
}

void ticket_sign_checkpoint(const struct ticket_key *key,
			    const struct checkpoint *checkpoint,
			    uint8_t mac[TICKET_MAC_SIZE])
{
	const struct slice parts[] = { NAME(checkpoint_name),
				       FIELD(checkpoint->position),
				       { (const uint8_t *)checkpoint->pcrs,
					 IMATEE_PCRS *
						 sizeof(*checkpoint->pcrs) },
				       { checkpoint->order, 32 } };

	make(key, PARTS(parts), mac);
}

bool ticket_holds_checkpoint(const struct ticket_key *key,
			     const struct checkpoint *checkpoint,
			     const uint8_t mac[TICKET_MAC_SIZE])
{
	uint8_t ours[TICKET_MAC_SIZE] = { 0 };

	ticket_sign_checkpoint(key, checkpoint, ours);
	return same(ours, mac);
}
