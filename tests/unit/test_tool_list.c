// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee quote and imatee log, while the log is trimmed under them: the keeper and the
 * kernel's list are the test's.
 */
#include <errno.h>
#include <sys/stat.h>

/* Before cmocka's fail(). */
#include "tool.h"

#include "client.h"
#include "file.h"
#include "prover.h"

/* What the keeper says next; position of the log's first entry. */
static uint64_t base;
/* Entry with which the kernel's list begins, and how many it lacks at its end. */
static size_t list_first, list_missing;
static struct prover *p;

/* Called before each reply, with the number of the question. */
static void (*before_reply)(uint32_t command, unsigned int number);
static unsigned int questions;

/* How often the kernel has trimmed the list before it was read to its end. */
static unsigned int stale;

int __real_file_read_fd(int fd, size_t max, uint8_t **data, size_t *len);
int __wrap_file_read_fd(int fd, size_t max, uint8_t **data, size_t *len);

int __wrap_file_read_fd(int fd, size_t max, uint8_t **data, size_t *len)
{
	const int rc = __real_file_read_fd(fd, max, data, len);

	if (rc || !stale)
		return rc;
	stale--;
	return ESTALE;
}

static void write_list(void)
{
	FILE *file = fopen(LIST_DIR "/binary_runtime_measurements_sha1", "wb");
	const size_t from = p->offset[list_first];
	const size_t to = p->offset[p->count - list_missing];

	assert_non_null(file);
	assert_int_equal(fwrite(p->log + from, 1, to - from, file), to - from);
	assert_int_equal(fclose(file), 0);
}

static void fill_head(struct imatee_reply *head, size_t len)
{
	head->len = (uint32_t)len;
	memcpy(head->boot_id, p->binding.boot_id, sizeof(head->boot_id));
	head->epoch = p->binding.epoch;
	head->seal = p->binding.seal;
	head->attach_count = p->binding.attach_count;
}

static uint32_t pcrs_used(void)
{
	return p->attest.pcrs & ~(1u << IMATEE_PCR_BINDING);
}

static size_t answer_quote(struct imatee_quote_reply *reply)
{
	uint8_t *tail = (uint8_t *)(reply + 1);

	p->binding.trimmed = base;
	prover_prepare(p);
	reply->binding = p->binding;
	reply->pcrs_used = pcrs_used();
	reply->attest_len = (uint32_t)prover_attest(p, tail);
	reply->sig_len = (uint32_t)prover_sign(p, tail, reply->attest_len,
					       tail + reply->attest_len);
	memcpy(reply->pcrs, p->pcrs[p->count], sizeof(reply->pcrs));
	memcpy(reply->base, p->base, sizeof(reply->base));
	return sizeof(*reply) + reply->attest_len + reply->sig_len;
}

static size_t answer_ak(struct imatee_ak_reply *reply)
{
	uint8_t *tail = (uint8_t *)(reply + 1);

	reply->public_len = (uint32_t)prover_public(p, tail);
	reply->csr_len = 1;
	return sizeof(*reply) + reply->public_len + reply->csr_len;
}

static size_t answer_log_status(struct imatee_log_status_reply *reply)
{
	prover_prepare(p);
	reply->entries = p->count;
	reply->violations = p->violations;
	reply->open_first = p->count;
	reply->pcrs_used = pcrs_used();
	memcpy(reply->pcrs, p->pcrs[p->count], sizeof(reply->pcrs));
	return sizeof(*reply);
}

static size_t answer(uint32_t command, void *msg)
{
	struct imatee_log_base_reply *log_base = msg;
	struct imatee_hello_reply *hello = msg;
	struct imatee_status_reply *status = msg;

	switch (command) {
	case IMATEE_CMD_HELLO:
		hello->abi_major = IMATEE_ABI_MAJOR;
		return sizeof(*hello);
	case IMATEE_CMD_STATUS:
		status->mode = IMATEE_MODE_FULL;
		return sizeof(*status);
	case IMATEE_CMD_LOG_STATUS:
		return answer_log_status(msg);
	case IMATEE_CMD_LOG_BASE:
		log_base->trimmed = base;
		memcpy(log_base->base, p->pcrs[base], sizeof(log_base->base));
		return sizeof(*log_base);
	case IMATEE_CMD_AK:
		return answer_ak(msg);
	default:
		assert_int_equal(command, IMATEE_CMD_QUOTE);
		return answer_quote(msg);
	}
}

static int list_open(void **link)
{
	*link = NULL;
	return 0;
}

static int list_invoke(void *link, uint32_t command, void *msg, size_t size,
		       size_t *len)
{
	(void)link;
	if (before_reply)
		before_reply(command, questions++);
	memset(msg, 0, size);
	*len = answer(command, msg);
	fill_head(msg, *len);
	return 0;
}

static void list_close(void *link)
{
	(void)link;
}

int imatee_open(struct imatee **session, struct imatee_peer *peer)
{
	static const struct transport transport = {
		.open = list_open,
		.invoke = list_invoke,
		.close = list_close,
	};

	return client_open(session, peer, &transport);
}

static int setup(void **state)
{
	char name[16];

	if (prover_setup(state))
		return -1;
	p = *state;
	mkdir(LIST_DIR, 0700);
	base = 0;
	list_first = 0;
	list_missing = 0;
	before_reply = NULL;
	questions = 0;
	stale = 0;
	while (p->count < 6) {
		snprintf(name, sizeof(name), "/%zu", p->count);
		prover_file(p, name, name, NULL, 0);
	}
	write_list();
	return 0;
}

static enum exit_status run_quote_from(const char *from)
{
	struct arguments args = { .command = "quote",
				  .nonce = NONCE,
				  .from = from };
	char path[128];

	snprintf(path, sizeof(path), "%s/q", p->dir);
	args.output = path;
	prover_run(p, "rm -rf q");
	return cmd_quote(&args);
}

static enum exit_status run_quote(void)
{
	return run_quote_from(NULL);
}

/* The directory is what a verifier takes, and begins where the log does. */
static void is_good(uint64_t trimmed)
{
	char wanted[64];

	prover_verify(p, 0, NULL, "");
	snprintf(wanted, sizeof(wanted), "\"trimmed\": %u,",
		 (unsigned int)trimmed);
	assert_non_null(strstr(p->message, wanted));
	prover_run(p, "test $(stat -c %%s q/log) = %zu",
		   p->offset[p->count] - p->offset[trimmed]);
	prover_run(p, "cmp q/ak.pem ak.pem && cmp q/quote.json q/quote.json");
}

static void quotes(void **state)
{
	(void)state;
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(0);
	base = 2;
	list_first = 2;
	write_list();
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(2);
	base = 6;
	list_first = 6;
	write_list();
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(6);
}

/* "BOOT_ID:N", as the state of the last quote has them, or another boot's. */
static const char *seen(unsigned int entries, bool other)
{
	static char text[64];
	char *end = text;
	size_t i;

	for (i = 0; i < sizeof(p->binding.boot_id); i++)
		end += sprintf(end, "%02x", p->binding.boot_id[i] ^ other);
	sprintf(end, ":%u", entries);
	return text;
}

static void log_has(size_t first)
{
	prover_run(p, "test $(stat -c %%s q/log) = %zu",
		   p->offset[p->count] - p->offset[first]);
}

/* Only what a verifier with that state has not seen. */
static void quotes_what_is_new(void **state)
{
	(void)state;
	assert_int_equal(run_quote(), EXIT_OK);
	prover_verify(p, 0, NULL, "--state state");
	prover_file(p, "/new", "new", NULL, 0);
	write_list();
	assert_int_equal(run_quote_from(seen(6, false)), EXIT_OK);
	log_has(6);
	prover_verify(p, 11, "log_incomplete", "");
	prover_verify(p, 0, NULL, "--state state");
	assert_non_null(strstr(p->message, "\"first\": 6"));
	assert_int_equal(run_quote_from(seen(7, false)), EXIT_OK);
	log_has(7);
	prover_verify(p, 0, NULL, "--state state");
	/* as much as there is of it */
	base = 3;
	list_first = 3;
	write_list();
	assert_int_equal(run_quote_from(seen(2, false)), EXIT_OK);
	log_has(3);
	assert_int_equal(run_quote_from(seen(4, false)), EXIT_OK);
	log_has(4);
	/* all, if it is not of that log */
	assert_int_equal(run_quote_from(seen(4, true)), EXIT_OK);
	log_has(3);
	assert_int_equal(run_quote_from(seen(8, false)), EXIT_OK);
	log_has(3);
}

static void not_from(void **state)
{
	static const char *const wrong[] = {
		"6",
		":6",
		"00112233445566778899aabbccddeeff",
		"00112233445566778899aabbccddeeff:",
		"00112233445566778899aabbccddeeff:-1",
		"00112233445566778899aabbccddeeff: 1",
		"00112233445566778899aabbccddeeff:1x",
		"00112233445566778899aabbccddeeff:18446744073709551616",
		"00112233445566778899aabbccddeef:1",
		"00112233445566778899aabbccddeefx:1",
		"00:11:22:33:44:55:66:77:88:99:aa:b:1",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_int_equal(run_quote_from(wrong[i]), EXIT_USAGE);
}

/* The kernel stores an entry when the TEE has answered. */
static void list_comes(uint32_t command, unsigned int number)
{
	(void)number;
	if (command != IMATEE_CMD_LOG_BASE || !list_missing)
		return;
	list_missing--;
	write_list();
}

static void waits_for_the_kernel(void **state)
{
	(void)state;
	list_missing = 3;
	write_list();
	before_reply = list_comes;
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(0);
}

/* The log is trimmed when it has been quoted. */
static void trim_after_quote(uint32_t command, unsigned int number)
{
	(void)number;
	if (command != IMATEE_CMD_LOG_BASE || base)
		return;
	base = 3;
}

static void asks_again(void **state)
{
	(void)state;
	list_first = 3;
	write_list();
	before_reply = trim_after_quote;
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(3);
}

/* The TEE has trimmed, and the kernel is about to. */
static void kernel_drops(uint32_t command, unsigned int number)
{
	(void)number;
	if (command != IMATEE_CMD_LOG_BASE || list_first == base)
		return;
	list_first++;
	write_list();
}

static void waits_for_the_kernel_to_drop(void **state)
{
	(void)state;
	base = 3;
	before_reply = kernel_drops;
	assert_int_equal(run_quote(), EXIT_OK);
	is_good(3);
}

/* Whoever reads the list while it is trimmed gets ESTALE, and asks anew. */
static void reads_again(void **state)
{
	struct arguments args = { .command = "log export" };
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/list", p->dir);
	args.output = path;
	stale = 2;
	assert_int_equal(run_quote(), EXIT_OK);
	assert_int_equal(stale, 0);
	is_good(0);
	stale = 2;
	assert_int_equal(cmd_log_export(&args), EXIT_OK);
	assert_int_equal(stale, 0);
	prover_put(p, "wanted", p->log, p->offset[6]);
	prover_run(p, "cmp list wanted && rm -r q list");
	stale = 100;
	assert_int_equal(run_quote(), EXIT_FAILED);
	assert_int_equal(cmd_log_export(&args), EXIT_FAILED);
	prover_run(p, "test ! -e q && test ! -e list");
}

static void base_moves(uint32_t command, unsigned int number)
{
	if (command == IMATEE_CMD_LOG_BASE)
		base = 1 + number % 5;
}

static void gives_up(void **state)
{
	(void)state;
	list_first = 6;
	write_list();
	before_reply = base_moves;
	assert_int_equal(run_quote(), EXIT_FAILED);
	prover_run(p, "test ! -e q");
	/* an entry that the log has and the list never gets */
	before_reply = NULL;
	base = 0;
	list_first = 0;
	list_missing = 1;
	write_list();
	assert_int_equal(run_quote(), EXIT_DIFFERENT);
	prover_run(p, "test ! -e q");
	/* a list that is another one */
	list_missing = 0;
	p->log[p->offset[3] + 60] ^= 1;
	write_list();
	assert_int_equal(run_quote(), EXIT_DIFFERENT);
	prover_run(p, "test ! -e q");
	base = 2;
	list_first = 2;
	write_list();
	assert_int_equal(run_quote(), EXIT_DIFFERENT);
	prover_run(p, "test ! -e q");
}

static void exports(void **state)
{
	struct arguments args = { .command = "log export" };
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/list", p->dir);
	args.output = path;
	base = 2;
	list_first = 1;
	write_list();
	before_reply = kernel_drops;
	assert_int_equal(cmd_log_export(&args), EXIT_OK);
	prover_put(p, "wanted", p->log + p->offset[2],
		   p->offset[6] - p->offset[2]);
	prover_run(p, "cmp list wanted");
}

#define TEST(name, function)                                 \
	{                                                    \
		name, function, setup, prover_teardown, NULL \
	}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		TEST("list: quotes of a log, and of one that was trimmed",
		     quotes),
		TEST("list: quotes of what a verifier has not seen",
		     quotes_what_is_new),
		TEST("list: --from that is nothing", not_from),
		TEST("list: the kernel's list is behind the log",
		     waits_for_the_kernel),
		TEST("list: the log is trimmed behind a quote", asks_again),
		TEST("list: the kernel has not dropped entries yet",
		     waits_for_the_kernel_to_drop),
		TEST("list: the kernel trims the list while it is read",
		     reads_again),
		TEST("list: a list that is not the log", gives_up),
		TEST("list: export of a log that is trimmed", exports),
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
