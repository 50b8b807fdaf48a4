// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee verify-quote: what is remembered from one quote to the next, trimmed logs, and
 * receipts.
 */
#include <openssl/pem.h>

#include "prover.h"

#define STATE "--state state"

static void entries(struct prover *q, size_t count)
{
	char name[32];

	while (count--) {
		snprintf(name, sizeof(name), "/bin/%zu", q->count);
		prover_file(q, name, name, NULL, 0);
	}
}

/* Is the state as it was when it was copied? */
static void keep(struct prover *q)
{
	prover_run(q, "cp state before");
}

static void is_kept(struct prover *q)
{
	prover_run(q, "cmp state before");
}

static void says(const struct prover *q, const char *text)
{
	if (!strstr(q->message, text))
		fail_msg("no %s in %s", text, q->message);
}

static void says_not(const struct prover *q, const char *text)
{
	if (strstr(q->message, text))
		fail_msg("%s in %s", text, q->message);
}

/* The list is all of it, or from where the last one ended, or from somewhere before. */
static void goes_on(void **state)
{
	struct prover *q = *state;
	size_t first;

	entries(q, 4);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 0");
	for (first = 0; first <= 4; first++) {
		entries(q, 3);
		q->first = first;
		prover_make(q);
		prover_verify(q, 0, NULL, STATE);
	}
	says(q, "\"first\": 16");
	says(q, "\"entries\": 19");
	/* nothing new, and no list at all */
	q->first = q->count;
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 19");
	prover_run(q, "test $(stat -c %%a state) = 600");
}

/* What was hashed before is not hashed again: nobody looks at it. */
static void skips(void **state)
{
	struct prover *q = *state;

	entries(q, 4);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	entries(q, 1);
	prover_prepare(q);
	q->log[q->offset[1] + 60] ^= 1;
	prover_write(q);
	prover_verify(q, 8, "list_differs", "");
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 4");
	q->log[q->offset[1] + 60] ^= 1;
	entries(q, 1);
	prover_prepare(q);
	q->log[q->offset[5] + 60] ^= 1;
	prover_write(q);
	keep(q);
	prover_verify(q, 8, "list_differs", STATE);
	is_kept(q);
}

/* The order goes on from that of the state, whatever the list has before. */
static void goes_on_in_order(void **state)
{
	static const char violation[] = "\x04\0\0\0abcd";
	struct prover *q = *state;

	entries(q, 2);
	prover_entry(q, 11, "n-ng", violation, 8, true);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	entries(q, 2);
	prover_make(q);
	prover_run(
		q,
		"sed 's/\"order\": \"......../\"order\": \"00000000/' before "
		">state && ! cmp -s state before");
	prover_verify(q, 8, "list_differs", STATE);
	says(q, "is not what was logged");
	prover_run(q, "cp before state");
	/* what is new has one violation, of which the name is another in the list */
	prover_entry(q, 11, "n-ng", violation, 8, true);
	prover_make(q);
	q->log[q->offset[q->count] - 1] ^= 1;
	prover_write(q);
	prover_verify(q, 8, "list_differs", STATE);
	says(q, "is not what was logged");
	is_kept(q);
	q->log[q->offset[q->count] - 1] ^= 1;
	prover_write(q);
	prover_verify(q, 0, NULL, STATE);
	/* trimmed where the state ends, and further on */
	prover_trim(q, q->count);
	entries(q, 1);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 6");
}

static void notices_a_gap(void **state)
{
	struct prover *q = *state;

	entries(q, 4);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	entries(q, 4);
	/* it is not in the list */
	q->first = 5;
	prover_make(q);
	prover_verify(q, 11, "log_incomplete", STATE);
	says(q, "entries from 4 to 4 are missing");
	/* nor will it ever be */
	prover_trim(q, 6);
	prover_make(q);
	prover_verify(q, 11, "log_incomplete", STATE);
	says(q, "entries from 4 to 5 are missing");
	is_kept(q);
	prover_trim(q, 4);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
}

static void notices_a_rollback(void **state)
{
	struct prover *q = *state;
	struct imatee_binding binding;

	entries(q, 4);
	q->binding.attach_count = 2;
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	q->count--;
	prover_make(q);
	prover_verify(q, 1, "rolled_back", STATE);
	says(q, "entries, violations or kernels went back (4/0/2, now 3/0/2)");
	q->count++;
	q->binding.attach_count = 1;
	prover_make(q);
	prover_verify(q, 1, "rolled_back", STATE);
	says(q, "(4/0/2, now 4/0/1)");
	is_kept(q);
	/* of the same length, but another log */
	q->binding.attach_count = 2;
	binding = q->binding;
	prover_reset(q);
	q->binding = binding;
	prover_file(q, "/bin/x", "x", NULL, 0);
	entries(q, 3);
	prover_make(q);
	prover_verify(q, 8, "list_differs", STATE);
	entries(q, 1);
	prover_make(q);
	prover_verify(q, 8, "list_differs", STATE);
	is_kept(q);
}

static void starts_over(void **state)
{
	struct prover *q = *state;

	entries(q, 4);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	prover_reset(q);
	entries(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 0");
	/* what was behind the last quote is gone */
	says(q,
	     "was reset since: what its log had behind the first 4 entries of boot ");
	says(q, "\"rebooted\": true");
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"rebooted\": false");
	says_not(q, "reset");
	/* but not in the middle */
	prover_reset(q);
	entries(q, 2);
	prover_trim(q, 1);
	prover_make(q);
	keep(q);
	prover_verify(q, 11, "log_incomplete", STATE);
	says(q, "was reset since");
	is_kept(q);
}

/* Another kernel in the same boot may be one that measures nothing. */
static void tells_kernels(void **state)
{
	struct prover *q = *state;

	entries(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"new_kernels\": 0");
	q->binding.attach_count += 2;
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"new_kernels\": 2");
	says(q, "kernels have attached since the last quote: 2");
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"new_kernels\": 0");
	says_not(q, "kernels have attached");
}

/* Two verifications with one state come one after the other. */
static void is_locked(void **state)
{
	struct prover *q = *state;

	entries(q, 2);
	prover_make(q);
	prover_run(q, "mkfifo ready && { flock state.lock sh -c "
		      "'echo >ready; sleep 1; : >first' & } && read x <ready");
	prover_verify(q, 0, NULL, STATE);
	prover_run(q, "test -e first");
}

static void is_of_one_device(void **state)
{
	struct prover *q = *state;

	entries(q, 1);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	prover_run(q, "sed -i 's/\"ak\": \"000b......../"
		      "\"ak\": \"000b00000000/' state");
	prover_verify(q, 1, "other_device", STATE);
}

/* Without anything that remembers, a log is what the TEE says that it begins with. */
static void trimmed(void **state)
{
	static const char violation[] = "\x04\0\0\0abcd";
	struct prover *q = *state;

	prover_entry(q, 10, "n-ng", violation, 8, true);
	entries(q, 4);
	prover_entry(q, 10, "n-ng", violation, 8, true);
	prover_trim(q, 3);
	prover_make(q);
	prover_verify(q, 0, NULL, "");
	says(q, "entries from 0 to 2 were trimmed");
	says(q, "\"first\": 3");
	/* with entries before, which the kernel has not dropped yet */
	q->first = 1;
	prover_write(q);
	prover_verify(q, 0, NULL, "");
	q->first = 4;
	prover_write(q);
	prover_verify(q, 11, "log_incomplete", "");
	prover_verify(q, 11, "log_incomplete", STATE);
	q->first = 3;
	prover_write(q);
	prover_verify(q, 11, "log_incomplete", STATE);
	prover_run(q, "test ! -e state");
	prover_put(q, "policy", "{\"policy\": 1, \"trimmed\": true}", 30);
	prover_verify(q, 0, NULL, STATE " --policy policy");
	/* with the violations that the TEE has counted */
	prover_entry(q, 10, "n-ng", violation, 8, true);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"violations\": 3");
	/* all of it was trimmed */
	prover_trim(q, q->count);
	prover_make(q);
	prover_verify(q, 0, NULL, "");
	prover_verify(q, 0, NULL, STATE);
}

/* A policy may allow it though there is a state: it is as if that ended there. */
static void trimmed_behind_a_state(void **state)
{
	static const char violation[] = "\x04\0\0\0abcd";
	static const char takes[] = "{\"policy\": 1, \"trimmed\": true}";
	struct prover *q = *state;

	entries(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	prover_entry(q, 10, "n-ng", violation, 8, true);
	entries(q, 3);
	prover_trim(q, 4);
	prover_make(q);
	prover_verify(q, 11, "log_incomplete", STATE);
	says(q, "entries from 2 to 3 are missing");
	says(q, "\\\"trimmed\\\": true in the policy takes it");
	is_kept(q);
	prover_put(q, "policy", takes, strlen(takes));
	prover_verify(q, 0, NULL, STATE " --policy policy");
	says(q, "entries from 2 to 3 were trimmed");
	says(q, "\"first\": 4");
	says(q, "\"violations\": 1");
	/* the next one goes on there, and knows the violation */
	prover_entry(q, 10, "n-ng", violation, 8, true);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	says(q, "\"first\": 6");
	says(q, "\"violations\": 2");
	/* no more violations than the TEE has counted */
	prover_run(q, "cp before state");
	prover_prepare(q);
	q->violations = 0;
	prover_make(q);
	prover_verify(q, 8, "list_differs", STATE " --policy policy");
	/* the list must have what was not trimmed */
	q->violations = 2;
	q->first = 5;
	prover_make(q);
	prover_verify(q, 11, "log_incomplete", STATE " --policy policy");
}

static void malformed_states(void **state)
{
	static const char *const changes[] = {
		"s/{/[/",
		"s/\"state\": 2/\"state\": 1/",
		"s/\"state\": 2/\"state\": 3/",
		"s/\"state\": 2,//",
		"s/\"order\": \"../\"order\": \"/",
		"s/\"order\": /\"other\": /",
		"s/\"entries\"/\"entry\"/",
		"s/\"entries\": 2/\"entries\": -2/",
		"s/\"entries\": 2/\"entries\": 2, \"more\": 2/",
		"s/\"entries\": 2/\"entries\": 2, \"entries\": 2/",
		"s/\"violations\": 0/\"violations\": 3/",
		"s/\"attach_count\": 1/\"attach_count\": 4294967296/",
		"s/\"boot_id\": \"../\"boot_id\": \"xx/",
		"s/\"boot_id\": \"../\"boot_id\": \"/",
		"s/\"pcr\": 10/\"pcr\": 24/",
		"s/\"pcr\": 10/\"pcr\": -1/",
		"s/\"sha1\": \"../\"sha1\": \"/",
		"s/\"sha384\"/\"sha512\"/",
	};
	struct prover *q = *state;
	size_t i;

	entries(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		prover_run(q, "sed '%s' before >state && ! cmp -s state before",
			   changes[i]);
		prover_verify(q, 9, "state_malformed", STATE);
	}
	prover_run(q, ": >state");
	prover_verify(q, 9, "state_malformed", STATE);
	prover_verify(q, 9, "io", "--state none/state");
}

/* What the keeper would do with it. */
static void check_receipt(struct prover *q, const char *key)
{
	struct imatee_log_trim trim = { 0 };
	const struct imatee_receipt *r = &trim.receipt;
	const size_t head = sizeof(trim.hdr);
	uint8_t sig[IMATEE_RECEIPT_SIG_MAX];
	struct imatee_pcr pcrs[IMATEE_PCRS];
	uint8_t digest[32];
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/receipt", q->dir);
	file = fopen(path, "rb");
	assert_non_null(file);
	assert_int_equal(fread((uint8_t *)&trim + head, 1, sizeof(trim) - head,
			       file),
			 sizeof(trim) - head);
	assert_int_equal(fread(sig, 1, sizeof(sig), file), trim.sig_len);
	fclose(file);
	memcpy(pcrs, q->pcrs[q->count], sizeof(pcrs));
	assert_memory_equal(trim.pcrs, pcrs, sizeof(pcrs));
	prover_hash("sha256", pcrs, sizeof(pcrs), digest);
	assert_memory_equal(r->pcrs, digest, sizeof(digest));
	assert_memory_equal(trim.order, q->order[q->count], 32);
	assert_memory_equal(r->order, q->order[q->count], 32);
	assert_memory_equal(r->magic, "imateeR2", 8);
	assert_memory_equal(r->boot_id, q->binding.boot_id, 16);
	assert_int_equal(r->position, q->count);
	assert_int_equal(trim.checkpoint[0], 0xcc);
	assert_int_equal(trim.reserved, 0);
	prover_put(q, "signed", r, sizeof(*r));
	prover_put(q, "signature", sig, trim.sig_len);
	prover_run(q,
		   "openssl dgst -sha256 -prverify %s -signature signature "
		   "signed >/dev/null",
		   key);
}

#define RECEIPT "--receipt receipt --sign-key "

static void receipts(void **state)
{
	struct prover *q = *state;

	prover_run(q, "openssl genrsa -out rsa 2048 2>/dev/null && "
		      "openssl ecparam -name secp384r1 -genkey -noout -out ec "
		      "&& openssl genpkey -algorithm ed25519 -out ed");
	entries(q, 3);
	prover_make(q);
	prover_verify(q, 0, NULL, RECEIPT "rsa");
	check_receipt(q, "rsa");
	prover_verify(q, 0, NULL, RECEIPT "ec " STATE);
	check_receipt(q, "ec");
	entries(q, 2);
	prover_trim(q, 3);
	prover_make(q);
	prover_verify(q, 0, NULL, RECEIPT "ec " STATE);
	check_receipt(q, "ec");
	/* nothing is written if anything is wrong */
	prover_run(q, "rm receipt; cp state before");
	entries(q, 1);
	prover_make(q);
	prover_verify(q, 9, "key_malformed", RECEIPT "ed " STATE);
	prover_verify(q, 9, "key_malformed", RECEIPT "ak.pem " STATE);
	prover_verify(q, 9, "io", RECEIPT "none " STATE);
	is_kept(q);
	prover_run(q, "mv q/checkpoint c");
	prover_verify(q, 1, "quote_malformed", RECEIPT "ec " STATE);
	says(q, "the quote's file checkpoint is not there");
	prover_run(q, "head -c 31 c >q/checkpoint");
	prover_verify(q, 1, "quote_malformed", RECEIPT "ec " STATE);
	prover_run(q, "mv c q/checkpoint; : >q/log");
	prover_verify(q, 11, "log_incomplete", RECEIPT "ec " STATE);
	prover_run(q, "test ! -e receipt");
	is_kept(q);
}

/*
 * A receipt without its state would make each later quote incomplete; a state without its
 * receipt is what a quote leaves that is for none.
 */
static void state_comes_first(void **state)
{
	struct prover *q = *state;
	char options[512];

	prover_run(q,
		   "openssl ecparam -name prime256v1 -genkey -noout -out ec");
	entries(q, 2);
	prover_make(q);
	prover_verify(q, 9, "io", RECEIPT "ec --state none/state");
	/* a name to which nothing can be added: it cannot be replaced */
	snprintf(options, sizeof(options), RECEIPT "ec --state %0249d", 0);
	prover_verify(q, 9, "io", options);
	says(q, "File name too long");
	prover_run(q, "test ! -e receipt");
	prover_verify(q, 0, NULL, STATE);
	keep(q);
	entries(q, 1);
	prover_make(q);
	prover_verify(q, 9, "io",
		      "--receipt none/receipt --sign-key ec " STATE);
	prover_run(q, "! cmp -s state before");
	entries(q, 1);
	prover_make(q);
	prover_verify(q, 0, NULL, RECEIPT "ec " STATE);
	check_receipt(q, "ec");
}

/* What a rename() would replace is the link, or the device. */
static void replaces_files_alone(void **state)
{
	struct prover *q = *state;

	prover_run(q,
		   "openssl ecparam -name prime256v1 -genkey -noout -out ec");
	entries(q, 2);
	prover_make(q);
	prover_verify(q, 0, NULL, STATE);
	prover_run(q, "ln -s state link && mkfifo pipe");
	prover_verify(q, 9, "io", "--state link");
	says(q, "no regular file");
	prover_verify(q, 9, "io", "--receipt pipe --sign-key ec");
	says(q, "no regular file");
	prover_run(q, "test -h link && test -p pipe");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		PROVER_TEST("state: the next quote goes on where the last ended",
			    goes_on),
		PROVER_TEST("state: what was verified is skipped", skips),
		PROVER_TEST("state: what is new is in order", goes_on_in_order),
		PROVER_TEST("state: entries that are missing", notices_a_gap),
		PROVER_TEST("state: a log that was rolled back",
			    notices_a_rollback),
		PROVER_TEST("state: another boot", starts_over),
		PROVER_TEST("state: of another device", is_of_one_device),
		PROVER_TEST("state: another kernel", tells_kernels),
		PROVER_TEST("state: is locked", is_locked),
		PROVER_TEST("state: trimmed logs", trimmed),
		PROVER_TEST("state: a log that was trimmed behind it",
			    trimmed_behind_a_state),
		PROVER_TEST("state: files that are none", malformed_states),
		PROVER_TEST("receipts", receipts),
		PROVER_TEST("receipts: the state is written first",
			    state_comes_first),
		PROVER_TEST("state, receipt: a link, or a device",
			    replaces_files_alone),
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
