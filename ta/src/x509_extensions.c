// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "x509_extensions.h"
#include "x509_name.h"

/* id-ce is 2.5.29: what matters here has one more byte. */
static const uint8_t id_ce[] = { 0x55, 0x1d };

enum id_ce {
	ID_SKID = 14,
	ID_KEY_USAGE = 15,
	ID_BASIC_CONSTRAINTS = 19,
	ID_AKID = 35,
	ID_EXT_KEY_USAGE = 37,
};

/* The contents of two purposes of extKeyUsage. */
static const uint8_t oid_any[] = { 0x55, 0x1d, 0x25, 0x00 };
static const uint8_t oid_code[] = { 0x2b, 0x06, 0x01, 0x05,
				    0x05, 0x07, 0x03, 0x03 };

static bool read_skid(struct slice in, struct x509_extensions *extensions)
{
	struct der_item id = { 0 };

	if (!der_take(&in, DER_OCTET_STRING, &id) || in.len || !id.value.len)
		return false;
	extensions->skid = id.value;
	return true;
}

static bool read_usage(struct slice in, struct x509_extensions *extensions)
{
	struct der_item bits = { 0 };

	if (!der_take(&in, DER_BIT_STRING, &bits) || in.len ||
	    bits.value.len < 1)
		return false;
	extensions->has_usage = true;
	extensions->usage = bits.value.len > 1 ? bits.value.data[1] : 0;
	return true;
}

static bool read_constraints(struct slice in,
			     struct x509_extensions *extensions)
{
	struct der_item sequence = { 0 };
	struct der_item ca = { 0 };
	struct slice depth = { 0 };

	if (!der_take(&in, DER_SEQUENCE, &sequence) || in.len)
		return false;
	if (der_take_optional(&sequence.value, DER_BOOLEAN, &ca))
		extensions->ca = ca.value.data[0] != 0;
	if (sequence.value.len && !der_take_unsigned(&sequence.value, &depth))
		return false;
	return !sequence.value.len;
}

/* GeneralNames that are one Name: a CA has no other. */
static bool is_issuer(struct slice in)
{
	uint8_t text[2] = { 0 };
	struct der_item directory = { 0 };
	struct der_item name = { 0 };

	return der_take(&in, DER_CONTEXT | DER_CONSTRUCTED | 4, &directory) &&
	       !in.len && der_take(&directory.value, DER_SEQUENCE, &name) &&
	       !directory.value.len &&
	       x509_name_describe(name.value, text, sizeof(text));
}

/* Of its three fields only the first is used; the others come both or not at all. */
static bool read_akid(struct slice in, struct x509_extensions *extensions)
{
	struct der_item sequence = { 0 };
	struct der_item item = { 0 };

	if (!der_take(&in, DER_SEQUENCE, &sequence) || in.len)
		return false;
	if (der_take_optional(&sequence.value, DER_CONTEXT | 0, &item)) {
		if (!item.value.len)
			return false;
		extensions->akid = item.value;
	}
	if (!sequence.value.len)
		return true;
	return der_take(&sequence.value, DER_CONTEXT | DER_CONSTRUCTED | 1,
			&item) &&
	       is_issuer(item.value) &&
	       der_take(&sequence.value, DER_CONTEXT | 2, &item) &&
	       der_is_integer(item.value) && !sequence.value.len;
}

static bool read_purposes(struct slice in, struct x509_extensions *extensions)
{
	struct der_item sequence = { 0 };
	struct der_item purpose = { 0 };

	if (!der_take(&in, DER_SEQUENCE, &sequence) || in.len ||
	    !sequence.value.len)
		return false;
	while (sequence.value.len) {
		if (!der_take(&sequence.value, DER_OID, &purpose))
			return false;
		if (slice_is(purpose.value, oid_any, sizeof(oid_any)) ||
		    slice_is(purpose.value, oid_code, sizeof(oid_code)))
			extensions->signs_code = true;
	}
	return true;
}

static const struct {
	uint8_t id; /* enum id_ce */
	bool (*read)(struct slice in, struct x509_extensions *extensions);
} known[] = {
	{ ID_SKID, read_skid },
	{ ID_KEY_USAGE, read_usage },
	{ ID_BASIC_CONSTRAINTS, read_constraints },
	{ ID_AKID, read_akid },
	{ ID_EXT_KEY_USAGE, read_purposes },
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

/* Position in known[], or KNOWN. */
static size_t find_known(struct slice oid)
{
	size_t i = 0;

	if (oid.len != sizeof(id_ce) + 1 ||
	    memcmp(oid.data, id_ce, sizeof(id_ce)))
		return KNOWN;
	for (i = 0; i < KNOWN; i++)
		if (known[i].id == oid.data[sizeof(id_ce)])
			break;
	return i;
}

/* @seen has a bit for each of known[]: none may come twice. */
static bool read_one(struct slice in, struct x509_extensions *extensions,
		     unsigned int *seen)
{
	struct der_item oid = { 0 };
	struct der_item flag = { 0 };
	struct der_item value = { 0 };
	bool critical = false;
	size_t i = 0;

	if (!der_take(&in, DER_OID, &oid))
		return false;
	if (der_take_optional(&in, DER_BOOLEAN, &flag))
		critical = flag.value.data[0] != 0;
	if (!der_take(&in, DER_OCTET_STRING, &value) || in.len)
		return false;

	i = find_known(oid.value);
	if (i == KNOWN) {
		extensions->refused |= critical;
		return true;
	}
	if (*seen & 1u << i || !der_is_strict(value.value) ||
	    !known[i].read(value.value, extensions))
		return false;
	*seen |= 1u << i;
	/* RFC 5280, 4.2.1.12: purposes bind, critical or not. */
	if (known[i].id == ID_EXT_KEY_USAGE)
		extensions->refused |= !extensions->signs_code;
	return true;
}

bool x509_extensions_read(struct slice in, struct x509_extensions *extensions)
{
	struct der_item sequence = { 0 };
	struct der_item extension = { 0 };
	unsigned int seen = 0;

	if (!der_take(&in, DER_SEQUENCE, &sequence) || in.len ||
	    !sequence.value.len)
		return false;
	while (sequence.value.len)
		if (!der_take(&sequence.value, DER_SEQUENCE, &extension) ||
		    !read_one(extension.value, extensions, &seen))
			return false;
	return true;
}
