// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adding keys before the seal. Whatever somebody adds to a keyring that the TEE
 * owns goes to the TEE as the certificate that it is. The TEE decides; what it
 * takes appears in the keyring, and what it refuses is refused with the errno that
 * a kernel without TEE would have for it.
 */
#include <linux/err.h>
#include <linux/key-type.h>
#include <linux/slab.h>
#include <keys/asymmetric-subtype.h>

#include "tee.h"

static const struct imatee_refusal refusals[] = {
	{ IMATEE_ERR_TOO_LONG, -EFBIG, "certificate-too-long",
	  "the certificate is longer than 16384 bytes" },
	{ IMATEE_ERR_CERT_MALFORMED, -EBADMSG, "certificate-malformed",
	  "this is not one X.509 certificate in DER that the TEE can read" },
	{ IMATEE_ERR_CERT_KEY, -ENOPKG, "certificate-key",
	  "the key must be RSA 2048, 3072 or 4096, or ECDSA P-256, P-384 or P-521" },
	{ IMATEE_ERR_CERT_NO_SKID, -EBADMSG, "certificate-without-skid",
	  "issue the certificate with a subject key identifier" },
	{ IMATEE_ERR_CERT_USAGE, -ENOKEY, "certificate-usage",
	  "it must be for digitalSignature, by extended usage for codeSigning, and no CA's" },
	{ IMATEE_ERR_CERT_UNTRUSTED, -ENOKEY, "certificate-untrusted",
	  "the certificate must be issued by a CA that is built into the TEE" },
	{ IMATEE_ERR_CERT_SIGNATURE, -EKEYREJECTED, "certificate-signature",
	  "the CA that the certificate names did not sign it" },
	{ IMATEE_ERR_CERT_REVOKED, -EKEYREJECTED, "certificate-revoked",
	  "the certificate or its key is revoked" },
	{ IMATEE_ERR_KEY_EXISTS, -EEXIST, "key-exists",
	  "the keyring has this key" },
	{ IMATEE_ERR_KEYID_TAKEN, -ENOTUNIQ, "key-id-taken",
	  "issue the certificate with another subject key identifier, a key has this one" },
	{ IMATEE_ERR_RING_FULL, -ENOSPC, "keyring-full",
	  "the keyring holds as many keys as it can" },
	{ IMATEE_ERR_RESOURCES, -ENOMEM, "tee-out-of-memory",
	  "the TEE is out of memory, try again" },
	{ IMATEE_ERR_SEALED, -EPERM, "sealed",
	  "the keyrings are sealed, reset the machine" },
	{ IMATEE_ERR_BAD_RING, -EPERM, "keyring-closed",
	  "only certificates for .ima and .evm can be added" },
	{ IMATEE_ERR_UNKNOWN_COMMAND, -EIO, "tee-too-old",
	  "the trusted applications cannot add keys, update them" },
	/* everything else */
	{ IMATEE_OK, -EIO, "tee-failed",
	  "the TEE did not do it, see its log" },
};

/**
 * imatee_add_errno - what a refusal of the TEE is in the kernel
 * @error: enum imatee_error, not IMATEE_OK
 *
 * Return: a negative errno; mainline's where mainline refuses the same.
 */
int imatee_add_errno(u32 error)
{
	return imatee_refusal_of(refusals, error)->rc;
}

static int refuse(const struct key *keyring, u32 error)
{
	const struct imatee_refusal *r = imatee_refusal_of(refusals, error);

	pr_err_ratelimited("no key added to %s: %s (error %u)\n",
			   keyring->description, r->advice, error);
	integrity_audit_message(AUDIT_INTEGRITY_STATUS, NULL,
				keyring->description, "imatee_add_key",
				r->cause, r->rc, 0, r->rc);
	return r->rc;
}

/**
 * imatee_admit - may this be added to a keyring that the TEE owns?
 * @keyring: the keyring
 * @type: of the key
 * @len: bytes of its payload
 *
 * This is about what need not be looked at: imatee_key_add() is next.
 *
 * Return: 0 or a negative errno.
 */
int imatee_admit(const struct key *keyring, const struct key_type *type,
		 size_t len)
{
	switch (imatee_state()) {
	case IMATEE_ATTACHED:
		break;
	case IMATEE_SEALED:
	case IMATEE_STOPPED:
		return refuse(keyring, IMATEE_ERR_SEALED);
	default:
		return -EIO;
	}
	if (type != &key_type_asymmetric ||
	    imatee_ring_of(keyring) == IMATEE_RING_PLATFORM)
		return refuse(keyring, IMATEE_ERR_BAD_RING);
	if (len > IMATEE_CERT_MAX)
		return refuse(keyring, IMATEE_ERR_TOO_LONG);
	return 0;
}

static int ask_tee(const struct key *keyring, u8 ring,
		   const struct key_preparsed_payload *prep,
		   struct imatee_key_info *info)
{
	struct imatee_channel *ch = imatee_keeper_get();
	u32 error = IMATEE_OK;
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	rc = imatee_cmd_key_add(ch, ring, prep->data, prep->datalen, &error,
				info);
	imatee_channel_unlock(ch);
	if (rc)
		error = IMATEE_OK;	/* not a verdict */
	return rc || error ? refuse(keyring, error) : 0;
}

/**
 * imatee_key_add - add a key to the TEE
 * @keyring: where it is to be linked; others than the TEE's are none of our business
 * @key: the key to be, which nothing refers to yet
 * @prep: the certificate, and what the kernel made of it
 *
 * When the TEE has the key, nothing may fail any more: whatever can is done before.
 *
 * Return: 0, and the payload is that of a key in the TEE; or a negative errno.
 */
int imatee_key_add(const struct key *keyring, struct key *key,
		   struct key_preparsed_payload *prep)
{
	u8 ring = imatee_ring_of(keyring);
	struct imatee_key_info info;
	struct imatee_key *tk;
	int rc;

	if (ring == IMATEE_RING_ANY)
		return 0;
	tk = imatee_key_prepare(&prep->payload);
	if (IS_ERR(tk))
		return PTR_ERR(tk);
	/* Whoever wants a key for EVM wants EVM, with it or, refused, without. */
	if (ring == IMATEE_RING_EVM)
		imatee_note_evm_key();
	rc = ask_tee(keyring, ring, prep, &info);
	if (rc) {
		kfree(tk);
		return rc;
	}
	key->perm = IMATEE_VIEW_PERM;
	imatee_key_put_in(&prep->payload, tk, &info);
	imatee_note_view(ring, key);
	pr_info("%s: '%s' added\n", keyring->description, key->description);
	return 0;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "add_test.c"
#endif
