// SPDX-License-Identifier: GPL-2.0-or-later
#include "pubkey.h"

/* Larger ones are of no use, and wolfSSL does not take them. */
#define RSA_EXPONENT_MAX 8

/* Contents of OBJECT IDENTIFIERs. */
static const uint8_t oid_rsa[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7,
				   0x0d, 0x01, 0x01, 0x01 };
static const uint8_t oid_ec[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
static const uint8_t oid_p256[] = { 0x2a, 0x86, 0x48, 0xce,
				    0x3d, 0x03, 0x01, 0x07 };
static const uint8_t oid_p384[] = { 0x2b, 0x81, 0x04, 0x00, 0x22 };
static const uint8_t oid_p521[] = { 0x2b, 0x81, 0x04, 0x00, 0x23 };

static const struct {
	uint8_t algo;
	uint32_t bits;
	struct slice oid;
} curves[] = {
	{ IMATEE_ALGO_ECDSA_P256, 256, { oid_p256, sizeof(oid_p256) } },
	{ IMATEE_ALGO_ECDSA_P384, 384, { oid_p384, sizeof(oid_p384) } },
	{ IMATEE_ALGO_ECDSA_P521, 521, { oid_p521, sizeof(oid_p521) } },
};

#define CURVES (sizeof(curves) / sizeof(curves[0]))

static uint32_t count_bits(struct slice number)
{
	uint32_t bits = (uint32_t)number.len * 8;
	uint8_t first = number.data[0];

	for (; bits && !(first & 0x80); first <<= 1)
		bits--;
	return bits;
}

static enum imatee_error read_rsa(struct pubkey *key)
{
	struct slice in = key->key;
	struct der_item sequence = { 0 };

	if (!der_is_strict(in) || !der_take(&in, DER_SEQUENCE, &sequence) ||
	    in.len || !der_take_unsigned(&sequence.value, &key->modulus) ||
	    !der_take_unsigned(&sequence.value, &key->exponent) ||
	    sequence.value.len)
		return IMATEE_ERR_CERT_MALFORMED;
	key->bits = count_bits(key->modulus);
	/* The sizes that Linux takes: crypto/rsa.c, rsa_check_key_length(). */
	if (key->bits != 2048 && key->bits != 3072 && key->bits != 4096)
		return IMATEE_ERR_CERT_KEY;
	return key->exponent.len <= RSA_EXPONENT_MAX ? IMATEE_OK :
						       IMATEE_ERR_CERT_KEY;
}

static enum imatee_error read_point(struct pubkey *key)
{
	size_t i = 0;

	for (i = 0; i < CURVES; i++)
		if (curves[i].algo == key->algo)
			break;
	if (i == CURVES)
		return IMATEE_ERR_CERT_KEY;
	key->bits = curves[i].bits;
	/* 4: uncompressed, as the ABI has it. */
	if (key->key.len != 1 + 2 * ((key->bits + 7) / 8) ||
	    key->key.data[0] != 4)
		return IMATEE_ERR_CERT_KEY;
	return IMATEE_OK;
}

enum imatee_error pubkey_read_raw(uint8_t algo, struct slice raw,
				  struct pubkey *key)
{
	*key = (struct pubkey){ .algo = algo, .key = raw };
	if (!raw.len || raw.len > IMATEE_PUBKEY_MAX)
		return IMATEE_ERR_CERT_KEY;
	return algo == IMATEE_ALGO_RSA ? read_rsa(key) : read_point(key);
}

/* An AlgorithmIdentifier's contents; .algo stays zero for what is not known. */
static enum imatee_error read_algorithm(struct slice in, uint8_t *algo)
{
	struct der_item type = { 0 };
	struct der_item parameters = { 0 };
	size_t i = 0;

	*algo = 0;
	if (!der_take(&in, DER_OID, &type))
		return IMATEE_ERR_CERT_MALFORMED;
	if (slice_is(type.value, oid_rsa, sizeof(oid_rsa))) {
		*algo = IMATEE_ALGO_RSA;
		return der_take(&in, DER_NULL, &parameters) && !in.len ?
			       IMATEE_OK :
			       IMATEE_ERR_CERT_MALFORMED;
	}
	/* Not a name of a curve: its parameters, or the curve of the issuer. */
	if (!slice_is(type.value, oid_ec, sizeof(oid_ec)) ||
	    !der_take(&in, DER_OID, &parameters))
		return IMATEE_OK;
	for (i = 0; i < CURVES; i++)
		if (slice_equal(parameters.value, curves[i].oid))
			*algo = curves[i].algo;
	return in.len ? IMATEE_ERR_CERT_MALFORMED : IMATEE_OK;
}

enum imatee_error pubkey_read(struct slice info, struct pubkey *key)
{
	struct der_item algorithm = { 0 };
	struct slice bits = { 0 };
	enum imatee_error error = IMATEE_OK;
	uint8_t algo = 0;

	if (!der_take(&info, DER_SEQUENCE, &algorithm) ||
	    !der_take_bytes(&info, &bits) || info.len)
		return IMATEE_ERR_CERT_MALFORMED;
	error = read_algorithm(algorithm.value, &algo);
	if (error)
		return error;
	return algo ? pubkey_read_raw(algo, bits, key) : IMATEE_ERR_CERT_KEY;
}
