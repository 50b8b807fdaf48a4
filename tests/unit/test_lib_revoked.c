// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee against the keeper: the list of what is revoked.
 */
#include <stdlib.h>

#include "libfix.h"

/* Puts @count entries on the keeper's list, no two alike. */
static void put_on_list(struct fixture *f, size_t count)
{
	struct imatee_revoked entry = { .hash_len = 32 };
	bool added = false;
	size_t i = 0;

	for (i = 0; i < count; i++) {
		entry.kind = (uint8_t)(IMATEE_REVOKED_TBS + i % 3);
		entry.source = (uint8_t)(IMATEE_SOURCE_BUILTIN + i % 2);
		entry.hash[0] = (uint8_t)i;
		entry.hash[31] = 0xff;
		assert_int_equal(revoked_add(&f->keeper.revoked, &entry,
					     &added),
				 IMATEE_OK);
		assert_true(added);
	}
}

static void same_list(const struct imatee_revoked_entry *entries, size_t count)
{
	const struct revoked *want = &libfix.fixture->keeper.revoked;
	size_t i = 0;

	assert_int_equal(count, want->count);
	for (i = 0; i < count; i++) {
		assert_int_equal(entries[i].kind, want->entries[i].kind);
		assert_int_equal(entries[i].source, want->entries[i].source);
		assert_int_equal(entries[i].hash_len,
				 want->entries[i].hash_len);
		assert_memory_equal(entries[i].hash, want->entries[i].hash,
				    sizeof(entries[i].hash));
	}
}

static void lists_nothing(void **state)
{
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 1;

	libfix_reset(*state);
	session = libfix_open();
	assert_int_equal(imatee_list_revoked(session, &entries, &count), 0);
	assert_int_equal(count, 0);
	assert_int_equal(libfix.lists, 1);
	free(entries);
	imatee_close(session);
}

static void lists_all(void **state)
{
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	libfix_reset(*state);
	put_on_list(*state, IMATEE_REVOKED_MAX);
	session = libfix_open();
	assert_int_equal(imatee_list_revoked(session, &entries, &count), 0);
	same_list(entries, count);
	assert_int_equal(libfix.lists, 1);
	free(entries);
	imatee_close(session);
}

static struct imatee *open_with_small_pages(struct fixture *f, size_t entries)
{
	libfix_reset(f);
	libfix.room = sizeof(struct imatee_revoked_list_reply) +
		      entries * sizeof(struct imatee_revoked);
	return libfix_open();
}

static void lists_in_pages(void **state)
{
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	put_on_list(*state, IMATEE_REVOKED_MAX);
	session = open_with_small_pages(*state, 3);
	assert_int_equal(imatee_list_revoked(session, &entries, &count), 0);
	same_list(entries, count);
	assert_int_equal(libfix.lists, (IMATEE_REVOKED_MAX + 2) / 3);
	free(entries);
	imatee_close(session);
}

/* As if the kernel brought a request between two pages. */
static void grow_once(uint32_t command, uint8_t *reply, size_t *len)
{
	struct fixture *f = libfix.fixture;

	(void)reply;
	(void)len;
	if (command != IMATEE_CMD_REVOKED_LIST || libfix.lists != 2)
		return;
	f->keeper.revoked.count = 0;
	put_on_list(f, 5);
	f->keeper.state.epoch++;
}

static void change_always(uint32_t command, uint8_t *reply, size_t *len)
{
	(void)reply;
	(void)len;
	if (command == IMATEE_CMD_REVOKED_LIST)
		libfix.fixture->keeper.state.epoch++;
}

static void lists_one_epoch(void **state)
{
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	put_on_list(*state, 4);
	session = open_with_small_pages(*state, 1);
	libfix.on_reply = grow_once;
	assert_int_equal(imatee_list_revoked(session, &entries, &count), 0);
	same_list(entries, count);
	/* two pages of the old list, a third that told of the change */
	assert_int_equal(libfix.lists, 3 + 5);
	free(entries);
	entries = NULL;
	libfix.on_reply = change_always;
	assert_int_equal(imatee_list_revoked(session, &entries, &count),
			 IMATEE_LIB_BAD_REPLY);
	assert_null(entries);
	imatee_close(session);
}

static void empty_page(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_revoked_list_reply *list = (void *)reply;

	if (command != IMATEE_CMD_REVOKED_LIST)
		return;
	*len = sizeof(*list);
	list->hdr.len = sizeof(*list);
	list->count = 0;
}

/* A total that is less than what was read before. */
static void shrunk(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_revoked_list_reply *list = (void *)reply;

	(void)len;
	if (command == IMATEE_CMD_REVOKED_LIST && libfix.lists == 3)
		list->total = 1;
}

static void refuses_pages_that_do_not_fit(void **state)
{
	static void (*const lies[])(uint32_t, uint8_t *,
				    size_t *) = { empty_page, shrunk };
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 0;
	size_t i = 0;

	put_on_list(*state, 4);
	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		session = open_with_small_pages(*state, 1);
		libfix.on_reply = lies[i];
		assert_int_equal(imatee_list_revoked(session, &entries, &count),
				 IMATEE_LIB_BAD_REPLY);
		assert_null(entries);
		assert_in_range(libfix.lists, 1, 3);
		imatee_close(session);
	}
}

/* A keeper that revokes nothing does not know the command. */
static void older(uint32_t command, uint8_t *reply, size_t *len)
{
	struct imatee_reply *head = (void *)reply;

	if (command != IMATEE_CMD_REVOKED_LIST)
		return;
	*len = sizeof(*head);
	head->len = sizeof(*head);
	head->error = IMATEE_ERR_UNKNOWN_COMMAND;
}

static void passes_on_failures(void **state)
{
	struct imatee_revoked_entry *entries = NULL;
	struct imatee *session = NULL;
	size_t count = 0;

	libfix_reset(*state);
	session = libfix_open();
	libfix.on_reply = older;
	assert_int_equal(imatee_list_revoked(session, &entries, &count),
			 IMATEE_ERR_UNKNOWN_COMMAND);
	libfix.invoke_error = IMATEE_LIB_TA_DEAD;
	libfix.fail_command = IMATEE_CMD_REVOKED_LIST;
	assert_int_equal(imatee_list_revoked(session, &entries, &count),
			 IMATEE_LIB_TA_DEAD);
	assert_null(entries);
	imatee_close(session);
}

static void has_names(void **state)
{
	(void)state;
	assert_string_equal(imatee_revoked_kind_name(IMATEE_REVOKED_TBS),
			    "tbs");
	assert_string_equal(imatee_revoked_kind_name(IMATEE_REVOKED_SPKI),
			    "spki");
	assert_string_equal(imatee_revoked_kind_name(IMATEE_REVOKED_BIN),
			    "bin");
	assert_string_equal(imatee_revoked_kind_name(IMATEE_REVOKED_BIN + 1),
			    "?");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("lib: nothing is revoked", lists_nothing),
		TEST("lib: as much as can be revoked", lists_all),
		TEST("lib: what is revoked, in many pages", lists_in_pages),
		TEST("lib: a list of what is revoked is of one epoch",
		     lists_one_epoch),
		TEST("lib: pages of it without entries, and totals that shrink, are broken replies",
		     refuses_pages_that_do_not_fit),
		TEST("lib: of a keeper that revokes nothing, or is dead",
		     passes_on_failures),
		{ "lib: kinds of what is revoked have names", has_names, NULL,
		  NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
