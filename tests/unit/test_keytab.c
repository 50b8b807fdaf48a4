// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keytab: files and directories, what is revoked, and what it writes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sandbox.h"

static void no_keys(void **state)
{
	struct sandbox *s = *state;

	accepts(s);
	assert_non_null(strstr(s->message, "no keys at all"));
	in_keys(s, "rmdir ima evm platform ca");
	accepts(s);
}

static void no_directory(void **state)
{
	struct sandbox *s = *state;

	in_keys(s, "cd .. && rm -r keys");
	assert_int_equal(run_keytab(s, NOW), 1);
	assert_non_null(strstr(s->message, "keys: No such file"));
}

static void not_a_certificate(void **state)
{
	struct sandbox *s = *state;

	in_keys(s, "echo hello > ima/a.pem");
	refuses(s, "ima/a.pem", "not a PEM certificate");
	in_keys(s, "mv ima/a.pem ima/a.der");
	refuses(s, "ima/a.der", "not an X.509 certificate");
	in_keys(s, ": > ima/a.der");
	refuses(s, "ima/a.der", "not an X.509 certificate");
}

static void private_key(void **state)
{
	struct sandbox *s = *state;

	in_keys(s,
		"printf -- '-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\\n' > evm/a.pem");
	refuses(s, "evm/a.pem", "holds a PRIVATE KEY");
}

static void two_in_a_file(void **state)
{
	struct sandbox *s = *state;

	put(s, "ima/a.pem", &mkcert_good);
	put(s, "evm/b.pem", &mkcert_good);
	in_keys(s, "cat evm/b.pem >> ima/a.pem && rm evm/b.pem");
	refuses(s, "ima/a.pem", "more than one block");
}

static void trailing_garbage(void **state)
{
	struct sandbox *s = *state;

	put(s, "ima/a.der", &mkcert_good);
	in_keys(s, "printf x >> ima/a.der");
	refuses(s, "ima/a.der", "1 bytes of trailing garbage");
	in_keys(s, "rm ima/a.der");
	put(s, "ima/a.pem", &mkcert_good);
	in_keys(s, "echo >> ima/a.pem");
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c; echo x >> ima/a.pem");
	refuses(s, "ima/a.pem", "trailing garbage");
}

static void truncated(void **state)
{
	struct sandbox *s = *state;

	put(s, "ima/a.der", &mkcert_good);
	in_keys(s, "truncate -s -1 ima/a.der");
	refuses(s, "ima/a.der", "not an X.509 certificate");
}

static void duplicate(void **state)
{
	struct sandbox *s = *state;

	put(s, "ima/a.pem", &mkcert_good);
	in_keys(s, "cp ima/a.pem evm/a.pem");
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c; cp ima/a.pem ima/b.pem");
	refuses(s, "ima/b.pem", "the same certificate as keys/ima/a.pem");
}

/* A key of receipts is for nothing else. */
static void receipt_apart(void **state)
{
	struct sandbox *s = *state;

	in_keys(s, "mkdir receipt");
	put(s, "receipt/a.pem", &mkcert_good);
	put(s, "ima/b.pem", &mkcert_good);
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c; cp receipt/a.pem platform/c.pem");
	refuses(s, "receipt/a.pem", "make one that signs nothing but receipts");
	in_keys(s, "mv platform/c.pem evm/c.pem");
	refuses(s, "receipt/a.pem", "its key is that of keys/evm/c.pem");
}

static void duplicate_keyid(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.skid = "0102AABBCCDD";
	put(s, "ima/a.pem", &spec);
	spec.skid = "0304AABBCCDD";
	put(s, "evm/b.pem", &spec);
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c; mv evm/b.pem ima/b.pem");
	refuses(s, "ima/b.pem", "key id aabbccdd is that of keys/ima/a.pem");
}

static void full_ring(void **state)
{
	struct sandbox *s = *state;
	char name[64] = "";
	int i = 0;

	for (i = 0; i < 32; i++) {
		snprintf(name, sizeof(name), "evm/%02d.der", i);
		put(s, name, &mkcert_good);
	}
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c");
	put(s, "evm/99.der", &mkcert_good);
	refuses(s, "evm/99.der", "more than 32 certificates in evm/");
}

static void other_names(void **state)
{
	struct sandbox *s = *state;

	in_keys(s, "echo x > ima/.hidden.pem");
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c; echo x > ima/vendor.crt");
	refuses(s, "ima/vendor.crt", "not named *.pem or *.der");
	in_keys(s, "rm ima/vendor.crt; mkdir imma");
	refuses(s, "imma", "no such ring");
}

#define HEX32 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* What is revoked from the start: certificates of whatever use, and lists. */
static void revoked(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	put(s, "ima/a.pem", &spec);
	in_keys(s, "mkdir revoked && cp ima/a.pem revoked/");
	accepts(s);
	/* the same key in another certificate would be one entry */
	in_keys(s,
		"test $(grep -c 'kind = 2' ../t.c) = 1 && grep -q 'revoked_count = 1' ../t.c");
	in_keys(s,
		"h=$(openssl x509 -in ima/a.pem -pubkey -noout | openssl pkey -pubin -outform DER | sha256sum | cut -c 1-64) && tr -d '\\n\\t ,' <../t.c | sed 's/0x//g' | grep -q $h");
	in_keys(s, "rm ../t.c ../d.c");
	in_keys(s, "printf 'imatee-revocation-1\ntbs:" HEX32 "\nbin:" HEX32
		   "\nbin:" HEX32 "\n' >revoked/b.list");
	accepts(s);
	in_keys(s, "grep -q 'revoked_count = 3' ../t.c");
	in_keys(s, "cp ../d.c ../d1.c; rm revoked/b.list");
	accepts(s);
	/* keeper and verifier must be of one list, too */
	in_keys(s, "! cmp -s ../d.c ../d1.c && rm ../t.c ../d.c");
	in_keys(s, "echo bin:" HEX32 " >revoked/b.list");
	refuses(s, "revoked/b.list", "line 1: must be \"imatee-revocation-1\"");
	in_keys(s, "printf 'imatee-revocation-1\nbin:" HEX32
		   "\nsha256:00\n' >revoked/b.list");
	refuses(s, "revoked/b.list", "line 3: must be tbs:");
	in_keys(s, "(echo imatee-revocation-1; for i in $(seq 256); do "
		   "printf 'bin:%064x\n' $i; done) >revoked/b.list");
	refuses(s, "revoked/b.list", "more than 256 entries");
	in_keys(s, "rm revoked/b.list; echo x >revoked/c.pem");
	refuses(s, "revoked/c.pem", "not a PEM certificate");
	/* what is not read would revoke nothing */
	in_keys(s, "mv revoked/c.pem revoked/request.p7");
	refuses(s, "revoked/request.p7", "not named *.pem, *.der or *.list");
}

static void deterministic(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	put(s, "ima/b.pem", &spec);
	put(s, "ima/a.der", &spec);
	put(s, "ima/C.pem", &spec);
	put(s, "ca/x.pem", &mkcert_good_ca);
	accepts(s);
	/* written in another order, to another place, at another time */
	in_keys(s,
		"cd .. && mv t.c t1.c && mv d.c d1.c && mkdir new && cd new && mkdir ima ca && cp ../keys/ima/C.pem ima/ && cp ../keys/ima/b.pem ima/ && cp ../keys/ima/a.der ima/ && cp ../keys/ca/x.pem ca/ && cd .. && rm -r keys && mv new keys");
	assert_int_equal(run_keytab(s, NOW + 1000), 0);
	in_keys(s, "cd .. && cmp t.c t1.c && cmp d.c d1.c");
}

static void left_alone(void **state)
{
	struct sandbox *s = *state;

	put(s, "ima/a.pem", &mkcert_good);
	accepts(s);
	in_keys(s, "touch -d 2001-01-01 ../t.c ../d.c ../then");
	accepts(s);
	in_keys(s, "test ! ../t.c -nt ../then && test ! ../d.c -nt ../then");
	put(s, "ima/b.pem", &mkcert_good);
	accepts(s);
	in_keys(s, "test ../t.c -nt ../then && test ../d.c -nt ../then");
}

static void command_line(void **state)
{
	struct sandbox *s = *state;
	char line[8192] = "";
	static const char *const wrong[] = {
		"",
		"keys",
		"--table t.c keys",
		"--bad keys",
		"--table t.c --digest d.c",
		"--table t.c --digest d.c --now x keys",
		"--table t.c --digest d.c a b"
	};
	size_t i = 0;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		snprintf(line, sizeof(line),
			 "cd %s && %s %s 2>&1 | grep -q '^usage:'", s->dir,
			 sandbox_keytab(), wrong[i]);
		run_shell(line);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST("keytab warns when there is no key at all", no_keys),
		TEST("keytab stops when the directory is missing",
		     no_directory),
		TEST("keytab refuses what is no certificate",
		     not_a_certificate),
		TEST("keytab refuses a private key", private_key),
		TEST("keytab refuses two certificates in one file",
		     two_in_a_file),
		TEST("keytab refuses trailing garbage", trailing_garbage),
		TEST("keytab refuses a truncated certificate", truncated),
		TEST("keytab refuses a certificate twice in a ring", duplicate),
		TEST("keytab refuses a key id twice in a ring",
		     duplicate_keyid),
		TEST("a key of receipts is in no other directory",
		     receipt_apart),
		TEST("keytab refuses the 33rd key of a ring", full_ring),
		TEST("keytab names files that it ignores and refuses a ring misspelt",
		     other_names),
		TEST("keytab reads what is revoked, and refuses a list in another form",
		     revoked),
		TEST("keytab writes the same table for the same certificates",
		     deterministic),
		TEST("keytab leaves a table alone that would be the same",
		     left_alone),
		TEST("keytab explains its command line", command_line),
	};

	(void)argc;
	sandbox_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
