// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Appended signatures of several signers: PKCS #7 messages, made by OpenSSL, whose
 * signers are then put into each order.
 */
#include <stdlib.h>

#include "signing.h"

/* The file that is signed, and each digest of it. */
static const char file[] = "a module";
static uint8_t values[HASHES][EVP_MAX_MD_SIZE];
static struct digests all;

/* Somebody, and somebody who has the name of our P-256 key. */
static EVP_PKEY *stranger_key;
static X509 *stranger;
static X509 *pretender;

static void add(CMS_ContentInfo *cms, X509 *cert, EVP_PKEY *key,
		const EVP_MD *md, unsigned int flags)
{
	assert_non_null(CMS_add1_signer(cms, cert, key, md, flags));
}

static void add_key(CMS_ContentInfo *cms, size_t kind, const EVP_MD *md)
{
	add(cms, certs[kind], keys[kind], md, PLAIN);
}

static enum imatee_error verify_with(const struct message *message,
				     const struct digests *digests)
{
	return message_verify(message, IMATEE_RING_IMA, IMATEE_DIGEST_FILES,
			      digests);
}

static enum imatee_error verify(const struct message *message)
{
	return verify_with(message, &all);
}

/* Contents of the last element, and of the last in it: the signers. */
static struct slice signers_of(const struct message *message)
{
	struct slice in = { message->der, message->len };
	struct der_item item = { 0 };
	size_t depth = 0;

	for (depth = 0; depth < 4; depth++) {
		while (in.len)
			assert_true(der_next(&in, &item));
		in = item.value;
	}
	return in;
}

/* The first signer goes behind the others. */
static void rotate(struct message *message)
{
	const struct slice signers = signers_of(message);
	unsigned char *to = message->der + (signers.data - message->der);
	struct slice rest = signers;
	struct der_item first = { 0 };
	unsigned char *copy = malloc(signers.len);

	assert_true(der_next(&rest, &first));
	memcpy(copy, rest.data, rest.len);
	memcpy(copy + rest.len, first.whole.data, first.whole.len);
	memcpy(to, copy, signers.len);
	free(copy);
}

/* In each order that @count signers have by rotation. */
static void expect(struct message *message, const struct digests *digests,
		   size_t count, enum imatee_error error)
{
	for (; count; count--) {
		assert_int_equal(verify_with(message, digests), error);
		rotate(message);
	}
}

/* Those of @digests but number @without. */
static struct digests without(const struct digests *digests, size_t without)
{
	struct digests some = { 0 };
	size_t i = 0;

	for (i = 0; i < digests->count; i++)
		if (i != without)
			some.of[some.count++] = digests->of[i];
	return some;
}

static void ours(void **state)
{
	struct digests one = { 1, { all.of[SHA256] } };
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();

	(void)state;
	add_key(cms, P256, EVP_sha256());
	add_key(cms, RSA2048, EVP_sha256());
	message_finish(cms, file, &message);
	expect(&message, &all, 2, IMATEE_OK);
	expect(&message, &one, 2, IMATEE_OK);
	values[SHA256][7] ^= 1;
	expect(&message, &all, 2, IMATEE_ERR_SIG_INVALID);
	values[SHA256][7] ^= 1;
	OPENSSL_free(message.der);
}

/* Each has hashed in another way: all of these digests are needed, and each is looked at. */
static void own_hashes(void **state)
{
	static const size_t used[] = { HASH_SHA1, SHA256, SHA512 };
	struct digests some = { 0 };
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();
	size_t i = 0;

	(void)state;
	add_key(cms, P521, EVP_sha1());
	add_key(cms, P256, EVP_sha256());
	add_key(cms, RSA2048, EVP_sha512());
	message_finish(cms, file, &message);
	expect(&message, &all, 3, IMATEE_OK);
	for (i = 0; i < COUNT(used); i++) {
		some = without(&all, used[i]);
		expect(&message, &some, 3, IMATEE_ERR_SIG_INVALID);
		values[used[i]][0] ^= 1;
		expect(&message, &all, 3, IMATEE_ERR_SIG_INVALID);
		values[used[i]][0] ^= 1;
		/* a digest of the right size, and of another hash */
		some = all;
		some.of[used[i]].algo = all.of[SHA224].algo;
		some.of[SHA224].algo = all.of[used[i]].algo;
		expect(&message, &some, 3, IMATEE_ERR_SIG_INVALID);
	}
	some = without(&all, SHA224);
	expect(&message, &some, 3, IMATEE_OK);
	OPENSSL_free(message.der);
}

/* What a signer can be, in the order in which one outweighs the others. */
enum sort {
	UNKNOWN, /* not in the ring */
	UNSUPPORTED, /* in the ring, with MD5 */
	GOOD,
	INVALID, /* in the ring by its name, and it is not its signature */
	NO_DIGEST, /* good, but the request has no digest by its hash */
	SORTS
};

static void add_sort(CMS_ContentInfo *cms, enum sort sort)
{
	switch (sort) {
	case UNKNOWN:
		add(cms, stranger, stranger_key, EVP_sha256(), PLAIN);
		break;
	case UNSUPPORTED:
		add_key(cms, RSA2048, EVP_md5());
		break;
	case GOOD:
		add_key(cms, P521, EVP_sha512());
		break;
	case INVALID:
		add(cms, pretender, stranger_key, EVP_sha256(), PLAIN);
		break;
	default:
		add_key(cms, P256, EVP_sha1());
	}
}

/* As pkcs7_validate_trust() says of all that it was told of each. */
static enum imatee_error verdict_of(const enum sort *sorts, size_t count)
{
	enum sort worst = UNKNOWN;
	size_t i = 0;

	for (i = 0; i < count; i++)
		if (sorts[i] > worst)
			worst = sorts[i];
	switch (worst) {
	case UNKNOWN:
		return IMATEE_ERR_NO_KEY;
	case UNSUPPORTED:
		return IMATEE_ERR_SIG_HASH;
	case GOOD:
		return IMATEE_OK;
	default:
		return IMATEE_ERR_SIG_INVALID;
	}
}

static void each_mix(void **state)
{
	struct digests some = without(&all, HASH_SHA1);
	enum sort sorts[3] = { 0 };
	struct message message = { 0 };
	CMS_ContentInfo *cms = NULL;
	size_t count = 0;
	size_t mix = 0;
	size_t i = 0;

	(void)state;
	for (mix = 0; mix < SORTS * SORTS * SORTS; mix++) {
		sorts[0] = mix % SORTS;
		sorts[1] = mix / SORTS % SORTS;
		sorts[2] = mix / SORTS / SORTS;
		for (count = 1; count <= COUNT(sorts); count++) {
			cms = message_start();
			for (i = 0; i < count; i++)
				add_sort(cms, sorts[i]);
			message_finish(cms, file, &message);
			expect(&message, &some, count,
			       verdict_of(sorts, count));
			OPENSSL_free(message.der);
		}
	}
}

/* Signed attributes of one, ours or not, refuse all. */
static void attributes(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();

	(void)state;
	add_key(cms, P256, EVP_sha256());
	add(cms, certs[RSA2048], keys[RSA2048], EVP_sha256(),
	    PLAIN & ~CMS_NOATTR);
	message_finish(cms, file, &message);
	expect(&message, &all, 2, IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);

	cms = message_start();
	add_key(cms, P256, EVP_sha256());
	add(cms, stranger, stranger_key, EVP_sha256(), PLAIN & ~CMS_NOATTR);
	message_finish(cms, file, &message);
	expect(&message, &all, 2, IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
}

/* A signer that is no signer refuses all, wherever it stands. */
static void malformed(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();
	struct slice signers = { 0 };
	unsigned char *version = NULL;
	size_t turn = 0;

	(void)state;
	add_key(cms, P256, EVP_sha256());
	add(cms, stranger, stranger_key, EVP_sha256(), PLAIN);
	message_finish(cms, file, &message);
	for (turn = 0; turn < 2; turn++) {
		signers = signers_of(&message);
		/* SEQUENCE, its length in one or two bytes, INTEGER */
		version = message.der + (signers.data - message.der) + 2 +
			  (signers.data[1] & 0x80 ? 1 : 0) + 2;
		assert_int_equal(*version, 1);
		*version = 3;
		expect(&message, &all, 2, IMATEE_ERR_SIG_MALFORMED);
		*version = 1;
		rotate(&message);
	}
	expect(&message, &all, 2, IMATEE_OK);
	OPENSSL_free(message.der);

	/* none at all */
	message_encode(message_start(), &message);
	assert_int_equal(signers_of(&message).len, 0);
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	OPENSSL_free(message.der);
}

static void each_length(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();
	size_t whole = 0;

	(void)state;
	add_key(cms, P256, EVP_sha256());
	add_key(cms, P521, EVP_sha512());
	message_finish(cms, file, &message);
	whole = message.len;
	for (message.len = 0; message.len < whole; message.len++)
		assert_int_equal(verify(&message), IMATEE_ERR_SIG_MALFORMED);
	assert_int_equal(verify(&message), IMATEE_OK);
	OPENSSL_free(message.der);
}

/*
 * Each bit of ours who signs beside another one of ours: what is left over is as in
 * a message of one, or makes it a stranger, whom nobody asks.
 */
static void each_bit(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();
	struct slice signers = { 0 };
	struct der_item item = { 0 };
	struct slice left = { 0 };
	unsigned int passed = 0;
	size_t first = 0;
	size_t bit = 0;

	(void)state;
	add_key(cms, P256, EVP_sha256());
	add_key(cms, P521, EVP_sha256());
	message_finish(cms, file, &message);
	signers = signers_of(&message);
	left = signers;
	assert_true(der_next(&left, &item));
	/* the signature of the first: the last element of it */
	left = item.value;
	while (left.len)
		assert_true(der_next(&left, &item));
	first = (size_t)(item.value.data - message.der);
	for (bit = 0; bit < item.value.len * 8; bit++) {
		message.der[first + bit / 8] ^= (unsigned char)(1 << bit % 8);
		passed += verify(&message) == IMATEE_OK;
		message.der[first + bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	assert_int_equal(passed, 0);
	assert_int_equal(verify(&message), IMATEE_OK);
	OPENSSL_free(message.der);
}

/* Many of them: the same one, as often as it goes. */
static void many(void **state)
{
	struct message message = { 0 };
	CMS_ContentInfo *cms = message_start();
	size_t i = 0;

	(void)state;
	for (i = 0; i < 100; i++)
		add_key(cms, P256, EVP_sha256());
	message_finish(cms, file, &message);
	assert_int_equal(verify(&message), IMATEE_OK);
	/* a bit of the last signature of all, in the last byte of its number */
	message.der[message.len - 1] ^= 1;
	assert_int_equal(verify(&message), IMATEE_ERR_SIG_INVALID);
	OPENSSL_free(message.der);
}

static int setup(void **state)
{
	const int error = attempt_setup(state);
	unsigned int len = 0;
	size_t i = 0;

	for (i = 0; i < HASHES; i++) {
		EVP_Digest(file, sizeof(file) - 1, values[i], &len,
			   hashes[i].md(), NULL);
		all.of[i] = (struct digest){ hashes[i].id, { values[i], len } };
	}
	all.count = HASHES;
	stranger_key = EVP_EC_gen("P-256");
	stranger = X509_dup(certs[P256]);
	ASN1_INTEGER_set(X509_get_serialNumber(stranger), 0x6666);
	X509_set_pubkey(stranger, stranger_key);
	X509_sign(stranger, stranger_key, EVP_sha256());
	pretender = X509_dup(certs[P256]);
	X509_set_pubkey(pretender, stranger_key);
	X509_sign(pretender, stranger_key, EVP_sha256());
	return error;
}

static int teardown(void **state)
{
	X509_free(stranger);
	X509_free(pretender);
	EVP_PKEY_free(stranger_key);
	return attempt_teardown(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "two signers of ours verify, and not of another file", ours,
		  NULL, NULL, NULL },
		{ "each signer has a hash of its own, and needs that digest",
		  own_hashes, NULL, NULL, NULL },
		{ "signers that are good, bad, unknown or unsupported, in each mix and order, as Linux has it",
		  each_mix, NULL, NULL, NULL },
		{ "signed attributes of one signer refuse all", attributes,
		  NULL, NULL, NULL },
		{ "a malformed signer refuses all, and so does none", malformed,
		  NULL, NULL, NULL },
		{ "a message of two signers that is cut is refused",
		  each_length, NULL, NULL, NULL },
		{ "a bit changed in one signature refuses the other as well",
		  each_bit, NULL, NULL, NULL },
		{ "a hundred signers verify, and the last one counts", many,
		  NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
