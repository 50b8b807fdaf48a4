/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bounds-checked cursor over DER, in the strict sense: what could be encoded
 * in two ways is refused, so that all readers of a certificate read the same.
 */
#ifndef IMATEE_DER_H
#define IMATEE_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tags, as far as certificates use them. */
enum der_tag {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_UTF8_STRING = 0x0c,
	DER_NUMERIC_STRING = 0x12,
	DER_PRINTABLE_STRING = 0x13,
	DER_T61_STRING = 0x14,
	DER_IA5_STRING = 0x16,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_VISIBLE_STRING = 0x1a,
	DER_UNIVERSAL_STRING = 0x1c,
	DER_BMP_STRING = 0x1e,
	DER_CONSTRUCTED = 0x20,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80,
	DER_CLASS = 0xc0, /* both bits 0: universal */
};

/* Some bytes of a certificate. */
struct slice {
	const uint8_t *data;
	size_t len;
};

bool slice_equal(struct slice a, struct slice b);

/* Is @slice the OBJECT IDENTIFIER (its contents) of @len bytes? */
bool slice_is(struct slice slice, const void *data, size_t len);

/* One element: its contents, and all of it. */
struct der_item {
	uint8_t tag;
	struct slice value;
	struct slice whole;
};

/*
 * Takes the next element off @in; false, and nothing taken, if there is none or
 * its length is not the shortest, definite form.
 */
bool der_next(struct slice *in, struct der_item *item);

/* The same, and it must have this tag. */
bool der_take(struct slice *in, uint8_t tag, struct der_item *item);

/* Takes the next element if it has this tag. */
bool der_take_optional(struct slice *in, uint8_t tag, struct der_item *item);

/*
 * Takes a BIT STRING that is a whole number of bytes; @bits are these.
 */
bool der_take_bytes(struct slice *in, struct slice *bits);

/*
 * Takes an INTEGER that is not negative; @number is without a leading zero.
 */
bool der_take_unsigned(struct slice *in, struct slice *number);

/* Are these the contents of an INTEGER, in its shortest form? */
bool der_is_integer(struct slice value);

/* Is each element of @in, and each within these, as DER wants it? */
bool der_is_strict(struct slice in);

#endif /* IMATEE_DER_H */
