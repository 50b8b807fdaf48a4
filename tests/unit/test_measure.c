// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_MEASURE: each template's entry is that of mainline, made a second time here.
 */
#include <stdio.h>

#include "measuring.h"

static struct message m;
static struct answer answer;

/* Template data as it is expected. */
static uint8_t expected[IMATEE_MSG_MAX];
static size_t expected_len;

static void expect_bytes(const void *data, size_t len)
{
	memcpy(expected + expected_len, data, len);
	expected_len += len;
}

static void expect_field(const void *data, size_t len)
{
	const uint32_t field_len = (uint32_t)len;

	expect_bytes(&field_len, sizeof(field_len));
	expect_bytes(data, len);
}

/* "<type><algorithm>:", NUL, and the digest of @data. */
static void expect_digest(const char *type, uint8_t id, const void *data,
			  size_t len)
{
	uint8_t field[200] = { 0 };
	size_t at = (size_t)sprintf((char *)field, "%s%s:", type,
				    algo_of(id)->kernel) +
		    1;

	at += other_digest(id, data, len, field + at);
	expect_field(field, at);
}

static void expect_zeros(const char *type, uint8_t id)
{
	uint8_t field[200] = { 0 };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	size_t at = (size_t)sprintf((char *)field, "%s%s:", type,
				    algo_of(id)->kernel) +
		    1;

	expect_field(field, at + other_digest(id, "", 0, digest));
}

static struct replay replay;

/* Sends the event; its entry is what was expected, and the PCRs follow. */
static void enters(struct fixture *f, const char *name)
{
	const uint64_t before = replay.entries;

	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
	assert_int_equal(measured.position, before);
	assert_int_equal(record_head.pcr, m.head.pcr);
	assert_int_equal(record_head.flags,
			 m.head.flags & IMATEE_EVENT_VIOLATION);
	assert_int_equal(record_head.name_len, strlen(name));
	assert_memory_equal(record + sizeof(record_head), name, strlen(name));
	assert_int_equal(record_head.data_len, expected_len);
	assert_memory_equal(template_data, expected, expected_len);
	replay_records(&replay, record, measured.record_len);
	assert_replayed(f, &replay);
	expected_len = 0;
}

static int setup(void **state)
{
	memset(&replay, 0, sizeof(replay));
	expected_len = 0;
	return fixture_setup(state);
}

static void add_content(uint8_t id, uint8_t roles)
{
	event_add_digest(&m, id, IMATEE_DIGEST_CONTENT, roles);
}

/* As ima_template.c has them. */
static void legacy(struct fixture *f, uint8_t id)
{
	uint8_t digest[64] = { 0 };

	event_begin(&m, "ima", "d|n");
	add_content(id, IMATEE_ROLE_LEGACY);
	event_add_field(&m, "/bin/a", 7);
	expect_field(digest, other_digest(id, "content", 7, digest));
	expect_field("/bin/a", 7);
	enters(f, "ima");
}

/* @sig: NULL, if the template has none. */
static void plain(struct fixture *f, const char *name, const char *format,
		  uint8_t id, const char *sig)
{
	const bool v2 = strstr(format, "d-ngv2") != NULL;

	event_begin(&m, name, format);
	add_content(id, IMATEE_ROLE_FILE);
	event_add_field(&m, "/bin/b", 7);
	expect_digest(v2 ? "ima:" : "", id, "content", 7);
	expect_field("/bin/b", 7);
	if (sig) {
		event_add_field(&m, sig, strlen(sig));
		expect_field(sig, strlen(sig));
	}
	enters(f, name);
}

static void templates(void **state)
{
	size_t i = 0;

	legacy(*state, IMATEE_HASH_SHA1);
	legacy(*state, IMATEE_HASH_MD5);
	for (i = 0; i < ALGOS; i++) {
		plain(*state, "ima-ng", "d-ng|n-ng", algos[i].id, NULL);
		plain(*state, "ima-sig", "d-ng|n-ng|sig", algos[i].id, "");
		plain(*state, "ima-ngv2", "d-ngv2|n-ng", algos[i].id, NULL);
		plain(*state, "ima-sigv2", "d-ngv2|n-ng|sig", algos[i].id,
		      "\3\2signature");
	}
}

static void modsig(void **state)
{
	struct imatee_digest *digest = NULL;

	/* the signature is the end of the content */
	event_begin(&m, "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig");
	event_set_content(&m, "module~signature", 16);
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	digest = event_add_digest(&m, IMATEE_HASH_SHA512, IMATEE_DIGEST_CONTENT,
				  IMATEE_ROLE_MODSIG);
	digest->len = 6;
	event_add_field(&m, "m.ko", 5);
	event_add_field(&m, "", 0);
	event_add_field(&m, "signature", 9);
	expect_digest("", IMATEE_HASH_SHA256, "module~signature", 16);
	expect_field("m.ko", 5);
	expect_field("", 0);
	expect_digest("", IMATEE_HASH_SHA512, "module", 6);
	expect_field("signature", 9);
	enters(*state, "ima-modsig");
	/* a file without one */
	event_begin(&m, "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig");
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	event_add_field(&m, "m.ko", 5);
	event_add_field(&m, "", 0);
	event_add_field(&m, "", 0);
	expect_digest("", IMATEE_HASH_SHA256, "content", 7);
	expect_field("m.ko", 5);
	expect_field("", 0);
	expect_field("", 0);
	expect_field("", 0);
	enters(*state, "ima-modsig");
}

static void buffers(void **state)
{
	uint8_t digest[64] = { 0 };

	/* the buffer itself */
	event_begin(&m, "ima-buf", "d-ng|n-ng|buf");
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	event_add_field(&m, "kexec-cmdline", 14);
	event_add_field(&m, "content", 7);
	expect_digest("", IMATEE_HASH_SHA256, "content", 7);
	expect_field("kexec-cmdline", 14);
	expect_field("content", 7);
	enters(*state, "ima-buf");
	/* its hash, and the hash of that: process_buffer_measurement() */
	event_begin(&m, "ima-buf", "d-ng|n-ng|buf");
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_BUFFER);
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_NESTED,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "policy", 7);
	other_digest(IMATEE_HASH_SHA256, "content", 7, digest);
	expect_digest("", IMATEE_HASH_SHA256, digest, 32);
	expect_field("policy", 7);
	expect_field(digest, 32);
	enters(*state, "ima-buf");
	assert_memory_equal(measured.digests[0].digest, digest, 32);
	assert_int_equal(measured.digests[1].source, IMATEE_DIGEST_TICKET);
}

static void evm_and_custom(void **state)
{
	static const char evm[] =
		"d-ng|n-ng|evmsig|xattrnames|xattrlengths|xattrvalues|iuid|igid|imode";
	static const char *const fields[] = { "/bin/e", "evm",	"names", "len",
					      "values", "\1\2", "\3\4",	 "\5" };
	static const char custom[] = "n-ng|d-ngv2|buf|d|0-z";
	uint8_t digest[64] = { 0 };
	size_t i = 0;

	event_begin(&m, "evm-sig", evm);
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	expect_digest("", IMATEE_HASH_SHA256, "content", 7);
	for (i = 0; i < COUNT(fields); i++) {
		event_add_field(&m, fields[i], strlen(fields[i]));
		expect_field(fields[i], strlen(fields[i]));
	}
	enters(*state, "evm-sig");
	event_begin(&m, "", custom);
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_FILE | IMATEE_ROLE_LEGACY);
	event_add_field(&m, "name", 5);
	event_add_field(&m, "buffer", 6);
	event_add_field(&m, "?", 1);
	other_digest(IMATEE_HASH_SHA1, "content", 7, digest);
	expect_field("name", 5);
	expect_digest("ima:", IMATEE_HASH_SHA1, "content", 7);
	expect_field("buffer", 6);
	expect_field(digest, 20);
	expect_field("?", 1);
	enters(*state, custom);
	/* with lengths, unlike "ima" */
	event_begin(&m, "", "d|n");
	add_content(IMATEE_HASH_SHA1, IMATEE_ROLE_LEGACY);
	event_add_field(&m, "/bin/a", 7);
	expect_field(digest, 20);
	expect_field("/bin/a", 7);
	enters(*state, "d|n");
}

static void verity(void **state)
{
	event_begin(&m, "ima-ngv2", "d-ngv2|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA512, IMATEE_DIGEST_GIVEN,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "/bin/v", 7);
	expect_digest("verity:", IMATEE_HASH_SHA512, "verity", 6);
	expect_field("/bin/v", 7);
	enters(*state, "ima-ngv2");
	/* the kernel's word is no ticket */
	assert_int_equal(measured.digests[0].source, IMATEE_DIGEST_GIVEN);
	assert_true(all_zero(measured.digests[0].mac, 32));
	/* and it is shown, so it is another entry than the file's own digest */
	event_begin(&m, "ima-ngv2", "d-ngv2|n-ng");
	event_set_content(&m, "verity", 6);
	add_content(IMATEE_HASH_SHA512, IMATEE_ROLE_FILE);
	event_add_field(&m, "/bin/v", 7);
	expect_digest("ima:", IMATEE_HASH_SHA512, "verity", 6);
	expect_field("/bin/v", 7);
	enters(*state, "ima-ngv2");
}

static void violations(void **state)
{
	static const uint8_t zeros[64];
	struct imatee_log_status_reply status = { 0 };
	size_t i = 0;

	for (i = 0; i < 2; i++) {
		event_begin(&m, "ima-ngv2", "d-ngv2|n-ng");
		m.head.flags = IMATEE_EVENT_VIOLATION;
		event_add_digest(&m, IMATEE_HASH_SHA512, IMATEE_DIGEST_ZERO,
				 IMATEE_ROLE_FILE);
		event_add_field(&m, "/bin/w", 7);
		expect_zeros("ima:", IMATEE_HASH_SHA512);
		expect_field("/bin/w", 7);
		enters(*state, "ima-ngv2");
		assert_int_equal(record_head.flags, IMATEE_EVENT_VIOLATION);
	}
	event_begin(&m, "ima", "d|n");
	m.head.pcr = 22;
	m.head.flags = IMATEE_EVENT_VIOLATION;
	event_add_digest(&m, IMATEE_HASH_SHA1, IMATEE_DIGEST_ZERO,
			 IMATEE_ROLE_LEGACY);
	event_add_field(&m, "/bin/w", 7);
	expect_field(zeros, 20);
	expect_field("/bin/w", 7);
	enters(*state, "ima");
	log_status(*state, &status);
	assert_int_equal(status.violations, 3);
	assert_int_equal(status.pcrs_used, 1 << 10 | 1 << 22);
	/* zeros without a violation: a boot_aggregate without a TPM */
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA1, IMATEE_DIGEST_ZERO,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "boot_aggregate", 15);
	expect_zeros("", IMATEE_HASH_SHA1);
	expect_field("boot_aggregate", 15);
	enters(*state, "ima-ng");
	assert_true(all_zero(measured.digests[0].mac, 32));
	log_status(*state, &status);
	assert_int_equal(status.violations, 3);
}

static void tickets(void **state)
{
	struct imatee_digest *digest = NULL;
	struct imatee_digest ticket = { 0 };
	size_t i = 0;

	/* by a verifier */
	for (i = 0; i < ALGOS; i++) {
		event_begin(&m, "ima-ng", "d-ng|n-ng");
		event_set_content(&m, "", 0);
		hash_ticket(*state, algos[i].id, 1, "from afar", 9, &ticket);
		m.head.digests[0] = ticket;
		m.head.digests[0].roles = IMATEE_ROLE_FILE;
		m.head.digest_count = 1;
		event_add_field(&m, "/bin/t", 7);
		expect_digest("", algos[i].id, "from afar", 9);
		expect_field("/bin/t", 7);
		enters(*state, "ima-ng");
	}
	/* by the keeper, without an entry */
	event_begin(&m, "", "");
	m.head.flags = IMATEE_EVENT_NO_ENTRY;
	add_content(IMATEE_HASH_SHA384, IMATEE_ROLE_FILE);
	assert_int_equal(event_send(*state, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_NO_ENTRY);
	assert_int_equal(measured.position, 0);
	assert_int_equal(measured.record_len, 0);
	assert_replayed(*state, &replay);
	ticket = measured.digests[0];
	assert_int_equal(ticket.source, IMATEE_DIGEST_TICKET);
	assert_int_equal(ticket.roles, IMATEE_ROLE_FILE);
	assert_int_equal(ticket.len, 0);
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	digest = event_add_digest(&m, IMATEE_HASH_SHA384, IMATEE_DIGEST_TICKET,
				  IMATEE_ROLE_FILE);
	*digest = ticket;
	event_add_field(&m, "/bin/t", 7);
	expect_digest("", IMATEE_HASH_SHA384, "content", 7);
	expect_field("/bin/t", 7);
	enters(*state, "ima-ng");
	/* it comes back as it was */
	assert_memory_equal(&measured.digests[0], &ticket, sizeof(ticket));
}

/* Content, template and fields are read once each, whoever changes them then. */
static uint8_t *base;
static unsigned int reads[IMATEE_MSG_MAX];

static void flip(void *shared, size_t size)
{
	size_t offset = (size_t)((uint8_t *)shared - base);
	size_t i = 0;

	for (i = 0; i < size; i++) {
		reads[offset + i]++;
		((uint8_t *)shared)[i] ^= 0xff;
	}
}

static void changing_message(void **state)
{
	struct fixture *f = *state;
	uint8_t buf[8192] = { 0 };
	uint8_t content[4000] = { 0 };
	size_t reply_len = 0;
	size_t len = 0;
	size_t i = 0;

	event_begin(&m, "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig");
	memset(content, 'x', sizeof(content));
	event_set_content(&m, content, sizeof(content));
	add_content(IMATEE_HASH_SHA256, IMATEE_ROLE_FILE);
	event_add_digest(&m, IMATEE_HASH_SHA512, IMATEE_DIGEST_CONTENT,
			 IMATEE_ROLE_MODSIG)
		->len = 1500;
	event_add_field(&m, "m.ko", 5);
	event_add_field(&m, "sig", 3);
	event_add_field(&m, "modsig", 6);
	len = event_bytes(&m, buf);
	base = buf;
	memset(reads, 0, sizeof(reads));
	host.after_copy_in = flip;
	assert_int_equal(keeper_invoke(&f->keeper, f->kernel,
				       IMATEE_CMD_MEASURE, buf, sizeof(buf),
				       &reply_len),
			 PLATFORM_OK);
	host.after_copy_in = NULL;
	for (i = 0; i < sizeof(buf); i++)
		assert_int_equal(reads[i], i < len);
	/* what was sent is what is logged */
	memcpy(&measured, buf, sizeof(measured));
	assert_int_equal(measured.hdr.error, IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_EXISTS);
}

/* The next kernel, in the same boot of the TEE. */
static void attached(void **state)
{
	struct fixture *f = *state;
	struct imatee_attach attach = make_attach(IMATEE_MODE_FULL);

	event_number(&m, 1);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_EXISTS);
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach,
				    sizeof(attach), &answer),
			 IMATEE_OK);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
	assert_int_equal(measured.position, 1);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_EXISTS);
}

#define TEST_LOG(name, function)                              \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_LOG(
			"entries of ima, ima-ng, ima-sig and their v2 are mainline's, with each hash",
			templates),
		TEST_LOG(
			"entries of ima-modsig are mainline's, with and without a signature",
			modsig),
		TEST_LOG(
			"entries of ima-buf are mainline's, of a buffer and of its hash",
			buffers),
		TEST_LOG(
			"entries of evm-sig and of custom formats are mainline's",
			evm_and_custom),
		TEST_LOG(
			"entries of fs-verity say that the digest is the kernel's word",
			verity),
		TEST_LOG(
			"violations have zeros, extend PCRs by ones, and are never the same",
			violations),
		TEST_LOG(
			"tickets of verifiers and of the keeper stand for content",
			tickets),
		TEST_LOG(
			"each byte of an event is read once, whoever changes it then",
			changing_message),
		TEST_LOG(
			"a kernel's entries are appended after another's attach",
			attached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
