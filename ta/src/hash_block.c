// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "hash_block.h"
#include "hash_ring.h"
#include "request.h"
#include "shared_hash.h"

/* What follows the head in the reply to IMATEE_CMD_HASH. */
struct hash_body {
	struct imatee_hash_state states[IMATEE_HASHES];
	struct imatee_digest digests[IMATEE_HASHES];
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct hash_body) ==
		      sizeof(struct imatee_hash_reply),
	      "struct hash_body is not the end of the reply");

static enum imatee_error begin(struct file_hash *hash,
			       const struct imatee_hash_state *state)
{
	const struct hash_kind *kind = file_hash_find(state->algo);

	if (!kind)
		return IMATEE_ERR_HASH_ALGO;
	file_hash_init(hash, kind);
	return IMATEE_OK;
}

static enum imatee_error resume(struct file_hash *hash,
				const struct ticket_key *key,
				const struct imatee_hash_request *request,
				const struct imatee_hash_state *state)
{
	const struct hash_kind *kind = file_hash_find(state->algo);

	if (!kind)
		return IMATEE_ERR_HASH_ALGO;
	if (!ticket_holds_state(key, request->identity, state) ||
	    !file_hash_import(hash, kind, state->length, state->state,
			      state->state_len))
		return IMATEE_ERR_TICKET;
	return IMATEE_OK;
}

static void finish(struct file_hash *hash, const struct ticket_key *key,
		   const struct imatee_hash_request *request,
		   struct imatee_digest *digest)
{
	digest->algo = hash->kind->id;
	digest->source = IMATEE_DIGEST_TICKET;
	digest->digest_len = hash->kind->size;
	file_hash_final(hash, digest->digest);
	ticket_sign_digest(key, request->identity, digest);
}

static void suspend(const struct file_hash *hash, const struct ticket_key *key,
		    const struct imatee_hash_request *request,
		    struct imatee_hash_state *state)
{
	state->algo = hash->kind->id;
	state->length = hash->length;
	state->state_len = (uint32_t)file_hash_export(hash, state->state);
	ticket_sign_state(key, request->identity, state);
}

/* MALFORMED as well if parameter 1 is no ring, or not as long, as the request says. */
static enum imatee_error decode(struct call *call,
				struct imatee_hash_request *request,
				struct hash_ring *ring)
{
	enum imatee_error error = request_decode_hash(&call->in, request);

	if (error)
		return error;
	if (request->flags & IMATEE_HASH_RING)
		return hash_ring_open(ring, &call->block) ?
			       IMATEE_OK :
			       IMATEE_ERR_MALFORMED;
	if (call->block.writable || request->content_len > call->block.len)
		return IMATEE_ERR_MALFORMED;
	return IMATEE_OK;
}

static enum imatee_error hash_content(const struct call *call,
				      const struct imatee_hash_request *request,
				      const struct hash_ring *ring,
				      struct file_hash *hashes, uint32_t *done)
{
	struct hash_part parts[IMATEE_HASHES] = { 0 };
	size_t i = 0;

	if (request->flags & IMATEE_HASH_RING)
		return hash_ring_take(ring, hashes, request->count,
				      request->content_len, done);
	for (i = 0; i < request->count; i++)
		parts[i] =
			(struct hash_part){ &hashes[i], request->content_len };
	shared_hash(parts, request->count, call->block.shared);
	*done = request->content_len;
	return IMATEE_OK;
}

enum imatee_error hash_block(struct call *call, const struct ticket_key *key)
{
	struct imatee_hash_request request = { 0 };
	struct file_hash hashes[IMATEE_HASHES] = { 0 };
	struct hash_body body = { 0 };
	struct hash_ring ring = { 0 };
	enum imatee_error error = decode(call, &request, &ring);
	uint32_t done = 0;
	bool ended = false;
	size_t i = 0;

	for (i = 0; !error && i < request.count; i++)
		error = request.flags & IMATEE_HASH_FIRST ?
				begin(&hashes[i], &request.states[i]) :
				resume(&hashes[i], key, &request,
				       &request.states[i]);
	if (error)
		return error;
	if (!writer_reserve(&call->out, sizeof(body)))
		return IMATEE_ERR_SHORT_BUFFER;
	error = hash_content(call, &request, &ring, hashes, &done);
	if (error)
		return error;
	ended = request.flags & IMATEE_HASH_LAST && done == request.content_len;
	for (i = 0; i < request.count; i++) {
		if (ended)
			finish(&hashes[i], key, &request, &body.digests[i]);
		else
			suspend(&hashes[i], key, &request, &body.states[i]);
	}
	writer_put(&call->out, &body, sizeof(body));
	return IMATEE_OK;
}
