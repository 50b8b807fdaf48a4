// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parser of certificates and all checks, with any bytes: those that come behind
 * the signature, too.
 */
#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "fuzz.h"
#include "host.h"
#include "x509_library.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool lies_within(struct slice inner, struct slice outer)
{
	return inner.data >= outer.data &&
	       inner.data + inner.len <= outer.data + outer.len;
}

/* What a certificate that was taken says of itself. */
static void check_info(const struct certificate *cert, struct slice der)
{
	const struct imatee_key_info *info = &cert->info;
	const uint8_t *last = info->skid + info->skid_len - 4;

	fuzz_require(info->skid_len >= 4 && info->skid_len <= IMATEE_SKID_MAX,
		     "the subject key identifier has a size");
	fuzz_require(info->keyid == ((uint32_t)last[0] << 24 | last[1] << 16 |
				     last[2] << 8 | last[3]),
		     "the key id is its end");
	fuzz_require(info->cert_len == der.len, "all of it is one certificate");
	fuzz_require(info->pubkey_len == cert->key.key.len &&
			     info->pubkey_len <= IMATEE_PUBKEY_MAX &&
			     lies_within(cert->key.key, der),
		     "the key is a part of it");
	fuzz_require(lies_within(cert->signed_part, der) &&
			     lies_within(cert->signature, der) &&
			     lies_within(cert->spki, cert->signed_part) &&
			     lies_within(cert->issuer, der),
		     "so are the others");
	fuzz_require(info->not_before <= info->not_after,
		     "it ends after it begins");
	fuzz_require(!info->subject[IMATEE_SUBJECT_MAX - 1],
		     "the subject has an end");
	fuzz_require(!cert->extensions.ca && cert->extensions.has_usage,
		     "it is no CA's");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *copy = malloc(size ? size : 1);
	struct slice der = { copy, size };
	static const struct revoked none;
	struct certificate cert = { 0 };
	enum imatee_error error = IMATEE_OK;

	host_reset();
	fuzz_require(copy != NULL, "memory");
	memcpy(copy, data, size);
	error = certificate_parse(der, &cert);
	fuzz_require(error == IMATEE_OK || error == IMATEE_ERR_TOO_LONG ||
			     (error >= IMATEE_ERR_CERT_MALFORMED &&
			      error <= IMATEE_ERR_CERT_NO_SKID),
		     "a refusal is one of the parser's");
	if (!error) {
		check_info(&cert, der);
		error = certificate_check_issuer(&cert, &keytab_builtin, &none);
		fuzz_require(error == IMATEE_OK ||
				     error == IMATEE_ERR_CERT_UNTRUSTED ||
				     error == IMATEE_ERR_CERT_SIGNATURE,
			     "a refusal is one of the issuer's");
		error = x509_library_check(der, &cert);
		fuzz_require(error == IMATEE_OK ||
				     error == IMATEE_ERR_CERT_MALFORMED,
			     "a refusal is one of the library's");
		error = pubkey_check_sound(&cert.key);
		fuzz_require(error == IMATEE_OK || error == IMATEE_ERR_CERT_KEY,
			     "a refusal is one of the key's");
	}
	fuzz_require(!host.allocated, "no memory is lost");
	free(copy);
	return 0;
}
