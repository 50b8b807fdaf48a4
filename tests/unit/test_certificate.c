// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parser of certificates against OpenSSL's view of the same bytes, which is
 * keytab's: what keytab does not build in, certificate.c does not let in.
 */
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../tools/keytab/cert.h"
#include "certificate.h"
#include "fixture.h"
#include "keytab_exit.h"
#include "mkcert.h"
#include "x509_library.h"

/* OpenSSL keeps what keytab was reading when it ended: see test_exit(). */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* Where keytab goes in the place of exit(). */
static jmp_buf keytab_exit;

void test_exit(int status)
{
	longjmp(keytab_exit, status);
}

/* A time at which its validity is no obstacle, if any time is. */
static time_t time_of(const struct cert *cert)
{
	const ASN1_TIME *start = X509_get0_notBefore(cert->x509);
	struct tm tm = { 0 };

	return ASN1_TIME_to_tm(start, &tm) ? timegm(&tm) : 0;
}

/* Its file of certificates, and standard error beside the way to silence it. */
static char path[] = "/tmp/imatee-certificate-XXXXXX";
static int file_fd = -1;
static int stderr_fd = -1;
static int null_fd = -1;

/* Does keytab take it? Then @info is its description. */
static bool keytab_takes(const uint8_t *der, size_t len,
			 struct imatee_key_info *info)
{
	struct cert *cert = NULL;
	volatile bool taken = false;

	assert_int_equal(ftruncate(file_fd, 0), 0);
	assert_int_equal(pwrite(file_fd, der, len, 0), len);
	dup2(null_fd, STDERR_FILENO);
	if (!setjmp(keytab_exit)) {
		cert = cert_load(path, "x.der", IMATEE_RING_IMA);
		cert_check(cert, time_of(cert));
		*info = cert->info;
		cert_free(cert);
		taken = true;
	}
	dup2(stderr_fd, STDERR_FILENO);
	return taken;
}

/*
 * OpenSSL tests a modulus with numbers drawn at random, and refuses it if one of them
 * happens to hit a factor: with a mutated modulus, once in some thousand.
 */
static bool keytab_takes_patiently(const uint8_t *der, size_t len,
				   struct imatee_key_info *info)
{
	return keytab_takes(der, len, info) || keytab_takes(der, len, info) ||
	       keytab_takes(der, len, info);
}

static enum imatee_error parse(const uint8_t *der, size_t len,
			       struct certificate *cert)
{
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *copy = malloc(len ? len : 1);
	enum imatee_error error = IMATEE_OK;

	assert_non_null(copy);
	memcpy(copy, der, len);
	error = certificate_parse((struct slice){ copy, len }, cert);
	if (!error)
		error = x509_library_check((struct slice){ copy, len }, cert);
	if (!error)
		error = pubkey_check_sound(&cert->key);
	free(copy);
	return error;
}

static struct mkcert_ca ca;

static struct mkcert good(const char *key)
{
	struct mkcert spec = mkcert_good;

	spec.key = key;
	spec.issuer = &ca;
	spec.akid = "keyid:always,issuer:always";
	return spec;
}

static int setup(void **state)
{
	(void)state;
	host_reset();
	mkcert_read_ca(BUILTIN_DIR "/keys/ca/b-rsa2048.pem",
		       BUILTIN_DIR "/private/b-rsa2048.key", &ca);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	mkcert_free_ca(&ca);
	return host.allocated ? -1 : 0;
}

static void same_description(const struct mkcert *spec)
{
	struct imatee_key_info info = { 0 };
	struct certificate cert = { 0 };
	size_t len = 0;
	unsigned char *der = mkcert_der(spec, &len);

	assert_true(keytab_takes(der, len, &info));
	assert_int_equal(parse(der, len, &cert), IMATEE_OK);
	/* what certificate.c leaves to its caller */
	cert.info.ring = info.ring;
	cert.info.source = info.source;
	assert_string_equal((const char *)cert.info.subject,
			    (const char *)info.subject);
	assert_memory_equal(&cert.info, &info, sizeof(info));
	OPENSSL_free(der);
}

static void descriptions(void **state)
{
	static const char *const types[] = { "rsa:2048", "rsa:3072", "rsa:4096",
					     "P-256",	 "P-384",    "P-521" };
	struct mkcert spec = { 0 };
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		spec = good(types[i]);
		spec.not_before = 951782400 + (time_t)i * 86400 * 59;
		/* a UTCTime, and from 2050 on a GeneralizedTime */
		spec.not_after = 2524607999 + (time_t)i;
		same_description(&spec);
	}
}

static void subjects(void **state)
{
	static const char *const more[] = {
		"O",
		"Example, Inc. <x>; \"a\" + b\\c",
		"OU",
		" leading and trailing ",
		"OU",
		"#hash",
		"OU",
		"#",
		"OU",
		" ",
		"OU",
		"tab\tand\x7f",
		"C",
		"DE",
		"emailAddress",
		"a@b.example",
		"DC",
		"example",
		"UID",
		"u",
		"serialNumber",
		"17",
		"title",
		"\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91",
		NULL,
	};
	const char *one[] = { NULL, NULL, NULL };
	char text[64] = "";
	struct mkcert spec = good("P-256");
	size_t i = 0;

	(void)state;
	spec.subject = one;
	for (i = 0; more[i]; i += 2) {
		one[0] = more[i];
		one[1] = more[i + 1];
		same_description(&spec);
	}
	/* all at once are too long; cut at each place, of a character, too */
	spec.subject = more;
	same_description(&spec);
	one[0] = "OU";
	one[1] = "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
		 "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
		 "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"
		 "\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac";
	spec.subject = one;
	spec.cn = text;
	for (i = 56; i < 64; i++) {
		memset(text, 'x', i);
		text[i] = '\0';
		same_description(&spec);
	}
}

static void truncated(void **state)
{
	struct certificate cert = { 0 };
	struct mkcert spec = good("P-256");
	size_t len = 0;
	unsigned char *der = mkcert_der(&spec, &len);
	size_t i = 0;

	(void)state;
	for (i = 0; i < len; i++)
		assert_int_equal(parse(der, i, &cert),
				 IMATEE_ERR_CERT_MALFORMED);
	der = OPENSSL_realloc(der, len + 1);
	assert_non_null(der);
	der[len] = 0;
	assert_int_equal(parse(der, len + 1, &cert), IMATEE_ERR_CERT_MALFORMED);
	assert_int_equal(parse(der, len, &cert), IMATEE_OK);
	OPENSSL_free(der);
}

static void garbage(void **state)
{
	static uint8_t bytes[IMATEE_CERT_MAX + 1];
	struct certificate cert = { 0 };
	size_t i = 0;

	(void)state;
	assert_int_equal(parse(bytes, 0, &cert), IMATEE_ERR_CERT_MALFORMED);
	assert_int_equal(parse(bytes, IMATEE_CERT_MAX, &cert),
			 IMATEE_ERR_CERT_MALFORMED);
	assert_int_equal(parse(bytes, IMATEE_CERT_MAX + 1, &cert),
			 IMATEE_ERR_TOO_LONG);
	/* deeper than anything is */
	for (i = 0; i < 2000; i += 4)
		memcpy(bytes + i,
		       ((uint8_t[]){ 0x30, 0x82, (2000 - i - 4) >> 8,
				     (2000 - i - 4) & 0xff }),
		       4);
	assert_int_equal(parse(bytes, 2000, &cert), IMATEE_ERR_CERT_MALFORMED);
}

/* Every byte changed in some ways: nothing that keytab refuses gets through. */
static void mutate(const char *key, size_t step)
{
	static const uint8_t masks[] = { 0x01, 0x80, 0xff };
	struct imatee_key_info info = { 0 };
	struct certificate cert = { 0 };
	struct mkcert spec = good(key);
	size_t len = 0;
	unsigned char *der = mkcert_der(&spec, &len);
	unsigned int taken = 0;
	unsigned int wrong = 0;
	size_t i = 0;
	size_t m = 0;

	for (i = 0; i < len; i += step) {
		for (m = 0; m < sizeof(masks); m++) {
			der[i] ^= masks[m];
			if (!parse(der, len, &cert)) {
				taken++;
				if (!keytab_takes_patiently(der, len, &info)) {
					print_error("%s: byte %zu ^ %#x\n", key,
						    i, masks[m]);
					wrong++;
				}
			}
			der[i] ^= masks[m];
		}
	}
	assert_int_equal(wrong, 0);
	/* those in serial number, names and signature at the least */
	assert_true(taken > 20);
	OPENSSL_free(der);
}

static void mutants(void **state)
{
	(void)state;
	mutate("P-256", 1);
	mutate("rsa:2048", 11);
}

static void times(void **state)
{
	struct certificate cert = { 0 };
	struct mkcert spec = good("P-256");
	size_t len = 0;
	unsigned char *der = NULL;

	(void)state;
	/* what the TEE's clock would say is not asked: long ago, far from now */
	spec.not_before = 0;
	spec.not_after = 1;
	der = mkcert_der(&spec, &len);
	assert_int_equal(parse(der, len, &cert), IMATEE_OK);
	OPENSSL_free(der);
	spec.not_after = 253402300799;
	der = mkcert_der(&spec, &len);
	assert_int_equal(parse(der, len, &cert), IMATEE_OK);
	assert_int_equal(cert.info.not_after, 253402300799);
	OPENSSL_free(der);
	spec.not_after = 999;
	spec.not_before = 1000;
	der = mkcert_der(&spec, &len);
	assert_int_equal(parse(der, len, &cert), IMATEE_ERR_CERT_MALFORMED);
	OPENSSL_free(der);
	spec.not_before = -1;
	der = mkcert_der(&spec, &len);
	assert_int_equal(parse(der, len, &cert), IMATEE_ERR_CERT_MALFORMED);
	OPENSSL_free(der);
}

static int open_files(void **state)
{
	(void)state;
	file_fd = mkstemp(path);
	stderr_fd = dup(STDERR_FILENO);
	null_fd = open("/dev/null", O_WRONLY);
	return file_fd < 0 || stderr_fd < 0 || null_fd < 0;
}

static int close_files(void **state)
{
	(void)state;
	close(file_fd);
	close(stderr_fd);
	close(null_fd);
	return unlink(path);
}

#define TEST_CERT(name, function)                     \
	{                                             \
		name, function, setup, teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_CERT(
			"certificate.c and keytab describe keys of each kind alike",
			descriptions),
		TEST_CERT(
			"certificate.c and keytab write subjects alike, and cut them at the same place",
			subjects),
		TEST_CERT(
			"a certificate cut anywhere, or with one byte behind it, is malformed",
			truncated),
		TEST_CERT(
			"garbage, nothing, and what is nested too deep is malformed",
			garbage),
		TEST_CERT(
			"of mutated certificates certificate.c takes none that keytab refuses",
			mutants),
		TEST_CERT(
			"validity is read, and is malformed if it ends before it begins or is before 1970",
			times),
	};

	return cmocka_run_group_tests(tests, open_files, close_files);
}
