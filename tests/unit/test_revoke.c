// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_REVOKE: what it takes away.
 */
#include <openssl/sha.h>

#include "revoking.h"

static X509 *cert_of(const struct key *key)
{
	const unsigned char *der = key->cert;
	X509 *cert = d2i_X509(NULL, &der, (long)key->info.cert_len);

	assert_non_null(cert);
	return cert;
}

static const struct key *ima_key(size_t index)
{
	size_t i = 0;

	while (keytab_builtin.keys[i].info.ring != IMATEE_RING_IMA)
		i++;
	return &keytab_builtin.keys[i + index];
}

static enum imatee_error find(struct fixture *f, const struct key *key,
			      struct imatee_key_info *info)
{
	const struct imatee_key_select select =
		by_keyid(key->info.ring, key->info.keyid);
	static struct answer answer;
	enum imatee_error error = ask_keeper(f, f->user, IMATEE_CMD_KEY_GET,
					     &select, sizeof(select), &answer);

	if (!error)
		memcpy(info, answer.buf + sizeof(struct imatee_reply),
		       sizeof(*info));
	return error;
}

/* Each kind of CA, each way to name it, each hash of a TBSCertificate. */
static void each_ca(void **state)
{
	static struct message message;
	static struct answer answer;
	const EVP_MD *mds[] = { EVP_sha224(), EVP_sha256(), EVP_sha384(),
				EVP_sha512() };
	struct imatee_key_info info = { 0 };
	struct fixture *f = *state;
	X509 *cert = NULL;
	size_t i = 0;

	for (i = 0; i < CAS; i++) {
		cert = cert_of(ima_key(i));
		revoke_sign(&message, &cas[i],
			    list_of("tbs:", tbs_of(cert), mds[i % 4]),
			    mds[(i + 1) % 4],
			    ATTACHED | (i % 2 ? CMS_USE_KEYID : 0));
		X509_free(cert);
		assert_int_equal(find(f, ima_key(i), &info), IMATEE_OK);
		/* the keys before it have gone: it has moved up */
		assert_int_equal(info.index, 0);
		assert_int_equal(revoke_send(f, &message, &answer), IMATEE_OK);
		memcpy(&reply, answer.buf, sizeof(reply));
		assert_int_equal(reply.entries, 1);
		assert_int_equal(reply.keys, 1);
		assert_int_equal(reply.hdr.epoch, 2 + i);
		assert_int_equal(find(f, ima_key(i), &info), IMATEE_ERR_NO_KEY);
	}
}

static void after_the_seal(void **state)
{
	struct imatee_key_info info = { 0 };
	struct fixture *f = *state;
	X509 *cert = cert_of(ima_key(0));

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(revoke(f, list_of("tbs:", tbs_of(cert), EVP_sha256())),
			 IMATEE_OK);
	assert_int_equal(reply.hdr.seal, IMATEE_SEAL_SEALED);
	assert_int_equal(find(f, ima_key(0), &info), IMATEE_ERR_NO_KEY);
	/* once more: nothing to do, and no other epoch */
	assert_int_equal(revoke(f, list_of("tbs:", tbs_of(cert), EVP_sha256())),
			 IMATEE_OK);
	assert_int_equal(reply.entries, 0);
	assert_int_equal(reply.keys, 0);
	assert_int_equal(reply.hdr.epoch, 2);
	X509_free(cert);
}

static enum imatee_error add_cert(struct fixture *f, X509 *cert)
{
	static struct {
		struct imatee_key_add add;
		uint8_t der[IMATEE_CERT_MAX];
	} request;
	static struct answer answer;
	unsigned char *der = request.der;

	memset(&request, 0, sizeof(request));
	request.add.ring = IMATEE_RING_IMA;
	request.add.cert_len = (uint32_t)i2d_X509(cert, &der);
	request.add.hdr.len =
		(uint32_t)sizeof(request.add) + request.add.cert_len;
	return ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, &request,
			  request.add.hdr.len, &answer);
}

/* A key, in one certificate and in another one that is issued afterwards. */
static void keys_by_spki(void **state)
{
	struct fixture *f = *state;
	unsigned char *der = NULL;
	X509 *cert = issue(&cas[0]);
	X509 *again = X509_dup(cert);
	X509 *other = issue(&cas[0]);
	size_t added = 0;

	assert_int_equal(add_cert(f, cert), IMATEE_OK);
	added = f->keeper.added_size;
	assert_true(added > 0);
	assert_int_equal(
		revoke(f, list_of("spki:", spki_of(cert, &der), EVP_sha256())),
		IMATEE_OK);
	OPENSSL_free(der);
	assert_int_equal(reply.keys, 1);
	assert_int_equal(f->keeper.added_size, 0);
	assert_int_equal(add_cert(f, cert), IMATEE_ERR_CERT_REVOKED);
	ASN1_INTEGER_set(X509_get_serialNumber(again), 0x1234567);
	assert_true(X509_sign(again, cas[0].key, EVP_sha256()) > 0);
	assert_int_equal(add_cert(f, again), IMATEE_ERR_CERT_REVOKED);
	assert_int_equal(add_cert(f, other), IMATEE_OK);
	/* by its certificate, only that one */
	assert_int_equal(revoke(f,
				list_of("tbs:", tbs_of(other), EVP_sha384())),
			 IMATEE_OK);
	assert_int_equal(add_cert(f, other), IMATEE_ERR_CERT_REVOKED);
	ASN1_INTEGER_set(X509_get_serialNumber(other), 0x7654321);
	assert_true(X509_sign(other, cas[0].key, EVP_sha256()) > 0);
	assert_int_equal(add_cert(f, other), IMATEE_OK);
	X509_free(cert);
	X509_free(again);
	X509_free(other);
}

static enum imatee_error get_for(struct fixture *f, uint8_t purpose,
				 const uint8_t *digest, size_t len)
{
	struct {
		struct imatee_key_select select;
		uint8_t digest[IMATEE_DIGEST_MAX + 1];
	} request = { .select = by_keyid(IMATEE_RING_IMA,
					 ima_key(0)->info.keyid) };
	static struct answer answer;

	request.select.purpose = purpose;
	request.select.digest_len = (uint8_t)len;
	request.select.hdr.len = (uint32_t)(sizeof(request.select) + len);
	memcpy(request.digest, digest, len);
	return ask_keeper(f, f->kernel, IMATEE_CMD_KEY_GET, &request,
			  request.select.hdr.len, &answer);
}

static enum imatee_error verify(struct fixture *f, uint8_t purpose,
				const uint8_t *digest, size_t len)
{
	struct {
		struct imatee_verify verify;
		uint8_t rest[IMATEE_DIGEST_MAX + 16];
	} request = { 0 };
	static struct answer answer;

	request.verify.ring = IMATEE_RING_IMA;
	request.verify.purpose = purpose;
	request.verify.digest_kind = IMATEE_DIGEST_FILE;
	request.verify.digest_algo = IMATEE_HASH_SHA256;
	request.verify.digest_len = (uint32_t)len;
	request.verify.sig_len = 16;
	request.verify.hdr.len = (uint32_t)(sizeof(request.verify) + len + 16);
	memcpy(request.rest, digest, len);
	return ask_verifier(f, IMATEE_CMD_VERIFY, &request,
			    request.verify.hdr.len, &answer);
}

/* Two digests of a file, of which number @bad is revoked; neither for another number. */
static enum imatee_error verify_files(struct fixture *f, size_t bad)
{
	struct {
		struct imatee_verify verify;
		struct imatee_file_digest digests[2];
		uint8_t message[16];
	} request = { .digests = { { IMATEE_HASH_SHA512, 64, { 0 }, { 1 } },
				   { IMATEE_HASH_SHA256, 32, { 0 }, { 2 } } } };
	static struct answer answer;

	if (bad < 2)
		request.digests[bad] = (struct imatee_file_digest){
			IMATEE_HASH_SHA3_256, 32, { 0 }, { 0xba, 0xd0 }
		};
	request.verify.ring = IMATEE_RING_IMA;
	request.verify.purpose = IMATEE_PURPOSE_MODSIG;
	request.verify.digest_kind = IMATEE_DIGEST_FILES;
	request.verify.digest_len = sizeof(request.digests);
	request.verify.sig_len = sizeof(request.message);
	request.verify.hdr.len = sizeof(request);
	return ask_verifier(f, IMATEE_CMD_VERIFY, &request, sizeof(request),
			    &answer);
}

static uint32_t flags(struct fixture *f)
{
	struct imatee_status_reply status = { 0 };

	get_status(f, &status);
	return status.hdr.flags;
}

/* EVM must stay on when its last key goes: the kernel is told. */
static void evm_keys(void **state)
{
	static struct imatee_revoked entry;
	static struct keytab table;
	struct fixture *f = *state;
	X509 *cert = cert_of(ima_key(0));
	struct slice tbs = tbs_of(cert);
	size_t i = 0;

	assert_int_equal(revoke(f, list_of("tbs:", tbs, EVP_sha256())),
			 IMATEE_OK);
	X509_free(cert);
	assert_int_equal(flags(f), 0);
	while (keytab_builtin.keys[i].info.ring != IMATEE_RING_EVM)
		i++;
	cert = cert_of(&keytab_builtin.keys[i]);
	tbs = tbs_of(cert);
	assert_int_equal(revoke(f, list_of("tbs:", tbs, EVP_sha256())),
			 IMATEE_OK);
	assert_int_equal(flags(f), IMATEE_FLAG_EVM_REVOKED);

	entry.kind = IMATEE_REVOKED_TBS;
	entry.hash_len = 32;
	SHA256(tbs.data, tbs.len, entry.hash);
	X509_free(cert);
	table = keytab_builtin;
	table.revoked = &entry;
	table.revoked_count = 1;
	fixture_teardown(state);
	assert_int_equal(
		fixture_setup_with(state, &table, keytab_builtin_digest), 0);
	assert_int_equal(flags(*state), IMATEE_FLAG_EVM_REVOKED);
}

/* A digest that is revoked: in the keeper, and in a verifier from its next sync on. */
static void digests(void **state)
{
	static const uint8_t bad[65] = { 0xba, 0xd0 };
	static const uint8_t good[32] = { 0x90, 0x0d };
	struct fixture *f = *state;
	static struct answer answer;
	char text[256] = LIST("bin:");
	uint8_t purpose = 0;

	assert_int_equal(get_for(f, IMATEE_PURPOSE_MODSIG, bad, 0), IMATEE_OK);
	assert_int_equal(flags(f), 0);
	hex(text + strlen(text), bad, 32);
	strcat(text, "\n");
	assert_int_equal(revoke(f, text), IMATEE_OK);
	assert_int_equal(reply.entries, 1);
	assert_int_equal(reply.keys, 0);
	assert_int_equal(flags(f), IMATEE_FLAG_DIGEST_REVOKED);
	assert_int_equal(get_for(f, IMATEE_PURPOSE_IMA, bad, 32),
			 IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(get_for(f, IMATEE_PURPOSE_IMA, good, 32), IMATEE_OK);
	assert_int_equal(get_for(f, IMATEE_PURPOSE_IMA, bad, 31), IMATEE_OK);
	assert_int_equal(get_for(f, IMATEE_PURPOSE_QUERY, bad, 0), IMATEE_OK);
	/* a digest that nobody knows may be that one */
	for (purpose = IMATEE_PURPOSE_IMA; purpose < IMATEE_PURPOSE_COUNT;
	     purpose++)
		assert_int_equal(get_for(f, purpose, bad, 0),
				 IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(get_for(f, IMATEE_PURPOSE_IMA, bad, 65),
			 IMATEE_ERR_TOO_LONG);

	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_SYNC, &empty_request,
				      sizeof(empty_request), &answer),
			 IMATEE_OK);
	assert_int_equal(verify(f, IMATEE_PURPOSE_IMA, bad, 32),
			 IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(verify(f, IMATEE_PURPOSE_MODSIG, bad, 32),
			 IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(verify(f, IMATEE_PURPOSE_IMA, good, 32),
			 IMATEE_ERR_SIG_MALFORMED);
	assert_int_equal(verify_files(f, 0), IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(verify_files(f, 1), IMATEE_ERR_DIGEST_REVOKED);
	assert_int_equal(verify_files(f, 2), IMATEE_ERR_SIG_MALFORMED);
}

/* A CA that is revoked vouches for nobody, and revokes nothing. */
static void cas_themselves(void **state)
{
	static struct message message;
	struct fixture *f = *state;
	unsigned char *der = NULL;
	X509 *by_first = issue(&cas[0]);
	X509 *by_second = issue(&cas[4]);

	assert_int_equal(revoke(f, list_of("spki:", spki_of(cas[0].cert, &der),
					   EVP_sha256())),
			 IMATEE_OK);
	OPENSSL_free(der);
	assert_int_equal(add_cert(f, by_first), IMATEE_ERR_CERT_UNTRUSTED);
	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha256(), ATTACHED);
	refused(f, &message, IMATEE_ERR_REVOKE_UNTRUSTED);
	assert_int_equal(add_cert(f, by_second), IMATEE_OK);
	X509_free(by_first);
	X509_free(by_second);
}

/* What is built in, and revoked by what is built in as well. */
static void built_in(void **state)
{
	static struct imatee_revoked entry;
	static struct keytab table;
	struct imatee_key_info info = { 0 };
	struct fixture *f = NULL;
	X509 *cert = cert_of(ima_key(1));
	const struct slice tbs = tbs_of(cert);

	entry.kind = IMATEE_REVOKED_TBS;
	entry.hash_len = 32;
	entry.source = IMATEE_SOURCE_BUILTIN;
	SHA256(tbs.data, tbs.len, entry.hash);
	X509_free(cert);
	table = keytab_builtin;
	table.revoked = &entry;
	table.revoked_count = 1;
	fixture_teardown(state);
	assert_int_equal(
		fixture_setup_with(state, &table, keytab_builtin_digest), 0);
	f = *state;
	assert_int_equal(find(f, ima_key(1), &info), IMATEE_ERR_NO_KEY);
	assert_int_equal(find(f, ima_key(0), &info), IMATEE_OK);
	assert_int_equal(info.index, 0);
	assert_int_equal(find(f, ima_key(2), &info), IMATEE_OK);
	assert_int_equal(info.index, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_REVOKE(
			"each kind of CA revokes a certificate, by each hash of it; the keys behind it move up",
			each_ca),
		TEST_REVOKE(
			"keys are revoked after the seal, and once more is no error and no other epoch",
			after_the_seal),
		TEST_REVOKE(
			"a revoked key is added in no certificate, a revoked certificate not again: CERT_REVOKED",
			keys_by_spki),
		TEST_REVOKE(
			"a revoked digest gets no key and no verdict, nor does a message without one",
			digests),
		TEST_REVOKE(
			"the kernel is told when a key of .evm is revoked, or was from the start",
			evm_keys),
		TEST_REVOKE(
			"a revoked CA vouches for nobody and revokes nothing",
			cas_themselves),
		TEST_REVOKE(
			"a built-in key that is revoked from the start is in no ring",
			built_in),
	};

	return cmocka_run_group_tests(tests, revoke_read_cas, revoke_free_cas);
}
