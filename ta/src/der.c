// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "der.h"

/* Deeper than any certificate goes; bounds the stack. */
#define DEPTH_MAX 16

/* Low bits of a tag that is continued in the next byte. */
#define LONG_TAG 0x1f

bool slice_equal(struct slice a, struct slice b)
{
	return slice_is(a, b.data, b.len);
}

bool slice_is(struct slice slice, const void *data, size_t len)
{
	return slice.len == len && !memcmp(slice.data, data, len);
}

/*
 * Reads the length at @pos of @in and moves @pos behind it. Three bytes are
 * enough for 64 KiB; no certificate is as large.
 */
static bool read_length(const struct slice *in, size_t *pos, size_t *len)
{
	size_t count = 0;
	size_t i = 0;

	if (*pos >= in->len)
		return false;
	*len = in->data[(*pos)++];
	if (*len < 0x80)
		return true;
	count = *len & 0x7f;
	if (count < 1 || count > 2 || in->len - *pos < count)
		return false;
	*len = 0;
	for (i = 0; i < count; i++)
		*len = *len << 8 | in->data[(*pos)++];
	return *len >= (count == 1 ? 0x80 : 0x100);
}

bool der_next(struct slice *in, struct der_item *item)
{
	size_t pos = 1;
	size_t len = 0;

	if (!in->len || (in->data[0] & LONG_TAG) == LONG_TAG)
		return false;
	if (!read_length(in, &pos, &len) || len > in->len - pos)
		return false;
	item->tag = in->data[0];
	item->value = (struct slice){ in->data + pos, len };
	item->whole = (struct slice){ in->data, pos + len };
	in->data += pos + len;
	in->len -= pos + len;
	return true;
}

bool der_take(struct slice *in, uint8_t tag, struct der_item *item)
{
	return in->len && in->data[0] == tag && der_next(in, item);
}

bool der_take_optional(struct slice *in, uint8_t tag, struct der_item *item)
{
	if (!in->len || in->data[0] != tag)
		return false;
	return der_next(in, item);
}

bool der_take_bytes(struct slice *in, struct slice *bits)
{
	struct der_item item = { 0 };

	if (!der_take(in, DER_BIT_STRING, &item) || !item.value.len ||
	    item.value.data[0])
		return false;
	*bits = (struct slice){ item.value.data + 1, item.value.len - 1 };
	return true;
}

bool der_take_unsigned(struct slice *in, struct slice *number)
{
	struct der_item item = { 0 };

	if (!der_take(in, DER_INTEGER, &item) || !item.value.len ||
	    item.value.data[0] & 0x80)
		return false;
	*number = item.value;
	if (number->len > 1 && !number->data[0]) {
		number->data++;
		number->len--;
	}
	return true;
}

bool der_is_integer(struct slice value)
{
	if (!value.len)
		return false;
	if (value.len == 1)
		return true;
	/* Nine equal bits at the start are one byte too many. */
	return !(value.data[0] == 0x00 && !(value.data[1] & 0x80)) &&
	       !(value.data[0] == 0xff && value.data[1] & 0x80);
}

static bool bit_string_is_padded(struct slice value)
{
	uint8_t unused = 0;

	if (!value.len)
		return false;
	unused = value.data[0];
	if (value.len == 1)
		return !unused;
	return unused < 8 &&
	       !(value.data[value.len - 1] & ((1u << unused) - 1));
}

/* Each number of an OBJECT IDENTIFIER ends, and none begins with a zero digit. */
static bool oid_is_sound(struct slice value)
{
	bool begin = true;
	size_t i = 0;

	for (i = 0; i < value.len; i++) {
		if (begin && value.data[i] == 0x80)
			return false;
		begin = !(value.data[i] & 0x80);
	}
	return value.len && begin;
}

static bool primitive_is_strict(const struct der_item *item)
{
	switch (item->tag) {
	case DER_BOOLEAN:
		return item->value.len == 1 && (item->value.data[0] == 0x00 ||
						item->value.data[0] == 0xff);
	case DER_INTEGER:
		return der_is_integer(item->value);
	case DER_BIT_STRING:
		return bit_string_is_padded(item->value);
	case DER_NULL:
		return !item->value.len;
	case DER_OID:
		return oid_is_sound(item->value);
	case DER_SEQUENCE & ~DER_CONSTRUCTED:
	case DER_SET & ~DER_CONSTRUCTED:
		return false;
	default:
		/* 0 is BER's end of contents. */
		return item->tag != 0;
	}
}

bool der_is_strict(struct slice in)
{
	struct slice open[DEPTH_MAX] = { in };
	struct der_item item = { 0 };
	size_t depth = 0;

	while (true) {
		if (!open[depth].len) {
			if (!depth)
				return true;
			depth--;
			continue;
		}
		if (!der_next(&open[depth], &item))
			return false;
		if (!(item.tag & DER_CONSTRUCTED)) {
			if (!primitive_is_strict(&item))
				return false;
			continue;
		}
		/* Strings in pieces are BER; of class universal, two remain. */
		if (!(item.tag & DER_CLASS) && item.tag != DER_SEQUENCE &&
		    item.tag != DER_SET)
			return false;
		if (++depth == DEPTH_MAX)
			return false;
		open[depth] = item.value;
	}
}
