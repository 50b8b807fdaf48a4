// SPDX-License-Identifier: GPL-2.0-only
/*
 * Appended signatures. The kernel has parsed the PKCS#7 message before, to see that
 * there is one and to hash the file as it says.
 */
#include <linux/err.h>
#include <linux/key.h>
#include <crypto/pkcs7.h>
#include <linux/ratelimit.h>

#include "tee.h"

/*
 * A message that has a content is a signature of that, and not of the file that it is
 * appended to. IMA verifies it all the same. (The loader of modules refuses it later,
 * but others do not look.)
 */
static bool has_content(const struct imatee_signed *what)
{
	struct pkcs7_message *pkcs7;
	const void *data;
	size_t len;
	int rc;

	/* IMA makes none for such a message. */
	if (what->digest || !IS_ENABLED(CONFIG_IMA_APPRAISE_MODSIG))
		return false;
	pkcs7 = pkcs7_parse_message(what->sig, what->sig_len);
	if (IS_ERR(pkcs7))
		return true;
	rc = pkcs7_get_content_data(pkcs7, &data, &len, NULL);
	pkcs7_free_message(pkcs7);
	return rc != -ENODATA;
}

/*
 * Mode "keys". The message may name a key in several ways, and chain to it through
 * certificates of its own: so it is checked against a keyring that is made from the
 * TEE's certificates for this call, and is linked nowhere.
 */
static int verify_by_keys(const struct imatee_signed *what,
			  const struct modsig *modsig)
{
	struct key *keyring;
	int rc;

	if (has_content(what))
		return -EKEYREJECTED;
	keyring = imatee_snapshot_ring(what);
	if (IS_ERR(keyring))
		return PTR_ERR(keyring);
	rc = ima_modsig_verify(keyring, modsig);
	key_put(keyring);
	return rc;
}

/*
 * The kernel hashes for messages of one signer only. Without a digest the TEE finds
 * nothing to be signed, nor, once digests are revoked, a key.
 */
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
 * lists name; and if they name one of the ring's keys, it verifies as in mode "keys".
 */
static int check_revoked(const struct imatee_signed *what,
			 const struct modsig *modsig)
{
	struct key *none;
	int rc;

	if (imatee_any_barred(what->ring))
		return verify_by_keys(what, modsig);
	none = imatee_empty_ring();
	if (IS_ERR(none))
		return -EIO;
	rc = ima_modsig_verify(none, modsig);
	key_put(none);
	return rc == -ENOKEY ? 0 : -EKEYREJECTED;
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
	struct imatee_signed what = {};
	u8 ring = imatee_ring_from_id(id);
	int rc;

	if (ring == IMATEE_RING_ANY)
		return -ENOKEY;
	rc = describe(ring, modsig, &what);
	if (rc)
		return rc;
	if (!imatee_verifies())
		return imatee_may_verify() ? verify_by_keys(&what, modsig) : -EIO;
	rc = imatee_verdict(&what);
	if (!rc)
		rc = check_revoked(&what, modsig);
	if (rc == -EIO)
		pr_err_ratelimited("appended signature not verified: %d\n", rc);
	return rc;
}
