// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keytab: which certificates stop a build, and with which words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "sandbox.h"

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

static void weak_keys(void **state)
{
	struct sandbox *s = *state;
	struct mkcert spec = mkcert_good;

	spec.key = "rsa:2048";
	spec.weak = true;
	put(s, "ima/a.pem", &spec);
	refuses(s, "ima/a.pem", "its public key is not a sound one");
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

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST("keytab takes RSA 2048 to 4096 and P-256, P-384, P-521, as PEM and DER",
		     good_ones),
		TEST("keytab takes a certificate without key usage",
		     without_usage),
		TEST("keytab refuses what is expired, not yet valid or before 1970",
		     validity),
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
		TEST("keytab refuses an authority without CA:TRUE and keyCertSign, or with constraints",
		     authorities),
	};

	(void)argc;
	sandbox_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
