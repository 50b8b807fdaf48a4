// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_LOG_TRIM and IMATEE_CMD_LOG_BASE: who may shorten the log, and how far.
 */
#include <openssl/pem.h>
#include <openssl/sha.h>

#include "host.h"
#include "quoting.h"
#include "revoked.h"

/* The keys whose certificates are in receipt/: P-256 and RSA-2048. */
#define SIGNERS 2
static const char *const signers[SIGNERS] = { "a-receipt", "b-receipt" };

struct request {
	struct imatee_log_trim head;
	uint8_t sig[IMATEE_RECEIPT_SIG_MAX + 1];
};

static struct answer answer;
static struct message m;

static void append_entries(struct fixture *f, uint32_t from, uint32_t count)
{
	uint32_t i = 0;

	for (i = 0; i < count; i++) {
		event_number(&m, from + i);
		assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	}
}

static EVP_PKEY *read_key(const char *name)
{
	char path[4096] = "";
	EVP_PKEY *key = NULL;
	FILE *file = NULL;

	snprintf(path, sizeof(path), "%s/private/%s.key", BUILTIN_DIR, name);
	file = fopen(path, "r");
	assert_non_null(file);
	key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	assert_non_null(key);
	fclose(file);
	return key;
}

static void sign_with(struct request *r, EVP_PKEY *key, const EVP_MD *md)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	size_t len = sizeof(r->sig);

	assert_int_equal(EVP_DigestSignInit(ctx, NULL, md, NULL, key), 1);
	assert_int_equal(EVP_DigestSign(ctx, r->sig, &len,
					(uint8_t *)&r->head.receipt,
					sizeof(r->head.receipt)),
			 1);
	r->head.sig_len = (uint32_t)len;
	r->head.hdr.len = (uint32_t)(sizeof(r->head) + len);
	EVP_MD_CTX_free(ctx);
}

static void sign(struct request *r, const char *name)
{
	EVP_PKEY *key = read_key(name);

	sign_with(r, key, EVP_sha256());
	EVP_PKEY_free(key);
}

/* A receipt for all that the log has now. */
static void receipt(struct fixture *f, struct request *r)
{
	struct quoted q = { 0 };

	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	memset(r, 0, sizeof(*r));
	memcpy(r->head.receipt.magic, IMATEE_RECEIPT_MAGIC, 8);
	memcpy(r->head.receipt.boot_id, q.reply.binding.boot_id,
	       sizeof(q.reply.binding.boot_id));
	r->head.receipt.position = q.reply.binding.entries;
	memcpy(r->head.pcrs, q.reply.pcrs, sizeof(r->head.pcrs));
	memset(&r->head.pcrs[IMATEE_PCR_BINDING], 0,
	       sizeof(r->head.pcrs[IMATEE_PCR_BINDING]));
	SHA256((uint8_t *)r->head.pcrs, sizeof(r->head.pcrs),
	       r->head.receipt.pcrs);
	memcpy(r->head.order, q.reply.binding.order, sizeof(r->head.order));
	memcpy(r->head.receipt.order, r->head.order, sizeof(r->head.order));
	memcpy(r->head.checkpoint, q.reply.checkpoint,
	       sizeof(r->head.checkpoint));
	sign(r, signers[0]);
}

static enum imatee_error trim(struct fixture *f, const struct request *r)
{
	return ask_keeper(f, f->kernel, IMATEE_CMD_LOG_TRIM, r, r->head.hdr.len,
			  &answer);
}

static void get_base(struct fixture *f, struct imatee_log_base_reply *base)
{
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_BASE,
				    &empty_request, sizeof(empty_request),
				    &answer),
			 IMATEE_OK);
	assert_int_equal(answer.len, sizeof(*base));
	memcpy(base, answer.buf, sizeof(*base));
}

static void begins_at(struct fixture *f, uint64_t position,
		      const struct imatee_pcr *pcrs, const uint8_t *order)
{
	struct imatee_log_base_reply base = { 0 };
	struct quoted q = { 0 };
	uint8_t digest[32] = { 0 };

	get_base(f, &base);
	assert_int_equal(base.trimmed, position);
	assert_memory_equal(base.base, pcrs, sizeof(base.base));
	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	assert_int_equal(q.reply.binding.trimmed, position);
	assert_memory_equal(q.reply.base, pcrs, sizeof(q.reply.base));
	SHA256((const uint8_t *)pcrs, sizeof(q.reply.base), digest);
	assert_memory_equal(q.reply.binding.base, digest, sizeof(digest));
	assert_memory_equal(q.reply.binding.base_order, order, 32);
}

static const struct imatee_pcr zeros[IMATEE_PCRS];
static const uint8_t no_order[32];

/* It begins where the receipt says, and its entries and PCRs stay what they were. */
static void begins_later(void **state)
{
	struct imatee_log_status_reply before = { 0 };
	struct imatee_log_status_reply after = { 0 };
	struct fixture *f = *state;
	struct request r = { 0 };

	append_entries(f, 0, 300);
	begins_at(f, 0, zeros, no_order);
	receipt(f, &r);
	append_entries(f, 1000, 10);
	log_status(f, &before);
	assert_int_equal(trim(f, &r), IMATEE_OK);
	begins_at(f, 300, r.head.pcrs, r.head.order);
	log_status(f, &after);
	before.hdr = after.hdr;
	assert_memory_equal(&before, &after, sizeof(before));
}

/* By each key of receipt/, whatever its algorithm. */
static void each_signer(void **state)
{
	struct fixture *f = *state;
	struct request r = { 0 };
	size_t i = 0;

	for (i = 0; i < SIGNERS; i++) {
		append_entries(f, (uint32_t)i, 1);
		receipt(f, &r);
		sign(&r, signers[i]);
		assert_int_equal(trim(f, &r), IMATEE_OK);
		begins_at(f, i + 1, r.head.pcrs, r.head.order);
	}
}

/* An older receipt comes late: the log does not begin earlier again. */
static void never_earlier(void **state)
{
	struct fixture *f = *state;
	struct request first = { 0 };
	struct request second = { 0 };

	append_entries(f, 0, 1);
	receipt(f, &first);
	append_entries(f, 1, 1);
	receipt(f, &second);
	assert_int_equal(trim(f, &second), IMATEE_OK);
	assert_int_equal(trim(f, &first), IMATEE_OK);
	begins_at(f, 2, second.head.pcrs, second.head.order);
	assert_int_equal(trim(f, &second), IMATEE_OK);
	begins_at(f, 2, second.head.pcrs, second.head.order);
}

static void empty_log(void **state)
{
	struct fixture *f = *state;
	struct request r = { 0 };

	receipt(f, &r);
	assert_int_equal(trim(f, &r), IMATEE_OK);
	begins_at(f, 0, zeros, no_order);
}

static void refused(struct fixture *f, const struct request *r,
		    enum imatee_error error)
{
	assert_int_equal(trim(f, r), error);
	begins_at(f, 0, zeros, no_order);
}

/* A checkpoint of another position, other PCRs, another log, or of nobody. */
static void wants_checkpoint(void **state)
{
	struct fixture *f = *state;
	struct request good = { 0 };
	struct request r = { 0 };

	append_entries(f, 0, 5);
	receipt(f, &good);

	r = good;
	r.head.receipt.position--;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r.head.receipt.position = 1000;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r = good;
	r.head.pcrs[10].sha384[47] ^= 1;
	SHA256((uint8_t *)r.head.pcrs, sizeof(r.head.pcrs),
	       r.head.receipt.pcrs);
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r = good;
	r.head.receipt.pcrs[0] ^= 1;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	/* another order, in both and in each */
	r = good;
	r.head.order[31] ^= 1;
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r.head.receipt.order[31] ^= 1;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r = good;
	r.head.receipt.order[31] ^= 1;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r = good;
	r.head.checkpoint[31] ^= 1;
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	r = good;
	r.head.receipt.boot_id[15] ^= 1;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_CHECKPOINT);
	assert_int_equal(trim(f, &good), IMATEE_OK);
}

/* By a stranger, by a key of a ring, over something else, or by another hash. */
static void wants_receipt(void **state)
{
	EVP_PKEY *stranger = EVP_EC_gen("P-256");
	struct fixture *f = *state;
	struct request good = { 0 };
	struct request r = { 0 };
	EVP_PKEY *key = NULL;

	append_entries(f, 0, 5);
	receipt(f, &good);

	r = good;
	sign_with(&r, stranger, EVP_sha256());
	refused(f, &r, IMATEE_ERR_RECEIPT);
	/* a CA vouches for keys, not for logs */
	sign(&r, "a-p256");
	refused(f, &r, IMATEE_ERR_RECEIPT);
	key = read_key(signers[0]);
	sign_with(&r, key, EVP_sha384());
	refused(f, &r, IMATEE_ERR_RECEIPT);
	EVP_PKEY_free(key);
	/* who has signed another order has not signed this one */
	r = good;
	r.head.receipt.order[0] ^= 1;
	sign(&r, signers[0]);
	r.head.receipt.order[0] ^= 1;
	refused(f, &r, IMATEE_ERR_RECEIPT);
	r = good;
	r.sig[10] ^= 1;
	refused(f, &r, IMATEE_ERR_RECEIPT);
	r = good;
	r.head.sig_len = 0;
	r.head.hdr.len = sizeof(r.head);
	refused(f, &r, IMATEE_ERR_RECEIPT);
	assert_int_equal(trim(f, &good), IMATEE_OK);
	EVP_PKEY_free(stranger);
}

/* A revoked key shortens nothing, and the others still do. */
static void heeds_revocation(void **state)
{
	const struct slice spki = keytab_builtin.receipts[0].spki;
	struct imatee_revoked entry = { .kind = IMATEE_REVOKED_SPKI,
					.hash_len = 32 };
	struct fixture *f = *state;
	struct request r = { 0 };
	bool added = false;

	SHA256(spki.data, spki.len, entry.hash);
	assert_int_equal(revoked_add(&f->keeper.revoked, &entry, &added),
			 IMATEE_OK);
	append_entries(f, 0, 5);
	receipt(f, &r);
	refused(f, &r, IMATEE_ERR_RECEIPT);
	sign(&r, signers[1]);
	assert_int_equal(trim(f, &r), IMATEE_OK);
}

static void no_such_keys(void **state)
{
	struct fixture *f = *state;
	struct request r = { 0 };

	append_entries(f, 0, 1);
	receipt(f, &r);
	refused(f, &r, IMATEE_ERR_RECEIPT);
}

static void wants_its_form(void **state)
{
	struct fixture *f = *state;
	struct request good = { 0 };
	struct request r = { 0 };
	uint32_t len = 0;

	append_entries(f, 0, 5);
	receipt(f, &good);
	for (len = sizeof(struct imatee_request); len < good.head.hdr.len;
	     len++) {
		r = good;
		r.head.hdr.len = len;
		refused(f, &r, IMATEE_ERR_MALFORMED);
	}
	r = good;
	r.head.hdr.len++;
	refused(f, &r, IMATEE_ERR_MALFORMED);
	r = good;
	r.head.reserved = 1;
	refused(f, &r, IMATEE_ERR_MALFORMED);
	r = good;
	r.head.receipt.magic[7] ^= 1;
	sign(&r, signers[0]);
	refused(f, &r, IMATEE_ERR_MALFORMED);
	r = good;
	r.head.pcrs[IMATEE_PCR_BINDING].sha1[0] = 1;
	refused(f, &r, IMATEE_ERR_MALFORMED);
	r = good;
	r.head.sig_len = IMATEE_RECEIPT_SIG_MAX + 1;
	r.head.hdr.len = sizeof(r);
	refused(f, &r, IMATEE_ERR_TOO_LONG);
}

static void only_the_kernel(void **state)
{
	struct fixture *f = *state;
	struct request r = { 0 };

	append_entries(f, 0, 1);
	receipt(f, &r);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_LOG_TRIM, &r,
				    r.head.hdr.len, &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	assert_int_equal(ask_keeper(f, f->ta, IMATEE_CMD_LOG_TRIM, &r,
				    r.head.hdr.len, &answer),
			 IMATEE_ERR_NOT_PERMITTED);
	begins_at(f, 0, zeros, no_order);
}

static void survives_without_memory(void **state)
{
	enum imatee_error error = IMATEE_ERR_RESOURCES;
	struct fixture *f = *state;
	struct request r = { 0 };
	unsigned int allocs = 0;
	size_t before = 0;

	append_entries(f, 0, 5);
	receipt(f, &r);
	before = host.allocated;
	for (allocs = 0; error; allocs++) {
		host.allocs_left = allocs;
		error = trim(f, &r);
		host.allocs_left = 1000;
		if (error) {
			assert_int_equal(error, IMATEE_ERR_RESOURCES);
			begins_at(f, 0, zeros, no_order);
		}
		assert_int_equal(host.allocated, before);
	}
	begins_at(f, 5, r.head.pcrs, r.head.order);
}

/* Entries for the PCR of the binding would make quotes that say two things. */
static void binding_has_no_entries(void **state)
{
	struct fixture *f = *state;

	event_number(&m, 1);
	m.head.pcr = IMATEE_PCR_BINDING;
	assert_int_equal(event_send(f, &m, &answer), IMATEE_ERR_BAD_VALUE);
	m.head.pcr = IMATEE_PCR_BINDING - 1;
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
}

static int setup(void **state)
{
	return fixture_setup_with(state, &keytab_builtin,
				  keytab_builtin_digest);
}

#define TEST_TRIM(name, function)                             \
	{                                                     \
		name, function, setup, fixture_teardown, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST_TRIM("trim: the log begins later", begins_later),
		TEST_TRIM("trim: by each signer", each_signer),
		TEST_TRIM("trim: never begins earlier again", never_earlier),
		TEST_TRIM("trim: an empty log", empty_log),
		TEST_TRIM("trim: wants a checkpoint", wants_checkpoint),
		TEST_TRIM("trim: wants a receipt", wants_receipt),
		TEST_TRIM("trim: heeds revocation", heeds_revocation),
		TEST("trim: without receipt keys", no_such_keys),
		TEST_TRIM("trim: wants its form", wants_its_form),
		TEST_TRIM("trim: only the kernel", only_the_kernel),
		TEST_TRIM("trim: survives without memory",
			  survives_without_memory),
		TEST("quote: its own PCR has no entries",
		     binding_has_no_entries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
