// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/ecdsa.h>
#include <stdlib.h>

#include "signature.h"

#define INTEGER	 0x02
#define SEQUENCE 0x30

/* How a length is written. */
enum form {
	SHORTEST,
	LONG_1,
	LONG_2,
	LONG_3,
	INDEFINITE,
	OFF_BY_ONE,
	FORMS
};

/* What the signature is written of: contents of two INTEGERs, and their frame. */
struct parts {
	BIGNUM *number[2];
	struct bytes integer[2];
	struct bytes inside; /* the SEQUENCE, at its end */
	struct bytes behind; /* it */
	enum form form[3];
	uint8_t tag[3];
	size_t first; /* which integer comes first */
	size_t count; /* how many there are */
};

static void append_element(struct bytes *out, uint8_t tag, enum form form,
			   const struct bytes *value)
{
	static const uint8_t end[2];
	size_t len = value->len + (form == OFF_BY_ONE ? 1 : 0);

	bytes_append_byte(out, tag);
	if (form == INDEFINITE)
		bytes_append_byte(out, 0x80);
	else if (form == LONG_3)
		bytes_append(out, "\x83\x00", 2);
	else if (form == LONG_2 || len > 0xff)
		bytes_append_byte(out, 0x82);
	else if (form == LONG_1 || len > 0x7f)
		bytes_append_byte(out, 0x81);
	if (form == LONG_2 || form == LONG_3 || len > 0xff)
		bytes_append_byte(out, (uint8_t)(len >> 8));
	if (form != INDEFINITE)
		bytes_append_byte(out, (uint8_t)len);
	bytes_append(out, value->data, value->len);
	if (form == INDEFINITE)
		bytes_append(out, end, sizeof(end));
}

static void encode(const struct parts *parts, struct bytes *out)
{
	struct bytes body = { 0 };
	size_t i = 0;
	size_t at = 0;

	for (i = 0; i < parts->count; i++) {
		at = (parts->first + i) % 2;
		append_element(&body, parts->tag[at], parts->form[at],
			       &parts->integer[at]);
	}
	bytes_append(&body, parts->inside.data, parts->inside.len);
	bytes_set(out, NULL, 0);
	append_element(out, parts->tag[2], parts->form[2], &body);
	bytes_append(out, parts->behind.data, parts->behind.len);
	bytes_free(&body);
}

/* As DER has it; none is negative. */
static void write_number(struct parts *parts, size_t at)
{
	const BIGNUM *number = parts->number[at];
	uint8_t data[256] = { 0 };
	int len = BN_bn2bin(number, data + 1);

	if (!len || data[1] & 0x80)
		bytes_set(&parts->integer[at], data, (size_t)len + 1);
	else
		bytes_set(&parts->integer[at], data + 1, (size_t)len);
}

/* Numbers that mean something to the curve. */
static void another_number(const struct key *key, BIGNUM *number)
{
	size_t kind = random_below(9);

	note("-%zu", kind);
	if (kind == 0)
		BN_zero(number);
	else if (kind == 1)
		BN_one(number);
	else if (kind == 2)
		BN_copy(number, key->n);
	else if (kind == 3) /* the same to one who reduces it */
		BN_add(number, number, key->n);
	else if (kind == 4) /* of s: another good signature */
		BN_sub(number, key->n, number);
	else if (kind == 5)
		BN_sub(number, key->n, BN_value_one());
	else if (kind == 6)
		BN_add(number, number, BN_value_one());
	else if (kind == 7)
		random_number_below(number, key->n);
	else
		BN_lshift(number, number, 8 * (int)(1 + random_below(8)));
}

/* The number stays what it is, or is read as another one. */
static void another_integer(struct bytes *integer)
{
	static const uint8_t zeros[16];
	size_t count = 1 + random_below(sizeof(zeros));

	switch (random_below(5)) {
	case 0:
		note("zeros-%zu", count);
		bytes_splice(integer, 0, 0, zeros, count);
		break;
	case 1: /* negative, or nothing of the kind */
		note("first-byte-gone");
		bytes_splice(integer, 0, 1, NULL, 0);
		break;
	case 2:
		note("empty");
		bytes_set(integer, NULL, 0);
		break;
	case 3:
		note("ones-before");
		bytes_splice(integer, 0, 0, "\xff", 1);
		break;
	default:
		note("sign-bit");
		if (integer->len)
			integer->data[0] ^= 0x80;
	}
}

static void another_frame(struct parts *parts)
{
	size_t count = 1 + random_below(8);
	size_t at = random_below(3);

	switch (random_below(7)) {
	case 0:
		note("inside-%zu", count);
		random_append(&parts->inside, count);
		break;
	case 1:
		note("third");
		append_element(&parts->inside, INTEGER, SHORTEST,
			       &parts->integer[0]);
		break;
	case 2:
		note("behind-%zu", count);
		random_append(&parts->behind, count);
		break;
	case 3:
		parts->form[at] = 1 + random_below(FORMS - 1);
		note("length-%zu-form-%u", at, parts->form[at]);
		break;
	case 4:
		parts->tag[at] ^= (uint8_t)(1 << random_below(8));
		note("tag-%zu-%02x", at, parts->tag[at]);
		break;
	case 5:
		note("swapped");
		parts->first = 1;
		break;
	default:
		note("count");
		parts->count = random_below(2);
		parts->first = random_below(2);
	}
}

static void mutate(const struct key *key, struct parts *parts)
{
	size_t at = random_below(2);
	size_t kind = random_below(3);

	if (kind == 0) {
		note("number-%c", at ? 's' : 'r');
		another_number(key, parts->number[at]);
	}
	write_number(parts, 0);
	write_number(parts, 1);
	if (kind == 1) {
		note("integer-%c-", at ? 's' : 'r');
		another_integer(&parts->integer[at]);
	} else if (kind == 2) {
		another_frame(parts);
	}
}

void ecdsa_mutate(const struct key *key, struct bytes *signature)
{
	struct parts parts = { .tag = { INTEGER, INTEGER, SEQUENCE },
			       .count = 2 };
	const unsigned char *in = signature->data;
	ECDSA_SIG *good = NULL;

	if (!random_below(6)) {
		note("flip");
		random_flip(signature);
		return;
	}
	good = d2i_ECDSA_SIG(NULL, &in, (long)signature->len);
	if (!good)
		die("no ECDSA signature");
	parts.number[0] = BN_dup(ECDSA_SIG_get0_r(good));
	parts.number[1] = BN_dup(ECDSA_SIG_get0_s(good));
	mutate(key, &parts);
	encode(&parts, signature);
	ECDSA_SIG_free(good);
	BN_free(parts.number[0]);
	BN_free(parts.number[1]);
	bytes_free(&parts.integer[0]);
	bytes_free(&parts.integer[1]);
	bytes_free(&parts.inside);
	bytes_free(&parts.behind);
}
