// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the keeper quotes is what imatee verify-quote takes, and its receipt is what the
 * keeper takes.
 */
#include <openssl/pem.h>

#include "prover.h"
#include "quoting.h"

static struct answer answer;
static struct message m;
static struct prover *prover;
static struct fixture *fixture;

/* Behind the list, where an entry ends that is being put there. */
static void put(const void *data, size_t len)
{
	size_t *end = &prover->offset[prover->count + 1];

	memcpy(prover->log + *end, data, len);
	*end += len;
}

/* The digest of the last entry, and its data as the kernel's list has them. */
struct shown {
	uint8_t digest[64];
	uint8_t data[4096];
	uint32_t len;
};

static void show(struct shown *s)
{
	memcpy(s->data, &record_head.data_len, 4);
	memcpy(s->data + 4, template_data, record_head.data_len);
	s->len = 4 + record_head.data_len;
	other_digest(IMATEE_HASH_SHA1, template_data, record_head.data_len,
		     s->digest);
}

/*
 * As show_binary() and ima_show_template_data_binary() have the template "ima": d without
 * its length, n without its NUL, and no length of both.
 */
static void show_ima(struct shown *s)
{
	uint8_t both[64 + 256] = { 0 };
	uint32_t d_len, n_len;
	const uint8_t *n;

	memcpy(&d_len, template_data, 4);
	n = template_data + 4 + d_len + 4;
	n_len = (uint32_t)strlen((const char *)n);
	memcpy(s->data, template_data + 4, d_len);
	memcpy(s->data + d_len, &n_len, 4);
	memcpy(s->data + d_len + 4, n, n_len);
	s->len = d_len + 4 + n_len;
	memcpy(both, template_data + 4, d_len);
	memcpy(both + d_len, n, n_len);
	other_digest(IMATEE_HASH_SHA1, both, d_len + 256, s->digest);
}

/* The last record in the form of the kernel's list. */
static void list_record(void)
{
	const uint32_t pcr = record_head.pcr, name_len = record_head.name_len;
	const uint8_t *name = record + sizeof(record_head);
	struct shown shown = { 0 };

	if (name_len == 3 && !memcmp(name, "ima", 3))
		show_ima(&shown);
	else
		show(&shown);
	if (record_head.flags & IMATEE_EVENT_VIOLATION)
		memset(shown.digest, 0, sizeof(shown.digest));
	prover->offset[prover->count + 1] = prover->offset[prover->count];
	put(&pcr, sizeof(pcr));
	put(shown.digest, 20);
	put(&name_len, sizeof(name_len));
	put(name, name_len);
	put(shown.data, shown.len);
	prover->count++;
}

static void measure(uint32_t number)
{
	event_number(&m, number);
	assert_int_equal(event_send(fixture, &m, &answer), IMATEE_OK);
	list_record();
}

static void violate(void)
{
	event_begin(&m, "ima-ng", "d-ng|n-ng");
	event_add_digest(&m, IMATEE_HASH_SHA256, IMATEE_DIGEST_ZERO,
			 IMATEE_ROLE_FILE);
	event_add_field(&m, "/bin/file", 10);
	m.head.flags = IMATEE_EVENT_VIOLATION;
	m.head.pcr = 11;
	assert_int_equal(event_send(fixture, &m, &answer), IMATEE_OK);
	list_record();
}

/* In the template "ima", by MD5 or SHA-1. */
static void measure_legacy(uint8_t algo, const char *name, bool violation)
{
	event_begin(&m, "ima", "d|n");
	event_set_content(&m, name, strlen(name));
	event_add_digest(&m, algo,
			 violation ? IMATEE_DIGEST_ZERO : IMATEE_DIGEST_CONTENT,
			 IMATEE_ROLE_LEGACY);
	event_add_field(&m, name, strlen(name) + 1);
	m.head.flags = violation ? IMATEE_EVENT_VIOLATION : 0;
	assert_int_equal(event_send(fixture, &m, &answer), IMATEE_OK);
	list_record();
}

/* In a format of its own, which is shown in the place of a name. */
static void measure_custom(const char *sig)
{
	event_begin(&m, "", "n-ng|sig");
	event_add_field(&m, "/bin/custom", 12);
	event_add_field(&m, sig, strlen(sig));
	m.head.pcr = 12;
	assert_int_equal(event_send(fixture, &m, &answer), IMATEE_OK);
	list_record();
}

static size_t from_hex(const char *text, uint8_t *data)
{
	size_t len = 0;

	while (sscanf(text + 2 * len, "%2hhx", &data[len]) == 1)
		len++;
	return len;
}

static void write_key(void)
{
	EVP_PKEY *key = ak_public(fixture);
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/ak.pem", prover->dir);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(PEM_write_PUBKEY(file, key));
	fclose(file);
	EVP_PKEY_free(key);
}

static void set_values(const struct imatee_quote_reply *reply, uint8_t bank)
{
	const struct imatee_pcr *pcr;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		pcr = &reply->pcrs[i];
		if (bank == IMATEE_HASH_SHA1)
			memcpy(prover->values[i], pcr->sha1, 20);
		else if (bank == IMATEE_HASH_SHA256)
			memcpy(prover->values[i], pcr->sha256, 32);
		else
			memcpy(prover->values[i], pcr->sha384, 48);
	}
	prover->bank = bank == IMATEE_HASH_SHA1	  ? "sha1" :
		       bank == IMATEE_HASH_SHA256 ? "sha256" :
						    "sha384";
}

/* All that imatee quote writes and imatee verify-quote reads. */
static void write_quote(uint8_t bank)
{
	struct quoted q = { 0 };
	struct attested a = { 0 };
	uint8_t nonce[64];

	quote(fixture, bank, nonce, from_hex(NONCE, nonce), &q);
	write_key();
	quote_parse(&q, &a);
	prover->attest.pcrs = a.pcrs;
	set_values(&q.reply, bank);
	prover_run(prover, "rm -rf q && mkdir q");
	prover_put(prover, "q/quote.msg", q.attest, q.attest_len);
	prover_put(prover, "q/quote.sig", q.signature, q.sig_len);
	prover_put_pcrs(prover);
	prover_put(prover, "q/binding", &q.reply.binding,
		   sizeof(q.reply.binding));
	prover_put(prover, "q/base", q.reply.base, sizeof(q.reply.base));
	prover_put(prover, "q/checkpoint", q.reply.checkpoint,
		   sizeof(q.reply.checkpoint));
	prover_put(prover, "q/log", prover->log + prover->offset[prover->first],
		   prover->offset[prover->count] -
			   prover->offset[prover->first]);
}

/* The kernel brings the receipt. */
static enum imatee_error trim(void)
{
	uint8_t request[sizeof(struct imatee_log_trim) +
			IMATEE_RECEIPT_SIG_MAX] = { 0 };
	char path[128];
	uint32_t len;
	FILE *file;

	snprintf(path, sizeof(path), "%s/receipt", prover->dir);
	file = fopen(path, "rb");
	assert_non_null(file);
	len = 8 + (uint32_t)fread(request + 8, 1, sizeof(request) - 8, file);
	fclose(file);
	memcpy(request, &len, sizeof(len));
	return ask_keeper(fixture, fixture->kernel, IMATEE_CMD_LOG_TRIM,
			  request, len, &answer);
}

static int setup(void **state)
{
	void *of_prover = NULL;
	void *of_fixture = NULL;

	if (prover_setup(&of_prover) ||
	    fixture_setup_with(&of_fixture, &keytab_builtin,
			       keytab_builtin_digest))
		return -1;
	prover = of_prover;
	fixture = of_fixture;
	(void)state;
	return 0;
}

static int teardown(void **state)
{
	void *of_prover = prover;
	void *of_fixture = fixture;

	(void)state;
	return fixture_teardown(&of_fixture) | prover_teardown(&of_prover);
}

#define POLICY "--development --policy policy "

static void allow(const char *text)
{
	prover_put(prover, "policy", text, strlen(text));
}

/* The first bank is SHA-1, which has to be asked for. */
#define IN(bank, options) ((bank) ? options : "--bank sha1 " options)

static void takes_what_the_keeper_quotes(void **state)
{
	static const uint8_t banks[] = { IMATEE_HASH_SHA1, IMATEE_HASH_SHA256,
					 IMATEE_HASH_SHA384 };
	size_t i;

	(void)state;
	allow("{\"policy\": 1, \"unsealed\": true, \"modes\": [\"off\"]}");
	for (i = 0; i < 3; i++) {
		write_quote(banks[i]);
		prover_verify(prover, 1, "development", IN(i, ""));
		prover_verify(prover, 10, "mode_not_allowed",
			      IN(i, "--development"));
		prover_verify(prover, 0, NULL, IN(i, POLICY "--state state"));
		measure((uint32_t)i);
		measure(100 + (uint32_t)i);
		violate();
		write_quote(banks[i]);
		prover_verify(prover, 0, NULL, IN(i, POLICY));
		prover_verify(prover, 0, NULL, IN(i, POLICY "--state state"));
	}
	assert_non_null(strstr(prover->message, "\"entries\": 9,"));
	assert_non_null(strstr(prover->message, "\"violations\": 3,"));
}

/* The record is made anew from the list, which does not have all of its bytes. */
static void takes_each_template(void **state)
{
	static const uint8_t legacy[] = { IMATEE_HASH_SHA1, IMATEE_HASH_MD5 };
	char name[256] = "";
	size_t i;

	(void)state;
	allow("{\"policy\": 1, \"unsealed\": true, \"modes\": [\"off\"]}");
	memset(name, 'n', sizeof(name) - 1);
	for (i = 0; i < 2; i++) {
		measure_custom(i ? "signature" : "");
		measure_legacy(legacy[i], "/bin/x", false);
		measure_legacy(legacy[i], name, false);
		measure_legacy(legacy[i], "/bin/violated", true);
		write_quote(IMATEE_HASH_SHA256);
		prover_verify(prover, 0, NULL, POLICY);
		prover_verify(prover, 0, NULL, POLICY "--state state");
		name[254] = '\0';
	}
	/* the last violation is about another file; its digest is no matter of the PCRs, too */
	prover->log[prover->offset[prover->count] - 1] ^= 1;
	write_quote(IMATEE_HASH_SHA256);
	prover_verify(prover, 8, "list_differs", POLICY);
	prover->log[prover->offset[prover->count] - 1] ^= 1;
	prover->log[prover->offset[prover->count - 1] + 4 + 20 + 4 + 3] ^= 1;
	write_quote(IMATEE_HASH_SHA256);
	prover_verify(prover, 8, "list_differs", POLICY);
}

#define RECEIPT \
	"--receipt receipt --sign-key " BUILTIN_DIR "/private/%s.key " POLICY

static void its_receipts_trim(void **state)
{
	static const char *const keys[] = { "a-receipt", "b-receipt" };
	char options[1024];
	size_t i;

	(void)state;
	allow("{\"policy\": 1, \"unsealed\": true, \"modes\": [\"off\"]}");
	for (i = 0; i < 2; i++) {
		measure((uint32_t)i);
		measure(10 + (uint32_t)i);
		write_quote(IMATEE_HASH_SHA256);
		/* what comes meanwhile is kept */
		measure(20 + (uint32_t)i);
		snprintf(options, sizeof(options), RECEIPT "--state state",
			 keys[i]);
		prover_verify(prover, 0, NULL, options);
		assert_int_equal(trim(), IMATEE_OK);
		prover->first = prover->count - 1;
		write_quote(IMATEE_HASH_SHA384);
		prover_verify(prover, 0, NULL, POLICY);
		prover_verify(prover, 0, NULL, POLICY "--state state");
	}
	assert_non_null(strstr(prover->message, "\"trimmed\": 5,"));
	/* by somebody else, or changed */
	prover_run(
		prover,
		"openssl genrsa -out other 2048 2>/dev/null && cp receipt r");
	prover_verify(prover, 0, NULL,
		      "--receipt receipt --sign-key other " POLICY);
	assert_int_equal(trim(), IMATEE_ERR_RECEIPT);
	prover_run(prover, "printf x | dd of=r bs=1 seek=100 conv=notrunc "
			   "2>/dev/null && mv r receipt");
	assert_int_not_equal(trim(), IMATEE_OK);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		{ "quote: verify-quote takes what the keeper quotes",
		  takes_what_the_keeper_quotes, setup, teardown, NULL },
		{ "quote: of entries of each form", takes_each_template, setup,
		  teardown, NULL },
		{ "quote: and the keeper its receipts", its_receipts_trim,
		  setup, teardown, NULL },
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
