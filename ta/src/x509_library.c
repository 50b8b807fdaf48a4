// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/error-crypt.h>

#include "crypto.h"
#include "platform.h"
#include "x509_library.h"

static word32 curve_of(uint8_t algo)
{
	switch (algo) {
	case IMATEE_ALGO_ECDSA_P256:
		return ECC_SECP256R1_OID;
	case IMATEE_ALGO_ECDSA_P384:
		return ECC_SECP384R1_OID;
	case IMATEE_ALGO_ECDSA_P521:
		return ECC_SECP521R1_OID;
	default:
		return 0;
	}
}

/* wolfSSL shows a key with what comes before it in the certificate, or without. */
static bool same_key(const DecodedCert *theirs, const struct pubkey *ours)
{
	const struct slice key = ours->key;

	if (ours->algo == IMATEE_ALGO_RSA ?
		    theirs->keyOID != RSAk :
		    theirs->keyOID != ECDSAk ||
			    theirs->pkCurveOID != curve_of(ours->algo))
		return false;
	return theirs->pubKeySize >= key.len &&
	       !memcmp(theirs->publicKey + theirs->pubKeySize - key.len,
		       key.data, key.len);
}

/* Of an identifier of another size, wolfSSL shows a hash. */
static bool same_id(bool is_set, const byte *theirs, struct slice ours)
{
	return is_set == (ours.len > 0) &&
	       (ours.len != KEYID_SIZE || slice_is(ours, theirs, KEYID_SIZE));
}

static bool same_extensions(const DecodedCert *theirs,
			    const struct x509_extensions *ours)
{
	const uint8_t usage = (uint8_t)(theirs->extKeyUsage & 0xff);
	const bool signs_code = theirs->extExtKeyUsage &
				(EXTKEYUSE_ANY | EXTKEYUSE_CODESIGN);

	return theirs->isCA == ours->ca &&
	       theirs->extKeyUsageSet == ours->has_usage &&
	       usage == ours->usage && signs_code == ours->signs_code &&
	       same_id(theirs->extSubjKeyIdSet, theirs->extSubjKeyId,
		       ours->skid);
}

/* Do both parsers say the same of what is decided by? */
static bool agrees(const DecodedCert *theirs, const struct certificate *ours)
{
	const struct slice tbs = { theirs->source + theirs->certBegin,
				   theirs->sigIndex - theirs->certBegin };
	const struct slice signature = { theirs->signature, theirs->sigLength };

	return slice_equal(tbs, ours->signed_part) &&
	       slice_equal(signature, ours->signature) &&
	       same_key(theirs, &ours->key) &&
	       same_extensions(theirs, &ours->extensions);
}

enum imatee_error x509_library_check(struct slice der,
				     const struct certificate *certificate)
{
	DecodedCert *cert = platform_alloc(sizeof(*cert));
	enum imatee_error error = IMATEE_OK;
	int ret = 0;

	if (!cert)
		return IMATEE_ERR_RESOURCES;
	wc_InitDecodedCert(cert, der.data, (word32)der.len, NULL);
	ret = wc_ParseCert(cert, CERT_TYPE, NO_VERIFY, NULL);
	error = crypto_error(ret, IMATEE_ERR_CERT_MALFORMED);
	if (!error && !agrees(cert, certificate))
		error = IMATEE_ERR_CERT_MALFORMED;
	wc_FreeDecodedCert(cert);
	platform_free(cert, sizeof(*cert));
	return error;
}
