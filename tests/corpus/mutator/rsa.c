// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "signature.h"

/* The number, in @len bytes or as many more as it takes. */
static void set_number(struct bytes *b, const BIGNUM *number, size_t len)
{
	size_t size = (size_t)BN_num_bytes(number);
	uint8_t *data = NULL;

	if (size < len)
		size = len;
	data = calloc(1, size + 1);
	if (!data || BN_bn2binpad(number, data, (int)size) < 0)
		die("number");
	bytes_set(b, data, size);
	free(data);
}

void random_number_below(BIGNUM *number, const BIGNUM *n)
{
	struct bytes b = { 0 };
	BN_CTX *ctx = BN_CTX_new();

	random_append(&b, (size_t)BN_num_bytes(n));
	if (!ctx || !BN_bin2bn(b.data, (int)b.len, number) ||
	    !BN_nnmod(number, number, n, ctx))
		die("number");
	BN_CTX_free(ctx);
	bytes_free(&b);
}

static void another_number(const struct key *key, struct bytes *signature)
{
	BIGNUM *s = BN_bin2bn(signature->data, (int)signature->len, NULL);
	size_t kind = random_below(8);

	note("number-%zu", kind);
	if (kind ==
	    0) /* a number as large as the modulus stands for a smaller */
		BN_add(s, s, key->n);
	else if (kind == 1) /* - s */
		BN_sub(s, key->n, s);
	else if (kind == 2)
		BN_zero(s);
	else if (kind == 3)
		BN_one(s);
	else if (kind == 4)
		BN_copy(s, key->n);
	else if (kind == 5) /* - 1 */
		BN_sub(s, key->n, BN_value_one());
	else if (kind == 6)
		random_number_below(s, key->n);
	else
		BN_add(s, s, BN_value_one());
	set_number(signature, s, key->size);
	BN_free(s);
}

void rsa_mutate(const struct key *key, struct bytes *signature)
{
	static const uint8_t zeros[4];
	size_t count = 1 + random_below(sizeof(zeros));

	switch (random_below(6)) {
	case 0:
		note("flip");
		random_flip(signature);
		break;
	case 1:
		note("zeros-before-%zu", count);
		bytes_splice(signature, 0, 0, zeros, count);
		break;
	case 2:
		note("bytes-behind-%zu", count);
		random_append(signature, count);
		break;
	case 3:
		note("shorter-%zu", count);
		bytes_splice(signature,
			     random_below(2) ? 0 : signature->len - count,
			     count, NULL, 0);
		break;
	default:
		another_number(key, signature);
	}
}

void signature_mutate(const struct key *key, struct bytes *signature)
{
	note("-%s-", key->rsa ? "rsa" : "ecdsa");
	if (key->rsa)
		rsa_mutate(key, signature);
	else
		ecdsa_mutate(key, signature);
}
