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

/* The kernel's errno for each refusal, and what the keeper calls it. */
static const struct {
	int err;
	int error; /* 0: not one refusal of the keeper */
	enum exit_status status;
	const char *name;
	const char *message;
} refusals[] = {
	{ EBADMSG, 0, EXIT_REFUSED, "cert_malformed",
	  "this is not one X.509 certificate in DER, or it has no subject key identifier" },
	{ EINVAL, IMATEE_ERR_CERT_MALFORMED, EXIT_REFUSED, NULL, NULL },
	{ ENOPKG, IMATEE_ERR_CERT_KEY, EXIT_REFUSED, NULL, NULL },
	{ ENOKEY, 0, EXIT_REFUSED, "cert_untrusted",
	  "the TEE does not trust the certificate: its issuer is no authority built into the keeper, or it is a CA's or not for digitalSignature" },
	{ EKEYREJECTED, IMATEE_ERR_CERT_SIGNATURE, EXIT_REFUSED, NULL, NULL },
	{ EEXIST, IMATEE_ERR_KEY_EXISTS, EXIT_REFUSED, NULL, NULL },
	{ ENOTUNIQ, IMATEE_ERR_KEYID_TAKEN, EXIT_REFUSED, NULL, NULL },
	{ ENOSPC, IMATEE_ERR_RING_FULL, EXIT_REFUSED, NULL, NULL },
	{ EFBIG, IMATEE_ERR_TOO_LONG, EXIT_REFUSED, NULL, NULL },
	{ ENOMEM, IMATEE_ERR_RESOURCES, EXIT_FAILED, NULL, NULL },
	{ EPERM, 0, EXIT_REFUSED, "ring_closed",
	  "this ring takes no keys: add to ima or evm" },
	{ EACCES, 0, EXIT_NO_PERMISSION, "no_permission",
	  "the kernel's keyring may not be written to: run as root, in an initramfs, with imatee.seal=user" },
	{ EIO, 0, EXIT_FAILED, "tee_failed",
	  "the kernel got no answer from the TEE: see /sys/kernel/security/integrity/tee/state" },
};

static enum exit_status refused(const struct arguments *args,
				struct imatee *session, int err)
{
	struct imatee_status status;
	size_t i;
	int rc;

	/* The seal is a reason of its own, and may have come meanwhile. */
	rc = imatee_get_status(session, &status);
	if (rc)
		return fail_lib(args, rc);
	if (status.state.sealed && (err == EACCES || err == EPERM))
		return fail_lib(args, IMATEE_ERR_SEALED);
	for (i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (refusals[i].err != err)
			continue;
		if (refusals[i].error)
			return fail_lib(args, refusals[i].error);
		return fail(args, refusals[i].status, refusals[i].name, "%s",
			    refusals[i].message);
	}
	return fail(args, EXIT_FAILED, "io", "add_key: %s", strerror(err));
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
