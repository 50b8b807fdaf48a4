// SPDX-License-Identifier: GPL-2.0-only
/*
 * The subtype of the asymmetric keys that stand in .ima, .evm and .platform for
 * keys in the TEE. They say which key that is, and hold none of it: each use
 * asks the TEE.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <keys/asymmetric-subtype.h>

#include "tee.h"

/**
 * struct imatee_key - payload of a key of this subtype
 * @pub: must be first, since payload.data[asym_crypto] is read as a struct
 *	 public_key in several places; has the names, but no key
 * @ring: enum imatee_ring
 * @skid_len: bytes of @skid
 * @skid: the key's name in the TEE
 * @gone: the TEE does not hold it any more
 */
struct imatee_key {
	struct public_key pub;
	u8 ring;
	u8 skid_len;
	u8 skid[IMATEE_SKID_MAX];
	bool gone;
};

static struct imatee_public_key *fetch(const struct key *key)
{
	const struct imatee_key *tk = key->payload.data[asym_crypto];

	return imatee_get_by_skid(tk->ring, tk->skid, tk->skid_len,
				  IMATEE_PURPOSE_QUERY);
}

static void describe(const struct key *key, struct seq_file *m)
{
	const struct imatee_key *tk = key->payload.data[asym_crypto];

	if (tk)
		seq_printf(m, "TEE.%s", tk->pub.pkey_algo);
}

static void destroy(void *payload_crypto, void *payload_auth)
{
	kfree(payload_crypto);
	public_key_signature_free(payload_auth);
}

/* The software subtype knows the answers; it gets a key for one call. */
static int query(const struct kernel_pkey_params *params,
		 struct kernel_pkey_query *info)
{
	struct kernel_pkey_params shadow_params = *params;
	struct imatee_public_key *public_key;
	struct key *shadow;
	int rc;

	public_key = fetch(params->key);
	if (IS_ERR(public_key))
		return PTR_ERR(public_key);
	shadow = kzalloc(sizeof(*shadow), GFP_KERNEL);
	if (shadow) {
		shadow->payload.data[asym_crypto] = &public_key->pub;
		shadow_params.key = shadow;
		rc = public_key_subtype.query(&shadow_params, info);
		kfree(shadow);
	} else {
		rc = -ENOMEM;
	}
	imatee_put_public_key(public_key);
	/* What this subtype can do is verify. */
	if (!rc)
		info->supported_ops = KEYCTL_SUPPORTS_VERIFY;
	return rc;
}

static int verify(const struct key *key, const struct public_key_signature *sig)
{
	struct imatee_public_key *public_key = fetch(key);
	int rc;

	if (IS_ERR(public_key))
		return PTR_ERR(public_key);
	rc = public_key_verify_signature(&public_key->pub, sig);
	imatee_put_public_key(public_key);
	return rc;
}

struct asymmetric_key_subtype imatee_key_subtype __ro_after_init = {
	.owner = THIS_MODULE,
	.name = "imatee",
	.name_len = sizeof("imatee") - 1,
	.describe = describe,
	.destroy = destroy,
	.query = query,
	.verify_signature = verify,
};

/**
 * imatee_key_prepare - allocate what imatee_key_put_in() needs
 * @payload: of an asymmetric key made from a certificate
 *
 * Return: what is to be given to imatee_key_put_in() or kfree(), or an ERR_PTR().
 */
struct imatee_key *imatee_key_prepare(const union key_payload *payload)
{
	const struct public_key *pub = payload->data[asym_crypto];
	struct imatee_key *tk;

	if (payload->data[asym_subtype] != &public_key_subtype)
		return ERR_PTR(-EBADMSG);
	tk = kzalloc(sizeof(*tk), GFP_KERNEL);
	if (!tk)
		return ERR_PTR(-ENOMEM);
	tk->pub.algo = pub->algo;
	tk->pub.id_type = pub->id_type;
	tk->pub.pkey_algo = pub->pkey_algo;
	tk->pub.key_eflags = pub->key_eflags;
	return tk;
}

/**
 * imatee_key_put_in - turn the payload into that of a TEE key; cannot fail
 * @payload: as it was given to imatee_key_prepare(); nothing else refers to it
 * @tk: what that returned
 * @info: which key of the TEE it stands for
 */
void imatee_key_put_in(union key_payload *payload, struct imatee_key *tk,
		       const struct imatee_key_info *info)
{
	tk->ring = info->ring;
	tk->skid_len = min_t(u8, info->skid_len, IMATEE_SKID_MAX);
	memcpy(tk->skid, info->skid, tk->skid_len);
	public_key_free(payload->data[asym_crypto]);
	payload->data[asym_subtype] = &imatee_key_subtype;
	payload->data[asym_crypto] = tk;
}

/**
 * imatee_key_is_gone - has the TEE been found not to hold this key any more?
 * @key: a key that stands for one of the TEE's
 */
bool imatee_key_is_gone(const struct key *key)
{
	const struct imatee_key *tk = key->payload.data[asym_crypto];

	return READ_ONCE(tk->gone);
}

/**
 * imatee_key_check_gone - ask the TEE whether it still holds this key
 * @key: a key that stands for one of the TEE's
 *
 * Return: imatee_key_is_gone(), from now on.
 */
bool imatee_key_check_gone(const struct key *key)
{
	struct imatee_key *tk = key->payload.data[asym_crypto];
	struct imatee_public_key *public_key = fetch(key);

	if (public_key == ERR_PTR(-ENOKEY))
		WRITE_ONCE(tk->gone, true);
	else if (!IS_ERR(public_key))
		imatee_put_public_key(public_key);
	return imatee_key_is_gone(key);
}
