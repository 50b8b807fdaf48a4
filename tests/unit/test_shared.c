// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A caller that writes to the shared memory while the TA works on it.
 */
#include <stdlib.h>

#include "fixture.h"

/* How often each byte of the memref was read and written. */
static uint8_t *shared_base;
static size_t shared_size;
static unsigned int reads[4096];
static unsigned int writes[4096];

static size_t offset_of(const void *at, size_t size)
{
	size_t offset = (size_t)((const uint8_t *)at - shared_base);

	assert_true((const uint8_t *)at >= shared_base);
	assert_true(offset + size <= shared_size);
	return offset;
}

/* All that was read becomes something else at once. */
static void flip(void *shared, size_t size)
{
	size_t offset = offset_of(shared, size);
	uint8_t *bytes = shared;
	size_t i = 0;

	for (i = 0; i < size; i++) {
		reads[offset + i]++;
		assert_int_equal(writes[offset + i], 0);
		bytes[i] ^= 0xff;
	}
}

static void note_write(void *shared, size_t size)
{
	size_t offset = offset_of(shared, size);
	size_t i = 0;

	for (i = 0; i < size; i++)
		writes[offset + i]++;
}

static void hostile_call(struct fixture *f, struct session *session,
			 uint32_t command, const void *request, size_t len,
			 size_t size)
{
	uint8_t *shared = malloc(size);
	struct answer calm = { 0 };
	size_t reply_len = 0;
	size_t i = 0;

	assert_non_null(shared);
	memset(shared, 0, size);
	memcpy(shared, request, len);
	send_keeper(f, session, command, request, len, size, &calm);

	shared_base = shared;
	shared_size = size;
	memset(reads, 0, sizeof(reads));
	memset(writes, 0, sizeof(writes));
	host.after_copy_in = flip;
	host.before_copy_out = note_write;
	assert_int_equal(keeper_invoke(&f->keeper, session, command, shared,
				       size, &reply_len),
			 PLATFORM_OK);
	host.after_copy_in = NULL;
	host.before_copy_out = NULL;

	assert_int_equal(reply_len, calm.len);
	assert_memory_equal(shared, calm.buf, reply_len);
	for (i = 0; i < size; i++) {
		assert_in_range(reads[i], 0, i < len ? 1 : 0);
		assert_int_equal(writes[i], i < reply_len ? 1 : 0);
	}
	free(shared);
}

static void flipped_requests(void **state)
{
	struct fixture *f = *state;
	const struct imatee_hello hello = make_hello();
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 1);
	const struct imatee_key_select index = by_index(IMATEE_RING_IMA, 1);
	const struct imatee_key_select keyid =
		by_keyid(IMATEE_RING_IMA, 0x11223344);
	const struct imatee_key_select none = by_keyid(IMATEE_RING_EVM, 5);

	hostile_call(f, f->user, IMATEE_CMD_HELLO, &hello, sizeof(hello), 200);
	hostile_call(f, f->user, IMATEE_CMD_KEY_LIST, &list, sizeof(list),
		     4096);
	hostile_call(f, f->user, IMATEE_CMD_KEY_LIST, &list, sizeof(list), 100);
	hostile_call(f, f->user, IMATEE_CMD_KEY_GET, &keyid, sizeof(keyid),
		     1024);
	hostile_call(f, f->user, IMATEE_CMD_KEY_GET, &keyid, sizeof(keyid),
		     320);
	hostile_call(f, f->user, IMATEE_CMD_KEY_GET, &none, sizeof(none), 1024);
	hostile_call(f, f->user, IMATEE_CMD_KEY_DESCRIBE, &index, sizeof(index),
		     1024);
	hostile_call(f, f->user, IMATEE_CMD_KEY_EXPORT, &index, sizeof(index),
		     1024);
	hostile_call(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
		     sizeof(empty_request), 64);
}

/* The length grows after it was checked. */
static void grow(void *shared, size_t size)
{
	uint32_t len = UINT32_MAX;

	if (shared == shared_base && size >= sizeof(len))
		memcpy(shared, &len, sizeof(len));
}

static void growing_length(void **state)
{
	struct fixture *f = *state;
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	const size_t size = 400;
	struct imatee_reply head = { 0 };
	uint8_t *shared = malloc(size);
	size_t len = 0;

	assert_non_null(shared);
	memset(shared, 0xff, size);
	memcpy(shared, &select, sizeof(select));
	shared_base = shared;
	host.after_copy_in = grow;
	assert_int_equal(keeper_invoke(&f->keeper, f->user, IMATEE_CMD_KEY_GET,
				       shared, size, &len),
			 PLATFORM_OK);
	memcpy(&head, shared, sizeof(head));
	assert_int_equal(head.error, IMATEE_OK);
	free(shared);
}

/* A refusal that needs no byte of the request reads none. */
static void unread_refusals(void **state)
{
	struct fixture *f = *state;

	hostile_call(f, f->user, IMATEE_CMD_SEAL, &empty_request, 0, 64);
	hostile_call(f, f->kernel, 12345, &empty_request, 0, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("no byte of shared memory is read twice or after a write: flipping all of them changes no answer",
		     flipped_requests),
		TEST("a length that grows after its check has no effect",
		     growing_length),
		TEST("who may not send a command has no byte of it read",
		     unread_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
