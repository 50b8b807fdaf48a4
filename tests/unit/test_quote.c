// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_QUOTE and IMATEE_CMD_AK: what they sign is read, and verified, by OpenSSL.
 */
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include "host.h"
#include "quoting.h"

static struct answer answer;
static struct message m;

static void append_entry(struct fixture *f, uint32_t number)
{
	event_number(&m, number);
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
}

/* A TPMS_ATTEST as the TPM's specification writes it, field by field. */
static void reads_as_tpm(void **state)
{
	struct fixture *f = *state;
	static const uint8_t nonce[] = "a verifier's nonce";
	struct quoted q = { 0 };
	struct attested a = { 0 };

	append_entry(f, 1);
	append_entry(f, 2);
	quote(f, IMATEE_HASH_SHA256, nonce, sizeof(nonce), &q);
	quote_parse(&q, &a);
	assert_int_equal(a.nonce_len, sizeof(nonce));
	assert_memory_equal(a.nonce, nonce, sizeof(nonce));
	assert_int_equal(a.bank, 0x000b);
	assert_int_equal(a.pcrs, 1u << 10 | 1u << 23);
	assert_int_equal(a.clock, 0);
	assert_memory_equal(a.reset_count, f->keeper.state.boot_id, 4);
	assert_int_equal(a.restart_count, f->keeper.state.attach_count);
	assert_int_equal(a.safe, 1);
	assert_int_equal(a.firmware,
			 (uint64_t)IMATEE_ABI_MAJOR << 32 | IMATEE_ABI_MINOR);
	assert_int_equal(q.reply.pcrs_used, 1u << 10);
	assert_int_equal(q.reply.binding.entries, 2);
}

/* The signature is of the key that IMATEE_CMD_AK tells, over these very bytes. */
static void is_signed(void **state)
{
	struct fixture *f = *state;
	EVP_PKEY *key = ak_public(f);
	struct quoted q = { 0 };

	append_entry(f, 1);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	assert_true(quote_is_signed(&q, key));
	q.attest[q.attest_len - 1] ^= 1;
	assert_false(quote_is_signed(&q, key));
	q.attest[q.attest_len - 1] ^= 1;
	q.signature[40] ^= 1;
	assert_false(quote_is_signed(&q, key));
	EVP_PKEY_free(key);
}

/* In each bank: its values, in the order of the PCRs, make the digest. */
static void digests_pcrs(void **state)
{
	static const uint8_t banks[] = { IMATEE_HASH_SHA1, IMATEE_HASH_SHA256,
					 IMATEE_HASH_SHA384 };
	static const uint16_t ids[] = { 0x0004, 0x000b, 0x000c };
	struct fixture *f = *state;
	struct attested a = { 0 };
	struct quoted q = { 0 };
	uint8_t digest[32] = { 0 };
	size_t i = 0;

	event_number(&m, 1);
	m.head.pcr = 3;
	assert_int_equal(event_send(f, &m, &answer), IMATEE_OK);
	append_entry(f, 2);
	for (i = 0; i < COUNT(banks); i++) {
		quote(f, banks[i], "n", 1, &q);
		quote_parse(&q, &a);
		assert_int_equal(a.bank, ids[i]);
		assert_int_equal(a.pcrs, 1u << 3 | 1u << 10 | 1u << 23);
		quote_pcr_digest(&q, banks[i], a.pcrs, digest);
		assert_memory_equal(a.pcr_digest, digest, sizeof(digest));
	}
}

/* PCR 23 is what zeros become that are extended with the binding. */
static void binds_the_state(void **state)
{
	struct fixture *f = *state;
	struct quoted q = { 0 };
	uint8_t both[64] = { 0 };
	uint8_t value[32] = { 0 };

	assert_int_equal(seal(f), IMATEE_OK);
	append_entry(f, 1);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	SHA256((uint8_t *)&q.reply.binding, sizeof(q.reply.binding), both + 32);
	SHA256(both, sizeof(both), value);
	assert_memory_equal(q.reply.pcrs[IMATEE_PCR_BINDING].sha256, value, 32);
	assert_memory_equal(q.reply.binding.magic, "imateeB2", 8);
	assert_memory_equal(q.reply.binding.boot_id, q.reply.hdr.boot_id,
			    sizeof(q.reply.hdr.boot_id));
	assert_int_equal(q.reply.binding.seal, IMATEE_SEAL_SEALED);
	assert_int_equal(q.reply.binding.epoch, q.reply.hdr.epoch);
	assert_memory_equal(q.reply.binding.keys_digest, fixture_digest, 32);
}

/* Whatever happens to the keeper, another quote comes of it. */
static void each_change_is_seen(void **state)
{
	const struct imatee_attach attach = make_attach(IMATEE_MODE_FULL);
	struct fixture *f = *state;
	struct quoted before = { 0 };
	struct quoted after = { 0 };
	struct checkpoint checkpoint = { 1, before.reply.pcrs,
					 before.reply.binding.order };

	quote(f, IMATEE_HASH_SHA256, "n", 1, &before);
	assert_int_equal(ask_keeper(f, f->kernel, IMATEE_CMD_ATTACH, &attach,
				    sizeof(attach), &answer),
			 IMATEE_OK);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	assert_int_equal(after.reply.binding.attach_count,
			 before.reply.binding.attach_count + 1);
	assert_int_equal(after.reply.binding.mode, IMATEE_MODE_FULL);
	quote_differs(&before, &after);

	before = after;
	assert_int_equal(seal(f), IMATEE_OK);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	quote_differs(&before, &after);

	before = after;
	append_entry(f, 7);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	quote_differs(&before, &after);

	before = after;
	f->keeper.state.evm_revoked = true;
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	assert_int_equal(after.reply.binding.flags ^ before.reply.binding.flags,
			 IMATEE_FLAG_EVM_REVOKED);
	quote_differs(&before, &after);

	before = after;
	log_trim(f->keeper.log, &checkpoint);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	assert_int_equal(after.reply.binding.trimmed, 1);
	quote_differs(&before, &after);

	before = after;
	keyring_remove(&f->keeper.rings,
		       keyring_at(&f->keeper.rings, IMATEE_RING_IMA, 0));
	quote(f, IMATEE_HASH_SHA256, "n", 1, &after);
	assert_memory_not_equal(before.reply.binding.keys,
				after.reply.binding.keys, 32);
	quote_differs(&before, &after);
}

/* Nothing of it is random: the same is signed in the same way. */
static void is_deterministic(void **state)
{
	struct fixture *f = *state;
	struct quoted one = { 0 };
	struct quoted two = { 0 };

	quote(f, IMATEE_HASH_SHA256, "n", 1, &one);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &two);
	assert_memory_equal(one.signature, two.signature, one.sig_len);
	quote(f, IMATEE_HASH_SHA256, "o", 1, &two);
	assert_memory_not_equal(one.signature + 6, two.signature + 6, 32);
}

/* Where the device has no key of its own, the quote says so; the key is another one. */
static void marks_development(void **state)
{
	struct fixture *f = *state;
	struct quoted q = { 0 };
	EVP_PKEY *stub = ak_public(f);
	EVP_PKEY *real = NULL;

	assert_int_equal(ak.flags, IMATEE_BINDING_DEVELOPMENT);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	assert_true(q.reply.binding.flags & IMATEE_BINDING_DEVELOPMENT);

	memset(&f->keeper.attest_key, 0, sizeof(f->keeper.attest_key));
	host.device = 7;
	real = ak_public(f);
	assert_int_equal(ak.flags, 0);
	quote(f, IMATEE_HASH_SHA256, "n", 1, &q);
	assert_false(q.reply.binding.flags & IMATEE_BINDING_DEVELOPMENT);
	assert_true(quote_is_signed(&q, real));
	assert_int_not_equal(EVP_PKEY_eq(stub, real), 1);
	EVP_PKEY_free(stub);
	EVP_PKEY_free(real);
}

/* OpenSSL takes the certificate request: its signature, subject and key. */
static void requests_certificate(void **state)
{
	struct fixture *f = *state;
	EVP_PKEY *key = ak_public(f);
	const uint8_t *der = ak_csr;
	X509_REQ *csr = d2i_X509_REQ(NULL, &der, (long)ak.csr_len);
	uint8_t name[32] = { 0 };
	char expected[64] = "";
	char cn[64] = "";

	assert_non_null(csr);
	assert_ptr_equal(der, ak_csr + ak.csr_len);
	assert_int_equal(X509_REQ_verify(csr, key), 1);
	assert_int_equal(EVP_PKEY_eq(X509_REQ_get0_pubkey(csr), key), 1);
	X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(csr),
				  NID_commonName, cn, sizeof(cn));
	SHA256(ak_tpmt_public, ak.public_len, name);
	snprintf(expected, sizeof(expected),
		 "imatee %02x%02x%02x%02x%02x%02x%02x%02x", name[0], name[1],
		 name[2], name[3], name[4], name[5], name[6], name[7]);
	assert_string_equal(cn, expected);
	X509_REQ_free(csr);
	EVP_PKEY_free(key);
}

/* A number that is none of the curve's is passed over, not used. */
static void passes_over_bad_numbers(void **state)
{
	struct fixture *f = *state;
	EVP_PKEY *key = NULL;

	host.weak_keys = 2;
	key = ak_public(f);
	assert_int_equal(host.weak_keys, 0);
	EVP_PKEY_free(key);
}

static void send_quote(struct fixture *f, const struct imatee_quote *request,
		       enum imatee_error expected)
{
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_QUOTE, request,
				    request->hdr.len, &answer),
			 expected);
}

static void refuses(void **state)
{
	struct fixture *f = *state;
	const struct imatee_quote good = make_quote(IMATEE_HASH_SHA256, "n", 1);
	struct imatee_quote bad = good;

	bad.bank = IMATEE_HASH_SHA512;
	send_quote(f, &bad, IMATEE_ERR_BAD_VALUE);
	bad = good;
	bad.nonce_len = IMATEE_NONCE_MAX + 1;
	send_quote(f, &bad, IMATEE_ERR_TOO_LONG);
	bad = good;
	bad.nonce[1] = 1;
	send_quote(f, &bad, IMATEE_ERR_MALFORMED);
	bad = good;
	bad.reserved[5] = 1;
	send_quote(f, &bad, IMATEE_ERR_MALFORMED);
	bad = good;
	bad.hdr.len--;
	send_quote(f, &bad, IMATEE_ERR_MALFORMED);
	host.no_device_key = true;
	send_quote(f, &good, IMATEE_ERR_NO_DEVICE_KEY);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_AK, &empty_request,
				    sizeof(empty_request), &answer),
			 IMATEE_ERR_NO_DEVICE_KEY);
}

/* Without memory it is RESOURCES, at each allocation, and the next quote is good. */
static void survives_without_memory(void **state)
{
	struct fixture *f = *state;
	const struct imatee_quote request =
		make_quote(IMATEE_HASH_SHA256, "n", 1);
	const size_t before = host.allocated;
	unsigned int allocs = 0;
	enum imatee_error error = IMATEE_ERR_RESOURCES;

	for (allocs = 0; error; allocs++) {
		memset(&f->keeper.attest_key, 0, sizeof(f->keeper.attest_key));
		host.allocs_left = allocs;
		error = ask_keeper(f, f->user, IMATEE_CMD_QUOTE, &request,
				   sizeof(request), &answer);
		if (error)
			assert_int_equal(error, IMATEE_ERR_RESOURCES);
		assert_int_equal(host.allocated, before);
	}
	assert_in_range(allocs, 3, 100);
}

/* All or nothing: what does not fit is told, and how much it takes. */
static void needs_room(void **state)
{
	struct fixture *f = *state;
	const struct imatee_quote request =
		make_quote(IMATEE_HASH_SHA256, "n", 1);

	send_keeper(f, f->user, IMATEE_CMD_QUOTE, &request, sizeof(request),
		    sizeof(struct imatee_quote_reply), &answer);
	assert_int_equal(answer.head.error, IMATEE_ERR_SHORT_BUFFER);
	send_keeper(f, f->user, IMATEE_CMD_QUOTE, &request, sizeof(request),
		    answer.head.needed, &answer);
	assert_int_equal(answer.head.error, IMATEE_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("quote: reads as a TPM's", reads_as_tpm),
		TEST("quote: is signed by the AK", is_signed),
		TEST("quote: digests the PCRs of each bank", digests_pcrs),
		TEST("quote: binds the keeper's state", binds_the_state),
		TEST("quote: each change is seen", each_change_is_seen),
		TEST("quote: is deterministic", is_deterministic),
		TEST("quote: marks development", marks_development),
		TEST("ak: requests a certificate", requests_certificate),
		TEST("ak: passes over bad numbers", passes_over_bad_numbers),
		TEST("quote: refuses", refuses),
		TEST("quote: survives without memory", survives_without_memory),
		TEST("quote: needs room for all of it", needs_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
