// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_HASH with IMATEE_HASH_RING: content that is put into a ring while it is
 * hashed.
 */
#include <pthread.h>
#include <stdlib.h>

#include "measuring.h"

#define CONTENT_MAX 300000

static uint8_t content[CONTENT_MAX];
static struct imatee_hash_reply reply;

/* The caller's side. */
static struct {
	uint8_t *memory; /* parameter 1, exactly so large */
	size_t size; /* of the ring */
	size_t len; /* of the content */
	size_t step; /* at most so much is put into it at once */
	unsigned int pauses; /* every so many times nothing; 0: never */
	unsigned int loads;
	uint64_t spoiled; /* what the counter becomes then */
	unsigned int spoil_at; /* the load before which it does; 0: never */
} ring;

static uint64_t *counter(size_t offset)
{
	return (uint64_t *)(ring.memory + offset);
}

#define PRODUCED counter(offsetof(struct imatee_hash_ring, produced))
#define CONSUMED counter(offsetof(struct imatee_hash_ring, consumed))

static void ring_new(size_t size, size_t len, size_t step)
{
	memset(&ring, 0, sizeof(ring));
	ring.memory = calloc(1, IMATEE_HASH_RING_DATA + size);
	assert_non_null(ring.memory);
	ring.size = size;
	ring.len = len;
	ring.step = step;
}

static void ring_free(void)
{
	free(ring.memory);
	ring.memory = NULL;
}

/* What is not content, or not any more, is garbage. */
static void spoil_rest(uint64_t from, uint64_t to)
{
	uint8_t *data = ring.memory + IMATEE_HASH_RING_DATA;
	uint64_t at = 0;

	memset(data, 0xa5, ring.size);
	for (at = from; at < to; at++)
		data[at % ring.size] = content[at];
}

/* Puts a part of the content into the ring, when the TA is about to look. */
static void produce(void *loaded)
{
	uint64_t to = *PRODUCED;
	uint64_t end = *CONSUMED + ring.size;

	assert_ptr_equal(loaded, PRODUCED);
	assert_true(*CONSUMED <= to);
	ring.loads++;
	if (ring.spoil_at == ring.loads) {
		*PRODUCED = ring.spoiled;
		return;
	}
	if (ring.pauses && ring.loads % ring.pauses == 0)
		return;
	if (end > ring.len)
		end = ring.len;
	to = to + ring.step < end ? to + ring.step : end;
	spoil_rest(*CONSUMED, to);
	*PRODUCED = to;
}

static int setup(void **state)
{
	size_t i = 0;

	for (i = 0; i < sizeof(content); i++)
		content[i] = (uint8_t)(i * 7 + i / 255);
	return fixture_setup(state);
}

static enum imatee_error ask(struct fixture *f,
			     const struct imatee_hash_request *request,
			     const struct block *block)
{
	static struct answer answer;
	enum imatee_error error = IMATEE_OK;

	fixture_block = block;
	error = ask_verifier(f, IMATEE_CMD_HASH, request, sizeof(*request),
			     &answer);
	if (error)
		assert_int_equal(answer.len, sizeof(answer.head));
	else
		memcpy(&reply, answer.buf, sizeof(reply));
	return error;
}

static enum imatee_error ask_ring(struct fixture *f,
				  const struct imatee_hash_request *request)
{
	const struct block block = { ring.memory,
				     IMATEE_HASH_RING_DATA + ring.size, true };

	return ask(f, request, &block);
}

static void expect_tickets(const struct fixture *f, size_t count,
			   const uint8_t *ids)
{
	static const struct imatee_hash_reply none;
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	size_t i = 0;

	assert_memory_equal(reply.states, none.states, sizeof(none.states));
	for (i = 0; i < count; i++) {
		memset(digest, 0, sizeof(digest));
		assert_int_equal(reply.digests[i].digest_len,
				 other_digest(ids[i], content, ring.len,
					      digest));
		assert_memory_equal(reply.digests[i].digest, digest,
				    sizeof(digest));
		assert_true(ticket_holds_digest(&f->keeper.ticket_key,
						(const uint8_t[32]){ 9 },
						&reply.digests[i]));
	}
}

/* All of the content, at most @max bytes in a call; how many calls that took. */
static unsigned int through_ring(struct fixture *f, size_t count,
				 const uint8_t *ids, size_t max)
{
	struct imatee_hash_request request =
		hash_first(IMATEE_HASH_RING, count, ids);
	unsigned int calls = 0;
	size_t done = 0;
	size_t left = 0;

	do {
		left = ring.len - done;
		request.content_len = (uint32_t)(left < max ? left : max);
		if (left <= max)
			request.flags |= IMATEE_HASH_LAST;
		assert_int_equal(ask_ring(f, &request), IMATEE_OK);
		assert_in_range(*CONSUMED, done, done + request.content_len);
		done = *CONSUMED;
		if (!reply.digests[0].digest_len)
			assert_int_equal(reply.states[0].length, done);
		request.flags &= ~IMATEE_HASH_FIRST;
		memcpy(request.states, reply.states, sizeof(reply.states));
		calls++;
	} while (!reply.digests[0].digest_len);
	assert_int_equal(done, ring.len);
	expect_tickets(f, count, ids);
	return calls;
}

/* Content of a few rings' length, put there in parts of any size. */
static void rings(void **state)
{
	static const size_t sizes[] = { 1, 63, 64, 1000, 4096 };
	static const size_t steps[] = { 1, 64, 1001, 9999 };
	const size_t max = sizes[COUNT(sizes) - 1];
	uint8_t ids[2] = { 0 };
	size_t i = 0;
	size_t s = 0;
	size_t t = 0;

	host.before_load = produce;
	for (i = 0; i < ALGOS; i++)
		for (s = 0; s < COUNT(sizes); s++)
			for (t = 0; t < COUNT(steps); t++) {
				ids[0] = algos[i].id;
				ids[1] = algos[(i + 3) % ALGOS].id;
				ring_new(sizes[s], sizes[s] * 2 + 100,
					 steps[t]);
				assert_int_equal(through_ring(*state, 1 + t % 2,
							      ids, 3 * max),
						 1);
				ring_free();
			}
}

static const uint8_t sha256[] = { IMATEE_HASH_SHA256, IMATEE_HASH_SHA1 };

/* Nothing there: the call ends, and the next one goes on. */
static void found_empty(void **state)
{
	unsigned int calls = 0;

	host.before_load = produce;
	ring_new(1000, 10000, 100);
	ring.pauses = 7;
	calls = through_ring(*state, 2, sha256, 20000);
	assert_in_range(calls, 15, 20);
	ring_free();
	/* a part of the content for each call */
	ring_new(1000, 10000, 100);
	assert_int_equal(through_ring(*state, 2, sha256, 333), 31);
	ring_free();
	/* nothing ever */
	host.before_load = NULL;
	ring_new(1000, 0, 1);
	assert_int_equal(through_ring(*state, 1, sha256, 1), 1);
	ring_free();
}

/* More was put there than is asked for: the rest stays. */
static void stops_where_told(void **state)
{
	struct imatee_hash_request request =
		hash_first(IMATEE_HASH_RING, 1, sha256);

	ring_new(1000, 600, 1000);
	produce(PRODUCED);
	ring.len = 500;
	request.content_len = 500;
	request.flags |= IMATEE_HASH_LAST;
	assert_int_equal(ask_ring(*state, &request), IMATEE_OK);
	assert_int_equal(*CONSUMED, 500);
	expect_tickets(*state, 1, sha256);
	ring_free();
}

/* Parts are given back before all of a large ring is hashed. */
static void gives_back_early(void **state)
{
	host.before_load = produce;
	ring_new(200000, CONTENT_MAX, CONTENT_MAX);
	through_ring(*state, 1, sha256, CONTENT_MAX);
	assert_in_range(ring.loads, 8, 20);
	ring_free();
}

/* A counter that cannot be, from the first time on or later. */
static void impossible(void **state)
{
	static const uint64_t bad[] = { 0,	    499,	1501,
					1ull << 32, 1ull << 63, UINT64_MAX };
	struct imatee_hash_request request =
		hash_first(IMATEE_HASH_RING, 2, sha256);
	size_t i = 0;

	request.content_len = 5000;
	host.before_load = produce;
	for (i = 0; i < COUNT(bad); i++) {
		ring_new(1000, 5000, 500);
		ring.spoiled = bad[i];
		ring.spoil_at = 2;
		assert_int_equal(ask_ring(*state, &request),
				 IMATEE_ERR_HASH_RING);
		ring_free();
		if (bad[i] < 1000)
			continue;
		ring_new(1000, 5000, 500);
		ring.spoiled = bad[i];
		ring.spoil_at = 1;
		assert_int_equal(ask_ring(*state, &request),
				 IMATEE_ERR_HASH_RING);
		ring_free();
	}
}

static void no_ring(void **state)
{
	static const size_t lens[] = { 0, 8, 4095, IMATEE_HASH_RING_DATA,
				       IMATEE_HASH_RING_DATA +
					       IMATEE_HASH_CONTENT_MAX + 1 };
	struct imatee_hash_request request =
		hash_first(IMATEE_HASH_RING, 1, sha256);
	struct block block = { 0 };
	size_t i = 0;

	request.content_len = 10;
	ring_new(IMATEE_HASH_CONTENT_MAX + 8, 10, 10);
	for (i = 0; i < COUNT(lens); i++) {
		block = (struct block){ ring.memory, lens[i], true };
		assert_int_equal(ask(*state, &request, &block),
				 IMATEE_ERR_MALFORMED);
	}
	assert_int_equal(ask(*state, &request, NULL), IMATEE_ERR_MALFORMED);
	/* its counters could not be read at once */
	block = (struct block){ ring.memory + 4, 5000, true };
	assert_int_equal(ask(*state, &request, &block), IMATEE_ERR_MALFORMED);
	/* nothing may be written to it */
	block = (struct block){ ring.memory, 5000, false };
	assert_int_equal(ask(*state, &request, &block), IMATEE_ERR_MALFORMED);
	block.writable = true;
	assert_int_equal(ask(*state, &request, &block), IMATEE_OK);
	/* a ring, and nobody asks for one */
	request.flags &= ~IMATEE_HASH_RING;
	assert_int_equal(ask(*state, &request, &block), IMATEE_ERR_MALFORMED);
	ring_free();
}

static void refused_requests(void **state)
{
	struct imatee_hash_request request =
		hash_first(IMATEE_HASH_RING, 2, sha256);
	struct imatee_hash_request bad = { 0 };

	ring_new(1000, 1000, 1000);
	request.content_len = IMATEE_HASH_RING_MAX + 1;
	assert_int_equal(ask_ring(*state, &request), IMATEE_ERR_TOO_LONG);
	request.content_len = IMATEE_HASH_RING_MAX;
	produce(PRODUCED);
	assert_int_equal(ask_ring(*state, &request), IMATEE_OK);
	assert_int_equal(reply.states[1].length, 1000);
	request.flags = IMATEE_HASH_RING;
	memcpy(request.states, reply.states, sizeof(reply.states));
	/* of one content, at one position */
	bad = request;
	bad.states[1].length--;
	assert_int_equal(ask_ring(*state, &bad), IMATEE_ERR_MALFORMED);
	bad = request;
	bad.states[0].length = bad.states[1].length = 500;
	assert_int_equal(ask_ring(*state, &bad), IMATEE_ERR_TICKET);
	assert_int_equal(ask_ring(*state, &request), IMATEE_OK);
	assert_int_equal(reply.states[1].length, 1000);
	ring_free();
}

/* What a caller does who runs at the same time. */
static void *producer(void *arg)
{
	uint8_t *data = ring.memory + IMATEE_HASH_RING_DATA;
	uint64_t consumed = 0;
	uint64_t to = 0;

	(void)arg;
	while (to < ring.len) {
		consumed = __atomic_load_n(CONSUMED, __ATOMIC_ACQUIRE);
		for (; to < ring.len && to < consumed + ring.size &&
		       to < consumed + ring.step;
		     to++)
			data[to % ring.size] = content[to];
		__atomic_store_n(PRODUCED, to, __ATOMIC_RELEASE);
	}
	return NULL;
}

static void at_the_same_time(void **state)
{
	pthread_t thread = { 0 };
	unsigned int round = 0;

	for (round = 0; round < 20; round++) {
		ring_new(4096 + round * 100, CONTENT_MAX, 2000 + round * 500);
		assert_int_equal(pthread_create(&thread, NULL, producer, NULL),
				 0);
		through_ring(*state, 1 + round % 2, sha256, 100000);
		assert_int_equal(pthread_join(thread, NULL), 0);
		ring_free();
	}
}

#define TEST_RING(name, function)                             \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_RING(
			"content through rings of any size has OpenSSL's digests, and what is not content is not read",
			rings),
		TEST_RING(
			"a ring that is found empty ends the call, and the next one goes on",
			found_empty),
		TEST_RING("no more is hashed than was asked for",
			  stops_where_told),
		TEST_RING("room in a ring is given back in parts",
			  gives_back_early),
		TEST_RING(
			"a counter behind what was hashed, or further ahead than the ring is large, at once or later: HASH_RING",
			impossible),
		TEST_RING(
			"a ring without room, too large, not aligned or not writable: MALFORMED",
			no_ring),
		TEST_RING(
			"too much for one call: TOO_LONG; states at two positions: MALFORMED",
			refused_requests),
		TEST_RING(
			"content that another thread puts into the ring meanwhile has OpenSSL's digests",
			at_the_same_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
