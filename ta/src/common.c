// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "common.h"
#include "request.h"
#include "version.h"

enum imatee_error common_hello(struct call *call, const uint8_t *keys_digest)
{
	const size_t head = sizeof(struct imatee_reply);
	struct imatee_hello_reply reply = { .abi_major = IMATEE_ABI_MAJOR,
					    .abi_minor = IMATEE_ABI_MINOR,
					    .version = IMATEE_VERSION };
	struct imatee_hello hello = { 0 };
	enum imatee_error error = request_decode_hello(&call->in, &hello);

	static_assert(sizeof(IMATEE_VERSION) <= sizeof(reply.version),
		      "IMATEE_VERSION is too long");
	if (error)
		return error;
	if (!writer_reserve(&call->out, sizeof(reply) - head))
		return IMATEE_ERR_SHORT_BUFFER;

	memcpy(reply.keys_digest, keys_digest, sizeof(reply.keys_digest));
	writer_put(&call->out, (uint8_t *)&reply + head, sizeof(reply) - head);
	/*
	 * A second HELLO is a new start. Who then comes with another version
	 * has not said hello.
	 */
	call->session->hello = hello.abi_major == IMATEE_ABI_MAJOR;
	return call->session->hello ? IMATEE_OK : IMATEE_ERR_VERSION;
}

enum imatee_error common_key_reply(struct call *call,
				   const struct keyring *rings,
				   const struct key *key, const void *tail,
				   size_t tail_len)
{
	const struct imatee_key_info info = keyring_describe(rings, key);

	if (!writer_reserve(&call->out, sizeof(info) + tail_len))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, &info, sizeof(info));
	writer_put(&call->out, tail, tail_len);
	return IMATEE_OK;
}

/* What somebody wants to verify, and knows no digest of, may be revoked. */
static bool is_revoked(const struct revoked *revoked,
		       const struct imatee_key_select *select,
		       struct slice digest)
{
	if (!digest.len)
		return select->purpose != IMATEE_PURPOSE_QUERY &&
		       revoked_has_digests(revoked);
	return revoked_has_digest(revoked, digest);
}

enum imatee_error common_find_key(struct call *call,
				  const struct keyring *rings,
				  const struct revoked *revoked,
				  struct imatee_key_select *select,
				  const struct key **key)
{
	struct slice digest = { 0 };
	enum imatee_error error =
		request_decode_select(&call->in, select, &digest);

	if (error)
		return error;
	if (is_revoked(revoked, select, digest))
		return IMATEE_ERR_DIGEST_REVOKED;
	*key = keyring_find(rings, select);
	return *key ? IMATEE_OK : IMATEE_ERR_NO_KEY;
}

enum imatee_error common_key_get(struct call *call, const struct keyring *rings,
				 const struct revoked *revoked,
				 struct imatee_key_select *select)
{
	const struct key *key = NULL;
	enum imatee_error error =
		common_find_key(call, rings, revoked, select, &key);

	if (error)
		return error;
	return common_key_reply(call, rings, key, key->pubkey,
				key->info.pubkey_len);
}
