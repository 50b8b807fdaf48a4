// SPDX-License-Identifier: GPL-2.0-or-later
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "keyname.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

size_t keyname_parse_hex(const char *text, uint8_t *out, size_t size)
{
	size_t n = 0;

	while (*text) {
		int high, low;

		if (n && *text == ':')
			text++;
		high = digit(text[0]);
		low = high < 0 ? -1 : digit(text[1]);
		if (low < 0 || n == size)
			return 0;
		out[n++] = high << 4 | low;
		text += 2;
	}
	return n;
}

static bool parse_position(const char *text, struct imatee_key_name *name)
{
	const char *colon = strchr(text, ':');
	enum imatee_ring ring;
	unsigned long index;
	char *end;

	if (!colon || !isdigit((unsigned char)colon[1]))
		return false;
	index = strtoul(colon + 1, &end, 10);
	if (*end || index >= IMATEE_KEYS_PER_RING)
		return false;
	for (ring = IMATEE_RING_IMA; ring <= IMATEE_RING_COUNT; ring++) {
		const char *known = imatee_ring_name(ring);

		if (strlen(known) == (size_t)(colon - text) &&
		    !strncmp(known, text, colon - text)) {
			name->ring = ring;
			name->select = IMATEE_SELECT_INDEX;
			name->index = index;
			return true;
		}
	}
	return false;
}

bool keyname_parse(const char *text, struct imatee_key_name *name)
{
	const uint8_t *s = name->skid;

	memset(name, 0, sizeof(*name));
	if (parse_position(text, name))
		return true;
	name->skid_len =
		keyname_parse_hex(text, name->skid, sizeof(name->skid));
	if (!name->skid_len)
		return false;
	name->select = IMATEE_SELECT_SKID;
	if (name->skid_len == 4) {
		name->select = IMATEE_SELECT_KEYID;
		name->keyid = (uint32_t)s[0] << 24 | s[1] << 16 | s[2] << 8 |
			      s[3];
	}
	return true;
}
