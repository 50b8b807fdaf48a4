// SPDX-License-Identifier: GPL-2.0-only
/*
 * One function a command of imatee_abi.h: fill the request, call, check that
 * the reply has the size that its type asks for.
 */
#include <linux/string.h>

#include "tee.h"

static int call_fixed(struct imatee_channel *ch, u32 cmd, size_t request_len,
		      size_t reply_len)
{
	const struct imatee_reply *reply = ch->msg;
	int rc = imatee_call(ch, cmd, request_len);

	if (!rc && le32_to_cpu(reply->len) != reply_len) {
		pr_err_ratelimited("command %u: reply of %u bytes, not %zu\n",
				   cmd, le32_to_cpu(reply->len), reply_len);
		rc = -EIO;
	}
	return rc;
}

/* Return: -EPROTO if the trusted application speaks another ABI version, or an older
 * one than this kernel needs.
 */
int imatee_cmd_hello(struct imatee_channel *ch)
{
	struct imatee_hello *hello = ch->msg;
	const struct imatee_hello_reply *reply = ch->msg;
	int rc;

	hello->abi_major = cpu_to_le32(IMATEE_ABI_MAJOR);
	hello->abi_minor = cpu_to_le32(IMATEE_ABI_MINOR);
	rc = imatee_call(ch, IMATEE_CMD_HELLO, sizeof(*hello));
	if (rc && le32_to_cpu(reply->hdr.error) == IMATEE_ERR_VERSION)
		return -EPROTO;
	rc = rc ?: imatee_decode_hello(reply);
	if (!rc && le32_to_cpu(reply->abi_minor) < IMATEE_ABI_MINOR_KERNEL)
		rc = -EPROTO;
	return rc;
}

int imatee_cmd_status(struct imatee_channel *ch)
{
	return call_fixed(ch, IMATEE_CMD_STATUS, sizeof(struct imatee_request),
			  sizeof(struct imatee_status_reply));
}

int imatee_cmd_attach(struct imatee_channel *ch, u8 mode)
{
	struct imatee_attach *attach = ch->msg;

	memset(attach, 0, sizeof(*attach));
	attach->mode = mode;
	return call_fixed(ch, IMATEE_CMD_ATTACH, sizeof(*attach),
			  sizeof(struct imatee_reply));
}

int imatee_cmd_seal(struct imatee_channel *ch)
{
	return call_fixed(ch, IMATEE_CMD_SEAL, sizeof(struct imatee_request),
			  sizeof(struct imatee_reply));
}

/**
 * imatee_cmd_sync - have a verifier load the sealed keys
 * @ch: its channel
 * @error: with a return of 0: the TEE's verdict, enum imatee_error; if it is not
 *	   IMATEE_OK, the verifier has no keys at all
 *
 * Return: 0, or -EIO if there is no verdict, and the verifier has what it had.
 */
int imatee_cmd_sync(struct imatee_channel *ch, u32 *error)
{
	const struct imatee_reply *reply = ch->msg;
	int rc;

	rc = imatee_exchange(ch, IMATEE_CMD_SYNC, sizeof(struct imatee_request),
			     error);
	if (!rc && le32_to_cpu(READ_ONCE(reply->len)) != sizeof(*reply))
		rc = -EIO;
	return rc;
}

/**
 * imatee_cmd_key_list - describe keys of all rings
 * @ch: the keeper's channel
 * @index: how many keys to skip
 *
 * Return: 0 and a reply with as many struct imatee_key_info as its .count says,
 * or as imatee_call().
 */
int imatee_cmd_key_list(struct imatee_channel *ch, u32 index)
{
	struct imatee_key_list *list = ch->msg;
	int rc;

	memset(list, 0, sizeof(*list));
	list->ring = IMATEE_RING_ANY;
	list->index = cpu_to_le32(index);
	rc = imatee_call(ch, IMATEE_CMD_KEY_LIST, sizeof(*list));
	return rc ?: imatee_decode_key_list(ch->msg);
}

/**
 * imatee_select_init - begin a request that names a key
 * @ch: the channel
 * @ring: enum imatee_ring
 * @purpose: enum imatee_purpose
 * @digest_kind: enum imatee_digest_kind
 *
 * Return: the request, for the caller to say which key.
 */
struct imatee_key_select *imatee_select_init(struct imatee_channel *ch,
					     u8 ring, u8 purpose,
					     u8 digest_kind)
{
	struct imatee_key_select *select = ch->msg;

	memset(select, 0, sizeof(*select));
	select->ring = ring;
	select->purpose = purpose;
	select->digest_kind = digest_kind;
	return select;
}

/**
 * imatee_select_digest - say what the key is to verify a signature of
 * @ch: the channel, with a request made by imatee_select_init()
 * @digest: the digest, or NULL
 * @len: its size in bytes
 *
 * The TEE gives no key for a digest that is revoked.
 *
 * Return: 0, or -EBADMSG if that is no digest.
 */
int imatee_select_digest(struct imatee_channel *ch, const void *digest,
			 size_t len)
{
	struct imatee_key_select *select = ch->msg;

	if (!digest)
		return 0;
	if (len > IMATEE_DIGEST_MAX)
		return -EBADMSG;
	select->digest_len = len;
	memcpy(select + 1, digest, len);
	return 0;
}

/*
 * The key's description, followed by .pubkey_len or .cert_len bytes. That length
 * is what the callers get, and never read again: the buffer is shared.
 */
static ssize_t call_key(struct imatee_channel *ch, u32 cmd)
{
	const struct imatee_key_select *select = ch->msg;
	int rc = imatee_call(ch, cmd, sizeof(*select) + select->digest_len);

	return rc ?: imatee_decode_key(ch->msg, ch->size, cmd);
}

/**
 * imatee_cmd_key_get - get the key that the request names
 * @ch: the channel, with a request made by imatee_select_init()
 *
 * Return: bytes of public key behind the struct imatee_key_reply, or as
 * imatee_call().
 */
ssize_t imatee_cmd_key_get(struct imatee_channel *ch)
{
	return call_key(ch, IMATEE_CMD_KEY_GET);
}

/**
 * imatee_cmd_key_export - get a certificate
 * @ch: the keeper's channel
 * @ring: enum imatee_ring
 * @index: of the key in its ring
 * @what: what it is to verify, or NULL: nothing
 *
 * Return: bytes of DER behind the struct imatee_key_reply, or as imatee_call().
 */
ssize_t imatee_cmd_key_export(struct imatee_channel *ch, u8 ring, u32 index,
			      const struct imatee_signed *what)
{
	u8 purpose = what ? what->purpose : IMATEE_PURPOSE_QUERY;
	u8 kind = what ? what->digest_kind : IMATEE_DIGEST_NONE;
	struct imatee_key_select *select =
		imatee_select_init(ch, ring, purpose, kind);
	int rc;

	rc = what ? imatee_select_digest(ch, what->digest, what->digest_len) : 0;
	if (rc)
		return rc;
	select->select = IMATEE_SELECT_INDEX;
	select->value = cpu_to_le32(index);
	return call_key(ch, IMATEE_CMD_KEY_EXPORT);
}

static bool fits(const struct imatee_signed *what)
{
	size_t digest_max = what->digest_kind == IMATEE_DIGEST_FILES ?
			    IMATEE_FILE_DIGESTS_MAX * sizeof(struct imatee_file_digest) :
			    IMATEE_DIGEST_MAX;
	size_t sig_max = what->purpose == IMATEE_PURPOSE_MODSIG ?
			 IMATEE_PKCS7_MAX : IMATEE_SIG_MAX;

	return what->digest_len <= digest_max && what->sig_len <= sig_max;
}

/**
 * imatee_cmd_verify - has a key of the ring signed this digest?
 * @ch: a verifier's channel
 * @what: the signature and the digest
 * @error: the TEE's verdict, enum imatee_error
 *
 * Return: 0, or -EIO if there is no verdict.
 */
int imatee_cmd_verify(struct imatee_channel *ch,
		      const struct imatee_signed *what, u32 *error)
{
	struct imatee_verify *verify = ch->msg;
	const struct imatee_reply *reply = ch->msg;
	u8 *data = ch->msg + sizeof(*verify);
	int rc;

	if (!fits(what)) {
		*error = IMATEE_ERR_TOO_LONG;
		return 0;
	}
	memset(verify, 0, sizeof(*verify));
	verify->ring = what->ring;
	verify->purpose = what->purpose;
	verify->digest_kind = what->digest_kind;
	verify->digest_algo = what->digest_algo;
	verify->digest_len = cpu_to_le32(what->digest_len);
	verify->sig_len = cpu_to_le32(what->sig_len);
	memcpy(data, what->digest, what->digest_len);
	memcpy(data + what->digest_len, what->sig, what->sig_len);
	rc = imatee_exchange_short(ch, IMATEE_CMD_VERIFY, sizeof(*verify) +
				   what->digest_len + what->sig_len, error);
	if (!rc && le32_to_cpu(READ_ONCE(reply->len)) != sizeof(*reply))
		rc = -EIO;
	return rc;
}

/**
 * imatee_cmd_key_add - add the key of a certificate
 * @ch: the keeper's channel
 * @ring: enum imatee_ring
 * @der: the certificate
 * @len: its size in bytes, at most IMATEE_CERT_MAX
 * @error: the TEE's verdict, enum imatee_error
 * @info: with IMATEE_OK: what the TEE says of the key, which is of @ring, was
 *	  made from @len bytes, and has a name that fits
 *
 * Return: 0, or -EIO if there is no verdict.
 */
int imatee_cmd_key_add(struct imatee_channel *ch, u8 ring, const void *der,
		       u32 len, u32 *error, struct imatee_key_info *info)
{
	struct imatee_key_add *add = ch->msg;
	const struct imatee_key_reply *reply = ch->msg;
	int rc;

	if (len > IMATEE_CERT_MAX || sizeof(*add) + len > ch->size)
		return -EIO;
	memset(add, 0, sizeof(*add));
	add->ring = ring;
	add->cert_len = cpu_to_le32(len);
	memcpy(add + 1, der, len);
	rc = imatee_exchange(ch, IMATEE_CMD_KEY_ADD, sizeof(*add) + len, error);
	if (rc || *error)
		return rc;
	if (le32_to_cpu(READ_ONCE(reply->hdr.len)) != sizeof(*reply))
		return -EIO;
	*info = reply->info;
	if (info->ring != ring || le32_to_cpu(info->cert_len) != len ||
	    !info->skid_len || info->skid_len > IMATEE_SKID_MAX)
		return -EIO;
	return 0;
}

/**
 * imatee_cmd_revoke - revoke keys, certificates and digests
 * @ch: the keeper's channel
 * @request: PKCS #7 message, signed by a CA that is built into the TEE
 * @len: its size in bytes, at most IMATEE_REVOKE_MAX
 * @error: the TEE's verdict, enum imatee_error
 * @reply: with IMATEE_OK: what the TEE did
 *
 * Return: 0, or -EIO if there is no verdict.
 */
int imatee_cmd_revoke(struct imatee_channel *ch, const void *request, u32 len,
		      u32 *error, struct imatee_revoke_reply *reply)
{
	struct imatee_revoke *revoke = ch->msg;
	int rc;

	if (len > IMATEE_REVOKE_MAX || sizeof(*revoke) + len > ch->size)
		return -EIO;
	memset(revoke, 0, sizeof(*revoke));
	revoke->len = cpu_to_le32(len);
	memcpy(revoke + 1, request, len);
	rc = imatee_exchange(ch, IMATEE_CMD_REVOKE, sizeof(*revoke) + len, error);
	if (rc || *error)
		return rc;
	memcpy(reply, ch->msg, sizeof(*reply));
	return le32_to_cpu(reply->hdr.len) == sizeof(*reply) ? 0 : -EIO;
}

/**
 * imatee_cmd_revoked_list - what is revoked
 * @ch: the keeper's channel
 * @index: how many entries to skip
 *
 * Return: 0 and a reply with as many struct imatee_revoked as its .count says, or
 * as imatee_call().
 */
int imatee_cmd_revoked_list(struct imatee_channel *ch, u32 index)
{
	struct imatee_revoked_list *list = ch->msg;
	int rc;

	memset(list, 0, sizeof(*list));
	list->index = cpu_to_le32(index);
	rc = imatee_call(ch, IMATEE_CMD_REVOKED_LIST, sizeof(*list));
	return rc ?: imatee_decode_revoked_list(ch->msg);
}

/**
 * imatee_cmd_log_trim - have the log begin at a later position
 * @ch: the keeper's channel
 * @request: struct imatee_log_trim behind its .hdr, and the receipt's signature
 * @len: its size in bytes
 * @error: the TEE's verdict, enum imatee_error
 *
 * Return: 0, or -EIO if there is no verdict.
 */
int imatee_cmd_log_trim(struct imatee_channel *ch, const void *request, u32 len,
			u32 *error)
{
	const struct imatee_reply *reply = ch->msg;
	u32 request_len = sizeof(struct imatee_request) + len;
	int rc;

	if (len > ch->size - sizeof(struct imatee_request))
		return -EIO;
	memcpy(ch->msg + sizeof(struct imatee_request), request, len);
	rc = imatee_exchange_short(ch, IMATEE_CMD_LOG_TRIM, request_len, error);
	if (!rc && le32_to_cpu(READ_ONCE(reply->len)) != sizeof(*reply))
		rc = -EIO;
	return rc;
}

int imatee_cmd_log_base(struct imatee_channel *ch)
{
	return call_fixed(ch, IMATEE_CMD_LOG_BASE, sizeof(struct imatee_request),
			  sizeof(struct imatee_log_base_reply));
}

int imatee_cmd_log_status(struct imatee_channel *ch)
{
	return call_fixed(ch, IMATEE_CMD_LOG_STATUS, sizeof(struct imatee_request),
			  sizeof(struct imatee_log_status_reply));
}
