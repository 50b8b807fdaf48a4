// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_REVOKE: each refusal has its own error and changes nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include "revoking.h"

/* Entries of a list of so many, which are all different. */
static char *many(size_t count, unsigned int from)
{
	char *text = malloc(sizeof(REVOCATION_LIST_HEAD) + count * 46);
	size_t i = 0;

	strcpy(text, REVOCATION_LIST_HEAD);
	for (i = 0; i < count; i++)
		sprintf(text + strlen(text), "bin:%040zx\n", from + i);
	return text;
}

static void full_list(void **state)
{
	static struct answer answer;
	static struct message message;
	struct fixture *f = *state;
	char *text = NULL;
	unsigned int from = 0;

	for (from = 0; from < 200; from += 100) {
		text = many(100, from);
		assert_int_equal(revoke(f, text), IMATEE_OK);
		assert_int_equal(reply.entries, 100);
		free(text);
	}
	text = many(57, 200);
	revoke_sign(&message, &cas[0], text, EVP_sha256(), ATTACHED);
	refused(f, &message, IMATEE_ERR_REVOKED_FULL);
	free(text);
	/* those that it has count for nothing */
	text = many(100, 156);
	assert_int_equal(revoke(f, text), IMATEE_OK);
	assert_int_equal(reply.entries, 56);
	free(text);
	/* a verifier takes them all, in as many pages as it takes */
	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_SYNC, &empty_request,
				      sizeof(empty_request), &answer),
			 IMATEE_OK);
	assert_int_equal(f->verifier.store->digests.count, 256);
	assert_memory_equal(f->verifier.store->digests.entries,
			    f->keeper.revoked.entries,
			    256 * sizeof(struct imatee_revoked));
	text = many(1, 999);
	revoke_sign(&message, &cas[0], text, EVP_sha256(), ATTACHED);
	refused(f, &message, IMATEE_ERR_REVOKED_FULL);
	free(text);
}

/* Pages of every size, and the room that none has. */
static void pages(void **state)
{
	const size_t one = sizeof(struct imatee_revoked);
	const size_t head = sizeof(struct imatee_revoked_list_reply);
	struct imatee_revoked_list list = { .hdr.len = sizeof(list) };
	struct imatee_revoked_list_reply page = { 0 };
	struct imatee_revoked entry = { 0 };
	static struct answer answer;
	struct fixture *f = *state;
	char *text = many(5, 7);
	size_t size = 0;

	assert_int_equal(revoke(f, text), IMATEE_OK);
	free(text);
	for (size = head; size <= head + 6 * one; size++) {
		list.index = 1;
		send_keeper(f, f->user, IMATEE_CMD_REVOKED_LIST, &list,
			    sizeof(list), size, &answer);
		assert_int_equal(answer.head.error,
				 size < head + one ? IMATEE_ERR_SHORT_BUFFER :
						     IMATEE_OK);
		if (answer.head.error)
			continue;
		memcpy(&page, answer.buf, sizeof(page));
		assert_int_equal(page.total, 5);
		assert_int_equal(page.count, (size - head) / one < 4 ?
						     (size - head) / one :
						     4);
		memcpy(&entry, answer.buf + head, sizeof(entry));
		assert_int_equal(entry.kind, IMATEE_REVOKED_BIN);
		assert_int_equal(entry.hash_len, 20);
		assert_int_equal(entry.source, IMATEE_SOURCE_ADDED);
		assert_int_equal(entry.hash[19], 8);
	}
	list.index = 5;
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_REVOKED_LIST, &list,
				    sizeof(list), &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, head);
}

static void malformed_lists(void **state)
{
	static const char *const texts[] = {
		"",
		"imatee-revocation-1",
		"imatee-revocation-2\n",
		"imatee-revocation-1\r\n",
		"bin:" HASH32 "\n",
		LIST("bin:" HASH32),
		LIST("bin:" HASH32 "\r\n"),
		LIST("bin: " HASH32 "\n"),
		LIST(" bin:" HASH32 "\n"),
		LIST("bin:" HASH32 "0\n"),
		LIST("bin:" HASH32 "00\n"),
		LIST("bin:" HASH32 HASH32 "00\n"),
		LIST("bin:" HASH32 HASH32 HASH32 "\n"),
		LIST("bin:\n"),
		LIST("bin\n"),
		LIST("\n"),
		LIST("BIN:" HASH32 "\n"),
		LIST("bin:0123456789ABCDEF0123456789ABCDEF01234567\n"),
		LIST("bin:0123456789abcdef0123456789abcdef0123456g\n"),
		LIST("tbs:" HASH20 "\n"),
		LIST("spki:" HASH20 "\n"),
		LIST("spki:" HASH32 HASH32 "\n"),
		LIST("key:" HASH32 "\n"),
		LIST("bin:" HASH32 "\nbin:" HASH32 "\nx\n"),
	};
	static struct message message;
	size_t i = 0;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		revoke_sign(&message, &cas[0], texts[i], EVP_sha256(),
			    ATTACHED);
		refused(*state, &message, IMATEE_ERR_REVOKE_MALFORMED);
	}
	/* the shortest that is none of these */
	assert_int_equal(revoke(*state, LIST("")), IMATEE_OK);
	assert_int_equal(revoke(*state, LIST("bin:" HASH20 "\n")), IMATEE_OK);
}

static void signers(void **state)
{
	static struct message message;
	struct mkcert_ca stranger = { 0 };
	struct mkcert_ca pretender = { 0 };
	struct mkcert_ca leaf = { 0 };
	struct mkcert spec = mkcert_good_ca;

	mkcert_make_ca(&spec, &stranger);
	revoke_sign(&message, &stranger, SOMETHING, EVP_sha256(), ATTACHED);
	refused(*state, &message, IMATEE_ERR_REVOKE_UNTRUSTED);
	revoke_sign(&message, &stranger, SOMETHING, EVP_sha256(),
		    ATTACHED | CMS_USE_KEYID);
	refused(*state, &message, IMATEE_ERR_REVOKE_UNTRUSTED);
	/* a CA's certificate vouches for nobody here */
	leaf.cert = issue(&cas[0]);
	leaf.key = EVP_EC_gen("P-256");
	X509_set_pubkey(leaf.cert, leaf.key);
	assert_true(X509_sign(leaf.cert, cas[0].key, EVP_sha256()) > 0);
	revoke_sign(&message, &leaf, SOMETHING, EVP_sha256(), ATTACHED);
	refused(*state, &message, IMATEE_ERR_REVOKE_UNTRUSTED);
	/* its name, and another key of the same kind */
	pretender.key = EVP_EC_gen("P-256");
	pretender.cert = X509_dup(cas[0].cert);
	X509_set_pubkey(pretender.cert, pretender.key);
	assert_true(X509_sign(pretender.cert, pretender.key, EVP_sha256()) > 0);
	revoke_sign(&message, &pretender, SOMETHING, EVP_sha256(), ATTACHED);
	refused(*state, &message, IMATEE_ERR_REVOKE_SIGNATURE);
	/* and of another kind */
	EVP_PKEY_free(pretender.key);
	pretender.key = EVP_RSA_gen(2048);
	X509_set_pubkey(pretender.cert, pretender.key);
	assert_true(X509_sign(pretender.cert, pretender.key, EVP_sha256()) > 0);
	revoke_sign(&message, &pretender, SOMETHING, EVP_sha256(), ATTACHED);
	refused(*state, &message, IMATEE_ERR_REVOKE_SIGNATURE);
	mkcert_free_ca(&stranger);
	mkcert_free_ca(&pretender);
	mkcert_free_ca(&leaf);
}

/* Two of our CAs: whose list it is must be one's. */
static void two_signers(struct message *message)
{
	revoke_sign_by(message, cas, 2, SOMETHING, EVP_sha256(), ATTACHED);
}

static void envelopes(void **state)
{
	static struct message message;
	struct fixture *f = *state;
	static struct answer answer;

	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha256(),
		    ATTACHED | CMS_DETACHED);
	refused(f, &message, IMATEE_ERR_SIG_MALFORMED);
	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha256(), CMS_BINARY);
	refused(f, &message, IMATEE_ERR_SIG_MALFORMED);
	two_signers(&message);
	refused(f, &message, IMATEE_ERR_SIG_MALFORMED);
	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha1(), ATTACHED);
	refused(f, &message, IMATEE_ERR_SIG_HASH);
	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha256(), ATTACHED);
	message.head.reserved = 1;
	refused(f, &message, IMATEE_ERR_MALFORMED);
	message.head.reserved = 0;
	message.head.len--;
	refused(f, &message, IMATEE_ERR_MALFORMED);
	message.head.len = IMATEE_REVOKE_MAX + 1;
	refused(f, &message, IMATEE_ERR_TOO_LONG);
	message.head.len = 0;
	message.head.hdr.len = sizeof(message.head);
	refused(f, &message, IMATEE_ERR_SIG_MALFORMED);

	revoke_sign(&message, &cas[0], SOMETHING, EVP_sha256(), ATTACHED);
	begin(f);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_REVOKE, &message,
				    sizeof(message.head) + message.len,
				    &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_unchanged(f);
}

/*
 * The contents of digestAlgorithms, the first SET: as in Linux nobody looks at them,
 * since each signer says it once more.
 */
static bool is_passed_over(const struct message *message, size_t byte)
{
	const uint8_t *set = memchr(message->der, 0x31, message->len);
	const size_t start = (size_t)(set - message->der) + 2;

	return byte >= start && byte < start + set[1];
}

static void each_bit(void **state)
{
	static struct message message;
	static struct answer answer;
	enum imatee_error error = IMATEE_OK;
	size_t i = 0;

	/* by RSA: the names of ECDSA's algorithms have a hash that counts for nothing */
	revoke_sign(&message, &cas[1], SOMETHING, EVP_sha256(),
		    ATTACHED | CMS_NOCERTS);
	begin(*state);
	for (i = 0; i < 8 * message.len; i++) {
		if (is_passed_over(&message, i / 8))
			continue;
		message.der[i / 8] ^= 1 << i % 8;
		error = revoke_send(*state, &message, &answer);
		if (error == IMATEE_OK)
			fail_msg("bit %zu", i);
		message.der[i / 8] ^= 1 << i % 8;
	}
	assert_unchanged(*state);
	assert_int_equal(revoke_send(*state, &message, &answer), IMATEE_OK);
}

static void no_memory(void **state)
{
	static struct message message;
	static struct answer answer;
	enum imatee_error error = IMATEE_ERR_RESOURCES;
	unsigned int left = 0;

	revoke_sign(&message, &cas[1], SOMETHING, EVP_sha256(), ATTACHED);
	for (left = 0; error; left++) {
		begin(*state);
		host.allocs_left = left;
		error = revoke_send(*state, &message, &answer);
		host.allocs_left = UINT32_MAX;
		if (error) {
			assert_int_equal(error, IMATEE_ERR_RESOURCES);
			assert_unchanged(*state);
		}
	}
	assert_true(left > 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_REVOKE(
			"the 257th entry: REVOKED_FULL, and nothing of that list",
			full_list),
		TEST_REVOKE(
			"the list of what is revoked comes in pages of every size",
			pages),
		TEST_REVOKE(
			"a list in another form: REVOKE_MALFORMED, and nothing of it",
			malformed_lists),
		TEST_REVOKE(
			"a signer that is no built-in CA: REVOKE_UNTRUSTED; who only says so: REVOKE_SIGNATURE",
			signers),
		TEST_REVOKE(
			"detached, with attributes, by SHA-1, too long, or from user space: refused",
			envelopes),
		TEST_REVOKE("a request with any bit changed is refused",
			    each_bit),
		TEST_REVOKE(
			"memory used up at any point of a request changes nothing",
			no_memory),
	};

	return cmocka_run_group_tests(tests, revoke_read_cas, revoke_free_cas);
}
