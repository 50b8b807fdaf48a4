// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "request.h"

/* Takes what follows the head of @request. */
static bool take_fields(struct reader *r, void *request, size_t size)
{
	const size_t head = sizeof(struct imatee_request);

	memset(request, 0, head);
	return reader_take(r, (uint8_t *)request + head, size - head);
}

/* The same, and nothing may follow. */
static bool take_body(struct reader *r, void *request, size_t size)
{
	return take_fields(r, request, size) && reader_at_end(r);
}

enum imatee_error request_decode_head(const struct imatee_request *head,
				      size_t size)
{
	if (head->len < sizeof(*head) || head->len > size)
		return IMATEE_ERR_MALFORMED;
	if (head->reserved)
		return IMATEE_ERR_MALFORMED;
	return IMATEE_OK;
}

enum imatee_error request_decode_empty(struct reader *r)
{
	return reader_at_end(r) ? IMATEE_OK : IMATEE_ERR_MALFORMED;
}

enum imatee_error request_decode_hello(struct reader *r,
				       struct imatee_hello *hello)
{
	/* No field has a range: the versions are for the handler to compare. */
	return take_body(r, hello, sizeof(*hello)) ? IMATEE_OK :
						     IMATEE_ERR_MALFORMED;
}

enum imatee_error request_decode_attach(struct reader *r,
					struct imatee_attach *attach)
{
	if (!take_body(r, attach, sizeof(*attach)))
		return IMATEE_ERR_MALFORMED;
	if (!all_zero(attach->reserved, sizeof(attach->reserved)))
		return IMATEE_ERR_MALFORMED;
	if (attach->mode >= IMATEE_MODE_COUNT)
		return IMATEE_ERR_BAD_VALUE;
	return IMATEE_OK;
}

enum imatee_error request_decode_list(struct reader *r,
				      struct imatee_key_list *list)
{
	if (!take_body(r, list, sizeof(*list)))
		return IMATEE_ERR_MALFORMED;
	if (!all_zero(list->reserved, sizeof(list->reserved)))
		return IMATEE_ERR_MALFORMED;
	if (list->ring > IMATEE_RING_COUNT)
		return IMATEE_ERR_BAD_RING;
	return IMATEE_OK;
}

/* The fields that name the key: .skid or .value, never both. */
static enum imatee_error check_name(const struct imatee_key_select *select)
{
	if (select->skid_len > IMATEE_SKID_MAX)
		return IMATEE_ERR_TOO_LONG;
	if (!all_zero(select->skid + select->skid_len,
		      IMATEE_SKID_MAX - select->skid_len))
		return IMATEE_ERR_MALFORMED;

	switch (select->select) {
	case IMATEE_SELECT_INDEX:
	case IMATEE_SELECT_KEYID:
		return select->skid_len ? IMATEE_ERR_MALFORMED : IMATEE_OK;
	case IMATEE_SELECT_SKID:
		if (!select->skid_len || select->value)
			return IMATEE_ERR_MALFORMED;
		return IMATEE_OK;
	default:
		return IMATEE_ERR_BAD_VALUE;
	}
}

enum imatee_error request_decode_select(struct reader *r,
					struct imatee_key_select *select,
					struct slice *digest)
{
	if (!take_fields(r, select, sizeof(*select)) ||
	    !all_zero(select->reserved, sizeof(select->reserved)))
		return IMATEE_ERR_MALFORMED;
	if (select->digest_len > IMATEE_DIGEST_MAX)
		return IMATEE_ERR_TOO_LONG;
	digest->len = select->digest_len;
	digest->data = reader_view(r, digest->len);
	if (!digest->data || !reader_at_end(r))
		return IMATEE_ERR_MALFORMED;
	if (select->ring == IMATEE_RING_ANY || select->ring > IMATEE_RING_COUNT)
		return IMATEE_ERR_BAD_RING;
	/* There is room for one digest. */
	if (select->purpose >= IMATEE_PURPOSE_COUNT ||
	    select->digest_kind >= IMATEE_DIGEST_KIND_COUNT ||
	    select->digest_kind == IMATEE_DIGEST_FILES)
		return IMATEE_ERR_BAD_VALUE;
	return check_name(select);
}

enum imatee_error request_decode_add(struct reader *r,
				     struct imatee_key_add *add,
				     const uint8_t **cert)
{
	if (!take_fields(r, add, sizeof(*add)))
		return IMATEE_ERR_MALFORMED;
	if (!all_zero(add->reserved, sizeof(add->reserved)))
		return IMATEE_ERR_MALFORMED;
	/* What kexec and modules are checked with is built in. */
	if (add->ring != IMATEE_RING_IMA && add->ring != IMATEE_RING_EVM)
		return IMATEE_ERR_BAD_RING;
	if (add->cert_len > IMATEE_CERT_MAX)
		return IMATEE_ERR_TOO_LONG;
	*cert = reader_view(r, add->cert_len);
	return *cert && reader_at_end(r) ? IMATEE_OK : IMATEE_ERR_MALFORMED;
}

static size_t digest_max(const struct imatee_verify *verify)
{
	return verify->digest_kind == IMATEE_DIGEST_FILES ?
		       IMATEE_FILE_DIGESTS_MAX *
			       sizeof(struct imatee_file_digest) :
		       IMATEE_DIGEST_MAX;
}

static size_t signature_max(const struct imatee_verify *verify)
{
	return verify->purpose == IMATEE_PURPOSE_MODSIG ? IMATEE_PKCS7_MAX :
							  IMATEE_SIG_MAX;
}

/* One of several digests: of another algorithm than those before it. */
static enum imatee_error add_digest(struct digests *digests,
				    const struct imatee_file_digest *entry)
{
	const struct hash_algo *algo = hash_algo_find(entry->algo);
	size_t i = 0;

	if (!algo)
		return IMATEE_ERR_BAD_VALUE;
	if (entry->len != algo->size ||
	    !all_zero(entry->reserved, sizeof(entry->reserved)) ||
	    !all_zero(entry->digest + entry->len,
		      sizeof(entry->digest) - entry->len))
		return IMATEE_ERR_MALFORMED;
	for (i = 0; i < digests->count; i++)
		if (digests->of[i].algo == entry->algo)
			return IMATEE_ERR_MALFORMED;
	digests->of[digests->count++] = (struct digest){
		entry->algo,
		{ entry->digest, entry->len },
	};
	return IMATEE_OK;
}

/* @list is not longer than digest_max(). */
static enum imatee_error add_digests(struct digests *digests,
				     const struct imatee_verify *verify,
				     struct slice list)
{
	const size_t size = sizeof(struct imatee_file_digest);
	enum imatee_error error = IMATEE_OK;
	size_t pos = 0;

	if (!list.len || list.len % size || verify->digest_algo)
		return IMATEE_ERR_MALFORMED;
	for (pos = 0; !error && pos < list.len; pos += size)
		error = add_digest(digests, (const void *)(list.data + pos));
	return error;
}

enum imatee_error request_decode_verify(struct reader *r,
					struct imatee_verify *verify,
					struct digests *digests,
					struct slice *signature)
{
	struct slice digest = { 0 };

	memset(digests, 0, sizeof(*digests));
	if (!take_fields(r, verify, sizeof(*verify)) || verify->reserved)
		return IMATEE_ERR_MALFORMED;
	if (!verify->ring || verify->ring > IMATEE_RING_COUNT)
		return IMATEE_ERR_BAD_RING;
	if (verify->digest_len > digest_max(verify) ||
	    verify->sig_len > signature_max(verify))
		return IMATEE_ERR_TOO_LONG;
	digest.len = verify->digest_len;
	signature->len = verify->sig_len;
	digest.data = reader_view(r, digest.len);
	signature->data = reader_view(r, signature->len);
	if (!digest.data || !signature->data || !reader_at_end(r))
		return IMATEE_ERR_MALFORMED;
	if (verify->digest_kind == IMATEE_DIGEST_FILES)
		return add_digests(digests, verify, digest);
	digests->count = 1;
	digests->of[0] = (struct digest){ verify->digest_algo, digest };
	return IMATEE_OK;
}

enum imatee_error request_decode_revoke(struct reader *r, struct slice *message)
{
	struct imatee_revoke revoke = { 0 };

	if (!take_fields(r, &revoke, sizeof(revoke)) || revoke.reserved)
		return IMATEE_ERR_MALFORMED;
	if (revoke.len > IMATEE_REVOKE_MAX)
		return IMATEE_ERR_TOO_LONG;
	message->len = revoke.len;
	message->data = reader_view(r, message->len);
	return message->data && reader_at_end(r) ? IMATEE_OK :
						   IMATEE_ERR_MALFORMED;
}

enum imatee_error request_decode_revoked(struct reader *r, uint32_t *index)
{
	struct imatee_revoked_list list = { 0 };

	if (!take_body(r, &list, sizeof(list)) || list.reserved)
		return IMATEE_ERR_MALFORMED;
	*index = list.index;
	return IMATEE_OK;
}

/* Is there nothing where nothing is expected? */
static bool is_clean(const struct imatee_hash_state *state, bool first,
		     bool used)
{
	struct imatee_hash_state bare = { 0 };
	const size_t len = state->state_len;

	if (used && !first)
		return all_zero(state->reserved, sizeof(state->reserved)) &&
		       all_zero(state->state + len, sizeof(state->state) - len);
	if (used)
		bare.algo = state->algo;
	return !memcmp(state, &bare, sizeof(bare));
}

enum imatee_error request_decode_hash(struct reader *r,
				      struct imatee_hash_request *hash)
{
	const uint8_t first = IMATEE_HASH_FIRST;
	size_t i = 0;

	if (!take_body(r, hash, sizeof(*hash)))
		return IMATEE_ERR_MALFORMED;
	if (hash->content_len > (hash->flags & IMATEE_HASH_RING ?
					 IMATEE_HASH_RING_MAX :
					 IMATEE_HASH_CONTENT_MAX))
		return IMATEE_ERR_TOO_LONG;
	for (i = 0; i < IMATEE_HASHES; i++)
		if (hash->states[i].state_len > IMATEE_HASH_STATE_MAX)
			return IMATEE_ERR_TOO_LONG;
	for (i = 0; i < IMATEE_HASHES; i++)
		if (!is_clean(&hash->states[i], hash->flags & first,
			      i < hash->count))
			return IMATEE_ERR_MALFORMED;
	if (!all_zero(hash->reserved, sizeof(hash->reserved)))
		return IMATEE_ERR_MALFORMED;
	/* A ring has one position. */
	if (hash->flags & IMATEE_HASH_RING && hash->count == IMATEE_HASHES &&
	    hash->states[0].length != hash->states[1].length)
		return IMATEE_ERR_MALFORMED;
	if (!hash->count || hash->count > IMATEE_HASHES ||
	    hash->flags & ~IMATEE_HASH_KNOWN)
		return IMATEE_ERR_BAD_VALUE;
	return IMATEE_OK;
}

enum imatee_error request_decode_quote(struct reader *r,
				       struct imatee_quote *quote)
{
	const size_t max = IMATEE_NONCE_MAX;

	if (!take_body(r, quote, sizeof(*quote)) ||
	    !all_zero(quote->reserved, sizeof(quote->reserved)))
		return IMATEE_ERR_MALFORMED;
	if (quote->nonce_len > max)
		return IMATEE_ERR_TOO_LONG;
	if (!all_zero(quote->nonce + quote->nonce_len, max - quote->nonce_len))
		return IMATEE_ERR_MALFORMED;
	if (quote->bank != IMATEE_HASH_SHA1 &&
	    quote->bank != IMATEE_HASH_SHA256 &&
	    quote->bank != IMATEE_HASH_SHA384)
		return IMATEE_ERR_BAD_VALUE;
	return IMATEE_OK;
}

enum imatee_error request_decode_trim(struct reader *r,
				      struct imatee_log_trim *trim,
				      struct slice *signature)
{
	const struct imatee_pcr *binding = &trim->pcrs[IMATEE_PCR_BINDING];

	if (!take_fields(r, trim, sizeof(*trim)) || trim->reserved)
		return IMATEE_ERR_MALFORMED;
	if (trim->sig_len > IMATEE_RECEIPT_SIG_MAX)
		return IMATEE_ERR_TOO_LONG;
	signature->len = trim->sig_len;
	signature->data = reader_view(r, signature->len);
	if (!signature->data || !reader_at_end(r) ||
	    memcmp(trim->receipt.magic, IMATEE_RECEIPT_MAGIC,
		   sizeof(trim->receipt.magic)) ||
	    !all_zero(binding, sizeof(*binding)))
		return IMATEE_ERR_MALFORMED;
	return IMATEE_OK;
}

enum imatee_error request_decode_fail(struct reader *r,
				      struct imatee_test_fail *fail)
{
	if (!take_body(r, fail, sizeof(*fail)) || fail->reserved)
		return IMATEE_ERR_MALFORMED;
	if (fail->failure != IMATEE_TEST_BUSY &&
	    fail->failure != IMATEE_TEST_OUT_OF_MEMORY)
		return IMATEE_ERR_BAD_VALUE;
	/* There would be no way to end it. */
	if (fail->command == IMATEE_CMD_TEST_FAIL)
		return IMATEE_ERR_BAD_VALUE;
	return IMATEE_OK;
}
