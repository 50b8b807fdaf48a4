// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel's integrity functions become. In the mode "keys" the public key
 * comes from the TEE by the signature's key id, each time, and the kernel does the
 * arithmetic; in the mode "verify" the TEE does all of it.
 *
 * Errors are those of asymmetric_verify(), and two stand for the TEE: -ENOKEY (it
 * holds no such key) and -EIO (it did not answer). Neither the TEE nor its absence
 * makes an -ENODATA or -EOPNOTSUPP, which IMA and EVM take for "not signed" and
 * "not supported".
 */
#include <linux/err.h>
#include <linux/jump_label.h>
#include <linux/ratelimit.h>
#include <keys/asymmetric-type.h>
#include <keys/system_keyring.h>

#include "tee.h"

static u8 purpose_of(unsigned int id, const struct signature_v2_hdr *hdr)
{
	if (id == INTEGRITY_KEYRING_EVM)
		return hdr->type == EVM_XATTR_PORTABLE_DIGSIG ?
		       IMATEE_PURPOSE_EVM_PORTABLE : IMATEE_PURPOSE_EVM;
	return hdr->type == IMA_VERITY_DIGSIG ? IMATEE_PURPOSE_VERITY :
						IMATEE_PURPOSE_IMA;
}

static u8 digest_kind_of(u8 purpose)
{
	switch (purpose) {
	case IMATEE_PURPOSE_EVM:
	case IMATEE_PURPOSE_EVM_PORTABLE:
		return IMATEE_DIGEST_METADATA;
	case IMATEE_PURPOSE_VERITY:
		return IMATEE_DIGEST_FILE_ID;
	default:
		return IMATEE_DIGEST_FILE;
	}
}

static int check_ima_blacklist(u32 keyid)
{
	struct key *keyring = get_ima_blacklist_keyring();
	char name[12];
	key_ref_t ref;

	/* A search allocates memory, and most machines have nothing in there. */
	if (!keyring || !READ_ONCE(keyring->keys.nr_leaves_on_tree))
		return 0;
	snprintf(name, sizeof(name), "id:%08x", keyid);
	ref = keyring_search(make_key_ref(keyring, 1), &key_type_asymmetric,
			     name, true);
	if (IS_ERR(ref))
		return 0;
	key_ref_put(ref);
	pr_err_ratelimited("Key '%s' is in ima_blacklist_keyring\n", name);
	return -EKEYREJECTED;
}

/* The kernel's own blacklists stay in force beside the TEE. */
static int check_barred(u8 ring, u32 keyid)
{
	int rc = check_ima_blacklist(keyid);

	if (!rc && imatee_key_is_barred(ring, keyid)) {
		pr_err_ratelimited("key id:%08x is on the kernel's .blacklist, or was not compared with it\n",
				   keyid);
		rc = -EKEYREJECTED;
	}
	return rc;
}

static const char *encoding_of(const struct public_key *pub)
{
	return strcmp(pub->pkey_algo, "rsa") ? "x962" : "pkcs1";
}

/* Mode "keys": the key of the TEE, the arithmetic of the kernel. */
static int verify_by_key(const struct imatee_signed *what,
			 const struct signature_v2_hdr *hdr)
{
	u32 keyid = be32_to_cpu(hdr->keyid);
	struct public_key_signature pks = {};
	struct imatee_public_key *key;
	int rc;

	key = imatee_get_by_keyid(what, keyid);
	if (IS_ERR(key))
		return PTR_ERR(key);
	pks.hash_algo = hash_algo_name[hdr->hash_algo];
	pks.pkey_algo = key->pub.pkey_algo;
	pks.encoding = encoding_of(&key->pub);
	pks.digest = (u8 *)what->digest;
	pks.digest_size = what->digest_len;
	pks.s = (u8 *)hdr->sig;
	pks.s_size = what->sig_len - sizeof(*hdr);
	rc = public_key_verify_signature(&key->pub, &pks);
	imatee_put_public_key(key);
	return rc;
}

static int verify(const struct imatee_signed *what)
{
	const struct signature_v2_hdr *hdr = what->sig;
	u32 keyid = be32_to_cpu(hdr->keyid);
	int rc = check_barred(what->ring, keyid);

	if (rc)
		return rc;
	if (imatee_verifies())
		rc = imatee_verdict(what);
	else
		rc = imatee_may_verify() ? verify_by_key(what, hdr) : -EIO;
	if (rc == -ENOKEY || rc == -EIO)
		pr_err_ratelimited("key id:%08x from TEE ring %u: %d\n", keyid,
				   what->ring, rc);
	return rc;
}

/* What can be refused without a key; the TEE does not rely on it. */
static int check_header(const struct signature_v2_hdr *hdr, int siglen)
{
	switch (hdr->version) {
	case 2:
	case 3:
		break;
	case 1:
		/* Its keys are no certificates, the TEE has none of them. */
		integrity_audit_msg(AUDIT_INTEGRITY_DATA, NULL, NULL,
				    "imatee", "v1-signature-refused",
				    -EKEYREJECTED, 0);
		return -EKEYREJECTED;
	default:
		return -EOPNOTSUPP;
	}
	if (siglen <= sizeof(*hdr) ||
	    siglen - sizeof(*hdr) != be16_to_cpu(hdr->sig_size))
		return -EBADMSG;
	if (hdr->hash_algo >= HASH_ALGO__LAST)
		return -ENOPKG;
	return 0;
}

/**
 * imatee_digsig_verify - integrity_digsig_verify() with the TEE's keys
 * @id: INTEGRITY_KEYRING_*
 * @sig: struct signature_v2_hdr with its signature, from an extended attribute
 * @siglen: its size in bytes, 2 or more
 * @digest: what was signed
 * @digestlen: its size in bytes
 *
 * Return: 0 if the signature is valid, or an errno as described above.
 */
int imatee_digsig_verify(unsigned int id, const char *sig, int siglen,
			 const char *digest, int digestlen)
{
	const struct signature_v2_hdr *hdr = (const struct signature_v2_hdr *)sig;
	struct imatee_signed what = {
		.ring = imatee_ring_from_id(id),
		.purpose = purpose_of(id, hdr),
		.digest = digest,
		.digest_len = digestlen,
		.sig = sig,
		.sig_len = siglen,
	};
	int rc;

	what.digest_kind = digest_kind_of(what.purpose);
	if (what.ring == IMATEE_RING_ANY)
		return -ENOKEY;
	rc = check_header(hdr, siglen);
	if (rc)
		return rc;
	what.digest_algo = hdr->hash_algo;
	return verify(&what);
}

/**
 * imatee_verity_verify - a signature of an fs-verity digest, for the TEE
 * @sig: struct signature_v2_hdr with its signature, from security.ima
 * @siglen: its size in bytes, 2 or more
 * @algo: HASH_ALGO_* of the digest
 * @digest: the file's fs-verity digest
 * @digestlen: its size in bytes
 *
 * The TEE makes the digest of struct ima_file_id by itself. Only if
 * imatee_verifies(): else the caller does, and calls integrity_digsig_verify(). A
 * caller that the seal overtakes there gets -EIO, once: the TEE does not take that
 * digest.
 *
 * Return: as imatee_digsig_verify().
 */
int imatee_verity_verify(const char *sig, int siglen, u8 algo, const u8 *digest,
			 int digestlen)
{
	const struct imatee_signed what = {
		.ring = IMATEE_RING_IMA,
		.purpose = IMATEE_PURPOSE_VERITY,
		.digest_kind = IMATEE_DIGEST_VERITY,
		.digest_algo = algo,
		.digest = digest,
		.digest_len = digestlen,
		.sig = sig,
		.sig_len = siglen,
	};
	int rc = check_header((const struct signature_v2_hdr *)sig, siglen);

	return rc ?: verify(&what);
}

/*
 * The TEE has digests on its list. Which way it is stands in the kernel's code, out of
 * reach of an attacker who writes data.
 */
static DEFINE_STATIC_KEY_FALSE(digests_revoked);

/* From here on hashes are looked up, too. In process context. */
void imatee_note_digest_revoked(void)
{
	static_branch_enable(&digests_revoked);
	/* Data that claim it was done before keep it from being done. */
	if (!static_branch_unlikely(&digests_revoked))
		imatee_die("a static key was tampered with");
}

/**
 * imatee_digest_revoked - is the digest of a file revoked?
 * @digest: the digest
 * @len: its size in bytes
 *
 * For a file whose security.ima is no signature, and in mode "keys" for one whose
 * signature is of fs-verity's digest: of others the TEE gets the digest with the question
 * for a key, or for a verdict. What the key would be does not matter.
 *
 * Return: true if it is, or if the TEE does not say.
 */
bool imatee_digest_revoked(const u8 *digest, int len)
{
	const struct imatee_signed what = {
		.ring = IMATEE_RING_IMA,
		.purpose = IMATEE_PURPOSE_IMA,
		.digest_kind = IMATEE_DIGEST_FILE,
		.digest = digest,
		.digest_len = len,
	};
	struct imatee_public_key *key;

	if (!static_branch_unlikely(&digests_revoked))
		return false;
	key = imatee_get_by_keyid(&what, 0);
	if (IS_ERR(key))
		return key != ERR_PTR(-ENOKEY);
	imatee_put_public_key(key);
	return false;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "verify_test.c"
#endif
