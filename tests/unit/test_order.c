// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The order of the log, which is in each quote: OpenSSL makes the same of the records, and
 * it tells what the PCRs do not.
 */
#include <openssl/sha.h>
#include <stdlib.h>

#include "log.h"
#include "quoting.h"

static struct answer answer;
static struct message m;

/* What comes of the records that MEASURE has answered. */
static uint8_t expected[32];

/* One record behind the others, by itself. */
static void follow(void)
{
	uint8_t both[32 + IMATEE_LOG_RECORD_MAX] = { 0 };

	memcpy(both, expected, 32);
	memcpy(both + 32, record, measured.record_len);
	SHA256(both, 32 + measured.record_len, expected);
}

static void measure(struct fixture *f)
{
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	assert_int_equal(measured.outcome, IMATEE_OUTCOME_ADDED);
	follow();
}

static void make_violation(const char *name)
{
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_ZERO,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, name, strlen(name) + 1);
	m.head.flags = IMATEE_EVENT_VIOLATION;
}

/* Of several PCRs, templates and lengths; every fifth is a violation. */
static void measure_some(struct fixture *f, uint32_t number)
{
	static const uint8_t zeros[3000];
	char name[32] = "";

	snprintf(name, sizeof(name), "/bin/%u", (unsigned int)number);
	event_number(&m, number);
	if (number % 5 == 0) {
		make_violation(name);
	} else if (number % 7 == 0) {
		event_begin(&m, "ima", "d|n");
		event_set_content(&m, &number, sizeof(number));
		event_add_digest(&m, IMATEE_HASH_SHA1, IMATEE_DIGEST_CONTENT,
				 IMATEE_ROLE_LEGACY);
		event_add_field(&m, name, strlen(name) + 1);
	} else if (number % 11 == 0) {
		event_begin(&m, "", "n-ng|sig");
		event_add_field(&m, &number, sizeof(number));
		event_add_field(&m, zeros, (size_t)rand() % sizeof(zeros));
	}
	m.head.pcr = 9 + number % 3;
	measure(f);
}

static void quoted_order(struct fixture *f, struct quoted *q)
{
	quote(f, IMATEE_HASH_SHA256, "n", 1, q);
	assert_memory_equal(q->reply.binding.order, expected, 32);
}

static int setup(void **state)
{
	memset(expected, 0, sizeof(expected));
	srand(1);
	return fixture_setup(state);
}

/* Quoted rarely and often, twice in a row, and just when a segment was closed. */
static void is_of_all_records(void **state)
{
	struct fixture *f = *state;
	struct quoted q = { 0 };
	uint32_t closed = 0;
	uint32_t i = 0;

	quoted_order(f, &q);
	assert_true(all_zero(expected, sizeof(expected)));
	for (i = 0; i < 2000; i++) {
		measure_some(f, i);
		closed += measured.closed.count != 0;
		if (measured.closed.count || (i / 200 % 2 && i % 3 == 0)) {
			quoted_order(f, &q);
			quoted_order(f, &q);
		}
		assert_int_equal(q.reply.binding.trimmed, 0);
		assert_true(all_zero(q.reply.binding.base_order, 32));
	}
	assert_true(closed > 10);
	quoted_order(f, &q);
	assert_int_equal(q.reply.binding.entries, 2000);
}

/* What nobody asks for is hashed once for a segment, not with each record. */
static void is_made_when_it_is_wanted(void **state)
{
	struct fixture *f = *state;
	struct quoted q = { 0 };
	struct log *log = NULL;
	uint8_t before[32] = { 0 };
	uint32_t i = 0;

	measure_some(f, 1);
	log = f->keeper.log;
	measure_some(f, 2);
	assert_int_equal(log->ordered, 0);
	assert_true(all_zero(log->order, sizeof(log->order)));
	quoted_order(f, &q);
	assert_int_equal(log->ordered, log->open_len);
	memcpy(before, log->order, sizeof(before));
	for (i = 3; measure_some(f, i), !measured.closed.count; i++) {
		assert_true(log->ordered < log->open_len);
		assert_memory_equal(log->order, before, sizeof(before));
	}
	assert_int_equal(log->ordered, 0);
	assert_memory_equal(log->order, expected, sizeof(expected));
	/* no record of the open segment is read twice */
	measure_some(f, i + 1);
	quoted_order(f, &q);
	memset(log->open, 0xee, log->ordered);
	measure_some(f, i + 2);
	quoted_order(f, &q);
}

/* Another kernel goes on in the same log, in the middle of a segment. */
static void goes_on_across_attach(void **state)
{
	const struct imatee_attach attach = make_attach(IMATEE_MODE_FULL);
	struct fixture *f = *state;
	struct quoted q = { 0 };
	uint32_t i = 0;

	for (i = 0; i < 700; i++) {
		measure_some(f, i);
		if (i % 100 != 50)
			continue;
		assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH,
					    &attach, sizeof(attach), &answer),
				 IMATEE_OK);
		if (i % 200 == 50)
			quoted_order(f, &q);
	}
	quoted_order(f, &q);
}

/* At a position that is past, in a segment that is closed by now. */
static void goes_on_after_trim(void **state)
{
	struct fixture *f = *state;
	struct quoted then = { 0 };
	struct quoted q = { 0 };
	struct checkpoint checkpoint = { .pcrs = then.reply.pcrs,
					 .order = then.reply.binding.order };
	uint32_t i = 0;

	for (i = 0; i < 33; i++)
		measure_some(f, i);
	quoted_order(f, &then);
	for (; i < 700; i++)
		measure_some(f, i);
	checkpoint.position = then.reply.binding.entries;
	log_trim(f->keeper.log, &checkpoint);
	quoted_order(f, &q);
	assert_int_equal(q.reply.binding.trimmed, 33);
	assert_memory_equal(q.reply.binding.base_order,
			    then.reply.binding.order, 32);
	measure_some(f, i);
	quoted_order(f, &q);
	assert_memory_equal(q.reply.binding.base_order,
			    then.reply.binding.order, 32);
}

enum variant {
	AS_IT_WAS,
	SWAPPED,
	OTHER_VIOLATION,
	OTHER_NAME,
	VARIANTS,
};

static void measure_for(struct fixture *f, uint32_t number, uint8_t pcr)
{
	event_number(&m, number);
	m.head.pcr = pcr;
	measure(f);
}

static void measure_variant(struct fixture *f, enum variant v)
{
	measure_for(f, 1, v == SWAPPED ? 11 : 10);
	/* the other one's name and content are the same: the PCRs are two chains */
	measure_for(f, 1, v == SWAPPED ? 10 : 11);
	make_violation(v == OTHER_VIOLATION ? "/bin/true" : "/bin/sshd");
	measure(f);
	event_number(&m, 2);
	if (v == OTHER_NAME) {
		m.name[0] = '\0';
		m.head.name_len = 0;
	}
	measure(f);
}

/* Four logs with the same PCRs, none with the same order. */
static void tells_what_pcrs_do_not(void **state)
{
	static struct quoted q[VARIANTS];
	size_t v = 0;
	size_t i = 0;

	for (v = 0; v < VARIANTS; v++) {
		if (v) {
			assert_int_equal(fixture_teardown(state), 0);
			assert_int_equal(setup(state), 0);
		}
		measure_variant(*state, v);
		quoted_order(*state, &q[v]);
		for (i = 0; i < v; i++) {
			assert_memory_equal(q[i].reply.pcrs, q[v].reply.pcrs,
					    IMATEE_PCR_BINDING *
						    sizeof(struct imatee_pcr));
			assert_memory_not_equal(q[i].reply.binding.order,
						q[v].reply.binding.order, 32);
		}
	}
}

#define TEST_ORDER(name, function)                            \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_ORDER(
			"order: is that of all records, of whatever PCR and segment",
			is_of_all_records),
		TEST_ORDER("order: each record is hashed once, and late",
			   is_made_when_it_is_wanted),
		TEST_ORDER("order: goes on when another kernel attaches",
			   goes_on_across_attach),
		TEST_ORDER("order: goes on in a log that was trimmed",
			   goes_on_after_trim),
		TEST_ORDER(
			"order: tells entries of two PCRs, violations and names apart",
			tells_what_pcrs_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
