// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee: quotes, their key, and where the log begins. What the keeper says is
 * replaced, so as to be anything.
 */
#include "libfix.h"

#define ATTEST_LEN 145
#define SIG_LEN	   72

static struct {
	struct imatee_quote_reply head;
	uint8_t tail[2 * IMATEE_TPM_MAX + 1];
} quote;

static struct {
	struct imatee_ak_reply head;
	uint8_t tail[IMATEE_TPM_MAX + IMATEE_CSR_MAX + 1];
} ak;

static struct imatee_log_base_reply base;

static uint32_t reply_error;
/* Bytes that the reply is longer than it says. */
static size_t more;

static void put(uint8_t *msg, size_t *len, void *reply, size_t size)
{
	struct imatee_reply *head = reply;

	*len = reply_error ? sizeof(*head) : size;
	head->len = (uint32_t)*len;
	head->error = reply_error;
	memcpy(msg, reply, *len);
}

static void put_reply(uint32_t command, uint8_t *msg, size_t *len)
{
	switch (command) {
	case IMATEE_CMD_QUOTE:
		put(msg, len, &quote,
		    sizeof(quote.head) + quote.head.attest_len +
			    quote.head.sig_len + more);
		break;
	case IMATEE_CMD_AK:
		put(msg, len, &ak,
		    sizeof(ak.head) + ak.head.public_len + ak.head.csr_len +
			    more);
		break;
	case IMATEE_CMD_LOG_BASE:
		put(msg, len, &base, sizeof(base) + more);
		break;
	}
}

static void make_quote(void)
{
	struct imatee_quote_reply *q = &quote.head;

	memset(&quote, 0, sizeof(quote));
	q->hdr.boot_id[0] = 7;
	q->hdr.epoch = 3;
	q->hdr.seal = IMATEE_SEAL_SEALED;
	q->hdr.attach_count = 2;
	memcpy(q->binding.magic, IMATEE_BINDING_MAGIC, 8);
	q->binding.boot_id[0] = 7;
	q->binding.entries = 300;
	q->binding.violations = 2;
	q->binding.trimmed = 100;
	q->binding.epoch = 3;
	q->binding.seal = IMATEE_SEAL_SEALED;
	q->binding.attach_count = 2;
	q->binding.mode = IMATEE_MODE_FULL;
	q->binding.flags = IMATEE_BINDING_DEVELOPMENT;
	q->binding.order[0] = 1;
	q->binding.base_order[31] = 1;
	q->pcrs_used = 1 << 10 | 1 << 11;
	q->attest_len = ATTEST_LEN;
	q->sig_len = SIG_LEN;
	q->checkpoint[0] = 9;
	q->pcrs[10].sha1[0] = 1;
	q->pcrs[11].sha256[0] = 1;
	q->pcrs[23].sha384[0] = 1;
	q->base[10].sha384[47] = 1;
	memset(quote.tail, 0x11, q->attest_len);
	memset(quote.tail + q->attest_len, 0x22, q->sig_len);
}

static void make_ak(void)
{
	memset(&ak, 0, sizeof(ak));
	ak.head.hdr.seal = IMATEE_SEAL_OPEN;
	ak.head.flags = IMATEE_BINDING_DEVELOPMENT;
	ak.head.public_len = 88;
	ak.head.csr_len = 220;
	memset(ak.tail, 0x33, 88);
	memset(ak.tail + 88, 0x44, 220);
}

static void make_base(void)
{
	memset(&base, 0, sizeof(base));
	base.hdr.seal = IMATEE_SEAL_SEALED;
	base.trimmed = 100;
	base.base[10].sha1[0] = 1;
}

static void start(void **state)
{
	libfix_reset(*state);
	libfix.on_reply = put_reply;
	reply_error = 0;
	more = 0;
	make_quote();
	make_ak();
	make_base();
}

static int ask_quote(struct imatee_quote_result *result)
{
	struct imatee *session = libfix_open();
	int rc = imatee_quote(session, IMATEE_HASH_SHA256, "nonce", 5, result);

	imatee_close(session);
	return rc;
}

static int ask_ak(struct imatee_ak *result)
{
	struct imatee *session = libfix_open();
	int rc = imatee_get_ak(session, result);

	imatee_close(session);
	return rc;
}

static int ask_base(struct imatee_log_base *result)
{
	struct imatee *session = libfix_open();
	int rc = imatee_log_base(session, result);

	imatee_close(session);
	return rc;
}

static void tells_all(void **state)
{
	static const struct imatee_pcr zero;
	struct imatee_quote_result r;
	struct imatee_log_base b;
	struct imatee_ak a;

	start(state);
	assert_int_equal(ask_quote(&r), 0);
	assert_memory_equal(&r.binding, &quote.head.binding, sizeof(r.binding));
	assert_int_equal(r.info.entries, 300);
	assert_int_equal(r.info.violations, 2);
	assert_int_equal(r.info.trimmed, 100);
	assert_int_equal(r.info.epoch, 3);
	assert_int_equal(r.info.attach_count, 2);
	assert_true(r.info.sealed);
	assert_int_equal(r.info.mode, IMATEE_MODE_FULL);
	assert_int_equal(r.info.flags, IMATEE_BINDING_DEVELOPMENT);
	assert_memory_equal(r.info.order, quote.head.binding.order, 32);
	assert_memory_equal(r.info.base_order, quote.head.binding.base_order,
			    32);
	assert_int_equal(r.pcrs_used, 1 << 10 | 1 << 11);
	assert_int_equal(r.attest_len, ATTEST_LEN);
	assert_int_equal(r.attest[ATTEST_LEN - 1], 0x11);
	assert_int_equal(r.sig_len, SIG_LEN);
	assert_int_equal(r.sig[0], 0x22);
	assert_int_equal(r.checkpoint[0], 9);
	assert_int_equal(r.pcrs[11].sha256[0], 1);
	assert_int_equal(r.base[10].sha384[47], 1);
	/* it is not one of the log */
	assert_memory_equal(&r.pcrs[23], &zero, sizeof(zero));
	assert_int_equal(ask_ak(&a), 0);
	assert_true(a.development);
	assert_int_equal(a.pub_len, 88);
	assert_int_equal(a.pub[87], 0x33);
	assert_int_equal(a.csr_len, 220);
	assert_int_equal(a.csr[0], 0x44);
	assert_int_equal(ask_base(&b), 0);
	assert_int_equal(b.trimmed, 100);
	assert_memory_equal(b.pcrs, base.base, sizeof(b.pcrs));
}

static void takes_the_extremes(void **state)
{
	struct imatee_quote_result r;
	struct imatee_log_base b;
	struct imatee_ak a;

	start(state);
	quote.head.attest_len = IMATEE_TPM_MAX;
	quote.head.sig_len = IMATEE_TPM_MAX;
	assert_int_equal(ask_quote(&r), 0);
	/* nothing is measured yet */
	make_quote();
	memset(quote.head.pcrs, 0, sizeof(quote.head.pcrs));
	memset(quote.head.base, 0, sizeof(quote.head.base));
	quote.head.pcrs_used = 0;
	quote.head.binding.entries = 0;
	quote.head.binding.violations = 0;
	quote.head.binding.trimmed = 0;
	quote.head.binding.order[0] = 0;
	quote.head.binding.base_order[31] = 0;
	assert_int_equal(ask_quote(&r), 0);
	/* flags of a later version */
	make_quote();
	quote.head.binding.flags = 0x7ffffffe;
	quote.head.hdr.flags = 0x7ffffffe;
	assert_int_equal(ask_quote(&r), 0);
	ak.head.public_len = IMATEE_TPM_MAX;
	ak.head.csr_len = IMATEE_CSR_MAX;
	ak.head.flags = 1;
	assert_int_equal(ask_ak(&a), 0);
	assert_false(a.development);
	memset(&base.base, 0, sizeof(base.base));
	base.trimmed = 0;
	assert_int_equal(ask_base(&b), 0);
}

#define WITH(what, field, value)                             \
	do {                                                 \
		start(state);                                \
		what.field = (value);                        \
		assert_int_equal(ask_##what(&result_##what), \
				 IMATEE_LIB_BAD_REPLY);      \
	} while (0)

static void refuses_what_cannot_be(void **state)
{
	struct imatee_quote_result result_quote = { 0 };
	struct imatee_log_base result_base = { 0 };
	struct imatee_ak result_ak = { 0 };

	WITH(quote, head.binding.magic[0], 'I');
	WITH(quote, head.binding.reserved[2], 1);
	WITH(quote, head.binding.seal, 0);
	WITH(quote, head.binding.seal, 3);
	WITH(quote, head.binding.mode, IMATEE_MODE_COUNT);
	WITH(quote, head.binding.violations, 301);
	WITH(quote, head.binding.trimmed, 301);
	WITH(quote, head.binding.trimmed, 0);
	WITH(quote, head.base[10].sha384[47], 0);
	WITH(quote, head.binding.order[0], 0);
	WITH(quote, head.binding.base_order[31], 0);
	WITH(quote, head.base[12].sha1[0], 1);
	/* not of the call that made it */
	WITH(quote, head.hdr.boot_id[0], 8);
	WITH(quote, head.hdr.epoch, 4);
	WITH(quote, head.hdr.seal, IMATEE_SEAL_OPEN);
	WITH(quote, head.hdr.attach_count, 3);
	WITH(quote, head.hdr.flags, IMATEE_FLAG_TEST_IMAGE);
	WITH(quote, head.pcrs_used, 0);
	WITH(quote, head.pcrs_used, 1 << 10);
	WITH(quote, head.pcrs_used, 1 << 10 | 1 << 11 | 1 << 23);
	WITH(quote, head.pcrs_used, 1 << 10 | 1 << 11 | 1 << 24);
	WITH(quote, head.pcrs[10].reserved[3], 1);
	WITH(quote, head.base[10].reserved[0], 1);
	WITH(quote, head.reserved, 1);
	WITH(quote, head.attest_len, 0);
	WITH(quote, head.attest_len, IMATEE_TPM_MAX + 1);
	WITH(quote, head.sig_len, 0);
	WITH(quote, head.sig_len, IMATEE_TPM_MAX + 1);
	WITH(ak, head.public_len, 0);
	WITH(ak, head.public_len, IMATEE_TPM_MAX + 1);
	WITH(ak, head.csr_len, 0);
	WITH(ak, head.csr_len, IMATEE_CSR_MAX + 1);
	WITH(ak, head.reserved, 1);
	WITH(base, trimmed, 0);
	WITH(base, base[10].sha1[0], 0);
	WITH(base, base[10].reserved[0], 1);
	start(state);
	more = 1;
	assert_int_equal(ask_quote(&result_quote), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(ask_ak(&result_ak), IMATEE_LIB_BAD_REPLY);
	assert_int_equal(result_quote.attest_len, 0);
	assert_int_equal(result_ak.pub_len, 0);
	assert_int_equal(result_base.trimmed, 0);
}

static void passes_on_failures(void **state)
{
	struct imatee_quote_result r;
	struct imatee_log_base b;
	struct imatee_ak a;

	start(state);
	reply_error = IMATEE_ERR_NO_DEVICE_KEY;
	assert_int_equal(ask_quote(&r), IMATEE_ERR_NO_DEVICE_KEY);
	assert_int_equal(ask_ak(&a), IMATEE_ERR_NO_DEVICE_KEY);
	reply_error = IMATEE_ERR_UNKNOWN_COMMAND;
	assert_int_equal(ask_base(&b), IMATEE_ERR_UNKNOWN_COMMAND);
	libfix.invoke_error = IMATEE_LIB_TA_DEAD;
	libfix.fail_command = IMATEE_CMD_QUOTE;
	assert_int_equal(ask_quote(&r), IMATEE_LIB_TA_DEAD);
}

static void long_nonces(void **state)
{
	const uint8_t nonce[IMATEE_NONCE_MAX + 1] = { 0 };
	struct imatee_quote_result r;
	struct imatee *session;

	start(state);
	session = libfix_open();
	assert_int_equal(imatee_quote(session, IMATEE_HASH_SHA256, nonce,
				      IMATEE_NONCE_MAX + 1, &r),
			 IMATEE_ERR_TOO_LONG);
	assert_int_equal(imatee_quote(session, IMATEE_HASH_SHA256, nonce,
				      IMATEE_NONCE_MAX, &r),
			 0);
	assert_int_equal(imatee_quote(session, IMATEE_HASH_SHA256, NULL, 0, &r),
			 0);
	imatee_close(session);
}

static void decodes_a_binding(void **state)
{
	struct imatee_binding_info info = { 0 };
	struct imatee_binding *binding = &quote.head.binding;

	start(state);
	assert_int_equal(
		imatee_decode_binding(binding, sizeof(*binding), &info), 0);
	assert_int_equal(info.entries, 300);
	memset(&info, 0, sizeof(info));
	assert_int_equal(imatee_decode_binding(binding, sizeof(*binding) - 1,
					       &info),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(imatee_decode_binding(binding, sizeof(*binding) + 1,
					       &info),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(imatee_decode_binding(NULL, 0, &info),
			 IMATEE_LIB_BAD_REPLY);
	assert_int_equal(info.entries, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST("lib: a quote, its key, and the base of the log",
		     tells_all),
		TEST("lib: quotes of an empty log, and long ones",
		     takes_the_extremes),
		TEST("lib: quotes that do not fit together",
		     refuses_what_cannot_be),
		TEST("lib: of a keeper that does not quote",
		     passes_on_failures),
		TEST("lib: nonces", long_nonces),
		TEST("lib: a binding by itself", decodes_a_binding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
