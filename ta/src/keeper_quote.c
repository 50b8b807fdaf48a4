// SPDX-License-Identifier: GPL-2.0-or-later
#include <stddef.h>
#include <string.h>

#include "binding.h"
#include "file_hash.h"
#include "keeper.h"
#include "keeper_quote.h"
#include "platform.h"
#include "request.h"

/* The PCR of IMA, which is quoted whether it has entries or not. */
#define PCR_IMA 10

/* What follows the head in the reply to IMATEE_CMD_QUOTE. */
struct quote_body {
	struct imatee_binding binding;
	uint32_t pcrs_used;
	uint32_t attest_len;
	uint32_t sig_len;
	uint32_t reserved;
	uint8_t checkpoint[TICKET_MAC_SIZE];
	struct imatee_pcr pcrs[IMATEE_PCRS];
	struct imatee_pcr base[IMATEE_PCRS];
};

#define SAME_PLACE(body, reply, field)                                \
	static_assert(sizeof(struct imatee_reply) +                   \
				      offsetof(struct body, field) == \
			      offsetof(struct reply, field),          \
		      "struct " #body " has " #field " in another place")

static_assert(sizeof(struct imatee_reply) + sizeof(struct quote_body) ==
		      sizeof(struct imatee_quote_reply),
	      "struct quote_body is not the end of the reply");
SAME_PLACE(quote_body, imatee_quote_reply, binding);
SAME_PLACE(quote_body, imatee_quote_reply, pcrs_used);
SAME_PLACE(quote_body, imatee_quote_reply, attest_len);
SAME_PLACE(quote_body, imatee_quote_reply, sig_len);
SAME_PLACE(quote_body, imatee_quote_reply, checkpoint);
SAME_PLACE(quote_body, imatee_quote_reply, pcrs);
SAME_PLACE(quote_body, imatee_quote_reply, base);

/* The same of the reply to IMATEE_CMD_AK. */
struct ak_body {
	uint32_t flags;
	uint32_t public_len;
	uint32_t csr_len;
	uint32_t reserved;
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct ak_body) ==
		      sizeof(struct imatee_ak_reply),
	      "struct ak_body is not the end of the reply");
SAME_PLACE(ak_body, imatee_ak_reply, flags);
SAME_PLACE(ak_body, imatee_ak_reply, public_len);
SAME_PLACE(ak_body, imatee_ak_reply, csr_len);

static const uint8_t *value_of(const struct imatee_pcr *pcr, uint8_t bank,
			       size_t *size)
{
	*size = file_hash_find(bank)->size;
	if (bank == IMATEE_HASH_SHA1)
		return pcr->sha1;
	return bank == IMATEE_HASH_SHA256 ? pcr->sha256 : pcr->sha384;
}

static void hash_values(const struct quote_body *body, uint32_t selection,
			uint8_t bank, uint8_t digest[32])
{
	struct file_hash hash = { 0 };
	const uint8_t *value = NULL;
	size_t size = 0;
	size_t i = 0;

	file_hash_init(&hash, file_hash_find(IMATEE_HASH_SHA256));
	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(selection & 1u << i))
			continue;
		value = value_of(&body->pcrs[i], bank, &size);
		file_hash_update(&hash, value, size);
	}
	file_hash_final(&hash, digest);
}

/* All that is told of this moment, but for what is signed. */
static void make_body(const struct keeper *keeper, struct quote_body *body)
{
	const struct log *log = keeper->log;
	struct checkpoint checkpoint = { .pcrs = body->pcrs,
					 .order = body->binding.order };

	binding_make(keeper, keeper->attest_key.development, &body->binding);
	if (log) {
		body->pcrs_used = log->pcrs_used;
		memcpy(body->pcrs, log->pcrs, sizeof(body->pcrs));
		memcpy(body->base, log->base, sizeof(body->base));
	}
	checkpoint.position = body->binding.entries;
	ticket_sign_checkpoint(&keeper->ticket_key, &checkpoint,
			       body->checkpoint);
	binding_pcr(&body->binding, &body->pcrs[IMATEE_PCR_BINDING]);
}

static size_t make_attest(const struct keeper *keeper,
			  const struct imatee_quote *request,
			  const struct quote_body *body,
			  uint8_t attest[TPM_ATTEST_MAX])
{
	const uint8_t *id = body->binding.boot_id;
	struct tpm_quote quote = {
		.public = keeper->attest_key.public,
		.nonce = request->nonce,
		.nonce_len = request->nonce_len,
		.bank = request->bank,
		.pcrs = body->pcrs_used | 1u << PCR_IMA |
			1u << IMATEE_PCR_BINDING,
		.resets = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
			  (uint32_t)id[2] << 8 | id[3],
		.restarts = body->binding.attach_count,
	};

	hash_values(body, quote.pcrs, quote.bank, quote.pcr_digest);
	return tpm_attest(&quote, attest);
}

static enum imatee_error answer(struct call *call,
				const struct imatee_quote *request,
				struct quote_body *body)
{
	const struct keeper *keeper = call->ta;
	uint8_t attest[TPM_ATTEST_MAX] = { 0 };
	uint8_t sig[TPM_SIG_SIZE] = { 0 };
	uint8_t signature[TPM_SIGNATURE_SIZE] = { 0 };
	enum imatee_error error = IMATEE_OK;

	make_body(keeper, body);
	body->attest_len = make_attest(keeper, request, body, attest);
	body->sig_len = sizeof(signature);
	if (!writer_reserve(&call->out,
			    sizeof(*body) + body->attest_len + body->sig_len))
		return IMATEE_ERR_SHORT_BUFFER;
	error = attest_key_sign(&keeper->attest_key, attest, body->attest_len,
				sig);
	if (error)
		return error;
	tpm_signature(sig, signature);
	writer_put(&call->out, body, sizeof(*body));
	writer_put(&call->out, attest, body->attest_len);
	writer_put(&call->out, signature, sizeof(signature));
	return IMATEE_OK;
}

enum imatee_error keeper_quote(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct imatee_quote request = { 0 };
	struct quote_body *body = NULL;
	enum imatee_error error = request_decode_quote(&call->in, &request);

	if (!error)
		error = attest_key_make(&keeper->attest_key);
	if (error)
		return error;
	/* Not on the stack: wolfSSL wants most of it. */
	body = platform_alloc(sizeof(*body));
	if (!body)
		return IMATEE_ERR_RESOURCES;
	error = answer(call, &request, body);
	platform_free(body, sizeof(*body));
	return error;
}

enum imatee_error keeper_ak(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct attest_key *key = &keeper->attest_key;
	struct ak_body body = { .public_len = sizeof(key->public) };
	uint8_t csr[ATTEST_KEY_CSR_MAX] = { 0 };
	size_t csr_len = 0;
	enum imatee_error error = request_decode_empty(&call->in);

	if (!error)
		error = attest_key_make(key);
	if (!error)
		error = attest_key_request(key, csr, &csr_len);
	if (error)
		return error;
	body.flags = key->development ? IMATEE_BINDING_DEVELOPMENT : 0;
	body.csr_len = csr_len;
	if (!writer_reserve(&call->out,
			    sizeof(body) + sizeof(key->public) + csr_len))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, &body, sizeof(body));
	writer_put(&call->out, key->public, sizeof(key->public));
	writer_put(&call->out, csr, csr_len);
	return IMATEE_OK;
}
