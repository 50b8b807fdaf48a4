// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The message of IMATEE_CMD_KEY_ADD: its lengths, its reply, memory that runs
 * out, a caller who writes at the wrong moment; and what a verifier makes of it.
 */
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "keeper_add.h"
#include "mkcert.h"

struct message {
	struct imatee_key_add add;
	uint8_t cert[IMATEE_MSG_MAX];
};

/* A certificate that the keeper takes. */
static unsigned char *good_der;
static size_t good_len;
static struct message good;

static void fill(struct message *message, const void *der, size_t len)
{
	memset(message, 0, sizeof(*message));
	message->add.hdr.len = (uint32_t)(sizeof(message->add) + len);
	message->add.ring = IMATEE_RING_EVM;
	message->add.cert_len = (uint32_t)len;
	memcpy(message->cert, der, len);
}

static int make_good(void **state)
{
	struct mkcert_ca ca = { 0 };
	struct mkcert spec = mkcert_good;

	(void)state;
	mkcert_read_ca(BUILTIN_DIR "/keys/ca/a-p256.pem",
		       BUILTIN_DIR "/private/a-p256.key", &ca);
	spec.issuer = &ca;
	good_der = mkcert_der(&spec, &good_len);
	fill(&good, good_der, good_len);
	mkcert_free_ca(&ca);
	return 0;
}

static int free_good(void **state)
{
	(void)state;
	OPENSSL_free(good_der);
	return 0;
}

static int setup(void **state)
{
	return fixture_setup_with(state, &keytab_builtin,
				  keytab_builtin_digest);
}

static void assert_unchanged(struct fixture *f)
{
	assert_int_equal(f->keeper.rings.count[IMATEE_RING_ANY],
			 keytab_builtin.key_count);
	assert_int_equal(f->keeper.rings.count[IMATEE_RING_EVM], 2);
	assert_int_equal(f->keeper.state.epoch, 1);
	assert_int_equal(f->keeper.added_size, 0);
}

static void refused(struct fixture *f, const struct message *message,
		    size_t len, enum imatee_error error)
{
	static struct answer answer;

	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, message,
				    len, &answer),
			 error);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_unchanged(f);
}

static void lengths(void **state)
{
	static struct message message;
	size_t len = 0;

	/* every length of the request but the right one */
	for (len = sizeof(struct imatee_request); len < good.add.hdr.len;
	     len++) {
		message = good;
		message.add.hdr.len = (uint32_t)len;
		refused(*state, &message, good.add.hdr.len,
			IMATEE_ERR_MALFORMED);
	}
	message = good;
	message.add.hdr.len++;
	refused(*state, &message, good.add.hdr.len + 1, IMATEE_ERR_MALFORMED);
	message.add.hdr.len = IMATEE_MSG_MAX;
	refused(*state, &message, IMATEE_MSG_MAX, IMATEE_ERR_MALFORMED);
	message = good;
	message.add.cert_len = 0;
	message.add.hdr.len = sizeof(message.add);
	refused(*state, &message, sizeof(message.add),
		IMATEE_ERR_CERT_MALFORMED);
}

static void order(void **state)
{
	static struct message message;
	size_t i = 0;

	for (i = 0; i < 3; i++) {
		message = good;
		message.add.reserved[i] = 1;
		refused(*state, &message, good.add.hdr.len,
			IMATEE_ERR_MALFORMED);
	}
	/* the ring before the length, and that before the count of bytes */
	message = good;
	message.add.cert_len = IMATEE_CERT_MAX + 1;
	refused(*state, &message, good.add.hdr.len, IMATEE_ERR_TOO_LONG);
	message.add.cert_len = UINT32_MAX;
	refused(*state, &message, good.add.hdr.len, IMATEE_ERR_TOO_LONG);
	message.add.ring = IMATEE_RING_ANY;
	refused(*state, &message, good.add.hdr.len, IMATEE_ERR_BAD_RING);
	message.add.ring = IMATEE_RING_PLATFORM;
	refused(*state, &message, good.add.hdr.len, IMATEE_ERR_BAD_RING);
	message.add.ring = IMATEE_RING_COUNT + 1;
	refused(*state, &message, good.add.hdr.len, IMATEE_ERR_BAD_RING);
}

static void callers(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	struct session *others[] = { f->user, f->ta };
	size_t i = 0;

	for (i = 0; i < 2; i++)
		assert_int_equal(ask_keeper(f, others[i], IMATEE_CMD_KEY_ADD,
					    &good, good.add.hdr.len, &answer),
				 IMATEE_ERR_NOT_PERMITTED);
	assert_unchanged(f);
	assert_int_equal(seal(f), IMATEE_OK);
	refused(f, &good, good.add.hdr.len, IMATEE_ERR_SEALED);
}

/*
 * A request is longer than its reply, so that no message comes to this; the
 * handler must not count on it.
 */
static void short_reply(void **state)
{
	const size_t head = sizeof(struct imatee_request);
	uint8_t shared[sizeof(struct imatee_key_reply)] = { 0 };
	struct fixture *f = *state;
	struct call call = { .ta = &f->keeper, .session = f->kernel };
	const size_t allocated = host.allocated;
	size_t size = 0;

	for (size = sizeof(struct imatee_reply); size < sizeof(shared);
	     size++) {
		reader_init(&call.in, (uint8_t *)&good + head,
			    good.add.hdr.len - head, 0);
		writer_init(&call.out, shared, size,
			    sizeof(struct imatee_reply));
		assert_int_equal(keeper_key_add(&call),
				 IMATEE_ERR_SHORT_BUFFER);
		assert_int_equal(call.out.needed, sizeof(shared));
		assert_unchanged(f);
		assert_int_equal(host.allocated, allocated);
	}
}

static void out_of_memory(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	const size_t allocated = host.allocated;
	enum imatee_error error = IMATEE_OK;
	unsigned int allocs = 0;

	while (true) {
		host.allocs_left = allocs;
		error = ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, &good,
				   good.add.hdr.len, &answer);
		if (!error)
			break;
		assert_int_equal(error, IMATEE_ERR_RESOURCES);
		assert_unchanged(f);
		assert_int_equal(host.allocated, allocated);
		allocs++;
	}
	assert_true(allocs > 5);
	assert_int_equal(f->keeper.state.epoch, 2);
}

/* Spoils the certificate as soon as it was read, and the length as well. */
static void overwrite(void *shared, size_t size)
{
	memset(shared, 0xee, size);
}

static void written_over(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	const struct key *key = NULL;

	host.after_copy_in = overwrite;
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, &good,
				    good.add.hdr.len, &answer),
			 IMATEE_OK);
	host.after_copy_in = NULL;
	key = keyring_at(&f->keeper.rings, IMATEE_RING_EVM, 2);
	assert_non_null(key);
	assert_int_equal(key->info.cert_len, good_len);
	assert_memory_equal(key->cert, good_der, good_len);
}

static void synced(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	struct imatee_key_select select = by_index(IMATEE_RING_EVM, 2);
	struct imatee_key_reply reply = { 0 };

	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, &good,
				    good.add.hdr.len, &answer),
			 IMATEE_OK);
	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_SYNC, &empty_request,
				      sizeof(empty_request), &answer),
			 IMATEE_OK);
	assert_int_equal(answer.head.epoch, 2);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_KEY_GET, &select,
				      sizeof(select), &answer),
			 IMATEE_OK);
	memcpy(&reply, answer.buf, sizeof(reply));
	assert_int_equal(reply.info.source, IMATEE_SOURCE_ADDED);
	assert_int_equal(answer.len, sizeof(reply) + reply.info.pubkey_len);
	assert_memory_equal(
		answer.buf + sizeof(reply),
		keyring_at(&f->keeper.rings, IMATEE_RING_EVM, 2)->pubkey,
		reply.info.pubkey_len);
}

#define TEST_ADD(name, function)                              \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_ADD(
			"a request to add a key that is longer or shorter than it says is malformed",
			lengths),
		TEST_ADD(
			"reserved bytes, ring and length of the certificate are checked in this order",
			order),
		TEST_ADD(
			"none but the kernel adds a key, and nobody after the seal",
			callers),
		TEST_ADD("a key whose reply does not fit is not added",
			 short_reply),
		TEST_ADD(
			"wherever memory runs out, adding is refused with RESOURCES and changes nothing",
			out_of_memory),
		TEST_ADD(
			"what is written over the request while it is read has no effect",
			written_over),
		TEST_ADD("a verifier loads an added key after the seal",
			 synced),
	};

	return cmocka_run_group_tests(tests, make_good, free_good);
}
