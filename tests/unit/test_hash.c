// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_HASH: content in blocks, and tickets for what they were.
 */
#include <limits.h>
#include <stdlib.h>

#include "measuring.h"

static uint8_t content[10000];
static struct imatee_hash_reply reply;

static int setup(void **state)
{
	size_t i = 0;

	for (i = 0; i < sizeof(content); i++)
		content[i] = (uint8_t)(i * 7 + i / 255);
	return fixture_setup(state);
}

static void expect_ticket(const struct fixture *f,
			  const struct imatee_digest *ticket, uint8_t id,
			  size_t len)
{
	struct imatee_digest expected = { .algo = id,
					  .source = IMATEE_DIGEST_TICKET };

	expected.digest_len =
		(uint8_t)other_digest(id, content, len, expected.digest);
	memcpy(expected.mac, ticket->mac, sizeof(expected.mac));
	assert_memory_equal(ticket, &expected, sizeof(expected));
	assert_true(ticket_holds_digest(&f->keeper.ticket_key,
					(const uint8_t[32]){ 9 }, ticket));
}

/* Hashes @len bytes in blocks of @block. */
static void in_blocks(struct fixture *f, size_t count, const uint8_t *ids,
		      size_t len, size_t block)
{
	static const struct imatee_hash_reply none;
	struct imatee_hash_request request = hash_first(0, count, ids);
	size_t pos = 0;
	size_t part = 0;
	size_t i = 0;

	do {
		part = len - pos < block ? len - pos : block;
		request.content_len = (uint32_t)part;
		if (pos + part == len)
			request.flags |= IMATEE_HASH_LAST;
		assert_int_equal(hash_send(f, &request, content + pos, part,
					   &reply),
				 IMATEE_OK);
		pos += part;
		request.flags = 0;
		memcpy(request.states, reply.states, sizeof(reply.states));
		if (pos < len) {
			assert_int_equal(reply.states[0].length, pos);
			assert_memory_equal(reply.digests, none.digests,
					    sizeof(none.digests));
		}
	} while (pos < len);
	assert_memory_equal(reply.states, none.states, sizeof(none.states));
	for (i = 0; i < count; i++)
		expect_ticket(f, &reply.digests[i], ids[i], len);
	if (count < IMATEE_HASHES)
		assert_memory_equal(&reply.digests[count], &none.digests[0],
				    sizeof(none.digests[0]));
}

/* Before the seal and before SYNC, as the kernel measures then. */
static void blocks(void **state)
{
	static const size_t sizes[] = { 1, 63, 64, 136, 1000, 4096, 20000 };
	static const size_t lens[] = { 0, 1, 200, 1024, 3000, 10000 };
	uint8_t ids[2] = { 0 };
	size_t i = 0;
	size_t s = 0;
	size_t l = 0;

	for (i = 0; i < ALGOS; i++)
		for (l = 0; l < COUNT(lens); l++)
			for (s = lens[l] > 200; s < COUNT(sizes); s++) {
				ids[0] = algos[i].id;
				ids[1] = algos[(i + 3) % ALGOS].id;
				in_blocks(*state, 1, ids, lens[l], sizes[s]);
				in_blocks(*state, 2, ids, lens[l], sizes[s]);
			}
}

static const uint8_t sha256[] = { IMATEE_HASH_SHA256, IMATEE_HASH_SHA1 };

/* A request with two states of 100 bytes. */
static struct imatee_hash_request second(struct fixture *f)
{
	struct imatee_hash_request request = hash_first(0, 2, sha256);

	request.content_len = 100;
	assert_int_equal(hash_send(f, &request, content, 100, &reply),
			 IMATEE_OK);
	request.flags = IMATEE_HASH_LAST;
	memcpy(request.states, reply.states, sizeof(reply.states));
	return request;
}

static enum imatee_error ask(struct fixture *f,
			     const struct imatee_hash_request *request)
{
	return hash_send(f, request, content, request->content_len, &reply);
}

static void forged_states(void **state)
{
	static const size_t used = 16 + 16 + 32 + 100 % 64;
	const struct imatee_hash_request good = second(*state);
	struct imatee_hash_request bad = { 0 };
	uint8_t *bytes = (uint8_t *)&bad.states[0];
	size_t at = 0;

	assert_int_equal(good.states[0].state_len, used - 16);
	for (at = 8; at < sizeof(bad.states[0]); at++) {
		if (at == used)
			at = offsetof(struct imatee_hash_state, mac);
		bad = good;
		bytes[at] ^= 1;
		assert_int_equal(ask(*state, &bad), IMATEE_ERR_TICKET);
	}
	bad = good;
	bad.states[0].algo = IMATEE_HASH_SHA224;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_TICKET);
	bad = good;
	bad.identity[31] ^= 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_TICKET);
	bad = good;
	bad.states[0].state_len--;
	bad.states[0].state[used - 17] = 0;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_TICKET);
	/* the second one is looked at as well */
	bad = good;
	bad.states[1].mac[0] ^= 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_TICKET);
	/* their order is the caller's */
	bad.states[0] = good.states[1];
	bad.states[1] = good.states[0];
	assert_int_equal(ask(*state, &bad), IMATEE_OK);
	assert_int_equal(ask(*state, &good), IMATEE_OK);
}

static void other_boot(void **state)
{
	struct fixture *f = *state;
	const struct imatee_hash_request good = second(f);

	platform_random(&f->keeper.ticket_key, sizeof(f->keeper.ticket_key));
	/* a verifier has the key of its boot */
	assert_int_equal(ask(f, &good), IMATEE_OK);
	f->verifier.has_ticket_key = false;
	assert_int_equal(ask(f, &good), IMATEE_ERR_TICKET);
}

static void malformed(void **state)
{
	struct imatee_hash_request first = hash_first(0, 1, sha256);
	const struct imatee_hash_request good = second(*state);
	struct imatee_hash_request bad = { 0 };
	struct answer answer = { 0 };
	size_t len = 0;
	size_t at = 0;

	for (len = sizeof(struct imatee_request); len < sizeof(first);
	     len += 37) {
		bad = first;
		bad.hdr.len = (uint32_t)len;
		assert_int_equal(ask_verifier(*state, IMATEE_CMD_HASH, &bad,
					      len, &answer),
				 IMATEE_ERR_MALFORMED);
	}
	/* all but the algorithm is zero in a first state, all in one beyond */
	for (at = 0; at < 2 * sizeof(bad.states[0]); at++) {
		bad = first;
		((uint8_t *)bad.states)[at] = 1;
		if (at != 0 && at / 4 != 1 && at != sizeof(bad.states[0]) + 4 &&
		    at / 4 != (sizeof(bad.states[0]) + 4) / 4)
			assert_int_equal(ask(*state, &bad),
					 IMATEE_ERR_MALFORMED);
	}
	bad = first;
	bad.states[0].state_len = 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_MALFORMED);
	bad = first;
	bad.reserved[1] = 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_MALFORMED);
	bad = good;
	bad.states[0].reserved[2] = 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_MALFORMED);
	bad = good;
	bad.states[0].state[IMATEE_HASH_STATE_MAX - 1] = 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_MALFORMED);
}

static void out_of_range(void **state)
{
	static const uint8_t unknown[] = { 0, 8, 10, 14, 16, 23, 27, 99, 255 };
	struct imatee_hash_request bad = hash_first(0, 1, sha256);
	const struct imatee_hash_request good = second(*state);
	size_t i = 0;

	for (i = 0; i < COUNT(unknown); i++) {
		bad.states[0].algo = unknown[i];
		assert_int_equal(ask(*state, &bad), IMATEE_ERR_HASH_ALGO);
	}
	bad = good;
	bad.states[0].algo = 8;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_HASH_ALGO);
	bad = good;
	bad.states[1].state_len = IMATEE_HASH_STATE_MAX + 1;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_TOO_LONG);
	bad = good;
	bad.count = 3;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_BAD_VALUE);
	bad = hash_first(0, 1, sha256);
	bad.count = 0;
	bad.states[0].algo = 0;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_BAD_VALUE);
	bad = hash_first(0, 1, sha256);
	bad.flags |= 8;
	assert_int_equal(ask(*state, &bad), IMATEE_ERR_BAD_VALUE);
	bad = hash_first(0, 1, sha256);
	bad.content_len = IMATEE_HASH_CONTENT_MAX + 1;
	assert_int_equal(hash_send(*state, &bad, content, 1, &reply),
			 IMATEE_ERR_TOO_LONG);
}

static void block_sizes(void **state)
{
	static uint8_t large[IMATEE_HASH_CONTENT_MAX + 1];
	struct imatee_hash_request request = hash_first(0, 1, sha256);
	struct answer answer = { 0 };

	request.flags |= IMATEE_HASH_LAST;
	/* not more than there is */
	request.content_len = 11;
	assert_int_equal(hash_send(*state, &request, content, 10, &reply),
			 IMATEE_ERR_MALFORMED);
	/* but less: the rest is not content */
	request.content_len = 9;
	assert_int_equal(hash_send(*state, &request, content, 10, &reply),
			 IMATEE_OK);
	expect_ticket(*state, &reply.digests[0], IMATEE_HASH_SHA256, 9);
	request.content_len = IMATEE_HASH_CONTENT_MAX;
	assert_int_equal(hash_send(*state, &request, large, sizeof(large),
				   &reply),
			 IMATEE_OK);
	/* no parameter 1 */
	assert_int_equal(ask_verifier(*state, IMATEE_CMD_HASH, &request,
				      sizeof(request), &answer),
			 IMATEE_ERR_MALFORMED);
	request.content_len = 0;
	assert_int_equal(ask_verifier(*state, IMATEE_CMD_HASH, &request,
				      sizeof(request), &answer),
			 IMATEE_OK);
	memcpy(&reply, answer.buf, sizeof(reply));
	expect_ticket(*state, &reply.digests[0], IMATEE_HASH_SHA256, 0);
}

/* Parameter 1 is for this command alone. */
static void block_elsewhere(void **state)
{
	static const uint32_t others[] = { IMATEE_CMD_HELLO,
					   IMATEE_CMD_SYNC,
					   IMATEE_CMD_KEY_GET,
					   IMATEE_CMD_VERIFY,
					   21,
					   0 };
	struct fixture *f = *state;
	const struct block blocks[] = { { content, 10, false },
					{ content, 10, true } };
	struct answer answer = { 0 };
	size_t i = 0;

	for (i = 0; i < 2 * COUNT(others); i++) {
		fixture_block = &blocks[i % 2];
		send_verifier(f, others[i / 2], &empty_request,
			      sizeof(empty_request), 4096, &answer);
		assert_int_equal(answer.status, PLATFORM_BAD_PARAMETERS);
	}
	f->vkernel->hello = false;
	assert_int_equal(ask(f, &(struct imatee_hash_request){ 0 }),
			 IMATEE_ERR_NO_HELLO);
}

/* The two parameters are of one memory, as OP-TEE may map them. */
static void overlapping(void **state)
{
	static const struct {
		size_t message, block, len;
		enum platform_status status;
	} rows[] = {
		{ 0, 4096, 100, PLATFORM_OK },
		{ 0, 4095, 100, PLATFORM_BAD_PARAMETERS },
		{ 0, 4095, 1, PLATFORM_BAD_PARAMETERS },
		{ 0, 0, 100, PLATFORM_BAD_PARAMETERS },
		{ 0, 2000, 100, PLATFORM_BAD_PARAMETERS },
		{ 0, 2000, 0, PLATFORM_BAD_PARAMETERS },
		{ 0, 4096, 0, PLATFORM_OK },
		{ 4096, 0, 4096, PLATFORM_OK },
		{ 4096, 0, 4097, PLATFORM_BAD_PARAMETERS },
		{ 4096, 0, 12288, PLATFORM_BAD_PARAMETERS },
		{ 4096, 4095, 0, PLATFORM_OK },
		{ 4096, 4096, 0, PLATFORM_BAD_PARAMETERS },
	};
	struct fixture *f = *state;
	struct imatee_hash_request request = hash_first(0, 1, sha256);
	uint8_t *memory = calloc(1, 16384);
	struct block block = { 0 };
	size_t reply_len = 0;
	size_t i = 0;

	assert_non_null(memory);
	for (i = 0; i < COUNT(rows); i++) {
		memcpy(memory + rows[i].message, &request, sizeof(request));
		block = (struct block){ memory + rows[i].block, rows[i].len,
					false };
		assert_int_equal(verifier_invoke(&f->verifier, f->vkernel,
						 IMATEE_CMD_HASH,
						 memory + rows[i].message, 4096,
						 &block, &reply_len),
				 rows[i].status);
	}
	free(memory);
}

static void short_buffer(void **state)
{
	struct imatee_hash_request request = hash_first(0, 1, sha256);
	struct answer answer = { 0 };

	request.flags |= IMATEE_HASH_LAST;
	send_verifier(*state, IMATEE_CMD_HASH, &request, sizeof(request),
		      sizeof(reply) - 1, &answer);
	assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	assert_int_equal(answer.head.needed, sizeof(reply));
	send_verifier(*state, IMATEE_CMD_HASH, &request, sizeof(request),
		      sizeof(reply), &answer);
	assert_int_equal(answer.head.error, IMATEE_OK);
}

static uint32_t spoiled;

static void spoil(uint32_t command, void *buf, size_t *len)
{
	if (command == spoiled)
		((struct imatee_reply *)buf)->error = IMATEE_ERR_RESOURCES;
	if (!spoiled && command == IMATEE_CMD_TICKET_KEY)
		*len -= 1;
	if (spoiled == UINT32_MAX && command == IMATEE_CMD_HELLO)
		((struct imatee_hello_reply *)buf)->keys_digest[0] ^= 1;
}

/* The key is fetched once, by who needs it. */
static void keeper_gone(void **state)
{
	static const uint32_t spoils[] = { IMATEE_CMD_HELLO,
					   IMATEE_CMD_TICKET_KEY, 0,
					   UINT32_MAX };
	struct fixture *f = *state;
	const struct imatee_hash_request request = hash_first(0, 1, sha256);
	unsigned int calls = 0;
	size_t i = 0;

	for (calls = 0; calls < 2; calls++) {
		host.keeper_calls_left = calls;
		assert_int_equal(ask(f, &request), IMATEE_ERR_KEEPER);
	}
	host.keeper_calls_left = UINT_MAX;
	host.on_keeper_reply = spoil;
	for (i = 0; i < COUNT(spoils); i++) {
		spoiled = spoils[i];
		assert_int_equal(ask(f, &request), IMATEE_ERR_KEEPER);
		assert_false(f->verifier.has_ticket_key);
	}
	host.on_keeper_reply = NULL;
	assert_int_equal(f->keeper.sessions.open, 3);
	/* and no memory is asked for but for the session */
	host.allocs_left = 1;
	host.keeper_calls_left = 2;
	assert_int_equal(ask(f, &request), IMATEE_OK);
	host.keeper_calls_left = 0;
	host.allocs_left = 0;
	assert_int_equal(ask(f, &request), IMATEE_OK);
	assert_int_equal(f->keeper.sessions.open, 3);
}

static uint8_t *block_base;

/* Content that changes once it was read. */
static void flip_block(void *shared, size_t size)
{
	size_t i = 0;

	if ((uint8_t *)shared >= block_base &&
	    (uint8_t *)shared < block_base + sizeof(content))
		for (i = 0; i < size; i++)
			((uint8_t *)shared)[i] ^= 0xff;
}

/* Two hashes of one block are of the same bytes. */
static void changing_block(void **state)
{
	uint8_t copy[sizeof(content)] = { 0 };
	const struct block block = { copy, sizeof(copy), false };
	struct imatee_hash_request request = hash_first(0, 2, sha256);
	struct answer answer = { 0 };

	memcpy(copy, content, sizeof(copy));
	request.flags |= IMATEE_HASH_LAST;
	request.content_len = sizeof(copy);
	block_base = copy;
	host.after_copy_in = flip_block;
	fixture_block = &block;
	assert_int_equal(ask_verifier(*state, IMATEE_CMD_HASH, &request,
				      sizeof(request), &answer),
			 IMATEE_OK);
	host.after_copy_in = NULL;
	memcpy(&reply, answer.buf, sizeof(reply));
	expect_ticket(*state, &reply.digests[0], sha256[0], sizeof(copy));
	expect_ticket(*state, &reply.digests[1], sha256[1], sizeof(copy));
}

#define TEST_HASH(name, function)                             \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_HASH(
			"content in blocks of any size has OpenSSL's digests, one or two at once, before the seal",
			blocks),
		TEST_HASH(
			"states with any byte changed, or of another file: TICKET",
			forged_states),
		TEST_HASH("states of another boot: TICKET", other_boot),
		TEST_HASH(
			"hash requests that are short, or not zero where nothing is: MALFORMED",
			malformed),
		TEST_HASH("hash requests out of range have their errors",
			  out_of_range),
		TEST_HASH(
			"content is at most what parameter 1 has, and need not be all of it",
			block_sizes),
		TEST_HASH(
			"parameter 1, to be read or written, with another command: bad parameters",
			block_elsewhere),
		TEST_HASH(
			"content that overlaps with the message, by a byte or all of it: bad parameters",
			overlapping),
		TEST_HASH(
			"a hash request without room for the reply: SHORT_BUFFER",
			short_buffer),
		TEST_HASH(
			"without the keeper's key nothing is hashed; it is fetched once",
			keeper_gone),
		TEST_HASH(
			"digests of one block are of the same bytes, whoever changes them",
			changing_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
