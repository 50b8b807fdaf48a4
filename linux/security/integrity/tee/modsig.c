// SPDX-License-Identifier: GPL-2.0-only
/*
 * Appended signatures. The kernel has parsed the PKCS#7 message before, to see that
 * there is one, and if it has one signer, to hash the file as that one says.
 */
#include <linux/asn1.h>
#include <linux/bits.h>
#include <linux/err.h>
#include <linux/key.h>
#include <linux/oid_registry.h>
#include <linux/ratelimit.h>
#include <linux/slab.h>
#include <crypto/hash.h>

#include "tee.h"

/*
 * A message that has a content is a signature of that, and not of the file that it is
 * appended to. IMA verifies it all the same. (The loader of modules refuses it later,
 * but others do not look.)
 */
static bool has_content(const struct modsig *modsig)
{
	const void *data;
	size_t len;

	return ima_get_modsig_content(modsig, &data, &len);
}

/*
 * What to look keys up for: one digest. Of each other one the TEE is asked whether it
 * is revoked.
 */
static int pick_digest(const struct imatee_signed *what, struct imatee_signed *one)
{
	const struct imatee_file_digest *digests = what->digest;
	size_t i;

	*one = *what;
	if (what->digest_kind != IMATEE_DIGEST_FILES)
		return 0;
	for (i = 1; i < what->digest_len / sizeof(*digests); i++)
		if (imatee_digest_revoked(digests[i].digest, digests[i].len))
			return -EKEYREJECTED;
	one->digest_kind = IMATEE_DIGEST_FILE;
	one->digest_algo = digests->algo;
	one->digest = digests->digest;
	one->digest_len = digests->len;
	return 0;
}

/*
 * Mode "keys". The message may name a key in several ways, and chain to it through
 * certificates of its own: so it is checked against a keyring that is made from the
 * TEE's certificates for this call, and is linked nowhere.
 */
static int verify_by_keys(const struct imatee_signed *what,
			  const struct modsig *modsig)
{
	struct imatee_signed one;
	struct key *keyring;
	int rc;

	if (has_content(modsig))
		return -EKEYREJECTED;
	rc = pick_digest(what, &one);
	if (rc)
		return rc;
	keyring = imatee_snapshot_ring(&one);
	if (IS_ERR(keyring))
		return PTR_ERR(keyring);
	rc = ima_modsig_verify(keyring, modsig);
	key_put(keyring);
	return rc;
}

/* The hashes that the TEE knows, as messages name them. */
static const struct {
	enum OID oid;
	u8 algo;
} hashes[] = {
	{ OID_sha1, HASH_ALGO_SHA1 },
	{ OID_sha224, HASH_ALGO_SHA224 },
	{ OID_sha256, HASH_ALGO_SHA256 },
	{ OID_sha384, HASH_ALGO_SHA384 },
	{ OID_sha512, HASH_ALGO_SHA512 },
	{ OID_sha3_256, HASH_ALGO_SHA3_256 },
	{ OID_sha3_384, HASH_ALGO_SHA3_384 },
	{ OID_sha3_512, HASH_ALGO_SHA3_512 },
};

static_assert(ARRAY_SIZE(hashes) <= IMATEE_FILE_DIGESTS_MAX);

/*
 * Which of them a message names, a bit for each: wherever it has bytes that could be an
 * OBJECT IDENTIFIER. One too many does no harm, and so nothing has to be parsed here.
 */
static unsigned long named_hashes(const void *data, size_t len)
{
	const u8 *message = data;
	unsigned long named = 0;
	enum OID oid;
	size_t at, i;

	for (at = 0; at + 2 < len; at++) {
		if (message[at] != ASN1_OID || message[at + 1] > len - at - 2)
			continue;
		oid = look_up_OID(message + at + 2, message[at + 1]);
		for (i = 0; i < ARRAY_SIZE(hashes); i++)
			if (hashes[i].oid == oid)
				named |= BIT(i);
	}
	return named;
}

/* Return: 0, -ENOENT if the kernel does not have that hash, or another errno. */
static int hash_data(u8 algo, const void *data, size_t len,
		     struct imatee_file_digest *digest)
{
	struct crypto_shash *tfm = crypto_alloc_shash(hash_algo_name[algo], 0, 0);
	int rc;

	if (IS_ERR(tfm))
		return PTR_ERR(tfm);
	digest->algo = algo;
	digest->len = hash_digest_size[algo];
	rc = crypto_shash_tfm_digest(tfm, data, len, digest->digest);
	crypto_free_shash(tfm);
	return rc;
}

/* Return: how many digests there are, or -EIO. */
static int hash_file(const struct modsig *modsig, const struct imatee_signed *what,
		     struct imatee_file_digest *digests)
{
	unsigned long named = named_hashes(what->sig, what->sig_len);
	const void *data;
	int count = 0;
	size_t len, i;
	int rc;

	/* Not of what the message itself may have for a content. */
	if (ima_get_modsig_content(modsig, &data, &len))
		return 0;
	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		if (!(named & BIT(i)))
			continue;
		rc = hash_data(hashes[i].algo, data, len, &digests[count]);
		if (!rc)
			count++;
		else if (rc != -ENOENT)
			return -EIO;
	}
	return count;
}

/*
 * IMA hashes for messages of one signer only. Others get all the digests that their
 * signers may want. Without any the TEE finds nothing to be signed, nor, once digests
 * are revoked, a key.
 *
 * Return: what @what points to then, to be given to kfree(), or ERR_PTR(-EIO).
 */
static struct imatee_file_digest *add_digests(const struct modsig *modsig,
					      struct imatee_signed *what)
{
	struct imatee_file_digest *digests;
	int count;

	if (what->digest || what->sig_len > IMATEE_PKCS7_MAX)
		return NULL;
	digests = kcalloc(IMATEE_FILE_DIGESTS_MAX, sizeof(*digests), GFP_KERNEL);
	if (!digests)
		return ERR_PTR(-EIO);
	count = hash_file(modsig, what, digests);
	if (count <= 0) {
		kfree(digests);
		return ERR_PTR(count);
	}
	what->digest_kind = IMATEE_DIGEST_FILES;
	what->digest_algo = 0;
	what->digest = digests;
	what->digest_len = count * sizeof(*digests);
	return digests;
}

static int describe(u8 ring, const struct modsig *modsig,
		    struct imatee_signed *what)
{
	enum hash_algo algo;
	const u8 *digest;
	u32 digest_len, len;

	if (ima_get_modsig_digest(modsig, &algo, &digest, &digest_len) ||
	    ima_get_raw_modsig(modsig, &what->sig, &len))
		return -EIO;
	what->ring = ring;
	what->purpose = IMATEE_PURPOSE_MODSIG;
	what->digest_kind = IMATEE_DIGEST_FILE;
	what->sig_len = len;
	what->digest_algo = algo;
	what->digest = digest;
	what->digest_len = digest ? digest_len : 0;
	return 0;
}

/*
 * The kernel's own lists of what is revoked stay in force beside the TEE. Without any
 * key the kernel still refuses a message with a certificate, or a signer, that these
 * lists name; and if they name one of the ring's keys, it verifies as in mode "keys". So
 * it does if there are several signers: what mainline minds about one whom the TEE passes
 * over, certificates and algorithms, it still minds.
 */
static int check_revoked(const struct imatee_signed *what,
			 const struct modsig *modsig)
{
	struct key *none;
	int rc;

	if (imatee_any_barred(what->ring) ||
	    what->digest_kind == IMATEE_DIGEST_FILES)
		return verify_by_keys(what, modsig);
	none = imatee_empty_ring();
	if (IS_ERR(none))
		return -EIO;
	rc = ima_modsig_verify(none, modsig);
	key_put(none);
	return rc == -ENOKEY ? 0 : -EKEYREJECTED;
}

static int verify(const struct imatee_signed *what, const struct modsig *modsig)
{
	int rc;

	if (!imatee_verifies())
		return imatee_may_verify() ? verify_by_keys(what, modsig) : -EIO;
	rc = imatee_verdict(what);
	if (!rc)
		rc = check_revoked(what, modsig);
	if (rc == -EIO)
		pr_err_ratelimited("appended signature not verified: %d\n", rc);
	return rc;
}

/**
 * imatee_modsig_verify - integrity_modsig_verify() with the TEE's keys
 * @id: INTEGRITY_KEYRING_*
 * @modsig: the parsed PKCS#7 message
 *
 * Return: 0 if the signature is valid, or a negative errno.
 */
int imatee_modsig_verify(unsigned int id, const struct modsig *modsig)
{
	struct imatee_file_digest *digests;
	struct imatee_signed what = {};
	u8 ring = imatee_ring_from_id(id);
	int rc;

	if (ring == IMATEE_RING_ANY)
		return -ENOKEY;
	rc = describe(ring, modsig, &what);
	if (rc)
		return rc;
	digests = add_digests(modsig, &what);
	if (IS_ERR(digests))
		return PTR_ERR(digests);
	rc = verify(&what, modsig);
	kfree(digests);
	return rc;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "modsig_test.c"
#endif
