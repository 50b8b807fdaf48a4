// SPDX-License-Identifier: GPL-2.0-or-later
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/ecc.h>
#include <wolfssl/wolfcrypt/wolfmath.h>

#include "crypto.h"
#include "platform.h"
#include "pubkey.h"

/* As in SP 800-56B, 6.4.2.2: no factor below this one. */
#define SMALL_FACTORS 752

static bool has_small_factor(struct slice modulus)
{
	uint32_t factor = 0;
	uint32_t rest = 0;
	size_t i = 0;

	/* Divisors that are no primes cost a little, and find nothing new. */
	for (factor = 2; factor < SMALL_FACTORS; factor += 1 + (factor > 2)) {
		rest = 0;
		for (i = 0; i < modulus.len; i++)
			rest = (rest << 8 | modulus.data[i]) % factor;
		if (!rest)
			return true;
	}
	return false;
}

struct fermat {
	mp_int n;
	mp_int power;
	mp_int inverse;
};

/* .power = 2^(n - 1) mod n */
static int raise(struct fermat *f)
{
	mp_digit digit = 0;
	int ret = mp_montgomery_setup(&f->n, &digit);
	int bit = 0;

	if (!ret)
		ret = mp_montgomery_calc_normalization(&f->power, &f->n);
	/* n is odd: n - 1 has its bits, but the last. */
	for (bit = mp_count_bits(&f->n) - 1; !ret && bit >= 0; bit--) {
		ret = mp_sqr(&f->power, &f->power);
		if (!ret)
			ret = mp_montgomery_reduce(&f->power, &f->n, digit);
		if (ret || !bit || !mp_is_bit_set(&f->n, (unsigned int)bit))
			continue;
		ret = mp_add(&f->power, &f->power, &f->power);
		if (!ret && mp_cmp(&f->power, &f->n) != MP_LT)
			ret = mp_sub(&f->power, &f->n, &f->power);
	}
	return ret ? ret : mp_montgomery_reduce(&f->power, &f->n, digit);
}

/*
 * Fermat: for a prime n the power is 1, and for a power of a prime it is 1 modulo
 * that prime, so that power - 1 has no inverse.
 */
static enum imatee_error check_factors(struct fermat *f)
{
	int ret = raise(f);

	if (!ret)
		ret = mp_sub_d(&f->power, 1, &f->power);
	if (ret)
		return crypto_error(ret, IMATEE_ERR_CERT_KEY);
	if (mp_iszero(&f->power))
		return IMATEE_ERR_CERT_KEY;
	ret = mp_invmod(&f->power, &f->n, &f->inverse);
	return crypto_error(ret, IMATEE_ERR_CERT_KEY);
}

static enum imatee_error check_modulus(struct slice modulus)
{
	struct fermat *f = platform_alloc(sizeof(*f));
	enum imatee_error error = IMATEE_ERR_CERT_KEY;

	if (!f)
		return IMATEE_ERR_RESOURCES;
	if (!mp_init_multi(&f->n, &f->power, &f->inverse, NULL, NULL, NULL) &&
	    !mp_read_unsigned_bin(&f->n, modulus.data, (word32)modulus.len))
		error = check_factors(f);
	platform_free(f, sizeof(*f));
	return error;
}

static enum imatee_error check_rsa(const struct pubkey *key)
{
	const struct slice *e = &key->exponent;

	/* Odd, and not 1. */
	if (!(e->data[e->len - 1] & 1) || (e->len == 1 && e->data[0] == 1))
		return IMATEE_ERR_CERT_KEY;
	if (has_small_factor(key->modulus))
		return IMATEE_ERR_CERT_KEY;
	return check_modulus(key->modulus);
}

static enum imatee_error check_point(const struct pubkey *key)
{
	ecc_key *point = NULL;
	enum imatee_error error = crypto_import_point(key, &point);

	if (error)
		return error;
	error = crypto_error(wc_ecc_check_key(point), IMATEE_ERR_CERT_KEY);
	crypto_free_point(point);
	return error;
}

enum imatee_error pubkey_check_sound(const struct pubkey *key)
{
	return key->algo == IMATEE_ALGO_RSA ? check_rsa(key) : check_point(key);
}
