// SPDX-License-Identifier: GPL-2.0-only
/*
 * Public keys from the TEE, for the length of one verification.
 */
#include <linux/ktime.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "tee.h"

struct imatee_stats imatee_lookups;

/* struct public_key.algo, the OID, is not among this: only ECRDSA reads it. */
static const char * const pkey_algos[] = {
	[IMATEE_ALGO_RSA] = "rsa",
	[IMATEE_ALGO_ECDSA_P256] = "ecdsa-nist-p256",
	[IMATEE_ALGO_ECDSA_P384] = "ecdsa-nist-p384",
	[IMATEE_ALGO_ECDSA_P521] = "ecdsa-nist-p521",
};

/* The reply is in shared memory: what is taken from it is taken once. */
static struct imatee_public_key *key_from_reply(const struct imatee_key_reply *reply,
						size_t len)
{
	u8 algo = READ_ONCE(reply->info.algo);
	struct imatee_public_key *key;

	if (algo >= ARRAY_SIZE(pkey_algos) || !pkey_algos[algo])
		return ERR_PTR(-EIO);
	/* The caller may hold locks of a file system. */
	key = kzalloc(struct_size(key, data, len), GFP_NOFS);
	if (!key)
		return ERR_PTR(-EIO);
	memcpy(key->data, reply + 1, len);
	key->pub.key = key->data;
	key->pub.keylen = len;
	key->pub.pkey_algo = pkey_algos[algo];
	key->pub.id_type = "X509";
	return key;
}

static void count(int error, u64 ns)
{
	imatee_count(&imatee_lookups, error, ns);
}

/* Ends what imatee_select_init() began, and unlocks the channel. */
static struct imatee_public_key *get_selected(struct imatee_channel *ch)
{
	struct imatee_public_key *key;
	u64 start = ktime_get_ns();
	ssize_t len;

	len = imatee_cmd_key_get(ch);
	key = len < 0 ? ERR_PTR(len) : key_from_reply(ch->msg, len);
	imatee_channel_unlock(ch);
	count(PTR_ERR_OR_ZERO(key), ktime_get_ns() - start);
	return key;
}

/**
 * imatee_get_by_keyid - ask the TEE for a public key
 * @what: ring, purpose and digest of what it is to verify
 * @keyid: as in the header of a signature, in CPU byte order
 *
 * Return: the key, to be given to imatee_put_public_key(), or an ERR_PTR():
 * -ENOKEY if the ring does not hold it, -EKEYREJECTED if the digest is revoked,
 * -EBADMSG if it is none, -EIO if there is no answer.
 */
struct imatee_public_key *imatee_get_by_keyid(const struct imatee_signed *what,
					      u32 keyid)
{
	struct imatee_channel *ch = imatee_lookup_channel_get();
	struct imatee_key_select *select;
	int rc;

	if (IS_ERR(ch)) {
		count(-EIO, 0);
		return ERR_CAST(ch);
	}
	select = imatee_select_init(ch, what->ring, what->purpose,
				    what->digest_kind);
	rc = imatee_select_digest(ch, what->digest, what->digest_len);
	if (rc) {
		imatee_channel_unlock(ch);
		return ERR_PTR(rc);
	}
	select->select = IMATEE_SELECT_KEYID;
	select->value = cpu_to_le32(keyid);
	return get_selected(ch);
}

/**
 * imatee_get_by_skid - the same, by the whole subject key identifier
 * @ring: enum imatee_ring
 * @skid: the identifier
 * @skid_len: its length, at most IMATEE_SKID_MAX
 * @purpose: enum imatee_purpose
 *
 * Return: as imatee_get_by_keyid().
 */
struct imatee_public_key *imatee_get_by_skid(u8 ring, const u8 *skid,
					     u8 skid_len, u8 purpose)
{
	struct imatee_channel *ch = imatee_lookup_channel_get();
	struct imatee_key_select *select;

	if (IS_ERR(ch)) {
		count(-EIO, 0);
		return ERR_CAST(ch);
	}
	select = imatee_select_init(ch, ring, purpose, IMATEE_DIGEST_NONE);
	select->select = IMATEE_SELECT_SKID;
	select->skid_len = skid_len;
	memcpy(select->skid, skid, skid_len);
	return get_selected(ch);
}

void imatee_put_public_key(struct imatee_public_key *key)
{
	kfree(key);
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "lookup_test.c"
#endif
