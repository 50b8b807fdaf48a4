// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every form of request against truncation, trailing and reserved bytes, and
 * lengths that lie, by way of a command that takes the form.
 */
#include "fixture.h"

struct form {
	const char *name;
	uint32_t command;
	size_t len;
	uint8_t bytes[sizeof(struct imatee_key_select)];
	/* bytes that must be zero: [first, first + count) */
	size_t first;
	size_t count;
};

#define FORMS 6

static void set(struct form *form, const char *name, uint32_t command,
		const void *request, size_t len, size_t first, size_t count)
{
	memset(form, 0, sizeof(*form));
	form->name = name;
	form->command = command;
	form->len = len;
	memcpy(form->bytes, request, len);
	form->first = first;
	form->count = count;
}

static void make_forms(struct form *forms)
{
	const struct imatee_hello hello = make_hello();
	const struct imatee_attach attach = make_attach(IMATEE_MODE_KEYS);
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	const struct imatee_key_select select = by_index(IMATEE_RING_IMA, 0);
	const struct imatee_revoked_list revoked = { .hdr.len =
							     sizeof(revoked) };

	set(&forms[0], "status", IMATEE_CMD_STATUS, &empty_request,
	    sizeof(empty_request), 4, 4);
	set(&forms[1], "hello", IMATEE_CMD_HELLO, &hello, sizeof(hello), 4, 4);
	set(&forms[2], "attach", IMATEE_CMD_ATTACH, &attach, sizeof(attach), 9,
	    7);
	set(&forms[3], "list", IMATEE_CMD_KEY_LIST, &list, sizeof(list), 9, 3);
	/* the reserved bytes and the whole of .skid */
	set(&forms[4], "get", IMATEE_CMD_KEY_GET, &select, sizeof(select), 18,
	    6 + IMATEE_SKID_MAX);
	set(&forms[5], "revoked", IMATEE_CMD_REVOKED_LIST, &revoked,
	    sizeof(revoked), 12, 4);
}

static void set_len(uint8_t *bytes, uint32_t len)
{
	memcpy(bytes, &len, sizeof(len));
}

static enum imatee_error send_bytes(struct fixture *f, const struct form *form,
				    const uint8_t *bytes, size_t len)
{
	struct answer answer = { 0 };

	return ask_keeper(f, f->kernel, form->command, bytes, len, &answer);
}

static void well_formed(void **state)
{
	struct form forms[FORMS];
	size_t i = 0;

	make_forms(forms);
	for (i = 0; i < FORMS; i++)
		assert_int_equal(send_bytes(*state, &forms[i], forms[i].bytes,
					    forms[i].len),
				 IMATEE_OK);
}

static void truncated(void **state)
{
	struct form forms[FORMS];
	size_t len = 0;
	size_t i = 0;

	make_forms(forms);
	for (i = 0; i < FORMS; i++) {
		for (len = 0; len < forms[i].len; len++) {
			set_len(forms[i].bytes, (uint32_t)len);
			assert_int_equal(send_bytes(*state, &forms[i],
						    forms[i].bytes, len),
					 IMATEE_ERR_MALFORMED);
		}
	}
}

static void trailing(void **state)
{
	static const size_t extra[] = { 1, 4, 8, 100, 16384 };
	struct form forms[FORMS];
	size_t i = 0;
	size_t k = 0;

	make_forms(forms);
	for (i = 0; i < FORMS; i++) {
		for (k = 0; k < sizeof(extra) / sizeof(extra[0]); k++) {
			set_len(forms[i].bytes,
				(uint32_t)(forms[i].len + extra[k]));
			assert_int_equal(send_bytes(*state, &forms[i],
						    forms[i].bytes,
						    forms[i].len),
					 IMATEE_ERR_MALFORMED);
		}
	}
}

static void reserved(void **state)
{
	struct form forms[FORMS];
	uint8_t *byte = NULL;
	size_t i = 0;
	size_t k = 0;

	make_forms(forms);
	for (i = 0; i < FORMS; i++) {
		/* .reserved of the head, then the form's own */
		for (k = 0; k < 4 + forms[i].count; k++) {
			byte = &forms[i].bytes[k < 4 ? 4 + k :
						       forms[i].first + k - 4];
			assert_int_equal(*byte, 0);
			*byte = 0x80;
			assert_int_equal(send_bytes(*state, &forms[i],
						    forms[i].bytes,
						    forms[i].len),
					 IMATEE_ERR_MALFORMED);
			*byte = 0;
		}
	}
}

/* .len against the memref, at and around each limit. */
static void lying_len(void **state)
{
	static const uint32_t lies[] = { 0,
					 1,
					 7,
					 65,
					 IMATEE_MSG_MAX,
					 IMATEE_MSG_MAX + 1,
					 0x7fffffff,
					 0x80000000,
					 0xfffffff8,
					 0xffffffff };
	struct answer answer = { 0 };
	struct imatee_request request = { 0 };
	size_t i = 0;

	for (i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		request.len = lies[i];
		send_keeper(*state, ((struct fixture *)*state)->kernel,
			    IMATEE_CMD_SEAL, &request, sizeof(request), 64,
			    &answer);
		assert_int_equal(answer.status, PLATFORM_OK);
		assert_int_equal(answer.head.error, IMATEE_ERR_MALFORMED);
		assert_int_equal(answer.head.seal, IMATEE_SEAL_OPEN);
	}
}

static void memref_sizes(void **state)
{
	struct fixture *f = *state;
	struct answer answer = { 0 };
	size_t size = 0;

	for (size = 0; size < sizeof(struct imatee_reply); size++) {
		send_keeper(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
			    sizeof(empty_request), size, &answer);
		assert_int_equal(answer.status, PLATFORM_BAD_PARAMETERS);
	}
	send_keeper(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
		    sizeof(empty_request), IMATEE_MSG_MAX + 1, &answer);
	assert_int_equal(answer.status, PLATFORM_BAD_PARAMETERS);
	assert_int_equal(f->keeper.state.seal, IMATEE_SEAL_OPEN);

	send_keeper(f, f->kernel, IMATEE_CMD_SEAL, &empty_request,
		    sizeof(empty_request), sizeof(struct imatee_reply),
		    &answer);
	assert_int_equal(answer.status, PLATFORM_OK);
	assert_int_equal(answer.head.error, IMATEE_OK);
}

static void no_memref(void **state)
{
	struct fixture *f = *state;
	size_t len = 0;

	assert_int_equal(keeper_invoke(&f->keeper, f->kernel, IMATEE_CMD_STATUS,
				       NULL, 4096, &len),
			 PLATFORM_BAD_PARAMETERS);
}

static enum imatee_error get(struct fixture *f,
			     const struct imatee_key_select *select)
{
	struct answer answer = { 0 };

	return ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, select,
			  sizeof(*select), &answer);
}

static void select_ranges(void **state)
{
	struct imatee_key_select select = { 0 };
	unsigned int value = 0;

	for (value = 0; value < 256; value++) {
		select = by_index((uint8_t)value, 0);
		assert_int_equal(get(*state, &select),
				 value >= 1 && value <= IMATEE_RING_COUNT ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_RING);
		select = by_index(IMATEE_RING_IMA, 0);
		select.purpose = (uint8_t)value;
		assert_int_equal(get(*state, &select),
				 value < IMATEE_PURPOSE_COUNT ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_VALUE);
		select = by_index(IMATEE_RING_IMA, 0);
		select.digest_kind = (uint8_t)value;
		assert_int_equal(get(*state, &select),
				 value < IMATEE_DIGEST_FILES ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_VALUE);
		select = by_index(IMATEE_RING_IMA, 0);
		select.select = (uint8_t)value;
		if (value < 1 || value > 3)
			assert_int_equal(get(*state, &select),
					 IMATEE_ERR_BAD_VALUE);
	}
}

static void select_skid_fields(void **state)
{
	const uint8_t skid[4] = { 1, 2, 3, 4 };
	struct imatee_key_select select = { 0 };
	unsigned int len = 0;

	for (len = IMATEE_SKID_MAX + 1; len < 256; len++) {
		select = by_skid(IMATEE_RING_IMA, skid, 4);
		select.skid_len = (uint8_t)len;
		assert_int_equal(get(*state, &select), IMATEE_ERR_TOO_LONG);
	}
	/* an identifier of no bytes, a value beside it, a length without it */
	select = by_skid(IMATEE_RING_IMA, skid, 0);
	assert_int_equal(get(*state, &select), IMATEE_ERR_MALFORMED);
	select = by_skid(IMATEE_RING_IMA, skid, 4);
	select.value = 1;
	assert_int_equal(get(*state, &select), IMATEE_ERR_MALFORMED);
	select = by_keyid(IMATEE_RING_IMA, 0x01020304);
	select.skid_len = 4;
	assert_int_equal(get(*state, &select), IMATEE_ERR_MALFORMED);
	/* bytes behind the end of the identifier */
	for (len = 4; len < IMATEE_SKID_MAX; len++) {
		select = by_skid(IMATEE_RING_IMA, skid, 4);
		select.skid[len] = 1;
		assert_int_equal(get(*state, &select), IMATEE_ERR_MALFORMED);
	}
}

static void list_and_attach_ranges(void **state)
{
	struct fixture *f = *state;
	struct imatee_key_list list = { 0 };
	struct imatee_attach attach = { 0 };
	struct answer answer = { 0 };
	unsigned int value = 0;

	for (value = 0; value < 256; value++) {
		list = make_list((uint8_t)value, 0);
		assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_LIST,
					    &list, sizeof(list), &answer),
				 value <= IMATEE_RING_COUNT ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_RING);
		attach = make_attach((uint8_t)value);
		assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH,
					    &attach, sizeof(attach), &answer),
				 value < IMATEE_MODE_COUNT ?
					 IMATEE_OK :
					 IMATEE_ERR_BAD_VALUE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("each form of request is taken as it is documented",
		     well_formed),
		TEST("each form is refused when cut at any length", truncated),
		TEST("each form is refused with trailing bytes", trailing),
		TEST("each form is refused with any reserved byte set",
		     reserved),
		TEST("a length beyond the memref, or below the head, is refused and has no effect",
		     lying_len),
		TEST("memrefs below a reply or above a message are bad parameters and have no effect",
		     memref_sizes),
		TEST("a memref without memory is bad parameters", no_memref),
		TEST("ring, purpose, digest kind and selector are held to their ranges",
		     select_ranges),
		TEST("a key is named by value or by identifier, never by both",
		     select_skid_fields),
		TEST("ring of a list and mode of an attach are held to their ranges",
		     list_and_attach_ranges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
