// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "message.h"

/* Those that a message may have where an algorithm or a type is named. */
static const struct {
	const char *name;
	const char *hex;
} oids[] = {
	{ "sha1", "2b0e03021a" },
	{ "sha224", "608648016503040204" },
	{ "sha256", "608648016503040201" },
	{ "sha384", "608648016503040202" },
	{ "sha512", "608648016503040203" },
	{ "sha3-256", "608648016503040208" },
	{ "md5", "2a864886f70d0205" },
	{ "rsa", "2a864886f70d010101" },
	{ "sha256-with-rsa", "2a864886f70d01010b" },
	{ "rsa-pss", "2a864886f70d01010a" },
	{ "ec-public-key", "2a8648ce3d0201" },
	{ "ecdsa-with-sha1", "2a8648ce3d0401" },
	{ "ecdsa-with-sha256", "2a8648ce3d040302" },
	{ "ecdsa-with-sha512", "2a8648ce3d040304" },
	{ "ecdsa-with-sha3-256", "60864801650304030a" },
	{ "data", "2a864886f70d010701" },
	{ "signed-data", "2a864886f70d010702" },
	{ "enveloped-data", "2a864886f70d010703" },
	{ "indirect-data", "2b060104018237020104" },
};

static void another_oid(struct bytes *value)
{
	size_t n = random_below(sizeof(oids) / sizeof(oids[0]));

	note("-oid-%s", oids[n].name);
	bytes_from_hex(value, oids[n].hex);
}

static void another_value(struct der *element)
{
	size_t count = 1 + random_below(4);
	struct bytes *value = &element->value;

	if (element->tag == DER_OID && random_below(2)) {
		another_oid(value);
		return;
	}
	switch (random_below(6)) {
	case 0:
		note("-flip");
		random_flip(value);
		break;
	case 1:
		note("-longer-%zu", count);
		random_append(value, count);
		break;
	case 2:
		note("-shorter-%zu", count);
		bytes_splice(value, value->len > count ? value->len - count : 0,
			     count, NULL, 0);
		break;
	case 3:
		note("-zero-before");
		bytes_splice(value, 0, 0, "", 1);
		break;
	case 4:
		note("-number");
		bytes_set(value, NULL, 0);
		bytes_append_byte(value, (uint8_t)random_below(5));
		break;
	default:
		note("-empty");
		der_free(element->children);
		element->children = NULL;
		bytes_set(value, NULL, 0);
	}
}

static void another_length(struct der *element)
{
	static const int off[] = { -2, -1, 1, 2, 0x100 };
	size_t n = 0;

	if (random_below(2)) {
		n = random_below(sizeof(off) / sizeof(off[0]));
		element->off = off[n];
		note("-length-off-%zu", n);
	} else {
		element->form = 1 + random_below(DER_FORMS - 1);
		note("-length-form-%u", element->form);
	}
}

static void another_tag(struct der *element)
{
	static const uint8_t tags[] = { 0x01, 0x02, 0x03, 0x04, 0x05,
					0x06, 0x0c, 0x30, 0x31, 0x80,
					0x81, 0xa0, 0xa1, 0xa2, 0x1f };
	const size_t n = random_below(sizeof(tags) + 8);

	if (n < sizeof(tags))
		element->tag = tags[n];
	else
		element->tag ^= (uint8_t)(1 << (n - sizeof(tags)));
	note("-tag-%02x", element->tag);
}

static struct der *any_element(void)
{
	static const uint8_t tags[] = { DER_INTEGER,
					DER_OCTET_STRING,
					DER_NULL,
					DER_SEQUENCE,
					DER_SET,
					DER_CONTEXT | DER_CONSTRUCTED,
					DER_CONTEXT | DER_CONSTRUCTED | 1 };
	const uint8_t tag = tags[random_below(sizeof(tags))];

	note("-%02x", tag);
	return der_new(tag, "\x01", tag == DER_INTEGER ? 1 : 0);
}

/* Others come to stand beside the element, or it is gone. */
static void another_place(struct der **link)
{
	struct der *element = *link;
	struct der *other = element->next;

	switch (random_below(5)) {
	case 0:
		note("-gone");
		der_remove(link);
		break;
	case 1:
		note("-twice");
		der_insert(&element->next, der_copy(element));
		break;
	case 2:
		note("-swapped");
		if (!other)
			break;
		element->next = other->next;
		other->next = element;
		*link = other;
		break;
	case 3:
		note("-before");
		der_insert(link, any_element());
		break;
	default:
		note("-behind");
		der_insert(&element->next, any_element());
	}
}

void element_mutate(struct der **message)
{
	size_t n = random_below(der_count(*message));
	struct der **link = NULL;

	note("-element-%zu", n);
	link = der_link(message, &n);
	if (!link)
		return;
	switch (random_below(5)) {
	case 0:
		another_tag(*link);
		break;
	case 1:
		another_length(*link);
		break;
	case 2:
		another_place(link);
		break;
	default:
		another_value(*link);
	}
}
