// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_KEY_ADD to a keeper whose CAs went through keytab: what is taken,
 * and that a refusal has its own error and changes nothing.
 */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

#include "fixture.h"
#include "keeper_add.h"
#include "mkcert.h"

static const char *const ca_names[] = {
	"a-p256", "b-rsa2048", "c-rsa3072", "d-rsa4096",
	"e-p384", "f-p521",    "g-twin",    "h-twin",
};

#define CAS   (sizeof(ca_names) / sizeof(ca_names[0]))
#define TWINS 6

static struct mkcert_ca cas[CAS];

/* A certificate that the keeper takes. */
static struct mkcert good(const struct mkcert_ca *ca)
{
	struct mkcert spec = mkcert_good;

	spec.issuer = ca;
	spec.akid = "keyid:always";
	return spec;
}

struct message {
	struct imatee_key_add add;
	uint8_t cert[IMATEE_MSG_MAX];
};

static void fill(struct message *message, uint8_t ring, const void *der,
		 size_t len)
{
	memset(&message->add, 0, sizeof(message->add));
	message->add.hdr.len = (uint32_t)(sizeof(message->add) + len);
	message->add.ring = ring;
	message->add.cert_len = (uint32_t)len;
	memcpy(message->cert, der, len);
}

static enum imatee_error add_der(struct fixture *f, uint8_t ring,
				 const void *der, size_t len,
				 struct answer *answer)
{
	static struct message message;

	fill(&message, ring, der, len);
	return ask_keeper(f, f->kernel, IMATEE_CMD_KEY_ADD, &message,
			  sizeof(message.add) + len, answer);
}

static enum imatee_error add_spec(struct fixture *f, uint8_t ring,
				  const struct mkcert *spec)
{
	static struct answer answer;
	size_t len = 0;
	unsigned char *der = mkcert_der(spec, &len);
	enum imatee_error error = add_der(f, ring, der, len, &answer);

	OPENSSL_free(der);
	return error;
}

/* All that a caller can see of the keys. */
struct view {
	struct imatee_status_reply status;
	struct answer list;
};

static void look(struct fixture *f, struct view *view)
{
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);

	memset(view, 0, sizeof(*view));
	get_status(f, &view->status);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_LIST, &list,
				    sizeof(list), &view->list),
			 IMATEE_OK);
}

static struct view before;
static size_t allocated_before;

static void begin(struct fixture *f)
{
	look(f, &before);
	allocated_before = host.allocated;
}

static void assert_unchanged(struct fixture *f)
{
	static struct view after;

	look(f, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(host.allocated, allocated_before);
}

static void refused(struct fixture *f, const struct mkcert *spec,
		    enum imatee_error error)
{
	begin(f);
	assert_int_equal(add_spec(f, IMATEE_RING_IMA, spec), error);
	assert_unchanged(f);
}

static void refused_der(struct fixture *f, const void *der, size_t len,
			enum imatee_error error)
{
	static struct answer answer;

	begin(f);
	assert_int_equal(add_der(f, IMATEE_RING_IMA, der, len, &answer), error);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_unchanged(f);
}

static int setup(void **state)
{
	return fixture_setup_with(state, &keytab_builtin,
				  keytab_builtin_digest);
}

/* The new key, through every way to ask for it. */
static void check_added(struct fixture *f, uint8_t ring, const uint8_t *der,
			size_t len, const struct imatee_key_info *info)
{
	static struct answer answer;
	struct imatee_key_reply reply = { 0 };
	struct imatee_key_select select = by_keyid(ring, info->keyid);

	assert_int_equal(info->ring, ring);
	assert_int_equal(info->source, IMATEE_SOURCE_ADDED);
	assert_int_equal(info->cert_len, len);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_EXPORT, &select,
				    sizeof(select), &answer),
			 IMATEE_OK);
	memcpy(&reply, answer.buf, sizeof(reply));
	assert_memory_equal(&reply.info, info, sizeof(*info));
	assert_int_equal(answer.len, sizeof(reply) + len);
	assert_memory_equal(answer.buf + sizeof(reply), der, len);
	select = by_skid(ring, info->skid, info->skid_len);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_GET, &select,
				    sizeof(select), &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(reply) + info->pubkey_len);
}

static void every_kind(void **state)
{
	static const struct {
		const char *key;
		uint8_t algo;
		uint32_t bits;
		const char *digest;
	} kinds[] = {
		{ "P-256", IMATEE_ALGO_ECDSA_P256, 256, "SHA256" },
		{ "rsa:2048", IMATEE_ALGO_RSA, 2048, "SHA224" },
		{ "rsa:3072", IMATEE_ALGO_RSA, 3072, "SHA384" },
		{ "rsa:4096", IMATEE_ALGO_RSA, 4096, "SHA512" },
		{ "P-384", IMATEE_ALGO_ECDSA_P384, 384, "SHA384" },
		{ "P-521", IMATEE_ALGO_ECDSA_P521, 521, "SHA512" },
		{ "P-256", IMATEE_ALGO_ECDSA_P256, 256, "SHA512" },
		{ "P-256", IMATEE_ALGO_ECDSA_P256, 256, "SHA256" },
	};
	static struct answer answer;
	struct fixture *f = *state;
	struct imatee_key_reply reply = { 0 };
	struct mkcert spec = { 0 };
	unsigned char *der = NULL;
	size_t len = 0;
	size_t i = 0;

	for (i = 0; i < CAS; i++) {
		spec = good(&cas[i]);
		spec.key = kinds[i].key;
		spec.digest = kinds[i].digest;
		der = mkcert_der(&spec, &len);
		assert_int_equal(add_der(f, IMATEE_RING_EVM, der, len, &answer),
				 IMATEE_OK);
		assert_int_equal(answer.len, sizeof(reply));
		memcpy(&reply, answer.buf, sizeof(reply));
		assert_int_equal(reply.hdr.epoch, 2 + i);
		assert_int_equal(reply.info.index, 2 + i);
		assert_int_equal(reply.info.algo, kinds[i].algo);
		assert_int_equal(reply.info.key_bits, kinds[i].bits);
		check_added(f, IMATEE_RING_EVM, der, len, &reply.info);
		OPENSSL_free(der);
	}
}

static void usages(void **state)
{
	struct mkcert spec = good(&cas[0]);

	spec.usage = NULL;
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec.usage = "nonRepudiation,keyAgreement";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec.usage = "digitalSignature,keyCertSign";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec = good(&cas[0]);
	spec.basic = "critical,CA:TRUE";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec = good(&cas[0]);
	spec.extra = "1.2.3.4";
	spec.extra_value = "critical,DER:05:00";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec.extra = "extendedKeyUsage";
	spec.extra_value = "critical,serverAuth";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec.extra_value = "critical,serverAuth,codeSigning";
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
	spec.extra_value = "serverAuth";
	refused(*state, &spec, IMATEE_ERR_CERT_USAGE);
	spec.extra_value = "anyExtendedKeyUsage";
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
	spec.extra = "1.2.3.4";
	spec.extra_value = "DER:05:00";
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
	spec = good(&cas[0]);
	spec.basic = NULL;
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
}

static void issuers(void **state)
{
	struct mkcert_ca other = { 0 };
	struct mkcert_ca middle = { 0 };
	struct mkcert spec = mkcert_good_ca;

	/* a CA of the right name, but not that CA */
	spec.cn = "CA p256";
	mkcert_make_ca(&spec, &other);
	/* a CA that a built-in one has made */
	spec = mkcert_good_ca;
	spec.cn = "middle";
	spec.issuer = &cas[0];
	mkcert_make_ca(&spec, &middle);

	spec = mkcert_good;
	refused(*state, &spec, IMATEE_ERR_CERT_UNTRUSTED);
	spec = good(&middle);
	refused(*state, &spec, IMATEE_ERR_CERT_UNTRUSTED);
	spec = good(&cas[0]);
	spec.issuer_cn = "CA nobody";
	refused(*state, &spec, IMATEE_ERR_CERT_UNTRUSTED);
	/* another key than that CA's is named, so it is another CA */
	spec = good(&other);
	refused(*state, &spec, IMATEE_ERR_CERT_UNTRUSTED);
	spec.akid = NULL;
	refused(*state, &spec, IMATEE_ERR_CERT_SIGNATURE);
	/* an RSA signature under the name of an ECDSA key */
	spec = good(&cas[1]);
	spec.akid = NULL;
	spec.issuer_cn = "CA p256";
	refused(*state, &spec, IMATEE_ERR_CERT_SIGNATURE);
	/* itself in the CA's place */
	spec = mkcert_good;
	spec.cn = "CA p256";
	refused(*state, &spec, IMATEE_ERR_CERT_SIGNATURE);
	mkcert_free_ca(&other);
	mkcert_free_ca(&middle);
}

static void twins(void **state)
{
	struct mkcert spec = { 0 };
	size_t i = 0;

	for (i = TWINS; i < CAS; i++) {
		spec = good(&cas[i]);
		spec.akid = NULL;
		assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec),
				 IMATEE_OK);
	}
	/* signed by one twin, and the other one named */
	spec = good(&cas[TWINS]);
	spec.akid = NULL;
	spec.extra = "2.5.29.35";
	spec.extra_value = "DER:30:06:80:04:01:02:03:04";
	refused(*state, &spec, IMATEE_ERR_CERT_UNTRUSTED);
}

static void signatures(void **state)
{
	struct mkcert spec = { 0 };
	unsigned char *der = NULL;
	size_t len = 0;
	size_t i = 0;

	for (i = 0; i < TWINS; i++) {
		spec = good(&cas[i]);
		der = mkcert_der(&spec, &len);
		der[len - 1] ^= 1;
		refused_der(*state, der, len, IMATEE_ERR_CERT_SIGNATURE);
		OPENSSL_free(der);
	}
	/* a digest under which others can be signed */
	spec = good(&cas[1]);
	spec.digest = "SHA1";
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	spec.digest = "SHA256";
	spec.pss = true;
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
}

static void keys(void **state)
{
	static const char *const types[] = { "rsa:1024", "rsa:2056", "P-224",
					     "secp256k1", "ed25519" };
	struct mkcert spec = good(&cas[0]);
	size_t i = 0;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		spec.key = types[i];
		refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	}
	spec = good(&cas[0]);
	spec.compressed = true;
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	spec = good(&cas[0]);
	spec.explicit_curve = true;
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	spec = good(&cas[0]);
	spec.key = "rsa:2048";
	spec.weak = true;
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	spec.weak = false;
	spec.exponent = "10000000000000001";
	refused(*state, &spec, IMATEE_ERR_CERT_KEY);
	spec.exponent = "FFFFFFFFFFFFFFFF";
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
}

static void skids(void **state)
{
	struct mkcert spec = good(&cas[0]);

	spec.skid = "";
	refused(*state, &spec, IMATEE_ERR_CERT_NO_SKID);
	spec.skid = "010203";
	refused(*state, &spec, IMATEE_ERR_CERT_NO_SKID);
	spec.skid = "0102030405";
	assert_int_equal(add_spec(*state, IMATEE_RING_IMA, &spec), IMATEE_OK);
}

static void clashes(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	struct mkcert spec = good(&cas[0]);
	size_t len = 0;
	unsigned char *der = NULL;

	spec.skid = "0102AABBCCDD";
	der = mkcert_der(&spec, &len);
	assert_int_equal(add_der(f, IMATEE_RING_IMA, der, len, &answer),
			 IMATEE_OK);
	refused_der(f, der, len, IMATEE_ERR_KEY_EXISTS);
	/* another ring is another matter */
	assert_int_equal(add_der(f, IMATEE_RING_EVM, der, len, &answer),
			 IMATEE_OK);
	spec.skid = "0304AABBCCDD";
	refused(f, &spec, IMATEE_ERR_KEYID_TAKEN);
	OPENSSL_free(der);
}

static void full_ring(void **state)
{
	struct fixture *f = *state;
	struct mkcert spec = good(&cas[0]);
	size_t i = 0;

	for (i = f->keeper.rings.count[IMATEE_RING_IMA];
	     i < IMATEE_KEYS_PER_RING; i++)
		assert_int_equal(add_spec(f, IMATEE_RING_IMA, &spec),
				 IMATEE_OK);
	refused(f, &spec, IMATEE_ERR_RING_FULL);
	assert_int_equal(add_spec(f, IMATEE_RING_EVM, &spec), IMATEE_OK);
}

/* A certificate of exactly so many bytes. */
static unsigned char *sized(size_t size, size_t *len)
{
	struct mkcert spec = good(&cas[1]);
	unsigned char *der = NULL;

	spec.padding = size - 1000;
	der = mkcert_der(&spec, len);
	spec.padding += size - *len;
	OPENSSL_free(der);
	der = mkcert_der(&spec, len);
	assert_int_equal(*len, size);
	return der;
}

static void largest(void **state)
{
	static struct answer answer;
	struct fixture *f = *state;
	size_t len = 0;
	unsigned char *der = sized(IMATEE_CERT_MAX + 1, &len);
	size_t i = 0;

	refused_der(f, der, len, IMATEE_ERR_TOO_LONG);
	OPENSSL_free(der);
	/* as many as the heap has room for, and the next one */
	for (i = 0; i < 15; i++) {
		der = sized(IMATEE_CERT_MAX, &len);
		assert_int_equal(add_der(f, IMATEE_RING_IMA, der, len, &answer),
				 IMATEE_OK);
		OPENSSL_free(der);
	}
	der = sized(IMATEE_CERT_MAX, &len);
	refused_der(f, der, len, IMATEE_ERR_RESOURCES);
	assert_true(f->keeper.added_size <= KEEPER_ADDED_MAX);
	OPENSSL_free(der);
}

#define TEST_ADD(name, function)                              \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

static int read_cas(void **state)
{
	char cert[4096] = "";
	char key[4096] = "";
	size_t i = 0;

	(void)state;
	for (i = 0; i < CAS; i++) {
		snprintf(cert, sizeof(cert), "%s/keys/ca/%s.pem", BUILTIN_DIR,
			 ca_names[i]);
		snprintf(key, sizeof(key), "%s/private/%s.key", BUILTIN_DIR,
			 ca_names[i]);
		mkcert_read_ca(cert, key, &cas[i]);
	}
	return 0;
}

static int free_cas(void **state)
{
	size_t i = 0;

	(void)state;
	for (i = 0; i < CAS; i++)
		mkcert_free_ca(&cas[i]);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_ADD(
			"a key of each kind is added, issued by a CA of each kind, and is found in every way",
			every_kind),
		TEST_ADD(
			"a key usage without digitalSignature, a CA, a critical extension that is not understood: CERT_USAGE",
			usages),
		TEST_ADD(
			"a foreign issuer and a chain of two: CERT_UNTRUSTED, a forged signature: CERT_SIGNATURE",
			issuers),
		TEST_ADD("of two CAs of one name the right one is asked",
			 twins),
		TEST_ADD(
			"a signature with one bit changed: CERT_SIGNATURE; by SHA-1 or PSS: CERT_KEY",
			signatures),
		TEST_ADD(
			"keys of other kinds, sizes and forms, and those that are not sound: CERT_KEY",
			keys),
		TEST_ADD(
			"no subject key identifier, or too short a one: CERT_NO_SKID",
			skids),
		TEST_ADD(
			"the same certificate: KEY_EXISTS; another with its key id: KEYID_TAKEN",
			clashes),
		TEST_ADD("the 33rd key: RING_FULL", full_ring),
		TEST_ADD(
			"16 KiB are taken, a byte more is TOO_LONG, and more than the heap is for are RESOURCES",
			largest),
	};

	return cmocka_run_group_tests(tests, read_cas, free_cas);
}
