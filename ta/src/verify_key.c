// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/rsa.h>
#include <wolfssl/wolfcrypt/wolfmath.h>

#include "crypto.h"
#include "platform.h"
#include "verify_key.h"

#define RSA_BYTES_MAX (4096 / 8)

/*
 * RSA: modulus and exponent; ECDSA: the coordinates. wolfSSL's own key types have
 * room for the largest key, 8 KiB of it.
 */
struct verify_key {
	size_t size; /* of this allocation */
	size_t bytes; /* of a modulus, or of a coordinate */
	uint8_t algo; /* enum imatee_key_algo */
	uint16_t first; /* digits of the first number */
	uint16_t second; /* and of the second, which follows it */
	mp_digit digits[];
};

/*
 * What wolfSSL works with. A TA runs one call at a time. The key that was used
 * last stays here: it is often the next one, too.
 */
static struct {
	const struct verify_key *key; /* whose numbers stand here, or NULL */
	union {
		RsaKey rsa;
		ecc_key ecc;
	};
	mp_int r; /* the signature's numbers; while a key is made, that key's */
	mp_int s;
	uint8_t block[RSA_BYTES_MAX];
} work;

static bool read_number(mp_int *number, struct slice bytes)
{
	return !mp_init(number) &&
	       !mp_read_unsigned_bin(number, bytes.data, (word32)bytes.len);
}

/* The numbers of @pubkey, in work.r and work.s. */
static bool read_numbers(const struct pubkey *pubkey, size_t *bytes)
{
	struct slice first = pubkey->modulus;
	struct slice second = pubkey->exponent;

	if (pubkey->algo != IMATEE_ALGO_RSA) {
		/* one byte, then the two coordinates */
		first.data = pubkey->key.data + 1;
		first.len = (pubkey->key.len - 1) / 2;
		second.data = first.data + first.len;
		second.len = first.len;
	}
	*bytes = first.len;
	return read_number(&work.r, first) && read_number(&work.s, second);
}

enum imatee_error verify_key_new(const struct pubkey *pubkey,
				 struct verify_key **key)
{
	struct verify_key *new = NULL;
	size_t bytes = 0;
	size_t digits = 0;
	size_t size = 0;

	if (!read_numbers(pubkey, &bytes))
		return IMATEE_ERR_CERT_KEY;
	digits = (size_t)work.r.used + (size_t)work.s.used;
	size = sizeof(*new) + digits * sizeof(new->digits[0]);
	new = platform_alloc(size);
	if (!new)
		return IMATEE_ERR_RESOURCES;
	new->size = size;
	new->bytes = bytes;
	new->algo = pubkey->algo;
	new->first = (uint16_t)work.r.used;
	new->second = (uint16_t)work.s.used;
	memcpy(new->digits, work.r.dp, new->first * sizeof(mp_digit));
	memcpy(new->digits + new->first, work.s.dp,
	       new->second * sizeof(mp_digit));
	*key = new;
	return IMATEE_OK;
}

void verify_key_free(struct verify_key *key)
{
	if (!key)
		return;
	/* The next key may come to stand in its place. */
	if (work.key == key)
		work.key = NULL;
	platform_free(key, key->size);
}

static void set_number(mp_int *number, const mp_digit *digits, uint16_t used)
{
	memcpy(number->dp, digits, used * sizeof(*digits));
	number->used = used;
}

static bool use_rsa(const struct verify_key *key)
{
	if (wc_InitRsaKey(&work.rsa, NULL))
		return false;
	work.rsa.type = RSA_PUBLIC;
	set_number(&work.rsa.n, key->digits, key->first);
	set_number(&work.rsa.e, key->digits + key->first, key->second);
	return true;
}

static bool use_ecc(const struct verify_key *key)
{
	if (wc_ecc_init(&work.ecc) ||
	    wc_ecc_set_curve(&work.ecc, (int)key->bytes,
			     crypto_curve(key->algo)))
		return false;
	work.ecc.type = ECC_PUBLICKEY;
	set_number(work.ecc.pubkey.x, key->digits, key->first);
	set_number(work.ecc.pubkey.y, key->digits + key->first, key->second);
	return !mp_set(work.ecc.pubkey.z, 1);
}

static bool use(const struct verify_key *key)
{
	if (work.key == key)
		return true;
	work.key = NULL;
	if (!(key->algo == IMATEE_ALGO_RSA ? use_rsa(key) : use_ecc(key)))
		return false;
	work.key = key;
	return true;
}

/*
 * What the signature is made of is compared, whole, with what it must be: nothing
 * of it is parsed. A number as large as the modulus is refused, it stands for a
 * smaller one (RFC 8017, 5.2.2).
 */
static enum imatee_error check_rsa(const struct hash_algo *algo,
				   const void *digest, struct slice signature)
{
	uint8_t wanted[HASH_ALGO_INFO_MAX] = { 0 };
	const size_t len = hash_algo_digest_info(algo, digest, wanted);
	uint8_t *found = NULL;
	int ret = 0;

	if (signature.len != work.key->bytes ||
	    !read_number(&work.r, signature) ||
	    mp_cmp(&work.r, &work.rsa.n) != MP_LT)
		return IMATEE_ERR_SIG_INVALID;
	memcpy(work.block, signature.data, signature.len);
	ret = wc_RsaSSL_VerifyInline(work.block, (word32)signature.len, &found,
				     &work.rsa);
	if (ret < 0)
		return crypto_error(ret, IMATEE_ERR_SIG_INVALID);
	return (size_t)ret == len && !memcmp(found, wanted, len) ?
		       IMATEE_OK :
		       IMATEE_ERR_SIG_INVALID;
}

/* Two numbers, in one form only, and not larger than the curve. */
static bool read_ecdsa(struct slice in, size_t max)
{
	struct der_item sequence = { 0 };
	struct slice r = { 0 };
	struct slice s = { 0 };

	return der_is_strict(in) && der_take(&in, DER_SEQUENCE, &sequence) &&
	       !in.len && der_take_unsigned(&sequence.value, &r) &&
	       der_take_unsigned(&sequence.value, &s) && !sequence.value.len &&
	       r.len <= max && s.len <= max && read_number(&work.r, r) &&
	       read_number(&work.s, s);
}

static enum imatee_error check_ecdsa(const struct hash_algo *algo,
				     const void *digest, struct slice signature)
{
	int verified = 0;
	int ret = 0;

	if (!read_ecdsa(signature, work.key->bytes))
		return IMATEE_ERR_SIG_INVALID;
	ret = wc_ecc_verify_hash_ex(&work.r, &work.s, digest, algo->size,
				    &verified, &work.ecc);
	if (ret)
		return crypto_error(ret, IMATEE_ERR_SIG_INVALID);
	return verified == 1 ? IMATEE_OK : IMATEE_ERR_SIG_INVALID;
}

enum imatee_error verify_key_check(const struct verify_key *key,
				   const struct hash_algo *algo,
				   const void *digest, struct slice signature)
{
	if (!use(key))
		return IMATEE_ERR_RESOURCES;
	return key->algo == IMATEE_ALGO_RSA ?
		       check_rsa(algo, digest, signature) :
		       check_ecdsa(algo, digest, signature);
}
