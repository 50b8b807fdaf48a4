// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "x509_name.h"

/* The text so far; .len goes on counting behind the end of the room. */
struct output {
	uint8_t *text;
	size_t size;
	size_t len;
};

static void put(struct output *out, uint8_t byte)
{
	if (out->len < out->size)
		out->text[out->len] = byte;
	out->len++;
}

static void put_text(struct output *out, const char *text)
{
	for (; *text; text++)
		put(out, (uint8_t)*text);
}

static void put_hex(struct output *out, uint8_t byte)
{
	static const char digits[] = "0123456789ABCDEF";

	put(out, (uint8_t)digits[byte >> 4]);
	put(out, (uint8_t)digits[byte & 15]);
}

static void put_decimal(struct output *out, uint64_t number)
{
	char text[21] = "";
	size_t pos = sizeof(text) - 1;

	do {
		text[--pos] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	put_text(out, text + pos);
}

/* RFC 4519 and what OpenSSL adds to it, by the contents of the OID. */
static const struct {
	const char *name;
	const char *oid;
} attributes[] = {
	{ "CN", "\x55\x04\x03" },
	{ "SN", "\x55\x04\x04" },
	{ "serialNumber", "\x55\x04\x05" },
	{ "C", "\x55\x04\x06" },
	{ "L", "\x55\x04\x07" },
	{ "ST", "\x55\x04\x08" },
	{ "street", "\x55\x04\x09" },
	{ "O", "\x55\x04\x0a" },
	{ "OU", "\x55\x04\x0b" },
	{ "title", "\x55\x04\x0c" },
	{ "description", "\x55\x04\x0d" },
	{ "postalCode", "\x55\x04\x11" },
	{ "name", "\x55\x04\x29" },
	{ "GN", "\x55\x04\x2a" },
	{ "initials", "\x55\x04\x2b" },
	{ "generationQualifier", "\x55\x04\x2c" },
	{ "dnQualifier", "\x55\x04\x2e" },
	{ "pseudonym", "\x55\x04\x41" },
	{ "emailAddress", "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01" },
	{ "UID", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01" },
	{ "DC", "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x19" },
};

/* In decimal, with dots; false if a number of it is beyond 63 bits. */
static bool put_oid(struct output *out, struct slice oid)
{
	uint64_t number = 0;
	uint64_t first = 0;
	bool begin = true;
	size_t i = 0;

	for (i = 0; i < oid.len; i++) {
		if (number >> 56)
			return false;
		number = number << 7 | (oid.data[i] & 0x7f);
		if (oid.data[i] & 0x80)
			continue;
		if (begin) {
			first = number < 80 ? number / 40 : 2;
			put_decimal(out, first);
			number -= first * 40;
		}
		begin = false;
		put(out, '.');
		put_decimal(out, number);
		number = 0;
	}
	return true;
}

static bool put_type(struct output *out, struct slice oid)
{
	size_t i = 0;

	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		if (!slice_is(oid, attributes[i].oid,
			      strlen(attributes[i].oid)))
			continue;
		put_text(out, attributes[i].name);
		return true;
	}
	return put_oid(out, oid);
}

/* Bytes of one character, by the type of string; 0: UTF-8; -1: no string. */
static int char_width(uint8_t tag)
{
	switch (tag) {
	case DER_UTF8_STRING:
		return 0;
	case DER_NUMERIC_STRING:
	case DER_PRINTABLE_STRING:
	case DER_T61_STRING: /* in practice, Latin-1 */
	case DER_IA5_STRING:
	case DER_UTC_TIME:
	case DER_GENERALIZED_TIME:
	case DER_VISIBLE_STRING:
		return 1;
	case DER_BMP_STRING:
		return 2;
	case DER_UNIVERSAL_STRING:
		return 4;
	default:
		return -1;
	}
}

/* Takes one character of UTF-8, in its shortest form. */
static bool take_utf8(struct slice *in, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	const uint8_t first = in->data[0];
	size_t more = first < 0x80 ? 0 :
		      first < 0xe0 ? 1 :
		      first < 0xf0 ? 2 :
				     3;
	size_t i = 0;

	if ((first >= 0x80 && first < 0xc0) || first >= 0xf8 || in->len <= more)
		return false;
	*c = more ? first & (0x3f >> more) : first;
	for (i = 1; i <= more; i++) {
		if ((in->data[i] & 0xc0) != 0x80)
			return false;
		*c = *c << 6 | (in->data[i] & 0x3f);
	}
	in->data += more + 1;
	in->len -= more + 1;
	return *c >= least[more];
}

static bool take_char(struct slice *in, int width, uint32_t *c)
{
	if (!width) {
		if (!take_utf8(in, c))
			return false;
	} else {
		if (in->len < (size_t)width)
			return false;
		for (*c = 0; width; width--) {
			*c = *c << 8 | *in->data++;
			in->len--;
		}
	}
	return *c <= 0x10ffff && (*c < 0xd800 || *c > 0xdfff);
}

static void put_utf8(struct output *out, uint32_t c)
{
	if (c < 0x80) {
		put(out, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		put(out, (uint8_t)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			put(out, (uint8_t)(0xe0 | c >> 12));
		} else {
			put(out, (uint8_t)(0xf0 | c >> 18));
			put(out, (uint8_t)(0x80 | (c >> 12 & 0x3f)));
		}
		put(out, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
	}
	put(out, (uint8_t)(0x80 | (c & 0x3f)));
}

/* RFC 2253: what must be quoted, wherever it stands or at an end of the value. */
static bool wants_quotes(uint32_t c, bool first, bool last)
{
	return (c && c < 0x80 && strchr(",+<>;", (int)c)) ||
	       (c == ' ' && (first || last)) || (c == '#' && first && !last);
}

static void put_char(struct output *out, uint32_t c)
{
	if (c < 0x20 || c == 0x7f) {
		put(out, '\\');
		put_hex(out, (uint8_t)c);
		return;
	}
	if (c == '"' || c == '\\')
		put(out, '\\');
	put_utf8(out, c);
}

static void put_dump(struct output *out, struct slice whole)
{
	put(out, '#');
	for (; whole.len; whole.len--)
		put_hex(out, *whole.data++);
}

static bool put_value(struct output *out, const struct der_item *value)
{
	const int width = char_width(value->tag);
	struct slice in = value->value;
	bool quotes = false;
	bool first = true;
	uint32_t c = 0;

	/* X.520 has values of class universal; OpenSSL takes no others. */
	if (value->tag & DER_CLASS)
		return false;
	if (width < 0) {
		put_dump(out, value->whole);
		return true;
	}
	for (; in.len; first = false) {
		if (!take_char(&in, width, &c))
			return false;
		quotes |= wants_quotes(c, first, !in.len);
	}
	if (quotes)
		put(out, '"');
	for (in = value->value; in.len;) {
		take_char(&in, width, &c);
		put_char(out, c);
	}
	if (quotes)
		put(out, '"');
	return true;
}

/* A RelativeDistinguishedName: one attribute, in rare cases several. */
static bool put_rdn(struct output *out, struct slice rdn)
{
	struct der_item attribute = { 0 };
	struct der_item type = { 0 };
	struct der_item value = { 0 };
	bool first = true;

	if (!rdn.len)
		return false;
	for (; rdn.len; first = false) {
		if (!der_take(&rdn, DER_SEQUENCE, &attribute) ||
		    !der_take(&attribute.value, DER_OID, &type) ||
		    !der_next(&attribute.value, &value) || attribute.value.len)
			return false;
		if (!first)
			put_text(out, " + ");
		if (!put_type(out, type.value))
			return false;
		put_text(out, " = ");
		if (!put_value(out, &value))
			return false;
	}
	return true;
}

bool x509_name_describe(struct slice name, uint8_t *text, size_t size)
{
	struct output out = { .text = text, .size = size };
	struct der_item rdn = { 0 };
	bool first = true;
	size_t end = 0;

	for (; name.len; first = false) {
		if (!der_take(&name, DER_SET, &rdn))
			return false;
		if (!first)
			put_text(&out, ", ");
		if (!put_rdn(&out, rdn.value))
			return false;
	}
	end = out.len;
	if (end >= size) {
		/* 10xxxxxx continues a character. */
		for (end = size - 1; end; end--)
			if ((text[end] & 0xc0) != 0x80)
				break;
	}
	memset(text + end, 0, size - end);
	return true;
}
