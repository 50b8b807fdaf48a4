// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "fixture.h"

#define PATTERN 0xa5

const struct imatee_request empty_request = { .len = sizeof(empty_request) };

const uint8_t fixture_digest[KEYTAB_DIGEST_SIZE] = { 0xd1, 0x9e, 0x57 };

/* Bytes that stand for certificates: no TA looks inside. */
static const uint8_t blob[] = "0123456789abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

#define KEY(ring_, index_, keyid_, skid_len_, ...)                     \
	{                                                              \
		.info = { .ring = (ring_),                             \
			  .algo = IMATEE_ALGO_ECDSA_P256,              \
			  .source = IMATEE_SOURCE_BUILTIN,             \
			  .skid_len = (skid_len_),                     \
			  .index = (index_),                           \
			  .keyid = (keyid_),                           \
			  .key_bits = 256,                             \
			  .pubkey_len = 65,                            \
			  .cert_len = 30 + (ring_) + (index_),         \
			  .not_before = 1,                             \
			  .not_after = 2,                              \
			  .skid = { __VA_ARGS__ },                     \
			  .fingerprint = { (ring_), (index_), 1 },     \
			  .subject = "CN = test" },                    \
		.pubkey = (const uint8_t[65]){ 4, (ring_), (index_) }, \
		.cert = blob + (ring_)                                 \
	}

static const struct key keys[FIXTURE_KEYS] = {
	KEY(IMATEE_RING_IMA, 0, 0x01020304, 4, 1, 2, 3, 4),
	KEY(IMATEE_RING_IMA, 1, 0x11223344, 6, 9, 9, 0x11, 0x22, 0x33, 0x44),
	KEY(IMATEE_RING_IMA, 2, 0xfffffffe, 5, 7, 0xff, 0xff, 0xff, 0xfe),
	/* the id of a key in another ring */
	KEY(IMATEE_RING_EVM, 0, 0x01020304, 4, 1, 2, 3, 4),
	KEY(IMATEE_RING_EVM, 1, 0x00000000, 4, 0, 0, 0, 0),
	KEY(IMATEE_RING_PLATFORM, 0, 0x0a0b0c0d, 5, 1, 10, 11, 12, 13),
};

static const struct keytab_signer cas[1] = {
	{ .cert = blob, .cert_len = 10, .algo = IMATEE_ALGO_RSA },
};

const struct keytab fixture_keytab = {
	.keys = keys,
	.key_count = FIXTURE_KEYS,
	.cas = cas,
	.ca_count = 1,
};

typedef enum platform_status invoke_fn(void *ta, struct session *session,
				       uint32_t command, void *shared,
				       size_t size, size_t *reply_len);

static enum platform_status call_keeper(void *ta, struct session *session,
					uint32_t command, void *shared,
					size_t size, size_t *reply_len)
{
	return keeper_invoke(ta, session, command, shared, size, reply_len);
}

static enum platform_status call_verifier(void *ta, struct session *session,
					  uint32_t command, void *shared,
					  size_t size, size_t *reply_len)
{
	const struct block *block = fixture_block;

	fixture_block = NULL;
	return verifier_invoke(ta, session, command, shared, size, block,
			       reply_len);
}

const struct block *fixture_block;

/* The memref of a call that a panic ended. */
static uint8_t *in_flight;

static void send(invoke_fn *invoke, void *ta, struct session *session,
		 uint32_t command, const void *request, size_t len, size_t size,
		 struct answer *answer)
{
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *shared = malloc(size ? size : 1);
	size_t i = 0;

	assert_non_null(shared);
	in_flight = shared;
	memset(shared, PATTERN, size);
	memcpy(shared, request, len < size ? len : size);
	memset(answer, 0, sizeof(*answer));
	answer->status =
		invoke(ta, session, command, shared, size, &answer->len);
	if (answer->status == PLATFORM_OK) {
		assert_in_range(answer->len, sizeof(answer->head), size);
		memcpy(answer->buf, shared, answer->len);
		memcpy(&answer->head, shared, sizeof(answer->head));
		assert_int_equal(answer->head.len, answer->len);
		for (i = answer->len > len ? answer->len : len; i < size; i++)
			assert_int_equal(shared[i], PATTERN);
	}
	free(shared);
	in_flight = NULL;
}

void send_keeper(struct fixture *f, struct session *session, uint32_t command,
		 const void *request, size_t len, size_t size,
		 struct answer *answer)
{
	send(call_keeper, &f->keeper, session, command, request, len, size,
	     answer);
}

void send_verifier(struct fixture *f, uint32_t command, const void *request,
		   size_t len, size_t size, struct answer *answer)
{
	send(call_verifier, &f->verifier, f->vkernel, command, request, len,
	     size, answer);
}

enum imatee_error ask_keeper(struct fixture *f, struct session *session,
			     uint32_t command, const void *request, size_t len,
			     struct answer *answer)
{
	send_keeper(f, session, command, request, len, IMATEE_MSG_MAX, answer);
	assert_int_equal(answer->status, PLATFORM_OK);
	return answer->head.error;
}

enum imatee_error ask_verifier(struct fixture *f, uint32_t command,
			       const void *request, size_t len,
			       struct answer *answer)
{
	send_verifier(f, command, request, len, IMATEE_MSG_MAX, answer);
	assert_int_equal(answer->status, PLATFORM_OK);
	return answer->head.error;
}

struct imatee_hello make_hello(void)
{
	return (struct imatee_hello){ .hdr.len = sizeof(struct imatee_hello),
				      .abi_major = IMATEE_ABI_MAJOR,
				      .abi_minor = IMATEE_ABI_MINOR };
}

struct imatee_attach make_attach(uint8_t mode)
{
	return (struct imatee_attach){ .hdr.len = sizeof(struct imatee_attach),
				       .mode = mode };
}

struct imatee_key_list make_list(uint8_t ring, uint32_t index)
{
	return (struct imatee_key_list){ .hdr.len =
						 sizeof(struct imatee_key_list),
					 .ring = ring,
					 .index = index };
}

static struct imatee_key_select make_select(uint8_t ring, uint8_t select)
{
	return (struct imatee_key_select){ .hdr.len = sizeof(
						   struct imatee_key_select),
					   .ring = ring,
					   .select = select };
}

struct imatee_key_select by_index(uint8_t ring, uint32_t index)
{
	struct imatee_key_select select =
		make_select(ring, IMATEE_SELECT_INDEX);

	select.value = index;
	return select;
}

struct imatee_key_select by_keyid(uint8_t ring, uint32_t keyid)
{
	struct imatee_key_select select =
		make_select(ring, IMATEE_SELECT_KEYID);

	select.value = keyid;
	return select;
}

struct imatee_key_select by_skid(uint8_t ring, const uint8_t *skid, uint8_t len)
{
	struct imatee_key_select select = make_select(ring, IMATEE_SELECT_SKID);

	select.skid_len = len;
	memcpy(select.skid, skid, len);
	return select;
}

struct session *open_keeper(struct fixture *f, enum platform_caller caller,
			    bool hello)
{
	const struct imatee_hello request = make_hello();
	struct session *session = NULL;
	struct answer answer = { 0 };

	assert_int_equal(keeper_open(&f->keeper, caller, &session),
			 PLATFORM_OK);
	if (hello)
		assert_int_equal(ask_keeper(f, session, IMATEE_CMD_HELLO,
					    &request, sizeof(request), &answer),
				 IMATEE_OK);
	return session;
}

enum imatee_error seal(struct fixture *f)
{
	struct answer answer = { 0 };

	return ask_keeper(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
			  sizeof(empty_request), &answer);
}

void get_status(struct fixture *f, struct imatee_status_reply *status)
{
	struct answer answer = { 0 };

	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_STATUS,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(*status));
	memcpy(status, answer.buf, sizeof(*status));
}

int fixture_setup(void **state)
{
	return fixture_setup_with(state, &fixture_keytab, fixture_digest);
}

int fixture_setup_with(void **state, const struct keytab *keytab,
		       const uint8_t *digest)
{
	const struct imatee_hello hello = make_hello();
	struct fixture *f = calloc(1, sizeof(*f));
	struct answer answer = { 0 };

	assert_non_null(f);
	host_reset();
	keeper_create(&f->keeper, keytab, digest);
	host.keeper = &f->keeper;
	f->kernel = open_keeper(f, PLATFORM_CALLER_KERNEL, true);
	f->user = open_keeper(f, PLATFORM_CALLER_PUBLIC, true);
	f->ta = open_keeper(f, PLATFORM_CALLER_VERIFIER, true);

	verifier_create(&f->verifier, digest);
	assert_int_equal(verifier_open(&f->verifier, PLATFORM_CALLER_KERNEL,
				       &f->vkernel),
			 PLATFORM_OK);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_HELLO, &hello,
				      sizeof(hello), &answer),
			 IMATEE_OK);
	*state = f;
	return 0;
}

int fixture_teardown(void **state)
{
	struct fixture *f = *state;
	size_t left = 0;

	host.allocs_left = 1;
	keeper_close(&f->keeper, f->kernel);
	keeper_close(&f->keeper, f->user);
	keeper_close(&f->keeper, f->ta);
	verifier_close(&f->verifier, f->vkernel);
	verifier_destroy(&f->verifier);
	keeper_destroy(&f->keeper);
	left = host.allocated;
	free(in_flight);
	in_flight = NULL;
	free(f);
	/* Every test ends with all memory of the TAs given back. */
	return left ? -1 : 0;
}

enum imatee_error sync_keys(struct fixture *f, struct answer *answer)
{
	return ask_verifier(f, IMATEE_CMD_SYNC, &empty_request,
			    sizeof(empty_request), answer);
}

enum imatee_error get_key(struct fixture *f, uint8_t ring, uint32_t index,
			  struct answer *answer)
{
	const struct imatee_key_select select = by_index(ring, index);

	return ask_verifier(f, IMATEE_CMD_KEY_GET, &select, sizeof(select),
			    answer);
}
