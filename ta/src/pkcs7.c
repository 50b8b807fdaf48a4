// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "pkcs7.h"

#define CONTEXT(n) (DER_CONTEXT | DER_CONSTRUCTED | (n))

/* Contents of OBJECT IDENTIFIERs. */
static const uint8_t oid_signed_data[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7,
					   0x0d, 0x01, 0x07, 0x02 };
static const uint8_t oid_data[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7,
				    0x0d, 0x01, 0x07, 0x01 };
static const uint8_t oid_rsa[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7,
				   0x0d, 0x01, 0x01, 0x01 };
/* ecdsa-with-SHA1; what follows is ecdsa-with-SHA224 and so on */
static const uint8_t oid_ecdsa_sha1[] = { 0x2a, 0x86, 0x48, 0xce,
					  0x3d, 0x04, 0x01 };
static const uint8_t oid_ecdsa_sha2[] = { 0x2a, 0x86, 0x48, 0xce,
					  0x3d, 0x04, 0x03 };
static const uint8_t oid_sig_algs[] = { 0x60, 0x86, 0x48, 0x01,
					0x65, 0x03, 0x04, 0x03 };

/* Is @oid @base and one number more, from @first to @last? */
static bool begins(struct slice oid, const uint8_t *base, size_t len,
		   uint8_t first, uint8_t last)
{
	return oid.len == len + 1 && !memcmp(oid.data, base, len) &&
	       oid.data[len] >= first && oid.data[len] <= last;
}

static bool is_number(struct slice number, uint8_t value)
{
	return number.len == 1 && number.data[0] == value;
}

/* ContentInfo: an OBJECT IDENTIFIER, and what it says in [0]. */
static bool take_content(struct slice in, const uint8_t *oid, size_t len,
			 struct slice *content)
{
	struct der_item item = { 0 };

	if (!der_take(&in, DER_OID, &item) || !slice_is(item.value, oid, len))
		return false;
	if (!content)
		return !in.len;
	if (!der_take(&in, CONTEXT(0), &item) || in.len)
		return false;
	*content = item.value;
	return true;
}

/* An AlgorithmIdentifier: parameters are NULL, or there are none. */
static bool take_algorithm(struct slice *in, struct slice *oid)
{
	struct der_item item = { 0 };
	struct slice body = { 0 };

	if (!der_take(in, DER_SEQUENCE, &item))
		return false;
	body = item.value;
	if (!der_take(&body, DER_OID, &item))
		return false;
	*oid = item.value;
	der_take_optional(&body, DER_NULL, &item);
	return !body.len;
}

/* Which of Linux' signature algorithms it is: pkcs7_sig_note_pkey_algo(). */
static void note_algorithm(struct slice oid, struct pkcs7_signer *signer)
{
	signer->rsa = slice_is(oid, oid_rsa, sizeof(oid_rsa));
	signer->ecdsa =
		slice_is(oid, oid_ecdsa_sha1, sizeof(oid_ecdsa_sha1)) ||
		begins(oid, oid_ecdsa_sha2, sizeof(oid_ecdsa_sha2), 1, 4) ||
		begins(oid, oid_sig_algs, sizeof(oid_sig_algs), 10, 12);
}

static bool take_identifier(struct slice *in, struct pkcs7_signer *signer)
{
	struct der_item item = { 0 };

	if (der_take_optional(in, DER_CONTEXT | 0, &item)) {
		signer->skid = item.value;
		return item.value.len > 0;
	}
	if (!der_take(in, DER_SEQUENCE, &item))
		return false;
	signer->issuer_serial = item.value;
	return item.value.len > 0;
}

/*
 * Of the numbers of versions, 1 goes with issuer and serial number, and 3 with a key
 * identifier, in the message and in its signer alike: as Linux wants it.
 */
static bool take_signer(struct slice in, struct slice version,
			struct pkcs7_signer *signer)
{
	struct der_item item = { 0 };
	struct slice own = { 0 };
	struct slice oid = { 0 };

	if (!der_take_unsigned(&in, &own) || !take_identifier(&in, signer) ||
	    !is_number(own, signer->issuer_serial.len ? 1 : 3) ||
	    !slice_equal(own, version) || !take_algorithm(&in, &oid))
		return false;
	signer->hash = hash_algo_by_oid(oid);
	signer->attributes = der_take_optional(&in, CONTEXT(0), &item);
	if (!take_algorithm(&in, &oid))
		return false;
	note_algorithm(oid, signer);
	if (!der_take(&in, DER_OCTET_STRING, &item))
		return false;
	signer->signature = item.value;
	/* Attributes that nobody has signed. */
	der_take_optional(&in, CONTEXT(1), &item);
	return !in.len;
}

/* What is signed: an OCTET STRING in @content, or, if that is NULL, not there. */
static bool take_data(struct slice in, struct slice *content)
{
	struct der_item item = { 0 };
	struct slice octets = { 0 };

	if (!content)
		return take_content(in, oid_data, sizeof(oid_data), NULL);
	if (!take_content(in, oid_data, sizeof(oid_data), &octets) ||
	    !der_take(&octets, DER_OCTET_STRING, &item) || octets.len)
		return false;
	*content = item.value;
	return true;
}

static bool take_next(struct pkcs7_signers *signers,
		      struct pkcs7_signer *signer)
{
	struct der_item item = { 0 };

	memset(signer, 0, sizeof(*signer));
	return der_take(&signers->left, DER_SEQUENCE, &item) &&
	       take_signer(item.value, signers->version, signer);
}

/* Is there one, and is each as it should be? */
static bool are_sound(struct pkcs7_signers signers)
{
	struct pkcs7_signer signer = { 0 };

	do {
		if (!take_next(&signers, &signer))
			return false;
	} while (signers.left.len);
	return true;
}

/* SignedData, which @in is the contents of. */
static bool take_signed_data(struct slice in, struct pkcs7_signers *signers,
			     struct slice *data)
{
	struct der_item item = { 0 };

	if (!der_take_unsigned(&in, &signers->version) ||
	    !der_take(&in, DER_SET, &item) ||
	    !der_take(&in, DER_SEQUENCE, &item) || !take_data(item.value, data))
		return false;
	/* Certificates and revocation lists. */
	der_take_optional(&in, CONTEXT(0), &item);
	der_take_optional(&in, CONTEXT(1), &item);
	if (!der_take(&in, DER_SET, &item) || in.len)
		return false;
	signers->left = item.value;
	return are_sound(*signers);
}

static enum imatee_error read_message(struct slice message,
				      struct pkcs7_signers *signers,
				      struct slice *data)
{
	struct der_item item = { 0 };
	struct slice in = message;
	struct slice content = { 0 };

	memset(signers, 0, sizeof(*signers));
	if (!der_is_strict(message) || !der_take(&in, DER_SEQUENCE, &item) ||
	    in.len ||
	    !take_content(item.value, oid_signed_data, sizeof(oid_signed_data),
			  &content) ||
	    !der_take(&content, DER_SEQUENCE, &item) || content.len ||
	    !take_signed_data(item.value, signers, data))
		return IMATEE_ERR_SIG_MALFORMED;
	return IMATEE_OK;
}

enum imatee_error pkcs7_read(struct slice message,
			     struct pkcs7_signers *signers)
{
	return read_message(message, signers, NULL);
}

bool pkcs7_next(struct pkcs7_signers *signers, struct pkcs7_signer *signer)
{
	return signers->left.len && take_next(signers, signer);
}

enum imatee_error pkcs7_read_content(struct slice message,
				     struct pkcs7_signer *signer,
				     struct slice *content)
{
	struct pkcs7_signers signers = { 0 };
	enum imatee_error error = read_message(message, &signers, content);

	if (error)
		return error;
	return pkcs7_next(&signers, signer) && !signers.left.len ?
		       IMATEE_OK :
		       IMATEE_ERR_SIG_MALFORMED;
}
