// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Certificates that went through keytab and stand in a keeper, against what
 * OpenSSL reads in the same files.
 */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <stdio.h>

#include "certificate.h"
#include "fixture.h"
#include "keystore.h"

struct expected {
	const char *file;
	uint8_t ring;
	uint32_t index;
	uint8_t algo;
	uint32_t bits;
};

static const struct expected expected[] = {
	{ "ima/a-rsa2048.pem", IMATEE_RING_IMA, 0, IMATEE_ALGO_RSA, 2048 },
	{ "ima/b-rsa4096.der", IMATEE_RING_IMA, 1, IMATEE_ALGO_RSA, 4096 },
	{ "ima/c-p256.der", IMATEE_RING_IMA, 2, IMATEE_ALGO_ECDSA_P256, 256 },
	{ "evm/a-p384.pem", IMATEE_RING_EVM, 0, IMATEE_ALGO_ECDSA_P384, 384 },
	{ "evm/b-p521.der", IMATEE_RING_EVM, 1, IMATEE_ALGO_ECDSA_P521, 521 },
	{ "platform/a-rsa3072.pem", IMATEE_RING_PLATFORM, 0, IMATEE_ALGO_RSA,
	  3072 },
};

#define EXPECTED (sizeof(expected) / sizeof(expected[0]))

static X509 *read_cert(const char *name)
{
	char path[4096] = "";
	FILE *file = NULL;
	X509 *cert = NULL;

	snprintf(path, sizeof(path), "%s/%s", BUILTIN_KEYS, name);
	file = fopen(path, "rb");
	assert_non_null(file);
	cert = strstr(name, ".pem") ? PEM_read_X509(file, NULL, NULL, NULL) :
				      d2i_X509_fp(file, NULL);
	fclose(file);
	assert_non_null(cert);
	return cert;
}

static struct keeper *start(void)
{
	static struct keeper keeper;

	memset(&keeper, 0, sizeof(keeper));
	keeper_create(&keeper, &keytab_builtin, keytab_builtin_digest);
	return &keeper;
}

static void check_public_key(const struct key *key, X509 *cert)
{
	const unsigned char *bits = NULL;
	const unsigned char *pos = key->pubkey;
	EVP_PKEY *parsed = NULL;
	int len = 0;

	assert_int_equal(X509_PUBKEY_get0_param(NULL, &bits, &len, NULL,
						X509_get_X509_PUBKEY(cert)),
			 1);
	assert_int_equal(key->info.pubkey_len, len);
	assert_memory_equal(key->pubkey, bits, (size_t)len);
	if (key->info.algo != IMATEE_ALGO_RSA) {
		assert_int_equal(key->pubkey[0], 4);
		assert_int_equal(len, 1 + 2 * ((key->info.key_bits + 7) / 8));
		return;
	}
	/* an RSAPublicKey that stands for itself */
	parsed = d2i_PublicKey(EVP_PKEY_RSA, NULL, &pos, len);
	assert_non_null(parsed);
	assert_ptr_equal(pos, key->pubkey + len);
	assert_int_equal(EVP_PKEY_eq(parsed, X509_get0_pubkey(cert)), 1);
	EVP_PKEY_free(parsed);
}

/* As PKCS #7 has it: issuer and serial number, one behind the other. */
static void check_issuer(const struct key *key, X509 *cert)
{
	const struct slice der = { key->cert, key->info.cert_len };
	uint8_t digest[IMATEE_FINGERPRINT_SIZE] = { 0 };
	unsigned char want[SHA256_DIGEST_LENGTH] = { 0 };
	unsigned char bytes[1024] = { 0 };
	unsigned char *to = bytes;

	i2d_X509_NAME(X509_get_issuer_name(cert), &to);
	i2d_ASN1_INTEGER(X509_get0_serialNumber(cert), &to);
	SHA256(bytes, (size_t)(to - bytes), want);
	assert_int_equal(certificate_issuer_serial(der, digest), IMATEE_OK);
	assert_memory_equal(digest, want, sizeof(want));
}

static void check_key(const struct key *key, const struct expected *want)
{
	X509 *cert = read_cert(want->file);
	const ASN1_OCTET_STRING *skid = X509_get0_subject_key_id(cert);
	unsigned char digest[SHA256_DIGEST_LENGTH] = { 0 };
	unsigned char *der = NULL;
	int len = i2d_X509(cert, &der);

	assert_int_equal(key->info.ring, want->ring);
	assert_int_equal(key->info.index, want->index);
	assert_int_equal(key->info.algo, want->algo);
	assert_int_equal(key->info.key_bits, want->bits);
	assert_int_equal(key->info.source, IMATEE_SOURCE_BUILTIN);
	assert_int_equal(key->info.cert_len, len);
	assert_memory_equal(key->cert, der, (size_t)len);
	SHA256(der, (size_t)len, digest);
	assert_memory_equal(key->info.fingerprint, digest, sizeof(digest));
	assert_int_equal(key->info.skid_len, ASN1_STRING_length(skid));
	assert_memory_equal(key->info.skid, ASN1_STRING_get0_data(skid),
			    key->info.skid_len);
	check_issuer(key, cert);
	/* the last four bytes, the first of them the most significant */
	assert_int_equal(key->info.keyid >> 24,
			 key->info.skid[key->info.skid_len - 4]);
	assert_int_equal(key->info.keyid & 0xff,
			 key->info.skid[key->info.skid_len - 1]);
	assert_true(key->info.not_before == 0);
	assert_true(key->info.not_after == 100ull * 365 * 24 * 3600);
	check_public_key(key, cert);
	OPENSSL_free(der);
	X509_free(cert);
}

static void every_key(void **state)
{
	struct keeper *keeper = start();
	size_t i = 0;

	(void)state;
	assert_int_equal(keeper->rings.count[IMATEE_RING_ANY], EXPECTED);
	for (i = 0; i < EXPECTED; i++)
		check_key(keyring_at(&keeper->rings, IMATEE_RING_ANY, i),
			  &expected[i]);
	assert_null(keyring_at(&keeper->rings, IMATEE_RING_ANY, EXPECTED));
}

/* What stands at @offset of the certificate. */
static void check_part(const struct keytab_signer *ca, uint32_t offset,
		       uint32_t len, const void *want, size_t want_len)
{
	assert_int_equal(len, want_len);
	assert_true((size_t)offset + len <= ca->cert_len);
	assert_memory_equal(ca->cert + offset, want, want_len);
}

static void check_authority(const struct keytab_signer *ca)
{
	const unsigned char *pos = ca->cert;
	X509 *cert = d2i_X509(NULL, &pos, ca->cert_len);
	const ASN1_OCTET_STRING *skid = NULL;
	const unsigned char *bytes = NULL;
	size_t name_len = 0;
	int len = 0;

	assert_non_null(cert);
	assert_ptr_equal(pos, ca->cert + ca->cert_len);
	X509_PUBKEY_get0_param(NULL, &bytes, &len, NULL,
			       X509_get_X509_PUBKEY(cert));
	check_part(ca, ca->pubkey_offset, ca->pubkey_len, bytes, (size_t)len);
	X509_NAME_get0_der(X509_get_subject_name(cert), &bytes, &name_len);
	check_part(ca, ca->subject_offset, ca->subject_len, bytes, name_len);
	skid = X509_get0_subject_key_id(cert);
	check_part(ca, ca->skid_offset, ca->skid_len,
		   ASN1_STRING_get0_data(skid),
		   (size_t)ASN1_STRING_length(skid));
	X509_free(cert);
}

static void authorities(void **state)
{
	static const uint8_t algos[] = {
		IMATEE_ALGO_ECDSA_P256, IMATEE_ALGO_RSA,
		IMATEE_ALGO_RSA,	IMATEE_ALGO_RSA,
		IMATEE_ALGO_ECDSA_P384, IMATEE_ALGO_ECDSA_P521,
		IMATEE_ALGO_ECDSA_P256, IMATEE_ALGO_ECDSA_P256,
	};
	const struct keytab_signer *ca = NULL;
	size_t i = 0;

	(void)state;
	assert_int_equal(keytab_builtin.ca_count, sizeof(algos));
	for (i = 0; i < sizeof(algos); i++) {
		ca = &keytab_builtin.cas[i];
		assert_int_equal(ca->algo, algos[i]);
		check_authority(ca);
	}
}

static void subjects(void **state)
{
	struct keeper *keeper = start();
	const struct key *key = keyring_at(&keeper->rings, IMATEE_RING_IMA, 2);

	(void)state;
	assert_string_equal((const char *)key->info.subject,
			    "CN = Schl\xc3\xbcssel");
}

/* A verifier that has loaded them finds each by its issuer. */
static void expect_issuers(struct fixture *f)
{
	uint8_t digest[IMATEE_FINGERPRINT_SIZE] = { 0 };
	static struct answer answer;
	const struct key *found = NULL;
	const struct key *key = NULL;
	size_t i = 0;

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(sync_keys(f, &answer), IMATEE_OK);
	for (i = 0; i < EXPECTED; i++) {
		key = keyring_at(&f->keeper.rings, IMATEE_RING_ANY, i);
		assert_int_equal(
			certificate_issuer_serial(
				(struct slice){ key->cert, key->info.cert_len },
				digest),
			IMATEE_OK);
		found = keystore_find_issuer(f->verifier.store, key->info.ring,
					     digest);
		assert_non_null(found);
		assert_memory_equal(&found->info, &key->info,
				    sizeof(key->info));
	}
}

/* What a verifier is told of its keys, and anybody of their issuers. */
static void loaded(void **state)
{
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	struct imatee_key_issuer_reply issuer = { 0 };
	struct imatee_key_record record = { 0 };
	struct imatee_key_select select = { 0 };
	static struct answer answer;
	static struct answer other;
	struct fixture *f = *state;
	struct reader page = { 0 };
	const struct key *key = NULL;
	const uint8_t *pubkey = NULL;
	size_t i = 0;

	f->keeper.rings = start()->rings;
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_KEY_LOAD, &list,
				    sizeof(list), &answer),
			 IMATEE_OK);
	reader_init(&page, answer.buf + sizeof(struct imatee_key_list_reply),
		    answer.len - sizeof(struct imatee_key_list_reply), 0);
	for (i = 0; i < EXPECTED; i++) {
		key = keyring_at(&f->keeper.rings, IMATEE_RING_ANY, i);
		assert_true(reader_take(&page, &record, sizeof(record)));
		pubkey = reader_view(&page, key->info.pubkey_len);
		assert_non_null(pubkey);
		assert_memory_equal(&record.info, &key->info,
				    sizeof(key->info));
		assert_memory_equal(pubkey, key->pubkey, key->info.pubkey_len);
		assert_int_equal(record.issuer_known, 1);
		select = by_index(record.info.ring, record.info.index);
		assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_ISSUER,
					    &select, sizeof(select), &other),
				 IMATEE_OK);
		assert_int_equal(other.len, sizeof(issuer));
		memcpy(&issuer, other.buf, sizeof(issuer));
		assert_memory_equal(record.issuer_serial, issuer.issuer_serial,
				    sizeof(issuer.issuer_serial));
		/* which check_issuer() compares with OpenSSL's */
		assert_int_equal(
			certificate_issuer_serial(
				(struct slice){ key->cert, key->info.cert_len },
				issuer.issuer_serial),
			IMATEE_OK);
		assert_memory_equal(record.issuer_serial, issuer.issuer_serial,
				    sizeof(issuer.issuer_serial));
	}
	assert_true(reader_at_end(&page));
	expect_issuers(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("each built-in key is what OpenSSL reads in its file, in the order of the names",
		     every_key),
		TEST("the built-in CAs are whole certificates beside the rings, and their names and keys stand where the table says",
		     authorities),
		TEST("the subject is readable UTF-8", subjects),
		TEST("a verifier is told of each key what it is, and whose certificate that is",
		     loaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
