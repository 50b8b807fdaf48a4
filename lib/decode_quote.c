// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Quotes, and the key that signs them.
 */
#include <string.h>

#include "decode.h"

/* Only before the first entry it is zeros. */
static bool order_fits(const uint8_t order[32], uint64_t entries)
{
	static const uint8_t zero[32];

	return !entries == !memcmp(order, zero, sizeof(zero));
}

static bool binding_is_sane(const struct imatee_binding_info *info)
{
	return info->violations <= info->entries &&
	       info->trimmed <= info->entries &&
	       info->mode < IMATEE_MODE_COUNT &&
	       order_fits(info->order, info->entries) &&
	       order_fits(info->base_order, info->trimmed);
}

static void take_binding(struct cursor *c, struct imatee_binding_info *info)
{
	uint8_t magic[sizeof(((struct imatee_binding *)0)->magic)];
	uint32_t seal;

	cursor_bytes(c, magic, sizeof(magic));
	cursor_bytes(c, info->boot_id, sizeof(info->boot_id));
	info->entries = cursor_le64(c);
	info->violations = cursor_le64(c);
	info->trimmed = cursor_le64(c);
	info->epoch = cursor_le64(c);
	seal = cursor_le32(c);
	info->sealed = seal == IMATEE_SEAL_SEALED;
	info->attach_count = cursor_le32(c);
	info->flags = cursor_le32(c);
	info->mode = cursor_u8(c);
	cursor_zero(c, 3);
	cursor_bytes(c, info->keys, sizeof(info->keys));
	cursor_bytes(c, info->keys_digest, sizeof(info->keys_digest));
	cursor_bytes(c, info->base, sizeof(info->base));
	cursor_bytes(c, info->order, sizeof(info->order));
	cursor_bytes(c, info->base_order, sizeof(info->base_order));
	if (memcmp(magic, IMATEE_BINDING_MAGIC, sizeof(magic)) ||
	    (!info->sealed && seal != IMATEE_SEAL_OPEN) ||
	    !binding_is_sane(info))
		c->failed = true;
}

int imatee_decode_binding(const void *data, size_t size,
			  struct imatee_binding_info *info)
{
	struct imatee_binding_info i = { 0 };
	struct cursor c;

	cursor_init(&c, data, size);
	take_binding(&c, &i);
	if (!cursor_done(&c))
		return IMATEE_LIB_BAD_REPLY;
	*info = i;
	return 0;
}

/* Both are of the call that made the quote. */
static bool state_fits(const struct imatee_state *state,
		       const struct imatee_binding_info *info)
{
	return !memcmp(state->boot_id, info->boot_id, sizeof(info->boot_id)) &&
	       state->epoch == info->epoch && state->sealed == info->sealed &&
	       state->attach_count == info->attach_count &&
	       state->test_image == !!(info->flags & IMATEE_FLAG_TEST_IMAGE);
}

/* The PCR of the binding is in none of these: it is no log's. */
static bool quote_is_sane(const struct imatee_quote_result *q)
{
	const uint32_t binding = 1u << IMATEE_PCR_BINDING;

	return state_fits(&q->state, &q->info) && !(q->pcrs_used & binding) &&
	       !q->pcrs_used == !q->info.entries &&
	       decode_pcrs_fit(q->pcrs, q->pcrs_used | binding) &&
	       decode_pcrs_fit(q->base, q->pcrs_used) &&
	       decode_base_fits(q->base, q->info.trimmed);
}

/* A length, in the head of the reply, of what comes at its end. */
static size_t take_len(struct cursor *c, size_t max)
{
	uint32_t len = cursor_le32(c);

	if (!len || len > max) {
		c->failed = true;
		return 0;
	}
	return len;
}

static void take_quote(struct cursor *c, struct imatee_quote_result *q)
{
	struct cursor binding;
	size_t i;

	cursor_bytes(c, &q->binding, sizeof(q->binding));
	cursor_init(&binding, &q->binding, sizeof(q->binding));
	take_binding(&binding, &q->info);
	q->pcrs_used = cursor_le32(c);
	q->attest_len = take_len(c, sizeof(q->attest));
	q->sig_len = take_len(c, sizeof(q->sig));
	cursor_zero(c, 4);
	cursor_bytes(c, q->checkpoint, sizeof(q->checkpoint));
	for (i = 0; i < IMATEE_PCRS; i++)
		decode_pcr(c, &q->pcrs[i]);
	for (i = 0; i < IMATEE_PCRS; i++)
		decode_pcr(c, &q->base[i]);
	cursor_bytes(c, q->attest, q->attest_len);
	cursor_bytes(c, q->sig, q->sig_len);
	if (!cursor_done(&binding))
		c->failed = true;
}

int decode_quote(const void *reply, size_t size,
		 struct imatee_quote_result *quote)
{
	struct imatee_quote_result q = { 0 };
	struct cursor c;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &q.state);
	if (rc)
		return rc;
	take_quote(&c, &q);
	if (!cursor_done(&c) || !quote_is_sane(&q))
		return IMATEE_LIB_BAD_REPLY;
	memset(&q.pcrs[IMATEE_PCR_BINDING], 0, sizeof(q.pcrs[0]));
	*quote = q;
	return 0;
}

/* Flags that a later minor version adds are no failure. */
int decode_ak(const void *reply, size_t size, struct imatee_ak *ak)
{
	struct imatee_ak a = { 0 };
	struct cursor c;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &a.state);
	if (rc)
		return rc;
	a.development = cursor_le32(&c) & IMATEE_BINDING_DEVELOPMENT;
	a.pub_len = take_len(&c, sizeof(a.pub));
	a.csr_len = take_len(&c, sizeof(a.csr));
	cursor_zero(&c, 4);
	cursor_bytes(&c, a.pub, a.pub_len);
	cursor_bytes(&c, a.csr, a.csr_len);
	if (!cursor_done(&c))
		return IMATEE_LIB_BAD_REPLY;
	*ak = a;
	return 0;
}
