// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys add FILE: give the TEE a certificate before the seal.
 *
 * Adding is the kernel's command, so this goes the way that keyctl goes: into
 * the kernel's keyring, which passes the certificate on. Whether the TEE holds
 * it then is asked of the TEE.
 */
#include <errno.h>
#include <inttypes.h>
#include <keyutils.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"
#include "json.h"
#include "kernel.h"

static const struct refusal refusals[] = {
	{ EBADMSG, EXIT_REFUSED, 0, "cert_malformed",
	  "this is not one X.509 certificate in DER, or it has no subject key identifier" },
	{ EINVAL, EXIT_REFUSED, IMATEE_ERR_CERT_MALFORMED, NULL, NULL },
	{ ENOPKG, EXIT_REFUSED, IMATEE_ERR_CERT_KEY, NULL, NULL },
	{ ENOKEY, EXIT_REFUSED, 0, "cert_untrusted",
	  "the TEE does not trust the certificate: its issuer is no authority built into the keeper, or it is a CA's or not for digitalSignature" },
	{ EKEYREJECTED, EXIT_REFUSED, 0, "cert_rejected",
	  "the authority that the certificate names did not sign it, or it or its key is revoked: \"imatee revoked\" shows what is" },
	{ EEXIST, EXIT_REFUSED, IMATEE_ERR_KEY_EXISTS, NULL, NULL },
	{ ENOTUNIQ, EXIT_REFUSED, IMATEE_ERR_KEYID_TAKEN, NULL, NULL },
	{ ENOSPC, EXIT_REFUSED, IMATEE_ERR_RING_FULL, NULL, NULL },
	{ EFBIG, EXIT_REFUSED, IMATEE_ERR_TOO_LONG, NULL, NULL },
	{ ENOMEM, EXIT_FAILED, IMATEE_ERR_RESOURCES, NULL, NULL },
	{ EPERM, EXIT_REFUSED, 0, "ring_closed",
	  "this ring takes no keys: add to ima or evm" },
	{ EACCES, EXIT_NO_PERMISSION, 0, "no_permission",
	  "the kernel's keyring may not be written to: run as root, in an initramfs, with imatee.seal=user" },
	{ EIO, EXIT_FAILED, 0, "tee_failed",
	  "the kernel got no answer from the TEE: see /sys/kernel/security/integrity/tee/state" },
};

static enum exit_status refused(const struct arguments *args,
				struct imatee *session, int err)
{
	struct imatee_status status;
	int rc;

	/* The seal is a reason of its own, and may have come meanwhile. */
	rc = imatee_get_status(session, &status);
	if (rc)
		return fail_lib(args, rc);
	if (status.state.sealed && (err == EACCES || err == EPERM))
		return fail_lib(args, IMATEE_ERR_SEALED);
	return fail_errno(args, refusals, ARRAY_SIZE(refusals), err, "add_key");
}

/* The key of this very certificate, if the TEE holds it. */
static enum exit_status find_cert(const struct arguments *args,
				  struct imatee *session, enum imatee_ring ring,
				  const struct cert *cert,
				  struct imatee_key *key)
{
	uint8_t fingerprint[EVP_MAX_MD_SIZE];
	struct imatee_key *keys;
	size_t count, i;
	int rc;

	if (!EVP_Digest(cert->der, cert->len, fingerprint, NULL, EVP_sha256(),
			NULL))
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	rc = imatee_list_keys(session, ring, &keys, &count);
	if (rc)
		return fail_lib(args, rc);
	for (i = 0; i < count; i++)
		if (!memcmp(keys[i].fingerprint, fingerprint,
			    sizeof(keys[i].fingerprint)))
			break;
	if (i < count)
		*key = keys[i];
	free(keys);
	if (i < count)
		return EXIT_OK;
	return fail(
		args, EXIT_REFUSED, "not_in_tee",
		"the kernel took the certificate into its own memory, the TEE does not hold it: is this imatee.mode=off?");
}

static enum exit_status print_added(const struct arguments *args,
				    const struct imatee_key *key)
{
	json_t *object;

	if (args->json) {
		object = json_begin(args);
		json_set(object, "key", json_key(key));
		return json_end(args, object);
	}
	printf("added to %s: %08" PRIx32 " %s\n", imatee_ring_name(key->ring),
	       key->keyid, key->subject);
	return EXIT_OK;
}

static enum exit_status add(const struct arguments *args,
			    struct imatee *session, const struct cert *cert)
{
	enum imatee_ring ring = args->ring ? args->ring : IMATEE_RING_IMA;
	enum exit_status result;
	struct imatee_key key;
	int32_t keyring;

	keyring = kernel_keyring(ring);
	if (!keyring)
		return fail(
			args, EXIT_NO_PERMISSION, "no_permission",
			"the kernel shows no keyring .%s: run as root, on a kernel with IMA and EVM",
			imatee_ring_name(ring));
	if (add_key("asymmetric", "", cert->der, cert->len, keyring) < 0)
		return refused(args, session, errno);
	result = find_cert(args, session, ring, cert, &key);
	return result ? result : print_added(args, &key);
}

enum exit_status cmd_keys_add(const struct arguments *args)
{
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	struct cert cert;

	result = cert_read(args, &cert);
	if (result)
		return result;
	result = open_session(args, &session, &peer);
	if (!result) {
		result = add(args, session, &cert);
		imatee_close(session);
	}
	free(cert.der);
	return result;
}
