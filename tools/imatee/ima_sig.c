// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signatures of files, as in their extended attribute security.ima: a type, and the
 * kernel's struct signature_v2_hdr. Version 3 is of struct ima_file_id.
 */
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#include "policy.h"

struct ima_sig {
	uint8_t type;
	uint8_t version;
	uint8_t algo;
	uint32_t keyid;
	const uint8_t *sig;
	size_t len;
};

#define HEAD_SIZE 9

static bool parse(const struct field *field, struct ima_sig *sig)
{
	const uint8_t *d = field->data;

	if (field->len <= HEAD_SIZE)
		return false;
	sig->type = d[0];
	sig->version = d[1];
	sig->algo = d[2];
	sig->keyid = (uint32_t)d[3] << 24 | (uint32_t)d[4] << 16 |
		     (uint32_t)d[5] << 8 | d[6];
	sig->len = (size_t)d[7] << 8 | d[8];
	sig->sig = d + HEAD_SIZE;
	return sig->len == field->len - HEAD_SIZE;
}

/* What the key has signed, into @made. False if the version is of no such digest. */
static bool signed_digest(const struct ima_sig *sig, const struct hash *hash,
			  const struct file_digest *digest,
			  uint8_t made[EVP_MAX_MD_SIZE])
{
	uint8_t id[2 + IMATEE_DIGEST_MAX] = { IMA_XATTR_VERITY_DIGSIG,
					      hash->id };

	if (sig->type == IMA_XATTR_DIGSIG && sig->version == 2 &&
	    digest->kind != DIGEST_VERITY) {
		memcpy(made, digest->digest, hash->size);
		return true;
	}
	if (sig->type != IMA_XATTR_VERITY_DIGSIG || sig->version != 3 ||
	    digest->kind == DIGEST_CONTENT)
		return false;
	memcpy(id + 2, digest->digest, hash->size);
	return EVP_Digest(id, 2 + hash->size, made, NULL, hash->md(), NULL) ==
	       1;
}

static bool verify(EVP_PKEY *pkey, const struct ima_sig *sig,
		   const struct hash *hash, const uint8_t *digest)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(pkey, NULL);
	bool ok = ctx && EVP_PKEY_verify_init(ctx) == 1;

	if (ok && EVP_PKEY_is_a(pkey, "RSA"))
		ok = EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
	ok = ok && EVP_PKEY_CTX_set_signature_md(ctx, hash->md()) == 1 &&
	     EVP_PKEY_verify(ctx, sig->sig, sig->len, digest, hash->size) == 1;
	EVP_PKEY_CTX_free(ctx);
	ERR_clear_error();
	return ok;
}

const char *ima_sig_problem(const struct policy *policy,
			    const struct field *field,
			    const struct file_digest *digest)
{
	const struct hash *hash = hash_by_id(digest->algo);
	uint8_t made[EVP_MAX_MD_SIZE];
	const struct signer *s;
	bool known = false;
	struct ima_sig sig;

	if (!field || !field->len)
		return "its digest is not allowed, and it has no signature";
	if (!parse(field, &sig))
		return "its digest is not allowed, and its signature is malformed";
	if (sig.algo != hash->id || !hash->signs ||
	    !signed_digest(&sig, hash, digest, made))
		return "its digest is not allowed, and its signature is not of such a digest";
	for (s = policy->signers; s < policy->signers + policy->signer_count;
	     s++) {
		if (s->keyid != sig.keyid)
			continue;
		known = true;
		if (s->pkey && verify(s->pkey, &sig, hash, made))
			return NULL;
	}
	return known ? "its signature is wrong" :
		       "its digest is not allowed, nor is its signer";
}
