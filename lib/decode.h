/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decoders of replies, one for each form. They read private memory, take
 * nothing on trust, and return 0, the keeper's refusal, or IMATEE_LIB_BAD_REPLY.
 * Their output is filled only if they return 0, but where it is said.
 */
#ifndef IMATEE_DECODE_H
#define IMATEE_DECODE_H

#include "cursor.h"
#include "imatee.h"

/*
 * The head of a reply of @size bytes; leaves the cursor behind it. @state is
 * filled with a refusal, too.
 */
int decode_head(struct cursor *c, size_t size, struct imatee_state *state);

/* @peer is filled with IMATEE_ERR_VERSION, too. */
int decode_hello(const void *reply, size_t size, struct imatee_peer *peer);

int decode_status(const void *reply, size_t size, struct imatee_status *status);

/**
 * struct page - one page of a list
 * @state: of the reply that it came with
 * @total: entries of the whole list
 * @count: entries of this page
 * @entries: the caller's room for as many entries as there can be: of struct
 *	     imatee_key for decode_list(), of struct imatee_revoked_entry for
 *	     decode_revoked()
 */
struct page {
	struct imatee_state state;
	uint32_t total;
	uint32_t count;
	void *entries;
};

#define KEYS_MAX (IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING)

int decode_list(const void *reply, size_t size, struct page *page);
int decode_revoked(const void *reply, size_t size, struct page *page);

int decode_log_status(const void *reply, size_t size,
		      struct imatee_log_status *status);

int decode_log_base(const void *reply, size_t size,
		    struct imatee_log_base *base);

void decode_pcr(struct cursor *c, struct imatee_pcr *pcr);

/* Is a PCR that has no bit in @used all zeros, and is there no other bit? */
bool decode_pcrs_fit(const struct imatee_pcr *pcrs, uint32_t used);

/* PCRs are zeros before the first entry, and never again. */
bool decode_base_fits(const struct imatee_pcr *base, uint64_t trimmed);

int decode_quote(const void *reply, size_t size,
		 struct imatee_quote_result *quote);
int decode_ak(const void *reply, size_t size, struct imatee_ak *ak);

/* What follows the description of a key. */
enum key_data {
	KEY_DATA_NONE,
	KEY_DATA_PUBKEY,
	KEY_DATA_CERT,
};

/* *@data points into @reply; its length is the key's .pubkey_len or .cert_len. */
int decode_key(const void *reply, size_t size, enum key_data kind,
	       struct imatee_key *key, const uint8_t **data);

#endif /* IMATEE_DECODE_H */
