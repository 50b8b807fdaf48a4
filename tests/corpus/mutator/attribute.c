// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "attribute.h"
#include "signature.h"

#define TYPE	 0
#define VERSION	 1
#define HASH	 2
#define KEY_ID	 3
#define SIZE	 7
#define SIG	 9
#define TYPES	 8 /* one more than there are */
#define VERSIONS 5
#define HASHES	 25

/* The header's size becomes what it is. */
static void restate(struct bytes *attribute)
{
	size_t size = attribute->len - SIG;

	if (attribute->len < SIG)
		return;
	attribute->data[SIZE] = (uint8_t)(size >> 8);
	attribute->data[SIZE + 1] = (uint8_t)size;
}

static void another_size(struct bytes *attribute)
{
	static const int off[] = { -256, -8, -1, 1, 8, 256 };
	size_t kind = random_below(sizeof(off) / sizeof(off[0]) + 3);
	int size = attribute->data[SIZE] << 8 | attribute->data[SIZE + 1];

	if (kind < sizeof(off) / sizeof(off[0]))
		size += off[kind];
	else if (kind % 3 == 0)
		size = 0;
	else if (kind % 3 == 1)
		size = 0xffff;
	else /* the bytes in the other order */
		size = (size >> 8 & 0xff) | size << 8;
	note("size-%04x", size & 0xffff);
	attribute->data[SIZE] = (uint8_t)(size >> 8);
	attribute->data[SIZE + 1] = (uint8_t)size;
}

static void another_key_id(struct bytes *attribute)
{
	if (random_below(2)) {
		const struct key *other = key_any();

		note("keyid-of-%s", other->name);
		memcpy(attribute->data + KEY_ID, other->id, 4);
		return;
	}
	note("keyid-flip");
	attribute->data[KEY_ID + random_below(4)] ^=
		(uint8_t)(1 << random_below(8));
}

static void another_header(struct bytes *attribute)
{
	uint8_t *data = attribute->data;

	switch (random_below(6)) {
	case 0:
		data[TYPE] = (uint8_t)random_below(TYPES);
		note("type-%u", data[TYPE]);
		break;
	case 1:
		data[VERSION] = (uint8_t)random_below(VERSIONS);
		note("version-%u", data[VERSION]);
		break;
	case 2:
		data[HASH] = (uint8_t)random_below(HASHES);
		note("hash-%u", data[HASH]);
		break;
	case 3:
		data[random_below(HASH + 1)] = (uint8_t)random_number();
		note("header-%02x%02x%02x", data[0], data[1], data[2]);
		break;
	case 4:
		another_size(attribute);
		break;
	default:
		another_key_id(attribute);
	}
}

static void another_length(struct bytes *attribute)
{
	size_t len = 0;

	if (random_below(2)) {
		len = 1 + random_below(64);
		random_append(attribute, len);
		note("behind-%zu", len);
	} else {
		/* one byte is the least that the kernel takes for an attribute */
		len = 1 + random_below(attribute->len - 1);
		bytes_splice(attribute, len, attribute->len, NULL, 0);
		note("cut-%zu", len);
	}
	if (random_below(2)) {
		restate(attribute);
		note("-restated");
	}
}

static void another_signature(const struct key *key, struct bytes *attribute)
{
	struct bytes signature = { 0 };

	bytes_set(&signature, attribute->data + SIG, attribute->len - SIG);
	signature_mutate(key, &signature);
	bytes_splice(attribute, SIG, attribute->len, signature.data,
		     signature.len);
	bytes_free(&signature);
	if (random_below(16))
		restate(attribute);
	else
		note("-not-restated");
}

void attribute_mutate(const struct key *key, struct bytes *attribute)
{
	size_t kind = random_below(20);

	if (kind == 0) {
		note("nothing");
	} else if (kind < 6) {
		another_header(attribute);
	} else if (kind < 8) {
		another_length(attribute);
	} else if (kind < 10) {
		note("flip");
		random_flip(attribute);
	} else {
		note("signature");
		another_signature(key, attribute);
	}
}
