// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Hashing in blocks: any request with any state; and content in any blocks, of which the
 * digest must be that of the whole.
 *
 * Input: a byte that tells which, then a struct imatee_hash_request, then content. A
 * state without a MAC gets the right one, so that what only a MAC keeps out is seen.
 */
#include <stdlib.h>
#include <string.h>

#include "file_hash.h"
#include "fuzz.h"
#include "host.h"
#include "keeper.h"
#include "message.h"
#include "verifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct keeper keeper;
static struct verifier verifier;
static struct session *session;
static struct imatee_hash_reply reply;

static enum imatee_error ask(uint32_t command, const void *request, size_t len,
			     const uint8_t *content, size_t content_len)
{
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *copy = malloc(content_len ? content_len : 1);
	const struct block block = { copy, content_len, false };
	uint8_t shared[2048] = { 0 };
	size_t reply_len = 0;

	if (content_len)
		memcpy(copy, content, content_len);
	memcpy(shared, request, len);
	fuzz_require(verifier_invoke(&verifier, session, command, shared,
				     sizeof(shared),
				     command == IMATEE_CMD_HASH ? &block : NULL,
				     &reply_len) == PLATFORM_OK,
		     "the verifier answers");
	memcpy(&reply, shared, sizeof(reply));
	free(copy);
	return reply.hdr.error;
}

static void check_reply(const struct imatee_hash_request *request)
{
	const bool last = request->flags & IMATEE_HASH_LAST;
	size_t i = 0;

	for (i = 0; i < IMATEE_HASHES; i++) {
		fuzz_require(!last || all_zero(&reply.states[i],
					       sizeof(reply.states[i])),
			     "the last reply has no states");
		fuzz_require(last || all_zero(&reply.digests[i],
					      sizeof(reply.digests[i])),
			     "no other reply has digests");
		if (i >= request->count)
			continue;
		fuzz_require(last ? ticket_holds_digest(&keeper.ticket_key,
							request->identity,
							&reply.digests[i]) :
				    ticket_holds_state(&keeper.ticket_key,
						       request->identity,
						       &reply.states[i]),
			     "what comes back is signed");
	}
}

static void any_request(struct imatee_hash_request *request,
			const uint8_t *content, size_t len)
{
	size_t i = 0;

	for (i = 0; i < IMATEE_HASHES; i++)
		if (request->states[i].state_len &&
		    request->states[i].state_len <= IMATEE_HASH_STATE_MAX &&
		    all_zero(request->states[i].mac, 32))
			ticket_sign_state(&keeper.ticket_key, request->identity,
					  &request->states[i]);
	if (!ask(IMATEE_CMD_HASH, request, sizeof(*request), content, len))
		check_reply(request);
}

/* The first bytes of the content are the blocks' lengths. */
static void in_blocks(uint8_t algo, const uint8_t *content, size_t len)
{
	const struct hash_kind *kind = file_hash_find(algo);
	struct imatee_hash_request request = { .hdr.len = sizeof(request),
					       .flags = IMATEE_HASH_FIRST,
					       .count = 1 };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	size_t pos = 0;
	size_t part = 0;
	size_t at = 0;

	if (!kind || !len)
		return;
	request.states[0].algo = algo;
	while (!(request.flags & IMATEE_HASH_LAST)) {
		part = content[at++ % len];
		part = part > len - pos ? len - pos : part;
		request.content_len = (uint32_t)part;
		/* One block more is empty; so may others be. */
		if (at > 2 * len || (pos == len && !part)) {
			request.content_len = (uint32_t)(len - pos);
			part = len - pos;
			request.flags |= IMATEE_HASH_LAST;
		}
		fuzz_require(!ask(IMATEE_CMD_HASH, &request, sizeof(request),
				  content + pos, part),
			     "what comes back goes on");
		check_reply(&request);
		pos += part;
		request.flags &= ~IMATEE_HASH_FIRST;
		request.states[0] = reply.states[0];
	}
	file_hash_of(algo, content, len, digest);
	fuzz_require(!memcmp(digest, reply.digests[0].digest, sizeof(digest)),
		     "blocks have the digest of the whole");
}

static void start(void)
{
	const struct imatee_hello hello = { .hdr.len = sizeof(hello),
					    .abi_major = IMATEE_ABI_MAJOR };

	host_reset();
	memset(&keeper, 0, sizeof(keeper));
	keeper_create(&keeper, &fuzz_keytab, fuzz_digest);
	host.keeper = &keeper;
	verifier_create(&verifier, fuzz_digest);
	fuzz_require(
		verifier_open(&verifier, PLATFORM_CALLER_KERNEL, &session) ==
				PLATFORM_OK &&
			!ask(IMATEE_CMD_HELLO, &hello, sizeof(hello), NULL, 0),
		"the kernel opens a session");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct imatee_hash_request request = { 0 };
	const size_t head = 1 + sizeof(request);

	if (!size)
		return 0;
	start();
	if (data[0] & 1)
		in_blocks(data[0] >> 1, data + 1, size - 1);
	else if (size >= head) {
		memcpy(&request, data + 1, sizeof(request));
		request.hdr.len = sizeof(request);
		any_request(&request, data + head, size - head);
	}
	verifier_close(&verifier, session);
	verifier_destroy(&verifier);
	keeper_destroy(&keeper);
	fuzz_require(!keeper.sessions.open, "no session of the keeper is left");
	fuzz_require(!host.allocated, "no memory is lost");
	return 0;
}
