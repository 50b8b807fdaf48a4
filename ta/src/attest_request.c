// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A certificate request of the key that signs quotes. All of it is fixed but for the
 * key: what the key signs is what stands here.
 */
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/ecc.h>

#include "attest_key.h"
#include "crypto.h"
#include "file_hash.h"

/* Hexadecimal digits of the key's name that are in the subject. */
#define NAME_DIGITS 16

/* CertificationRequestInfo, in the order in which it is written. */
static const uint8_t info_head[] = {
	0x30, 0x81, 0x84, /* SEQUENCE */
	0x02, 0x01, 0x00, /* version */
	0x30, 0x22, 0x31, 0x20, 0x30, 0x1e, /* one relative name */
	0x06, 0x03, 0x55, 0x04, 0x03, /* commonName */
	0x0c, 0x17, 'i',  'm',	'a',  't',  'e', 'e', ' ', /* UTF8String */
};
static const uint8_t info_key[] = {
	0x30, 0x59, 0x30, 0x13, /* SubjectPublicKeyInfo */
	0x06, 0x07, 0x2a, 0x86, 0x48,
	0xce, 0x3d, 0x02, 0x01, /* id-ecPublicKey */
	0x06, 0x08, 0x2a, 0x86, 0x48,
	0xce, 0x3d, 0x03, 0x01, 0x07, /* prime256v1 */
	0x03, 0x42, 0x00, 0x04, /* a point, not compressed */
};
static const uint8_t info_tail[] = { 0xa0, 0x00 }; /* no attributes */
static const uint8_t algorithm[] = {
	0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	0x48, 0xce, 0x3d, 0x04, 0x03, 0x02, /* ecdsa-with-SHA256 */
};

#define INFO_SIZE                                                              \
	(sizeof(info_head) + NAME_DIGITS + sizeof(info_key) + TPM_POINT_SIZE + \
	 sizeof(info_tail))
static_assert(INFO_SIZE == 3 + 0x84, "the request has another length");

/* Of two numbers of 256 bits in DER, each with a zero in front. */
#define DER_SIG_MAX 72

static size_t append(uint8_t *buf, size_t at, const void *data, size_t len)
{
	memcpy(buf + at, data, len);
	return at + len;
}

static void write_digits(const struct attest_key *key, uint8_t *digits)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t digest[32] = { 0 };
	size_t i = 0;

	file_hash_of(IMATEE_HASH_SHA256, key->public, sizeof(key->public),
		     digest);
	for (i = 0; i < NAME_DIGITS; i++)
		digits[i] = (uint8_t)hex[digest[i / 2] >> (i % 2 ? 0 : 4) & 15];
}

static void write_info(const struct attest_key *key, uint8_t info[INFO_SIZE])
{
	size_t at = append(info, 0, info_head, sizeof(info_head));

	write_digits(key, info + at);
	at = append(info, at + NAME_DIGITS, info_key, sizeof(info_key));
	at = append(info, at, key->point, sizeof(key->point));
	append(info, at, info_tail, sizeof(info_tail));
}

enum imatee_error attest_key_request(const struct attest_key *key,
				     uint8_t csr[ATTEST_KEY_CSR_MAX],
				     size_t *len)
{
	const size_t half = TPM_SIG_SIZE / 2;
	uint8_t info[INFO_SIZE] = { 0 };
	uint8_t sig[TPM_SIG_SIZE] = { 0 };
	uint8_t der[DER_SIG_MAX] = { 0 };
	word32 der_len = sizeof(der);
	uint8_t head[3] = { 0x30, 0x81, 0 };
	uint8_t bits[3] = { 0x03, 0, 0 };
	enum imatee_error error = IMATEE_OK;
	size_t at = 0;

	write_info(key, info);
	error = attest_key_sign(key, info, sizeof(info), sig);
	if (error)
		return error;
	if (wc_ecc_rs_raw_to_sig(sig, (word32)half, sig + half, (word32)half,
				 der, &der_len))
		return IMATEE_ERR_RESOURCES;
	bits[1] = (uint8_t)(1 + der_len);
	head[2] = (uint8_t)(sizeof(info) + sizeof(algorithm) + sizeof(bits) +
			    der_len);
	at = append(csr, 0, head, sizeof(head));
	at = append(csr, at, info, sizeof(info));
	at = append(csr, at, algorithm, sizeof(algorithm));
	at = append(csr, at, bits, sizeof(bits));
	*len = append(csr, at, der, der_len);
	return IMATEE_OK;
}

static_assert(3 + INFO_SIZE + sizeof(algorithm) + 3 + DER_SIG_MAX <=
		      ATTEST_KEY_CSR_MAX,
	      "the request may be longer than there is room for");
