// SPDX-License-Identifier: GPL-2.0-or-later
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/asn.h>
#include <wolfssl/wolfcrypt/error-crypt.h>

#include "crypto.h"
#include "platform.h"
#include "x509_library.h"

/* Do both parsers say the same of what is decided by? */
static bool agrees(const DecodedCert *theirs, const struct certificate *ours)
{
	const struct x509_extensions *extensions = &ours->extensions;
	const struct slice tbs = { theirs->source + theirs->certBegin,
				   theirs->sigIndex - theirs->certBegin };
	const struct slice signature = { theirs->signature, theirs->sigLength };
	const bool rsa = theirs->keyOID == RSAk;
	const uint8_t usage = (uint8_t)(theirs->extKeyUsage & 0xff);

	return slice_equal(tbs, ours->signed_part) &&
	       slice_equal(signature, ours->signature) &&
	       rsa == (ours->key.algo == IMATEE_ALGO_RSA) &&
	       theirs->isCA == extensions->ca &&
	       theirs->extKeyUsageSet == extensions->has_usage &&
	       usage == extensions->usage &&
	       theirs->extSubjKeyIdSet == (extensions->skid.len > 0);
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
	/* An extension is critical that it does not know: all is parsed. */
	if (ret == ASN_CRIT_EXT_E)
		ret = 0;
	error = crypto_error(ret, IMATEE_ERR_CERT_MALFORMED);
	if (!error && !agrees(cert, certificate))
		error = IMATEE_ERR_CERT_MALFORMED;
	wc_FreeDecodedCert(cert);
	platform_free(cert, sizeof(*cert));
	return error;
}
