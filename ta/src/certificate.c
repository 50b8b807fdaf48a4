// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "certificate.h"
#include "x509_name.h"
#include "x509_time.h"

/* Version 3, as its INTEGER has it. */
#define X509_V3 2

/* What the parts of a certificate are, before a look into them. */
struct parts {
	struct slice version; /* .len 0: none, which is version 1 */
	struct slice serial; /* whole INTEGER */
	struct slice inner_algo; /* AlgorithmIdentifiers, whole */
	struct slice outer_algo;
	struct slice algo; /* contents of the inner one */
	struct slice validity;
	struct slice subject; /* contents */
	struct slice key; /* contents of the SubjectPublicKeyInfo */
	struct slice extensions; /* .len 0: none */
};

static bool split_tbs(struct slice tbs, struct certificate *cert,
		      struct parts *parts)
{
	struct der_item item = { 0 };

	if (der_take_optional(&tbs, DER_CONTEXT | DER_CONSTRUCTED | 0, &item))
		if (!der_take_unsigned(&item.value, &parts->version) ||
		    item.value.len)
			return false;
	if (!der_take(&tbs, DER_INTEGER, &item))
		return false;
	parts->serial = item.whole;
	if (!der_take(&tbs, DER_SEQUENCE, &item))
		return false;
	parts->inner_algo = item.whole;
	parts->algo = item.value;
	if (!der_take(&tbs, DER_SEQUENCE, &item))
		return false;
	cert->issuer = item.whole;
	if (!der_take(&tbs, DER_SEQUENCE, &item))
		return false;
	parts->validity = item.value;
	if (!der_take(&tbs, DER_SEQUENCE, &item))
		return false;
	cert->subject = item.whole;
	parts->subject = item.value;
	if (!der_take(&tbs, DER_SEQUENCE, &item))
		return false;
	cert->spki = item.whole;
	parts->key = item.value;
	/* Unique identifiers, which nobody uses. */
	der_take_optional(&tbs, DER_CONTEXT | 1, &item);
	der_take_optional(&tbs, DER_CONTEXT | 2, &item);
	if (der_take_optional(&tbs, DER_CONTEXT | DER_CONSTRUCTED | 3, &item))
		parts->extensions = item.value;
	return !tbs.len;
}

/* From the bytes to the parts: one certificate, all of it DER, nothing behind. */
static bool split(struct slice der, struct certificate *cert,
		  struct parts *parts)
{
	struct der_item item = { 0 };
	struct slice in = { 0 };

	if (!der_is_strict(der) || !der_take(&der, DER_SEQUENCE, &item) ||
	    der.len)
		return false;
	in = item.value;
	if (!der_take(&in, DER_SEQUENCE, &item))
		return false;
	cert->signed_part = item.whole;
	if (!split_tbs(item.value, cert, parts) ||
	    !der_take(&in, DER_SEQUENCE, &item))
		return false;
	parts->outer_algo = item.whole;
	return der_take_bytes(&in, &cert->signature) && !in.len;
}

/* What every certificate must say in a form that can be read. */
static bool read_parts(const struct parts *parts, struct certificate *cert)
{
	struct imatee_key_info *info = &cert->info;
	struct slice validity = parts->validity;

	/* Only version 3 has extensions. */
	if (parts->extensions.len) {
		if (parts->version.len != 1 ||
		    parts->version.data[0] != X509_V3 ||
		    !x509_extensions_read(parts->extensions, &cert->extensions))
			return false;
	}
	return slice_equal(parts->inner_algo, parts->outer_algo) &&
	       x509_time_take(&validity, &info->not_before) &&
	       x509_time_take(&validity, &info->not_after) && !validity.len &&
	       info->not_before <= info->not_after &&
	       x509_name_describe(parts->subject, info->subject,
				  sizeof(info->subject));
}

static enum imatee_error check_skid(struct certificate *cert)
{
	struct imatee_key_info *info = &cert->info;
	const struct slice skid = cert->extensions.skid;
	const uint8_t *last = NULL;

	/* The last four bytes are the key id. */
	if (skid.len < 4 || skid.len > IMATEE_SKID_MAX)
		return IMATEE_ERR_CERT_NO_SKID;
	info->skid_len = (uint8_t)skid.len;
	memcpy(info->skid, skid.data, skid.len);
	last = skid.data + skid.len - 4;
	info->keyid = (uint32_t)last[0] << 24 | (uint32_t)last[1] << 16 |
		      (uint32_t)last[2] << 8 | last[3];
	return IMATEE_OK;
}

/*
 * As restrict_link_by_digsig() in Linux: digitalSignature must be said, not just
 * be left open, and what issues certificates signs no files.
 */
static enum imatee_error check_usage(const struct x509_extensions *extensions)
{
	if (extensions->refused || extensions->ca || !extensions->has_usage ||
	    !(extensions->usage & X509_USAGE_DIGITAL_SIGNATURE) ||
	    extensions->usage & X509_USAGE_KEY_CERT_SIGN)
		return IMATEE_ERR_CERT_USAGE;
	return IMATEE_OK;
}

static enum imatee_error read_key(const struct parts *parts,
				  struct certificate *cert)
{
	struct imatee_key_info *info = &cert->info;
	enum imatee_error error = pubkey_read(parts->key, &cert->key);
	enum imatee_error algo_error = IMATEE_OK;

	if (error == IMATEE_ERR_CERT_MALFORMED)
		return error;
	algo_error = signature_read_algo(parts->algo, &cert->algo);
	if (algo_error == IMATEE_ERR_CERT_MALFORMED)
		return algo_error;
	if (!error)
		error = algo_error;
	info->algo = cert->key.algo;
	info->key_bits = cert->key.bits;
	info->pubkey_len = (uint32_t)cert->key.key.len;
	return error;
}

enum imatee_error certificate_parse(struct slice der, struct certificate *cert)
{
	struct parts parts = { 0 };
	enum imatee_error error = IMATEE_OK;

	memset(cert, 0, sizeof(*cert));
	if (der.len > IMATEE_CERT_MAX)
		return IMATEE_ERR_TOO_LONG;
	if (!split(der, cert, &parts) || !read_parts(&parts, cert))
		return IMATEE_ERR_CERT_MALFORMED;
	error = read_key(&parts, cert);
	if (!error)
		error = check_skid(cert);
	if (!error)
		error = check_usage(&cert->extensions);
	if (!error)
		error = signature_sha256(der, cert->info.fingerprint);
	cert->info.cert_len = (uint32_t)der.len;
	return error;
}

enum imatee_error
certificate_issuer_serial(struct slice der,
			  uint8_t digest[IMATEE_FINGERPRINT_SIZE])
{
	struct certificate cert = { 0 };
	struct parts parts = { 0 };

	if (!split(der, &cert, &parts))
		return IMATEE_ERR_CERT_MALFORMED;
	return hash_algo_sha256_of_two(cert.issuer, parts.serial, digest);
}
