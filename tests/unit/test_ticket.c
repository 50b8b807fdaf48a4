// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the TEE says of what others keep for it: each bit of it counts, and no kind of
 * thing is taken for another. The MACs are computed a second time, by OpenSSL.
 */
#include <openssl/hmac.h>
#include <stdlib.h>

#include "measuring.h"
#include "ticket.h"

static struct ticket_key key;
static uint8_t identity[IMATEE_IDENTITY_SIZE];
static uint8_t records[32];

static int fill(void **state)
{
	(void)state;
	host_reset();
	platform_random(&key, sizeof(key));
	platform_random(identity, sizeof(identity));
	platform_random(records, sizeof(records));
	return 0;
}

static struct imatee_digest some_digest(void)
{
	struct imatee_digest digest = { .algo = IMATEE_HASH_SHA256,
					.source = IMATEE_DIGEST_TICKET,
					.digest_len = 32 };

	other_digest(IMATEE_HASH_SHA256, "x", 1, digest.digest);
	ticket_sign_digest(&key, identity, &digest);
	return digest;
}

static struct imatee_hash_state some_state(void)
{
	struct imatee_hash_state state = { .algo = IMATEE_HASH_SHA512,
					   .state_len = 200,
					   .length = 777 };

	platform_random(state.state, 200);
	ticket_sign_state(&key, identity, &state);
	return state;
}

static struct imatee_log_segment some_segment(void)
{
	struct imatee_log_segment segment = { .first = 5,
					      .count = 6,
					      .len = 700 };

	ticket_sign_segment(&key, records, &segment);
	return segment;
}

/* Appends to what is authenticated. */
static uint8_t *put(uint8_t *to, const void *data, size_t len)
{
	memcpy(to, data, len);
	return to + len;
}

static void expect(const uint8_t *mac, const uint8_t *message,
		   const uint8_t *end)
{
	uint8_t expected[32] = { 0 };
	unsigned int len = 0;

	assert_non_null(HMAC(EVP_sha256(), key.bytes, 32, message,
			     (size_t)(end - message), expected, &len));
	assert_memory_equal(mac, expected, 32);
}

static void are_hmacs(void **state)
{
	const struct imatee_digest digest = some_digest();
	const struct imatee_hash_state hash = some_state();
	const struct imatee_log_segment segment = some_segment();
	uint8_t message[1024] = { 0 };
	uint8_t *to = message;

	(void)state;
	to = put(to, "imatee digest 1", 16);
	to = put(to, &digest.algo, 1);
	to = put(to, &digest.digest_len, 1);
	to = put(to, digest.digest, 64);
	to = put(to, identity, 32);
	expect(digest.mac, message, to);

	to = put(message, "imatee hash state 1", 20);
	to = put(to, &hash.algo, 1);
	to = put(to, &hash.length, 8);
	to = put(to, identity, 32);
	to = put(to, &hash.state_len, 4);
	to = put(to, hash.state, 200);
	expect(hash.mac, message, to);

	to = put(message, "imatee log segment 1", 21);
	to = put(to, &segment.first, 8);
	to = put(to, &segment.count, 4);
	to = put(to, &segment.len, 4);
	to = put(to, records, 32);
	expect(segment.mac, message, to);
}

/* Flips each bit of @size bytes at @thing; @holds must not hold but where it may. */
static void flip_all(void *thing, size_t size, bool (*holds)(const void *thing),
		     bool (*matters)(size_t at))
{
	uint8_t *bytes = thing;
	size_t bit = 0;

	assert_true(holds(thing));
	for (bit = 0; bit < 8 * size; bit++) {
		bytes[bit / 8] ^= 1 << bit % 8;
		assert_int_equal(holds(thing), !matters(bit / 8));
		bytes[bit / 8] ^= 1 << bit % 8;
	}
	assert_true(holds(thing));
}

static bool digest_holds(const void *thing)
{
	return ticket_holds_digest(&key, identity, thing);
}

/* Where it comes from and what it is for are the kernel's to say. */
static bool digest_matters(size_t at)
{
	return at == offsetof(struct imatee_digest, algo) ||
	       at == offsetof(struct imatee_digest, digest_len) ||
	       at >= offsetof(struct imatee_digest, digest);
}

static bool state_holds(const void *thing)
{
	const struct imatee_hash_state *state = thing;

	/* as the decoder lets them through */
	return state->state_len <= IMATEE_HASH_STATE_MAX &&
	       ticket_holds_state(&key, identity, state);
}

static bool state_matters(size_t at)
{
	const size_t begin = offsetof(struct imatee_hash_state, state);

	/* reserved bytes, and those behind the state, are zero */
	return !(at >= 1 && at < 4) &&
	       !(at >= begin + 200 && at < begin + IMATEE_HASH_STATE_MAX);
}

static bool segment_holds(const void *thing)
{
	return ticket_holds_segment(&key, records, thing);
}

static bool all_matter(size_t at)
{
	(void)at;
	return true;
}

static void each_bit_counts(void **state)
{
	struct imatee_digest digest = some_digest();
	struct imatee_hash_state hash = some_state();
	struct imatee_log_segment segment = some_segment();

	(void)state;
	flip_all(&digest, sizeof(digest), digest_holds, digest_matters);
	flip_all(&hash, sizeof(hash), state_holds, state_matters);
	flip_all(&segment, sizeof(segment), segment_holds, all_matter);
}

static bool all_hold(const void *unused)
{
	static bool made;
	static struct imatee_digest digest;
	static struct imatee_hash_state hash;

	(void)unused;
	if (!made) {
		digest = some_digest();
		hash = some_state();
		made = true;
	}
	return digest_holds(&digest) && state_holds(&hash);
}

static bool none_hold_of_segment(const void *unused)
{
	static bool made;
	static struct imatee_log_segment segment;

	(void)unused;
	if (!made)
		segment = some_segment();
	made = true;
	return segment_holds(&segment);
}

static void identity_and_records_count(void **state)
{
	(void)state;
	flip_all(identity, sizeof(identity), all_hold, all_matter);
	flip_all(records, sizeof(records), none_hold_of_segment, all_matter);
}

static void another_boot(void **state)
{
	const struct imatee_digest digest = some_digest();
	const struct imatee_hash_state hash = some_state();
	const struct imatee_log_segment segment = some_segment();

	(void)state;
	platform_random(&key, sizeof(key));
	assert_false(digest_holds(&digest));
	assert_false(state_holds(&hash));
	assert_false(segment_holds(&segment));
}

#define PLAIN(name, function)                    \
	{                                        \
		name, function, fill, NULL, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PLAIN("tickets are HMAC-SHA256 over a name and the fields",
		      are_hmacs),
		PLAIN("tickets do not hold with any bit of them flipped",
		      each_bit_counts),
		PLAIN("tickets hold for their identity, and their records, only",
		      identity_and_records_count),
		PLAIN("tickets do not hold in another boot", another_boot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
