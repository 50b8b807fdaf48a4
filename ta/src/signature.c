// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/hash.h>
#include <wolfssl/wolfcrypt/rsa.h>

#include "crypto.h"
#include "platform.h"
#include "signature.h"

#define DIGEST_MAX 64

/* Contents of the OBJECT IDENTIFIERs of algorithms with all of these hashes. */
static const uint8_t oid_rsa[] = { 0x2a, 0x86, 0x48, 0x86,
				   0xf7, 0x0d, 0x01, 0x01 };
static const uint8_t oid_ecdsa[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03 };

static const struct {
	uint8_t rsa; /* last byte behind oid_rsa */
	uint8_t ecdsa; /* and behind oid_ecdsa */
	enum wc_HashType type;
	int oid;
} hashes[] = {
	[SIGNATURE_SHA224] = { 14, 1, WC_HASH_TYPE_SHA224, SHA224h },
	[SIGNATURE_SHA256] = { 11, 2, WC_HASH_TYPE_SHA256, SHA256h },
	[SIGNATURE_SHA384] = { 12, 3, WC_HASH_TYPE_SHA384, SHA384h },
	[SIGNATURE_SHA512] = { 13, 4, WC_HASH_TYPE_SHA512, SHA512h },
};

#define HASHES (sizeof(hashes) / sizeof(hashes[0]))

/* Does @oid begin with @base, one byte following? */
static bool is_under(struct slice oid, const uint8_t *base, size_t len)
{
	return oid.len == len + 1 && !memcmp(oid.data, base, len);
}

enum imatee_error signature_read_algo(struct slice in,
				      struct signature_algo *algo)
{
	struct der_item type = { 0 };
	struct der_item parameters = { 0 };
	uint8_t last = 0;
	size_t i = 0;

	if (!der_take(&in, DER_OID, &type))
		return IMATEE_ERR_CERT_MALFORMED;
	algo->rsa = is_under(type.value, oid_rsa, sizeof(oid_rsa));
	if (!algo->rsa && !is_under(type.value, oid_ecdsa, sizeof(oid_ecdsa)))
		return IMATEE_ERR_CERT_KEY;
	last = type.value.data[type.value.len - 1];
	for (i = 0; i < HASHES; i++)
		if ((algo->rsa ? hashes[i].rsa : hashes[i].ecdsa) == last)
			break;
	if (i == HASHES)
		return IMATEE_ERR_CERT_KEY;
	algo->hash = (enum signature_hash)i;
	/* NULL for RSA (RFC 4055), nothing for ECDSA (RFC 5758). */
	if (algo->rsa && !der_take(&in, DER_NULL, &parameters))
		return IMATEE_ERR_CERT_MALFORMED;
	return in.len ? IMATEE_ERR_CERT_MALFORMED : IMATEE_OK;
}

static enum imatee_error hash(enum signature_hash hash, struct slice data,
			      uint8_t *digest, size_t *len)
{
	const enum wc_HashType type = hashes[hash].type;

	*len = (size_t)wc_HashGetDigestSize(type);
	return crypto_error(wc_Hash(type, data.data, (word32)data.len, digest,
				    (word32)*len),
			    IMATEE_ERR_RESOURCES);
}

enum imatee_error signature_sha256(struct slice data, uint8_t digest[32])
{
	size_t len = 0;

	return hash(SIGNATURE_SHA256, data, digest, &len);
}

/*
 * The whole block that the signature is made of is compared with the one that it
 * must be: nothing of it is parsed.
 */
static enum imatee_error compare_block(RsaKey *rsa, struct slice signature,
				       struct slice digest, int oid)
{
	uint8_t wanted[DIGEST_MAX + 32] = { 0 };
	const word32 len = wc_EncodeSignature(wanted, digest.data,
					      (word32)digest.len, oid);
	enum imatee_error error = IMATEE_ERR_CERT_SIGNATURE;
	uint8_t *block = NULL;
	uint8_t *found = NULL;
	int ret = 0;

	/* It fails for want of memory only. */
	if (!len)
		return crypto_error(MEMORY_E, IMATEE_ERR_RESOURCES);
	block = platform_alloc(signature.len);
	if (!block)
		return IMATEE_ERR_RESOURCES;
	memcpy(block, signature.data, signature.len);
	ret = wc_RsaSSL_VerifyInline(block, (word32)signature.len, &found, rsa);
	if (ret < 0)
		error = crypto_error(ret, IMATEE_ERR_CERT_SIGNATURE);
	else if ((word32)ret == len && !memcmp(found, wanted, len))
		error = IMATEE_OK;
	platform_free(block, signature.len);
	return error;
}

static enum imatee_error verify_rsa(const struct pubkey *key,
				    struct slice digest, int oid,
				    struct slice signature)
{
	RsaKey *rsa = NULL;
	enum imatee_error error = IMATEE_OK;

	if (signature.len != key->modulus.len)
		return IMATEE_ERR_CERT_SIGNATURE;
	rsa = platform_alloc(sizeof(*rsa));
	if (!rsa)
		return IMATEE_ERR_RESOURCES;
	error = crypto_error(wc_InitRsaKey(rsa, NULL), IMATEE_ERR_RESOURCES);
	if (!error)
		error = crypto_error(wc_RsaPublicKeyDecodeRaw(
					     key->modulus.data,
					     (word32)key->modulus.len,
					     key->exponent.data,
					     (word32)key->exponent.len, rsa),
				     IMATEE_ERR_CERT_SIGNATURE);
	if (!error)
		error = compare_block(rsa, signature, digest, oid);
	wc_FreeRsaKey(rsa);
	platform_free(rsa, sizeof(*rsa));
	return error;
}

/* Two INTEGERs, in one form only. */
static bool is_ecdsa_signature(struct slice in)
{
	struct der_item sequence = { 0 };
	struct slice number = { 0 };

	return der_is_strict(in) && der_take(&in, DER_SEQUENCE, &sequence) &&
	       !in.len && der_take_unsigned(&sequence.value, &number) &&
	       der_take_unsigned(&sequence.value, &number) &&
	       !sequence.value.len;
}

static enum imatee_error verify_ecdsa(const struct pubkey *key,
				      struct slice digest,
				      struct slice signature)
{
	ecc_key *point = NULL;
	enum imatee_error error = IMATEE_OK;
	int verified = 0;
	int ret = 0;

	if (!is_ecdsa_signature(signature))
		return IMATEE_ERR_CERT_SIGNATURE;
	error = crypto_import_point(key, &point);
	if (error)
		return error == IMATEE_ERR_RESOURCES ?
			       error :
			       IMATEE_ERR_CERT_SIGNATURE;
	ret = wc_ecc_verify_hash(signature.data, (word32)signature.len,
				 digest.data, (word32)digest.len, &verified,
				 point);
	crypto_free_point(point);
	if (ret)
		return crypto_error(ret, IMATEE_ERR_CERT_SIGNATURE);
	return verified == 1 ? IMATEE_OK : IMATEE_ERR_CERT_SIGNATURE;
}

enum imatee_error signature_verify(const struct pubkey *key,
				   const struct signature_algo *algo,
				   struct slice data, struct slice signature)
{
	uint8_t bytes[DIGEST_MAX] = { 0 };
	struct slice digest = { .data = bytes };
	enum imatee_error error = IMATEE_OK;

	if (algo->rsa != (key->algo == IMATEE_ALGO_RSA))
		return IMATEE_ERR_CERT_SIGNATURE;
	error = hash(algo->hash, data, bytes, &digest.len);
	if (error)
		return error;
	return algo->rsa ? verify_rsa(key, digest, hashes[algo->hash].oid,
				      signature) :
			   verify_ecdsa(key, digest, signature);
}
