// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What errors are called, and what to do about them.
 */
#include <stddef.h>

#include "imatee.h"

struct text {
	int error;
	const char *name;
	const char *message;
};

#define KEEPER(error, name, message)              \
	{                                         \
		IMATEE_ERR_##error, name, message \
	}
#define LIBRARY(error, name, message)             \
	{                                         \
		IMATEE_LIB_##error, name, message \
	}

static const struct text texts[] = {
	{ IMATEE_OK, "ok", "no error" },
	KEEPER(MALFORMED, "malformed",
	       "the keeper could not read the request: tool and keeper do not fit together, install those of one release"),
	KEEPER(NO_HELLO, "no_hello",
	       "the keeper wants to be greeted first: tool and keeper do not fit together, install those of one release"),
	KEEPER(VERSION, "version",
	       "tool and keeper speak different versions of the interface: update the older one"),
	KEEPER(UNKNOWN_COMMAND, "unknown_command",
	       "the keeper does not know this command: its firmware is older than the tool, update it"),
	KEEPER(SHORT_BUFFER, "short_buffer",
	       "the reply is longer than the tool expects: update the tool"),
	KEEPER(RESOURCES, "resources",
	       "the TEE has no memory left for the keeper: close other TEE clients and try again"),
	KEEPER(NOT_PERMITTED, "not_permitted",
	       "the keeper takes this command from the kernel only"),
	KEEPER(BAD_RING, "bad_ring",
	       "no such ring: name one of ima, evm, platform; keys are added to ima and evm only"),
	KEEPER(BAD_VALUE, "bad_value",
	       "the keeper does not know a value of the request: update its firmware"),
	KEEPER(TOO_LONG, "too_long",
	       "longer than the keeper takes: certificates and requests to revoke have at most 16384 bytes, key identifiers 64"),
	KEEPER(SEALED, "sealed",
	       "the keys are sealed: add the key in the initramfs, or build it in, and reset the machine"),
	KEEPER(NOT_SEALED, "not_sealed", "the keys are not sealed yet"),
	KEEPER(NOT_SYNCED, "not_synced",
	       "the verifier has no keys yet: the kernel loads them after the seal"),
	KEEPER(KEEPER, "keeper",
	       "the verifier cannot reach the keeper: reset the machine"),
	KEEPER(NO_KEY, "no_key",
	       "no such key: \"imatee keys list\" shows which there are"),
	KEEPER(RING_FULL, "ring_full",
	       "the ring is full: it holds 32 keys, build fewer in"),
	KEEPER(KEY_EXISTS, "key_exists",
	       "the ring holds this certificate already"),
	KEEPER(KEYID_TAKEN, "keyid_taken",
	       "another key of the ring has the same key id: issue the certificate anew with another subject key identifier"),
	KEEPER(CERT_MALFORMED, "cert_malformed",
	       "this is not one X.509 certificate in DER, or it has something that the keeper does not read"),
	KEEPER(CERT_UNTRUSTED, "cert_untrusted",
	       "the certificate's issuer is no authority built into the keeper: have it signed by one that is"),
	KEEPER(CERT_USAGE, "cert_usage",
	       "the certificate is not for signatures: it needs the key usage digitalSignature, codeSigning if it has an extended one, and must not be a CA's"),
	KEEPER(CERT_KEY, "cert_key",
	       "the key's algorithm or size is not supported: use RSA 2048 to 4096, or ECDSA P-256, P-384 or P-521"),
	KEEPER(CERT_NO_SKID, "cert_no_skid",
	       "the certificate has no subject key identifier: issue it with one"),
	KEEPER(CERT_SIGNATURE, "cert_signature",
	       "the authority that the certificate names did not sign it"),
	KEEPER(CERT_REVOKED, "cert_revoked",
	       "the certificate, its key or its issuer is revoked: \"imatee revoked\" shows what is, issue one for another key"),
	KEEPER(SIG_MALFORMED, "sig_malformed",
	       "this is not a signature as IMA and EVM have it in extended attributes: sign the file anew"),
	KEEPER(SIG_VERSION, "sig_version",
	       "the signature is of another version: sign the file anew, with version 2, or 3 for fs-verity"),
	KEEPER(SIG_HASH, "sig_hash",
	       "the signature's hash algorithm is not supported: use SHA-256, SHA-384 or SHA-512"),
	KEEPER(SIG_INVALID, "sig_invalid",
	       "the key did not sign this digest: file or signature was changed"),
	KEEPER(DIGEST_REVOKED, "digest_revoked",
	       "what is signed is revoked, whoever signed it: \"imatee revoked\" shows what is"),
	KEEPER(REVOKE_MALFORMED, "revoke_malformed",
	       "the request's list is not in the form that imatee(1) describes: check each line, and sign it with openssl cms -binary"),
	KEEPER(REVOKE_UNTRUSTED, "revoke_untrusted",
	       "the request's signer is no authority built into the keeper, or one that is revoked: have it signed by one that is"),
	KEEPER(REVOKE_SIGNATURE, "revoke_signature",
	       "the authority that the request names did not sign this list: it was changed afterwards"),
	KEEPER(REVOKED_FULL, "revoked_full",
	       "the list of what is revoked is full: it has 256 entries, build the next image with it"),
	KEEPER(HASH_ALGO, "hash_algo",
	       "the TEE does not make hashes of this algorithm: choose another ima_hash= for the kernel, or hash the file with another one"),
	KEEPER(TICKET, "ticket",
	       "the digest is of another file or another boot: the file must be hashed anew"),
	KEEPER(TEMPLATE, "template",
	       "the event lacks something that its template wants, or the TEE does not know the template: update its firmware"),
	KEEPER(LOG_MISMATCH, "log_mismatch",
	       "the log does not have these records at this place: they were changed, or are of another boot"),
	KEEPER(CHECKPOINT, "checkpoint",
	       "the receipt is of another boot's log, or of PCRs that this one never had: verify a new quote"),
	KEEPER(RECEIPT, "receipt",
	       "no key that is built into the keeper for receipts has signed this one: sign with the key of a certificate in keys/receipt"),
	KEEPER(NO_DEVICE_KEY, "no_device_key",
	       "the device has no key to sign quotes with: OP-TEE derives none, docs/boards.md tells what it takes"),
	LIBRARY(NO_TEE, "no_tee",
		"there is no TEE: does the firmware start OP-TEE, and has the kernel its driver (CONFIG_OPTEE)?"),
	LIBRARY(NO_TA, "no_ta",
		"the TEE has no imatee keeper: build the trusted applications into its image"),
	LIBRARY(NO_PERMISSION, "no_permission",
		"/dev/tee* may not be opened: run as root, or join the group that owns it"),
	LIBRARY(TA_DEAD, "ta_dead",
		"the keeper panicked and stays dead: nothing verifies until the machine is reset"),
	LIBRARY(BUSY, "busy",
		"too many clients have sessions with the keeper: end some and try again"),
	LIBRARY(TEE_MEMORY, "tee_memory",
		"the TEE's memory is used up: close other TEE clients and try again"),
	LIBRARY(TEE_FAILED, "tee_failed",
		"the call into the TEE failed: see the kernel's log and the TEE's"),
	LIBRARY(BAD_REPLY, "bad_reply",
		"the reply is not what the interface says: tool and keeper do not fit together, or something between them forges it"),
	LIBRARY(NO_MEMORY, "no_memory", "out of memory"),
};

static const struct text *find(int error)
{
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].error == error)
			return &texts[i];
	return NULL;
}

const char *imatee_strerror(int error)
{
	const struct text *text = find(error);

	return text ? text->message :
		      "an error that this version does not know: update the tool";
}

const char *imatee_error_name(int error)
{
	const struct text *text = find(error);

	return text ? text->name : "unknown";
}
