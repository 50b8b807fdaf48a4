// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee verify-quote: each check, broken once.
 */
#include <linux/capability.h>
#include <sys/prctl.h>

#include "prover.h"

/* A log with a bit of everything. */
static void fill(struct prover *q)
{
	static const char violation[] = "\x04\0\0\0abcd";

	prover_file(q, "/bin/a", "a", NULL, 0);
	prover_file(q, "/bin/b", "b", "sig", 3);
	prover_entry(q, 11, "n-ng", violation, 8, false);
	prover_entry(q, 10, "n-ng", violation, 8, true);
	prover_file(q, "/bin/c", "c", NULL, 0);
}

static void takes_good_quotes(void **state)
{
	static const char *const banks[] = { "sha1", "sha256", "sha384" };
	static const char *const options[] = { "--bank sha1", "",
					       "--bank sha384" };
	struct prover *q = *state;
	size_t i;

	for (i = 0; i < 3; i++) {
		q->bank = banks[i];
		prover_make(q);
		prover_verify(q, 0, NULL, options[i]);
		fill(q);
		prover_make(q);
		prover_verify(q, 0, NULL, options[i]);
		assert_non_null(strstr(q->message, "\"entries\": 5,"));
		assert_non_null(strstr(q->message, "\"violations\": 1,"));
		prover_reset(q);
	}
}

/* SHA-1 for who wants it, and no other bank than is wanted. */
static void wants_its_bank(void **state)
{
	struct prover *q = *state;

	q->bank = "sha1";
	prover_make(q);
	prover_verify(q, 1, "bank_sha1", "");
	prover_verify(q, 1, "bank_differs", "--bank sha256");
	q->bank = "sha384";
	prover_make(q);
	prover_verify(q, 1, "bank_differs", "--bank sha1");
	prover_verify(q, 2, NULL, "--bank sha512");
}

/* The key in any form. */
static void takes_any_form_of_key(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_make(q);
	prover_run(q, "openssl ec -pubin -in ak.pem -conv_form compressed "
		      "-out c.pem 2>/dev/null && mv c.pem ak.pem");
	prover_verify(q, 0, NULL, "");
	prover_run(q, "openssl ecparam -name prime256v1 -genkey -noout "
		      "-out other.key && openssl req -new -x509 -key "
		      "other.key -subj /CN=ca -out ca.pem 2>/dev/null && "
		      "openssl x509 -new -force_pubkey ak.pem -CA ca.pem "
		      "-CAkey other.key -subj /CN=ak -out ak.crt "
		      "2>/dev/null && mv ak.crt ak.pem");
	prover_verify(q, 0, NULL, "");
}

static void refuses_other_keys(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_make(q);
	prover_run(q, "openssl ecparam -name prime256v1 -genkey -noout | "
		      "openssl ec -pubout -out ak.pem 2>/dev/null");
	prover_verify(q, 1, "bad_signature", "");
	prover_run(q, "openssl ecparam -name secp384r1 -genkey -noout | "
		      "openssl ec -pubout -out ak.pem 2>/dev/null");
	prover_verify(q, 9, "ak_malformed", "");
	prover_run(q, "openssl genrsa 2048 2>/dev/null | "
		      "openssl rsa -pubout -out ak.pem 2>/dev/null");
	prover_verify(q, 9, "ak_malformed", "");
	prover_run(q, "echo >ak.pem");
	prover_verify(q, 9, "ak_malformed", "");
	prover_run(q, "rm ak.pem");
	prover_verify(q, 9, "io", "");
}

static void refuses_other_nonces(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_prepare(q);
	q->attest.nonce[15] ^= 1;
	prover_write(q);
	prover_verify(q, 1, "nonce_differs", "");
	prover_prepare(q);
	q->attest.nonce_len = 15;
	prover_write(q);
	prover_verify(q, 1, "nonce_differs", "");
	q->attest.nonce_len = 0;
	prover_write(q);
	prover_verify(q, 1, "nonce_differs", "");
}

#define WITH(field, value, name)                 \
	do {                                     \
		prover_prepare(q);               \
		q->attest.field = (value);       \
		prover_write(q);                 \
		prover_verify(q, 1, (name), ""); \
	} while (0)

/* Though the key has signed it. */
static void refuses_other_structures(void **state)
{
	struct prover *q = *state;

	fill(q);
	WITH(magic, 0xff544346, "quote_malformed");
	WITH(type, 0x8017, "quote_malformed");
	WITH(selections, 0, "quote_malformed");
	WITH(selections, 2, "quote_malformed");
	WITH(algorithm, 0x000d, "quote_malformed");
	WITH(select_size, 2, "quote_malformed");
	WITH(select_size, 4, "quote_malformed");
	WITH(trailing, 1, "quote_malformed");
	WITH(signer[33], 0xff ^ q->attest.signer[33], "other_signer");
	WITH(signer[1], 0x0c, "other_signer");
	WITH(clock, 1, "clock_differs");
	WITH(resets, q->attest.resets ^ 1, "clock_differs");
	WITH(restarts, 2, "clock_differs");
	WITH(safe, 0, "clock_differs");
	WITH(pcr_digest[0], q->attest.pcr_digest[0] ^ 1, "pcrs_differ");
	/* not looked at */
	prover_prepare(q);
	q->attest.firmware = 77;
	prover_write(q);
	prover_verify(q, 0, NULL, "");
}

static void refuses_other_pcrs(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_prepare(q);
	q->attest.pcrs &= ~(1u << 23);
	prover_digest(q);
	prover_write(q);
	prover_verify(q, 1, "pcrs_missing", "");
	prover_prepare(q);
	q->attest.pcrs &= ~(1u << 10);
	prover_digest(q);
	prover_write(q);
	prover_verify(q, 1, "pcrs_missing", "");
	/* one that has entries is not quoted */
	prover_prepare(q);
	q->attest.pcrs &= ~(1u << 11);
	prover_digest(q);
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	/* one without any has a value */
	prover_prepare(q);
	q->attest.pcrs |= 1u << 3;
	q->values[3][0] = 1;
	prover_digest(q);
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	/* as zeros it may be there */
	q->values[3][0] = 0;
	prover_digest(q);
	prover_write(q);
	prover_verify(q, 0, NULL, "");
	/* the file has other values, or is of another selection or bank */
	prover_prepare(q);
	q->values[10][0] ^= 1;
	prover_write(q);
	prover_verify(q, 1, "pcrs_differ", "");
}

/* FILE OFFSET: of the quote, with this byte changed. */
static void change(struct prover *q, const char *name, long offset)
{
	char path[256];
	FILE *file;
	int c;

	snprintf(path, sizeof(path), "%s/q/%s", q->dir, name);
	file = fopen(path, "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, offset, SEEK_SET), 0);
	c = fgetc(file);
	assert_int_not_equal(c, EOF);
	assert_int_equal(fseek(file, offset, SEEK_SET), 0);
	fputc(c ^ 1, file);
	assert_int_equal(fclose(file), 0);
}

static void refuses_changed_files(void **state)
{
	static const struct {
		const char *file;
		long offset;
		int status;
		const char *name;
	} cases[] = {
		{ "quote.msg", 45, 1, "bad_signature" },
		{ "quote.msg", 0, 1, "quote_malformed" },
		{ "quote.sig", 0, 1, "bad_signature" },
		{ "quote.sig", 3, 1, "bad_signature" },
		{ "quote.sig", 5, 1, "bad_signature" },
		{ "quote.sig", 20, 1, "bad_signature" },
		{ "quote.pcrs", 0, 1, "quote_malformed" },
		{ "quote.pcrs", 4, 1, "quote_malformed" },
		{ "quote.pcrs", 7, 1, "quote_malformed" },
		{ "quote.pcrs", 11, 1, "quote_malformed" },
		{ "quote.pcrs", 12, 1, "quote_malformed" },
		{ "quote.pcrs", 132, 1, "quote_malformed" },
		{ "quote.pcrs", 136, 1, "quote_malformed" },
		{ "quote.pcrs", 140, 1, "quote_malformed" },
		{ "quote.pcrs", 142, 1, "pcrs_differ" },
		{ "quote.pcrs", 667, 1, "quote_malformed" },
		{ "binding", 0, 1, "quote_malformed" },
		{ "binding", 8, 1, "binding_differs" },
		{ "binding", 24, 1, "binding_differs" },
		{ "binding", 69, 1, "quote_malformed" },
		{ "binding", 167, 1, "binding_differs" },
		{ "binding", 199, 1, "binding_differs" },
		{ "binding", 231, 1, "quote_malformed" },
		{ "base", 0, 1, "base_differs" },
		{ "base", 103, 1, "base_differs" },
		{ "log", 0, 8, "list_differs" },
		{ "log", 4, 8, "list_differs" },
		{ "log", 24, 8, "list_malformed" },
		{ "log", 60, 8, "list_differs" },
	};
	struct prover *q = *state;
	size_t i;

	fill(q);
	prover_make(q);
	prover_verify(q, 0, NULL, "");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prover_write(q);
		change(q, cases[i].file, cases[i].offset);
		prover_verify(q, cases[i].status, cases[i].name, "");
	}
}

/* Where the name of its template begins in an entry of the list. */
#define TEMPLATE_AT 28

/* Another byte in the list, of this entry. */
static void flip(struct prover *q, size_t i, size_t at)
{
	q->log[q->offset[i] + at] ^= 1;
}

/* The last byte of what the entry is about. */
static void flip_last(struct prover *q, size_t i)
{
	flip(q, i, q->offset[i + 1] - q->offset[i] - 1);
}

/* An entry and the next one change places. */
static void swap(struct prover *q, size_t i)
{
	const size_t first = q->offset[i + 1] - q->offset[i];
	const size_t second = q->offset[i + 2] - q->offset[i + 1];
	uint8_t copy[4096];

	assert_true(first <= sizeof(copy));
	memcpy(copy, q->log + q->offset[i], first);
	memmove(q->log + q->offset[i], q->log + q->offset[i + 1], second);
	memcpy(q->log + q->offset[i] + second, copy, first);
}

/* Each list makes the quoted PCRs, and is not what was logged. */
static void refuses_another_order(struct prover *q)
{
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	assert_non_null(strstr(q->message, "is not what was logged"));
}

/* What no PCR shows: fill() has /bin/b for PCR 10 before an entry for PCR 11. */
static void refuses_what_only_order_tells(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_make(q);
	prover_verify(q, 0, NULL, "");
	swap(q, 1);
	assert_int_equal(q->log[q->offset[1]], 11);
	refuses_another_order(q);
	prover_reset(q);

	fill(q);
	prover_make(q);
	flip_last(q, 3);
	refuses_another_order(q);
	prover_reset(q);

	fill(q);
	prover_make(q);
	flip(q, 2, TEMPLATE_AT);
	refuses_another_order(q);
	prover_reset(q);

	/* in each bank, and though the entry is the last one */
	q->bank = "sha384";
	fill(q);
	prover_make(q);
	flip(q, 4, TEMPLATE_AT + 6);
	prover_write(q);
	prover_verify(q, 8, "list_differs", "--bank sha384");
}

/* A binding that is signed, and that no keeper makes. */
static void refuses_binding(struct prover *q)
{
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 1, "quote_malformed", "");
}

/* The list is honest, but the TEE has signed that another order is the log's. */
static void refuses_other_orders(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_prepare(q);
	q->binding.order[0] ^= 1;
	prover_bind(q);
	refuses_another_order(q);
	prover_trim(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, "");
	q->binding.base_order[31] ^= 1;
	prover_bind(q);
	refuses_another_order(q);
	/* nothing was trimmed, and there is an order before it; or the other way round */
	prover_trim(q, 0);
	prover_prepare(q);
	q->binding.base_order[31] ^= 1;
	refuses_binding(q);
	prover_trim(q, 2);
	prover_prepare(q);
	memset(q->binding.base_order, 0, sizeof(q->binding.base_order));
	refuses_binding(q);
	prover_trim(q, 0);
	prover_prepare(q);
	memset(q->binding.order, 0, sizeof(q->binding.order));
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 1, "quote_malformed", "");
}

/* Missing, empty, too short and too long ones. */
static void refuses_cut_files(void **state)
{
	static const struct {
		const char *file;
		int status;
		const char *too_long;
	} cases[] = {
		{ "quote.msg", 1, "65537" },  { "quote.sig", 1, "65537" },
		{ "quote.pcrs", 1, "65537" }, { "binding", 1, "65537" },
		{ "base", 1, "65537" },	      { "log", 8, "1073741825" },
	};
	struct prover *q = *state;
	size_t i;

	fill(q);
	prover_prepare(q);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		prover_write(q);
		prover_run(q, "truncate -s -1 q/%s", cases[i].file);
		prover_verify(q, cases[i].status, NULL, "");
		prover_run(q, "truncate -s +1 q/%s; printf x >>q/%s",
			   cases[i].file, cases[i].file);
		prover_verify(q, cases[i].status, NULL, "");
		prover_run(q, ": >q/%s", cases[i].file);
		prover_verify(q, strcmp(cases[i].file, "log") ? 1 : 11, NULL,
			      "");
		prover_run(q, "rm q/%s", cases[i].file);
		prover_verify(q, 1, "quote_malformed", "");
		prover_run(q, "mkfifo q/%s", cases[i].file);
		prover_verify(q, 1, "quote_malformed", "");
		prover_run(q, "rm q/%s; ln -s /proc/self/mem q/%s",
			   cases[i].file, cases[i].file);
		prover_verify(q, 1, "quote_malformed", "");
		prover_run(q, "rm q/%s && truncate -s %s q/%s", cases[i].file,
			   cases[i].too_long, cases[i].file);
		prover_verify(q, 1, "quote_malformed", "");
		assert_non_null(strstr(q->message, "more than "));
	}
}

/* The device's archive may have made it so. Root may read it all the same. */
static void refuses_what_it_may_not_read(void **state)
{
	struct prover *q = *state;

	prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
	prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH);
	fill(q);
	prover_make(q);
	prover_run(q, "chmod 0 q/log");
	prover_verify(q, 1, "quote_malformed", "");
	assert_non_null(strstr(q->message, "can be read"));
	prover_run(q, "chmod 600 q/log && chmod 0 q");
	prover_verify(q, 1, "quote_malformed", "");
	prover_run(q, "chmod 700 q");
	prover_verify(q, 0, NULL, "");
}

#define WITH_BINDING(field, value, status, name, options)        \
	do {                                                     \
		const struct imatee_binding before = q->binding; \
                                                                 \
		q->binding.field = (value);                      \
		prover_make(q);                                  \
		prover_verify(q, (status), (name), (options));   \
		q->binding = before;                             \
	} while (0)

static void says_what_it_does_not_take(void **state)
{
	struct prover *q = *state;

	fill(q);
	WITH_BINDING(flags, IMATEE_BINDING_DEVELOPMENT, 1, "development", "");
	WITH_BINDING(flags, IMATEE_BINDING_DEVELOPMENT, 0, NULL,
		     "--development");
	assert_non_null(strstr(q->message, "DEVELOPMENT"));
	WITH_BINDING(flags, IMATEE_FLAG_TEST_IMAGE, 1, "test_image", "");
	WITH_BINDING(flags, IMATEE_FLAG_TEST_IMAGE, 0, NULL, "--development");
	WITH_BINDING(flags,
		     IMATEE_FLAG_EVM_REVOKED | IMATEE_FLAG_DIGEST_REVOKED, 0,
		     NULL, "");
	WITH_BINDING(seal, IMATEE_SEAL_OPEN, 10, "not_sealed", "");
	WITH_BINDING(seal, 3, 1, "quote_malformed", "");
	WITH_BINDING(mode, IMATEE_MODE_VERIFY, 10, "mode_not_allowed", "");
	WITH_BINDING(mode, IMATEE_MODE_COUNT, 1, "quote_malformed", "");
	WITH_BINDING(reserved[2], 1, 1, "quote_malformed", "");
	WITH_BINDING(magic[7], '1', 1, "quote_malformed", "");
}

static void counts_do_not_fit(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_prepare(q);
	q->binding.violations++;
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	prover_prepare(q);
	q->binding.violations = q->binding.entries + 1;
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 1, "quote_malformed", "");
	prover_prepare(q);
	q->binding.entries--;
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	/* the first entry would not be in the list */
	prover_prepare(q);
	q->binding.entries++;
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 11, "log_incomplete", "");
	prover_prepare(q);
	q->binding.trimmed = q->binding.entries + 1;
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 1, "quote_malformed", "");
	/* nothing was trimmed, and there is a base */
	q->binding.trimmed = 0;
	prover_prepare(q);
	q->base[10].sha1[0] = 1;
	prover_hash("sha256", q->base, sizeof(q->base), q->binding.base);
	prover_bind(q);
	prover_write(q);
	prover_verify(q, 1, "base_differs", "");
}

static void usage(void **state)
{
	struct prover *q = *state;

	fill(q);
	prover_make(q);
	prover_imatee(q, 2, "usage", "verify-quote --nonce " NONCE " q");
	prover_imatee(q, 2, "usage", "verify-quote --ak ak.pem q");
	prover_imatee(q, 2, "usage", "verify-quote --ak ak.pem --nonce 0 q");
	prover_imatee(q, 2, "usage", "verify-quote --ak ak.pem --nonce '' q");
	prover_verify(q, 2, "usage", "--receipt r");
	prover_verify(q, 2, "usage", "--sign-key k");
	prover_verify(q, 2, NULL, "--bank none");
	prover_imatee(q, 2, NULL, "verify-quote --ak ak.pem --nonce " NONCE);
	prover_imatee(q, 9, "io",
		      "verify-quote --ak ak.pem --nonce " NONCE " none");
	/* what asks the TEE finds none here */
	prover_imatee(q, 3, "no_tee", "quote --nonce 00 -o new");
	prover_imatee(q, 2, "usage", "quote --nonce 00");
	prover_imatee(q, 2, "usage", "quote -o new");
	prover_imatee(q, 2, "usage", "ak --pem --csr");
	prover_imatee(q, 3, "no_tee", "ak --tpm2b");
	prover_imatee(q, 1, "receipt_malformed", "log trim ak.pem");
	prover_run(q, "head -c 3000 /dev/zero >r; head -c 4000 /dev/zero >s");
	prover_imatee(q, 3, "no_tee", "log trim r");
	prover_imatee(q, 9, "too_long", "log trim s");
	prover_run(q, "test ! -e new");
	prover_imatee(q, 0, NULL, "ak --help");
	assert_non_null(strstr(q->message, "[--pem | --tpm2b | --csr]"));
	prover_imatee(q, 0, NULL, "quote --help");
	assert_non_null(strstr(q->message, "--nonce HEX --output DIR"));
	prover_imatee(q, 0, NULL, "keys export --help");
	assert_non_null(strstr(q->message,
			       "keys export ID [--ring RING] [--pem] "
			       "[--output FILE] [--json]"));
}

/* Whoever has tpm2-tools takes it, too. */
static void tpm2_tools_take_it(void **state)
{
	static const char *const banks[] = { "sha1", "sha256", "sha384" };
	struct prover *q = *state;
	size_t i;

	if (system("command -v tpm2_checkquote >/dev/null 2>&1"))
		skip();
	fill(q);
	for (i = 0; i < 3; i++) {
		q->bank = banks[i];
		prover_make(q);
		prover_run(q,
			   "tpm2_checkquote -u ak.pem -m q/quote.msg "
			   "-s q/quote.sig -f q/quote.pcrs -g sha256 -q " NONCE
			   " >/dev/null");
	}
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		PROVER_TEST("quote: in the bank that is wanted",
			    wants_its_bank),
		PROVER_TEST("quote: good ones, in each bank",
			    takes_good_quotes),
		PROVER_TEST("quote: the key compressed, or in a certificate",
			    takes_any_form_of_key),
		PROVER_TEST("quote: another key", refuses_other_keys),
		PROVER_TEST("quote: another nonce", refuses_other_nonces),
		PROVER_TEST("quote: a field that should be another",
			    refuses_other_structures),
		PROVER_TEST("quote: other PCRs", refuses_other_pcrs),
		PROVER_TEST("quote: a changed byte of each file",
			    refuses_changed_files),
		PROVER_TEST(
			"quote: entries of two PCRs swapped, a violation or a template's name changed",
			refuses_what_only_order_tells),
		PROVER_TEST("quote: an order that is not the list's",
			    refuses_other_orders),
		PROVER_TEST("quote: files that are cut or longer",
			    refuses_cut_files),
		PROVER_TEST("a file of the quote that may not be read",
			    refuses_what_it_may_not_read),
		PROVER_TEST("quote: development, seal and mode",
			    says_what_it_does_not_take),
		PROVER_TEST("quote: numbers that do not fit the log",
			    counts_do_not_fit),
		PROVER_TEST("quote: command lines", usage),
		PROVER_TEST("quote: for tpm2_checkquote", tpm2_tools_take_it),
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
