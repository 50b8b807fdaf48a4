// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a reply must look like before anything in it is used. Nothing here calls
 * the TEE. The buffer is shared with it: a length is read once, and callers take
 * the one they are given here.
 */
#include <linux/errno.h>

#include "tee.h"

/**
 * imatee_decode_head - check the head of a reply
 * @reply: the reply
 * @size: of the buffer that it is in, in bytes
 * @len: bytes that the TEE has written, as it says outside of the buffer
 *
 * Return: 0 if the reply says the same length, and the buffer holds it, or -EIO.
 */
int imatee_decode_head(const struct imatee_reply *reply, size_t size, size_t len)
{
	if (len < sizeof(*reply) || len > size ||
	    le32_to_cpu(READ_ONCE(reply->len)) != len)
		return -EIO;
	return 0;
}

/**
 * imatee_decode_hello - check the reply to IMATEE_CMD_HELLO
 * @reply: the reply; its head has been checked
 *
 * Return: 0, -EPROTO if the trusted application speaks another ABI version, or
 * -EIO.
 */
int imatee_decode_hello(const struct imatee_hello_reply *reply)
{
	if (le32_to_cpu(READ_ONCE(reply->hdr.len)) != sizeof(*reply))
		return -EIO;
	if (le32_to_cpu(READ_ONCE(reply->abi_major)) != IMATEE_ABI_MAJOR)
		return -EPROTO;
	return 0;
}

/* Are @len bytes @count elements of @one bytes? */
static int check_list(size_t len, u32 count, size_t one)
{
	return len % one || len / one != count ? -EIO : 0;
}

/**
 * imatee_decode_key_list - check a reply with keys, without their material
 * @reply: the reply; its head has been checked
 *
 * Return: 0 if it is as long as .count says, or -EIO.
 */
int imatee_decode_key_list(const struct imatee_key_list_reply *reply)
{
	size_t len = le32_to_cpu(READ_ONCE(reply->hdr.len));

	if (len < sizeof(*reply))
		return -EIO;
	return check_list(len - sizeof(*reply),
			  le32_to_cpu(READ_ONCE(reply->count)),
			  sizeof(struct imatee_key_info));
}

/**
 * imatee_decode_revoked_list - check a reply with what is revoked
 * @reply: the reply; its head has been checked
 *
 * Return: 0 if it is as long as .count says, or -EIO.
 */
int imatee_decode_revoked_list(const struct imatee_revoked_list_reply *reply)
{
	size_t len = le32_to_cpu(READ_ONCE(reply->hdr.len));

	if (len < sizeof(*reply))
		return -EIO;
	return check_list(len - sizeof(*reply),
			  le32_to_cpu(READ_ONCE(reply->count)),
			  sizeof(struct imatee_revoked));
}

/**
 * imatee_decode_key - check a reply with one key
 * @reply: the reply; its head has been checked
 * @size: of the buffer that it is in, in bytes
 * @cmd: IMATEE_CMD_KEY_GET or IMATEE_CMD_KEY_EXPORT
 *
 * Return: bytes of public key or certificate behind the struct imatee_key_reply,
 * at least 1 and within the buffer, or -EIO.
 */
ssize_t imatee_decode_key(const struct imatee_key_reply *reply, size_t size,
			  u32 cmd)
{
	u32 len = le32_to_cpu(READ_ONCE(reply->hdr.len));
	u32 tail;

	if (len < sizeof(*reply) || len > size)
		return -EIO;
	tail = cmd == IMATEE_CMD_KEY_GET ?
	       le32_to_cpu(READ_ONCE(reply->info.pubkey_len)) :
	       le32_to_cpu(READ_ONCE(reply->info.cert_len));
	if (!tail || len - sizeof(*reply) != tail)
		return -EIO;
	return tail;
}

/**
 * imatee_decode_measure - check the reply to IMATEE_CMD_MEASURE
 * @reply: the reply; its head has been checked
 *
 * Return: 0 if it is as long as .record_len says, and there is a record if one was
 * added, or -EIO.
 */
int imatee_decode_measure(const struct imatee_measure_reply *reply)
{
	size_t len = le32_to_cpu(READ_ONCE(reply->hdr.len));
	u32 record_len;

	if (len < sizeof(*reply))
		return -EIO;
	record_len = le32_to_cpu(READ_ONCE(reply->record_len));
	if (len - sizeof(*reply) != record_len)
		return -EIO;
	if (READ_ONCE(reply->outcome) != IMATEE_OUTCOME_ADDED)
		return record_len ? -EIO : 0;
	return record_len < sizeof(struct imatee_log_record) ||
	       record_len > IMATEE_LOG_RECORD_MAX ? -EIO : 0;
}

/**
 * imatee_decode_log_read - check the reply to IMATEE_CMD_LOG_READ
 * @reply: the reply; its head has been checked
 *
 * Return: 0 if it is as long as .segment.len says, or -EIO.
 */
int imatee_decode_log_read(const struct imatee_log_read_reply *reply)
{
	size_t len = le32_to_cpu(READ_ONCE(reply->hdr.len));

	if (len < sizeof(*reply) ||
	    len - sizeof(*reply) != le32_to_cpu(READ_ONCE(reply->segment.len)))
		return -EIO;
	return 0;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "decode_test.c"
#endif
