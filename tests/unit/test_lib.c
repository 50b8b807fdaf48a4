// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee against the keeper: what it asks, and what it makes of answers that
 * are not about the question.
 */
#include <stdlib.h>

#include "libfix.h"

static void same_key(const struct imatee_key *key, const struct key *want)
{
	const struct imatee_key_info *info = &want->info;

	assert_int_equal(key->ring, info->ring);
	assert_int_equal(key->algo, info->algo);
	assert_int_equal(key->source, info->source);
	assert_int_equal(key->index, info->index);
	assert_int_equal(key->keyid, info->keyid);
	assert_int_equal(key->key_bits, info->key_bits);
	assert_int_equal(key->pubkey_len, info->pubkey_len);
	assert_int_equal(key->cert_len, info->cert_len);
	assert_int_equal(key->not_before, info->not_before);
	assert_int_equal(key->not_after, info->not_after);
	assert_int_equal(key->skid_len, info->skid_len);
	assert_memory_equal(key->skid, info->skid, sizeof(key->skid));
	assert_memory_equal(key->fingerprint, info->fingerprint,
			    sizeof(key->fingerprint));
	assert_string_equal(key->subject, (const char *)info->subject);
}

static void tells_status(void **state)
{
	struct imatee_status status = { 0 };
	struct imatee *session = NULL;
	struct fixture *f = *state;
	struct imatee_peer peer = { 0 };

	libfix_reset(f);
	assert_int_equal(client_open(&session, &peer, &libfix_transport), 0);
	assert_int_equal(peer.abi_major, IMATEE_ABI_MAJOR);
	assert_int_equal(peer.abi_minor, IMATEE_ABI_MINOR);
	assert_memory_equal(peer.keys_digest, fixture_digest,
			    sizeof(peer.keys_digest));
	assert_string_equal(peer.version, imatee_lib_version());

	assert_int_equal(imatee_get_status(session, &status), 0);
	assert_memory_equal(status.state.boot_id, f->keeper.state.boot_id,
			    IMATEE_BOOT_ID_SIZE);
	assert_false(status.state.sealed);
	assert_false(status.state.test_image);
	assert_int_equal(status.keys[IMATEE_RING_ANY], FIXTURE_KEYS);
	assert_int_equal(status.keys[IMATEE_RING_IMA], FIXTURE_IMA);
	assert_int_equal(status.keys[IMATEE_RING_EVM], FIXTURE_EVM);
	assert_int_equal(status.keys[IMATEE_RING_PLATFORM], FIXTURE_PLATFORM);
	assert_int_equal(status.capacity, IMATEE_KEYS_PER_RING);
	assert_int_equal(status.ca_count, 1);

	seal(f);
	assert_int_equal(imatee_get_status(session, &status), 0);
	assert_true(status.state.sealed);
	imatee_close(session);
	assert_int_equal(libfix.open_links, 0);
}

static void lists_all_keys(void **state)
{
	struct imatee_key *keys = NULL;
	struct imatee *session = NULL;
	size_t count = 0;
	size_t i = 0;

	libfix_reset(*state);
	session = libfix_open();
	assert_int_equal(
		imatee_list_keys(session, IMATEE_RING_ANY, &keys, &count), 0);
	assert_int_equal(count, FIXTURE_KEYS);
	for (i = 0; i < count; i++)
		same_key(&keys[i], &fixture_keytab.keys[i]);
	assert_int_equal(libfix.lists, 1);
	free(keys);
	assert_int_equal(
		imatee_list_keys(session, IMATEE_RING_EVM, &keys, &count), 0);
	assert_int_equal(count, FIXTURE_EVM);
	same_key(&keys[0], &fixture_keytab.keys[FIXTURE_IMA]);
	free(keys);
	assert_int_equal(imatee_list_keys(session, IMATEE_RING_COUNT + 1, &keys,
					  &count),
			 IMATEE_ERR_BAD_RING);
	imatee_close(session);
}

/* As many pages as there are keys. */
static void lists_in_pages(void **state)
{
	struct imatee_key *keys = NULL;
	struct imatee *session = NULL;
	size_t count = 0;
	size_t i = 0;

	libfix_reset(*state);
	libfix.room = sizeof(struct imatee_key_list_reply) +
		      sizeof(struct imatee_key_info);
	session = libfix_open();
	assert_int_equal(
		imatee_list_keys(session, IMATEE_RING_ANY, &keys, &count), 0);
	assert_int_equal(libfix.lists, FIXTURE_KEYS);
	assert_int_equal(count, FIXTURE_KEYS);
	for (i = 0; i < count; i++)
		same_key(&keys[i], &fixture_keytab.keys[i]);
	free(keys);
	imatee_close(session);
}

static void change_once(uint32_t command, uint8_t *reply, size_t *len)
{
	(void)reply;
	(void)len;
	if (command == IMATEE_CMD_KEY_LIST && libfix.lists == 2)
		libfix.fixture->keeper.state.epoch++;
}

static void change_always(uint32_t command, uint8_t *reply, size_t *len)
{
	(void)reply;
	(void)len;
	if (command == IMATEE_CMD_KEY_LIST)
		libfix.fixture->keeper.state.epoch++;
}

static void lists_one_epoch(void **state)
{
	struct imatee_key *keys = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	libfix_reset(*state);
	libfix.room = sizeof(struct imatee_key_list_reply) +
		      sizeof(struct imatee_key_info);
	libfix.on_reply = change_once;
	session = libfix_open();
	assert_int_equal(
		imatee_list_keys(session, IMATEE_RING_ANY, &keys, &count), 0);
	assert_int_equal(count, FIXTURE_KEYS);
	/* two pages of the old list, a third that told of the change */
	assert_int_equal(libfix.lists, 3 + FIXTURE_KEYS);
	free(keys);
	libfix.on_reply = change_always;
	assert_int_equal(imatee_list_keys(session, IMATEE_RING_ANY, &keys,
					  &count),
			 IMATEE_LIB_BAD_REPLY);
	imatee_close(session);
}

static void empty_page(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_key_list_reply *list = (void *)reply;

	if (command != IMATEE_CMD_KEY_LIST)
		return;
	*len = sizeof(*list);
	list->hdr.len = sizeof(*list);
	list->count = 0;
}

static void lists_come_to_an_end(void **state)
{
	struct imatee_key *keys = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	libfix_reset(*state);
	libfix.on_reply = empty_page;
	session = libfix_open();
	assert_int_equal(imatee_list_keys(session, IMATEE_RING_ANY, &keys,
					  &count),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(libfix.lists, 1);
	imatee_close(session);
}

/* A total that shrinks below what was read before. */
static void fewer_than_read(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_key_list_reply *list = (void *)reply;

	(void)len;
	if (command == IMATEE_CMD_KEY_LIST && libfix.lists == 3)
		list->total = 1;
}

static void lists_do_not_shrink(void **state)
{
	struct imatee_key *keys = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	libfix_reset(*state);
	libfix.room = sizeof(struct imatee_key_list_reply) +
		      sizeof(struct imatee_key_info);
	libfix.on_reply = fewer_than_read;
	session = libfix_open();
	assert_int_equal(imatee_list_keys(session, IMATEE_RING_ANY, &keys,
					  &count),
			 IMATEE_LIB_BAD_REPLY);
	imatee_close(session);
}

static void finds_keys(void **state)
{
	const struct key *want = &fixture_keytab.keys[1];
	struct imatee_key_name name = { .ring = IMATEE_RING_IMA };
	struct imatee *session = NULL;
	struct imatee_key key = { 0 };
	uint8_t *data = NULL;

	libfix_reset(*state);
	session = libfix_open();
	name.select = IMATEE_SELECT_INDEX;
	name.index = 1;
	assert_int_equal(imatee_describe_key(session, &name, &key), 0);
	same_key(&key, want);
	name.select = IMATEE_SELECT_KEYID;
	name.keyid = want->info.keyid;
	assert_int_equal(imatee_get_key(session, &name, &key, &data), 0);
	same_key(&key, want);
	assert_memory_equal(data, want->pubkey, want->info.pubkey_len);
	free(data);
	name.select = IMATEE_SELECT_SKID;
	name.skid_len = want->info.skid_len;
	memcpy(name.skid, want->info.skid, name.skid_len);
	assert_int_equal(imatee_export_key(session, &name, &key, &data), 0);
	same_key(&key, want);
	assert_memory_equal(data, want->cert, want->info.cert_len);
	free(data);
	imatee_close(session);
}

static void names_refusals(void **state)
{
	struct imatee_key_name name = { .ring = IMATEE_RING_IMA,
					.select = IMATEE_SELECT_KEYID,
					.keyid = 0x99999999 };
	struct imatee *session = NULL;
	struct imatee_key key = { 0 };

	libfix_reset(*state);
	session = libfix_open();
	assert_int_equal(imatee_describe_key(session, &name, &key),
			 IMATEE_ERR_NO_KEY);
	name.ring = IMATEE_RING_ANY;
	assert_int_equal(imatee_describe_key(session, &name, &key),
			 IMATEE_ERR_BAD_RING);
	name.ring = IMATEE_RING_IMA;
	name.select = 0;
	assert_int_equal(imatee_describe_key(session, &name, &key),
			 IMATEE_ERR_BAD_VALUE);
	name.select = IMATEE_SELECT_SKID;
	name.skid_len = IMATEE_SKID_MAX + 1;
	assert_int_equal(imatee_describe_key(session, &name, &key),
			 IMATEE_ERR_TOO_LONG);
	imatee_close(session);
}

/* The answer is a key, and not the one that was asked for. */
static void other_key(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_key_reply *key = (void *)reply;

	(void)len;
	if (command != IMATEE_CMD_KEY_DESCRIBE)
		return;
	key->info.index ^= 1;
	key->info.keyid ^= 1;
	key->info.skid[0] ^= 1;
}

static void answers_are_about_the_question(void **state)
{
	const struct key *want = &fixture_keytab.keys[0];
	struct imatee_key_name name = { .ring = IMATEE_RING_IMA,
					.keyid = want->info.keyid,
					.skid_len = want->info.skid_len };
	struct imatee *session = NULL;
	struct imatee_key key = { 0 };

	memcpy(name.skid, want->info.skid, name.skid_len);
	libfix_reset(*state);
	libfix.on_reply = other_key;
	session = libfix_open();
	for (name.select = IMATEE_SELECT_INDEX;
	     name.select <= IMATEE_SELECT_SKID; name.select++)
		assert_int_equal(imatee_describe_key(session, &name, &key),
				 IMATEE_LIB_BAD_REPLY);
	imatee_close(session);
}

static void next_version(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_hello_reply *hello = (void *)reply;

	(void)len;
	assert_int_equal(command, IMATEE_CMD_HELLO);
	hello->hdr.error = libfix.invoke_error;
	hello->abi_major = IMATEE_ABI_MAJOR + 1;
}

/* Whether the keeper refuses, or is so strange as to take any version. */
static void refuses_other_versions(void **state)
{
	static const int errors[] = { IMATEE_ERR_VERSION, 0 };
	struct imatee *session = NULL;
	struct imatee_peer peer = { 0 };
	size_t i = 0;

	for (i = 0; i < 2; i++) {
		libfix_reset(*state);
		libfix.on_reply = next_version;
		libfix.invoke_error = errors[i];
		assert_int_equal(client_open(&session, &peer,
					     &libfix_transport),
				 IMATEE_ERR_VERSION);
		assert_null(session);
		assert_int_equal(peer.abi_major, IMATEE_ABI_MAJOR + 1);
		assert_int_equal(libfix.open_links, 0);
	}
}

static void passes_on_failures(void **state)
{
	struct imatee_status status = { 0 };
	struct imatee *session = NULL;

	libfix_reset(*state);
	libfix.open_error = IMATEE_LIB_NO_TA;
	assert_int_equal(client_open(&session, NULL, &libfix_transport),
			 IMATEE_LIB_NO_TA);
	assert_null(session);

	libfix_reset(*state);
	libfix.invoke_error = IMATEE_LIB_TA_DEAD;
	libfix.fail_command = IMATEE_CMD_HELLO;
	assert_int_equal(client_open(&session, NULL, &libfix_transport),
			 IMATEE_LIB_TA_DEAD);
	assert_null(session);
	assert_int_equal(libfix.open_links, 0);

	libfix.fail_command = IMATEE_CMD_STATUS;
	session = libfix_open();
	assert_int_equal(imatee_get_status(session, &status),
			 IMATEE_LIB_TA_DEAD);
	imatee_close(session);
	imatee_close(NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("lib: status and versions as the keeper has them",
		     tells_status),
		TEST("lib: all keys, or those of a ring", lists_all_keys),
		TEST("lib: a list in many pages", lists_in_pages),
		TEST("lib: a list is of one epoch", lists_one_epoch),
		TEST("lib: a page without keys ends a list",
		     lists_come_to_an_end),
		TEST("lib: a total that shrinks is a broken reply",
		     lists_do_not_shrink),
		TEST("lib: a key by index, key id and subject key id",
		     finds_keys),
		TEST("lib: refusals keep their numbers", names_refusals),
		TEST("lib: an answer about another key is a broken reply",
		     answers_are_about_the_question),
		TEST("lib: another major version is refused by both sides",
		     refuses_other_versions),
		TEST("lib: failures of the transport, nothing left open",
		     passes_on_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
