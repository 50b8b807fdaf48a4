// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/error-crypt.h>
#include <wolfssl/wolfcrypt/random.h>

#include "attest_key.h"
#include "crypto.h"
#include "file_hash.h"
#include "message.h"
#include "platform.h"

#if defined(WC_NO_CACHE_RESISTANT) || defined(WC_NO_HARDEN) || \
	!defined(ECC_TIMING_RESISTANT) || !defined(WOLFSSL_HAVE_SP_ECC)
#error "a secret key needs arithmetic in constant time"
#endif

/* What the device's key is derived for; the last byte counts attempts. */
static const char label[] = "imatee attestation key 1";

/* One of 2^32 numbers is none: FIPS 186-5, A.2.2. */
static const uint8_t order[32] = { 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00,
				   0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
				   0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7,
				   0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2,
				   0xfc, 0x63, 0x25, 0x51 };

/* wolfSSL's objects: too large for the stack. */
struct work {
	ecc_key key;
	mp_int r;
	mp_int s;
	WC_RNG rng; /* asked for, and not used: see ta/crypto/user_settings.h */
};

/* What becomes of a number that is made of a secret tells nobody which one it was. */
static bool is_secret_number(const uint8_t secret[32])
{
	return !all_zero(secret, sizeof(order)) &&
	       memcmp(secret, order, sizeof(order)) < 0;
}

static enum imatee_error derive(struct attest_key *key)
{
	enum platform_status status = PLATFORM_OK;
	uint8_t name[sizeof(label)] = { 0 };
	uint8_t count = 0;

	memcpy(name, label, sizeof(name));
	do {
		name[sizeof(name) - 1] = count;
		status = platform_device_key(name, sizeof(name), key->secret,
					     &key->development);
		if (status)
			return status == PLATFORM_OUT_OF_MEMORY ?
				       IMATEE_ERR_RESOURCES :
				       IMATEE_ERR_NO_DEVICE_KEY;
	} while (!is_secret_number(key->secret) && ++count);
	return is_secret_number(key->secret) ? IMATEE_OK :
					       IMATEE_ERR_NO_DEVICE_KEY;
}

static struct work *begin(const struct attest_key *key)
{
	struct work *work = platform_alloc(sizeof(*work));
	int ret = 0;

	if (!work)
		return NULL;
	ret = wc_ecc_init(&work->key);
	if (!ret)
		ret = mp_init_multi(&work->r, &work->s, NULL, NULL, NULL, NULL);
	if (!ret)
		ret = wc_ecc_import_private_key_ex(key->secret,
						   sizeof(key->secret), NULL, 0,
						   &work->key, ECC_SECP256R1);
	if (!ret)
		return work;
	wc_ecc_free(&work->key);
	platform_free(work, sizeof(*work));
	return NULL;
}

static void end(struct work *work)
{
	wc_ecc_free(&work->key);
	platform_free(work, sizeof(*work));
}

/* Whatever fails here had no memory: the numbers are right. */
static enum imatee_error outcome(int ret)
{
	(void)crypto_memory_failed();
	return ret ? IMATEE_ERR_RESOURCES : IMATEE_OK;
}

static enum imatee_error make_point(struct attest_key *key)
{
	struct work *work = begin(key);
	int ret = 0;

	if (!work)
		return outcome(MEMORY_E);
	ret = wc_ecc_make_pub(&work->key, NULL);
	if (!ret)
		ret = mp_to_unsigned_bin_len(work->key.pubkey.x, key->point,
					     TPM_POINT_SIZE / 2);
	if (!ret)
		ret = mp_to_unsigned_bin_len(work->key.pubkey.y,
					     key->point + TPM_POINT_SIZE / 2,
					     TPM_POINT_SIZE / 2);
	end(work);
	return outcome(ret);
}

enum imatee_error attest_key_make(struct attest_key *key)
{
	enum imatee_error error = IMATEE_OK;

	if (key->made)
		return IMATEE_OK;
	error = derive(key);
	if (!error)
		error = make_point(key);
	if (error)
		return error;
	tpm_public(key->point, key->public);
	key->made = true;
	return IMATEE_OK;
}

enum imatee_error attest_key_sign(const struct attest_key *key,
				  const void *data, size_t len,
				  uint8_t sig[TPM_SIG_SIZE])
{
	struct work *work = begin(key);
	uint8_t digest[32] = { 0 };
	int ret = 0;

	if (!work)
		return outcome(MEMORY_E);
	file_hash_of(IMATEE_HASH_SHA256, data, len, digest);
	ret = wc_ecc_set_deterministic(&work->key, 1);
	if (!ret)
		ret = wc_ecc_sign_hash_ex(digest, sizeof(digest), &work->rng,
					  &work->key, &work->r, &work->s);
	if (!ret)
		ret = mp_to_unsigned_bin_len(&work->r, sig, TPM_SIG_SIZE / 2);
	if (!ret)
		ret = mp_to_unsigned_bin_len(&work->s, sig + TPM_SIG_SIZE / 2,
					     TPM_SIG_SIZE / 2);
	end(work);
	return outcome(ret);
}
