// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/sha.h>

#include "quoting.h"

struct imatee_ak_reply ak;
uint8_t ak_tpmt_public[256];
uint8_t ak_csr[512];

static struct answer answer;

struct imatee_quote make_quote(uint8_t bank, const void *nonce, size_t len)
{
	struct imatee_quote request = {
		.hdr.len = sizeof(request),
		.bank = bank,
		.nonce_len = (uint8_t)len,
	};

	memcpy(request.nonce, nonce, len);
	return request;
}

void quote(struct fixture *f, uint8_t bank, const void *nonce, size_t len,
	   struct quoted *q)
{
	const struct imatee_quote request = make_quote(bank, nonce, len);
	const uint8_t *tail = answer.buf + sizeof(q->reply);

	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_QUOTE, &request,
				    sizeof(request), &answer),
			 IMATEE_OK);
	memcpy(&q->reply, answer.buf, sizeof(q->reply));
	q->attest_len = q->reply.attest_len;
	q->sig_len = q->reply.sig_len;
	assert_int_equal(answer.len,
			 sizeof(q->reply) + q->attest_len + q->sig_len);
	assert_in_range(q->attest_len, 1, sizeof(q->attest));
	assert_in_range(q->sig_len, 1, sizeof(q->signature));
	memcpy(q->attest, tail, q->attest_len);
	memcpy(q->signature, tail + q->attest_len, q->sig_len);
}

static uint64_t number(const uint8_t **pos, size_t len)
{
	uint64_t value = 0;

	while (len--)
		value = value << 8 | *(*pos)++;
	return value;
}

static void same_bytes(const uint8_t **pos, const void *bytes, size_t len)
{
	assert_memory_equal(*pos, bytes, len);
	*pos += len;
}

void quote_parse(const struct quoted *q, struct attested *a)
{
	static const uint8_t head[] = { 0xff, 0x54, 0x43, 0x47, 0x80,
					0x18, 0x00, 0x22, 0x00, 0x0b };
	static const uint8_t one_bank[] = { 0, 0, 0, 1 };
	const uint8_t *pos = q->attest;
	uint8_t name[32] = { 0 };
	size_t i = 0;

	same_bytes(&pos, head, sizeof(head));
	if (ak.public_len) {
		SHA256(ak_tpmt_public, ak.public_len, name);
		assert_memory_equal(pos, name, sizeof(name));
	}
	pos += sizeof(name);
	a->nonce_len = number(&pos, 2);
	a->nonce = pos;
	pos += a->nonce_len;
	a->clock = number(&pos, 8);
	memcpy(a->reset_count, pos, 4);
	pos += 4;
	a->restart_count = (uint32_t)number(&pos, 4);
	a->safe = (uint8_t)number(&pos, 1);
	a->firmware = number(&pos, 8);
	same_bytes(&pos, one_bank, sizeof(one_bank));
	a->bank = (uint16_t)number(&pos, 2);
	assert_int_equal(number(&pos, 1), 3);
	a->pcrs = 0;
	for (i = 0; i < 3; i++)
		a->pcrs |= (uint32_t)number(&pos, 1) << (8 * i);
	assert_int_equal(number(&pos, 2), 32);
	a->pcr_digest = pos;
	assert_ptr_equal(pos + 32, q->attest + q->attest_len);
}

static EVP_PKEY *key_of(const uint8_t point[65])
{
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;

	OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME,
					"prime256v1", 0);
	OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point,
					 65);
	params = OSSL_PARAM_BLD_to_param(build);
	assert_int_equal(EVP_PKEY_fromdata_init(ctx), 1);
	assert_int_equal(
		EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params), 1);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	EVP_PKEY_CTX_free(ctx);
	return key;
}

EVP_PKEY *ak_public(struct fixture *f)
{
	static const uint8_t head[] = { 0x00, 0x23, 0x00, 0x0b, 0x00, 0x05,
					0x00, 0x72, 0x00, 0x00, 0x00, 0x10,
					0x00, 0x18, 0x00, 0x0b, 0x00, 0x03,
					0x00, 0x10, 0x00, 0x20 };
	static const uint8_t between[] = { 0x00, 0x20 };
	const uint8_t *pos = ak_tpmt_public;
	uint8_t point[65] = { 4 };

	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_AK, &empty_request,
				    sizeof(empty_request), &answer),
			 IMATEE_OK);
	memcpy(&ak, answer.buf, sizeof(ak));
	assert_int_equal(answer.len, sizeof(ak) + ak.public_len + ak.csr_len);
	assert_int_equal(ak.public_len, 88);
	memcpy(ak_tpmt_public, answer.buf + sizeof(ak), ak.public_len);
	assert_in_range(ak.csr_len, 1, sizeof(ak_csr));
	memcpy(ak_csr, answer.buf + sizeof(ak) + ak.public_len, ak.csr_len);
	same_bytes(&pos, head, sizeof(head));
	memcpy(point + 1, pos, 32);
	pos += 32;
	same_bytes(&pos, between, sizeof(between));
	memcpy(point + 33, pos, 32);
	return key_of(point);
}

bool quote_is_signed(const struct quoted *q, EVP_PKEY *key)
{
	static const uint8_t head[] = { 0x00, 0x18, 0x00, 0x0b, 0x00, 0x20 };
	ECDSA_SIG *sig = ECDSA_SIG_new();
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	unsigned char *der = NULL;
	int len = 0;
	bool ok = false;

	assert_int_equal(q->sig_len, 72);
	assert_memory_equal(q->signature, head, sizeof(head));
	ECDSA_SIG_set0(sig, BN_bin2bn(q->signature + 6, 32, NULL),
		       BN_bin2bn(q->signature + 40, 32, NULL));
	len = i2d_ECDSA_SIG(sig, &der);
	assert_int_equal(
		EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key), 1);
	ok = EVP_DigestVerify(ctx, der, (size_t)len, q->attest,
			      q->attest_len) == 1;
	OPENSSL_free(der);
	EVP_MD_CTX_free(ctx);
	ECDSA_SIG_free(sig);
	return ok;
}

void quote_pcr_digest(const struct quoted *q, uint8_t bank, uint32_t pcrs,
		      uint8_t digest[32])
{
	uint8_t values[IMATEE_PCRS * 48] = { 0 };
	const struct imatee_pcr *pcr = NULL;
	size_t len = 0;
	size_t i = 0;

	for (i = 0; i < IMATEE_PCRS; i++) {
		pcr = &q->reply.pcrs[i];
		if (!(pcrs & 1u << i))
			continue;
		if (bank == IMATEE_HASH_SHA1) {
			memcpy(values + len, pcr->sha1, 20);
			len += 20;
		} else if (bank == IMATEE_HASH_SHA256) {
			memcpy(values + len, pcr->sha256, 32);
			len += 32;
		} else {
			memcpy(values + len, pcr->sha384, 48);
			len += 48;
		}
	}
	SHA256(values, len, digest);
}

void quote_differs(const struct quoted *a, const struct quoted *b)
{
	assert_memory_not_equal(&a->reply.binding, &b->reply.binding,
				sizeof(a->reply.binding));
	assert_memory_not_equal(a->attest, b->attest, a->attest_len);
}
