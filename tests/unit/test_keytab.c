// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keytab: what stops a build, and with which words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mkcert.h"

#define NOW 1700000000

static char keytab[4096];

struct sandbox {
	char dir[64];
	char message[8192];
};

static void run_shell(const char *command)
{
	assert_int_equal(system(command), 0);
}

static int setup(void **state)
{
	struct sandbox *s = calloc(1, sizeof(*s));
	char command[256] = "";

	if (!s)
		return -1;
	strcpy(s->dir, "/tmp/keytab-test-XXXXXX");
	if (!mkdtemp(s->dir))
		return -1;
	snprintf(command, sizeof(command),
		 "cd %s && mkdir -p keys/ima keys/evm keys/platform keys/ca",
		 s->dir);
	run_shell(command);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct sandbox *s = *state;
	char command[256] = "";

	snprintf(command, sizeof(command), "rm -rf %s", s->dir);
	run_shell(command);
	free(s);
	return 0;
}

static void put(struct sandbox *s, const char *name, const struct mkcert *spec)
{
	char path[256] = "";

	snprintf(path, sizeof(path), "%s/keys/%s", s->dir, name);
	mkcert_write(spec, path);
}

/* Runs a command in the directory of keys. */
static void in_keys(struct sandbox *s, const char *command)
{
	char line[4096] = "";

	snprintf(line, sizeof(line), "cd %s/keys && %s", s->dir, command);
	run_shell(line);
}

/* Runs keytab; its words are in .message. */
static int run_keytab(struct sandbox *s, long now)
{
	char line[8192] = "";
	FILE *pipe = NULL;
	size_t len = 0;
	int status = 0;

	snprintf(line, sizeof(line),
		 "cd %s && %s --table t.c --digest d.c --now %ld keys 2>&1",
		 s->dir, keytab, now);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	len = fread(s->message, 1, sizeof(s->message) - 1, pipe);
	s->message[len] = '\0';
	status = pclose(pipe);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void accepts(struct sandbox *s)
{
	if (run_keytab(s, NOW))
		fail_msg("refused: %s", s->message);
}

/* It stops, names the file first, and says @words. No table is left. */
static void refuses_at(struct sandbox *s, long now, const char *file,
		       const char *words)
{
	char start[256] = "";

	snprintf(start, sizeof(start), "keys/%s: ", file);
	assert_int_equal(run_keytab(s, now), 1);
	if (strncmp(s->message, start, strlen(start)) ||
	    !strstr(s->message, words))
		fail_msg("expected \"%s... %s\", got \"%s\"", start, words,
			 s->message);
	in_keys(s, "test ! -e ../t.c && test ! -e ../d.c");
}

static void refuses(struct sandbox *s, const char *file, const char *words)
{
	refuses_at(s, NOW, file, words);
}

static void good_ones(void **state)
{
	static const char *const types[] = { "rsa:2048", "rsa:3072", "rsa:4096",
					     "P-256",	 "P-384",    "P-521" };
	struct mkcert spec = mkcert_good;
	char name[64] = "";
	size_t i = 0;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		spec.key = types[i];
		snprintf(name, sizeof(name), "ima/%zu.%s", i,
			 i % 2 ? "pem" : "der");
		put(*state, name, &spec);
	}
	put(*state, "ca/ca.pem", &mkcert_good_ca);
	accepts(*state);
	assert_string_equal(((struct sandbox *)*state)->message, "");
}

static void without_usage(void **state)
{
	struct mkcert spec = mkcert_good;

	spec.usage = NULL;
	spec.basic = NULL;
	put(*state, "ima/a.pem", &spec);
	accepts(*state);
}

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

static void validity(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.not_before = NOW;
	spec.not_after = NOW + 3600;
	put(s, "ima/a.pem", &spec);
	refuses_at(s, NOW - 1, "ima/a.pem",
		   "not valid before 2023-11-14T22:13:20Z");
	refuses_at(s, NOW + 3601, "ima/a.pem",
		   "expired at 2023-11-14T23:13:20Z");
	accepts(s);
	spec.not_before = -1000;
	put(s, "ima/a.pem", &spec);
	in_keys(s, "rm ../t.c ../d.c");
	refuses(s, "ima/a.pem", "before 1970");
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

static void skid(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;
	char text[2 * 65 + 1] = "";

	spec.skid = "";
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "no subject key identifier");
	memset(text, 'A', sizeof(text) - 1);
	spec.skid = text;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "has 65 bytes, the limit is 64");
	spec.skid = "010203";
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "too few for a key id");
	text[2 * 64] = '\0';
	spec.skid = text;
	put(s, "ima/a.pem", &spec);
	accepts(s);
}

static void unsupported_keys(void **state)
{
	static const char *const types[] = { "rsa:1024",	"rsa:2047",
					     "rsa:2560",	"rsa:4104",
					     "P-224",		"secp256k1",
					     "brainpoolP256r1", "ed25519" };
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;
	size_t i = 0;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		spec.key = types[i];
		put(s, "ima/a.pem", &spec);
		refuses(s, "ima/a.pem", "its key is not supported; use RSA");
	}
}

static void key_forms(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.explicit_curve = true;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "use a named curve");
	spec.explicit_curve = false;
	spec.compressed = true;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "its point is compressed");
	spec = mkcert_good;
	spec.key = "rsa:2048";
	spec.exponent = "FFFFFFFFFFFFFFFF";
	put(s, "ima/a.pem", &spec);
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c");
	spec.exponent = "10000000000000001";
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "exponent has more than 64 bits");
}

static void signatures(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.key = "rsa:2048";
	spec.digest = "SHA1";
	put(s, "ima/a.pem", &spec);
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c");
	spec.digest = "MD5";
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "which Linux cannot read");
	spec.digest = "SHA256";
	spec.pss = true;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "signed it with rsassaPss, which Linux");
}

static void weak_keys(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.key = "rsa:2048";
	spec.weak = true;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "its public key is not a sound one");
}

static void usage(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.usage = "keyEncipherment,keyCertSign";
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "lacks digitalSignature");
}

static void too_large(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.padding = 15500;
	put(s, "ima/a.pem", &spec);
	accepts(s);
	in_keys(s, "rm ../t.c ../d.c");
	spec.padding = 16384;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "the limit is 16384");
	spec.padding = 70000;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "the limit is 16384 bytes of DER");
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

static void authorities(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good_ca;

	spec.basic = "critical,CA:FALSE";
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "not a CA");
	spec.basic = NULL;
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "not a CA");
	spec = mkcert_good_ca;
	spec.usage = "digitalSignature";
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "lacks keyCertSign");
	spec.usage = NULL;
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "lacks keyCertSign");
	spec = mkcert_good_ca;
	spec.extra = "nameConstraints";
	spec.extra_value = "permitted;DNS:example.com";
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "name constraints");
	spec.extra = "1.2.3.4";
	spec.extra_value = "critical,DER:05:00";
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "another critical extension");
	spec.extra = "extendedKeyUsage";
	spec.extra_value = "serverAuth";
	put(s, "ca/a.pem", &spec);
	refuses(s, "ca/a.pem", "lacks codeSigning");
	spec.extra_value = "codeSigning";
	put(s, "ca/a.pem", &spec);
	accepts(s);
	put(s, "ca/a.pem", &mkcert_good_ca);
	accepts(s);
}

static void other_names(void **state)
{
	struct sandbox *s = *state;

	in_keys(s, "echo x > ima/notes.txt; echo x > ima/.hidden.pem");
	accepts(s);
	assert_non_null(strstr(s->message, "keys/ima/notes.txt: ignored"));
	assert_null(strstr(s->message, "hidden"));
	in_keys(s, "rm ../t.c ../d.c; mkdir imma");
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
			 keytab, wrong[i]);
		run_shell(line);
	}
}

#define TEST(name, function)                          \
	{                                             \
		name, function, setup, teardown, NULL \
	}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST("keytab takes RSA 2048 to 4096 and P-256, P-384, P-521, as PEM and DER",
		     good_ones),
		TEST("keytab takes a certificate without key usage",
		     without_usage),
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
		TEST("keytab refuses what is expired, not yet valid or before 1970",
		     validity),
		TEST("keytab refuses a certificate twice in a ring", duplicate),
		TEST("keytab refuses a key id twice in a ring",
		     duplicate_keyid),
		TEST("keytab refuses a subject key identifier that is missing, too long or too short",
		     skid),
		TEST("keytab refuses keys of other kinds and sizes",
		     unsupported_keys),
		TEST("keytab refuses explicit curves, compressed points and exponents over 64 bits",
		     key_forms),
		TEST("keytab refuses an RSA key with which anybody can sign",
		     weak_keys),
		TEST("keytab refuses a signature that Linux cannot read",
		     signatures),
		TEST("keytab refuses a key usage without digitalSignature",
		     usage),
		TEST("keytab refuses more than 16 KiB", too_large),
		TEST("keytab refuses the 33rd key of a ring", full_ring),
		TEST("keytab refuses an authority without CA:TRUE and keyCertSign, or with constraints",
		     authorities),
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
	snprintf(keytab, sizeof(keytab), "%s/keytab/keytab", dirname(argv[0]));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
