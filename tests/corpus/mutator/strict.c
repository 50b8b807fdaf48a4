// SPDX-License-Identifier: GPL-2.0-or-later
#include "der.h"

#define LONG_TAG 0x1f
#define CLASS	 0xc0
#define BOOLEAN	 0x01
#define BITS	 0x03

/* Nine equal bits at the start are one byte too many. */
static bool integer_is_strict(const uint8_t *value, size_t len)
{
	if (len < 2)
		return len == 1;
	return !(value[0] == 0 && value[1] < 0x80) &&
	       !(value[0] == 0xff && value[1] >= 0x80);
}

static bool oid_is_strict(const uint8_t *value, size_t len)
{
	size_t i = 0;

	for (i = 0; i < len; i++)
		if (value[i] == 0x80 && (!i || value[i - 1] < 0x80))
			return false;
	return len && value[len - 1] < 0x80;
}

static bool bits_are_strict(const uint8_t *value, size_t len)
{
	if (len < 2)
		return len == 1 && !value[0];
	return value[0] < 8 && !(value[len - 1] & ((1 << value[0]) - 1));
}

static bool value_is_strict(uint8_t tag, const uint8_t *value, size_t len)
{
	switch (tag) {
	case BOOLEAN:
		return len == 1 && (!value[0] || value[0] == 0xff);
	case DER_INTEGER:
		return integer_is_strict(value, len);
	case BITS:
		return bits_are_strict(value, len);
	case DER_NULL:
		return !len;
	case DER_OID:
		return oid_is_strict(value, len);
	case 0:
	case DER_SEQUENCE & ~DER_CONSTRUCTED:
	case DER_SET & ~DER_CONSTRUCTED:
		return false;
	default:
		return true;
	}
}

/* Moves @pos behind the length, which must be the shortest. */
static bool take_length(const uint8_t *in, size_t end, size_t *pos, size_t *len)
{
	size_t count = 0;

	if (*pos == end)
		return false;
	*len = in[(*pos)++];
	if (*len < 0x80)
		return true;
	count = *len - 0x80;
	if (!count || count > 2 || count > end - *pos)
		return false;
	*len = in[(*pos)++];
	if (count == 2)
		*len = *len << 8 | in[(*pos)++];
	return *len >= (count == 1 ? 0x80 : 0x100);
}

bool der_is_strict(const uint8_t *in, size_t end)
{
	size_t pos = 0;
	size_t len = 0;
	uint8_t tag = 0;

	while (pos < end) {
		tag = in[pos++];
		if ((tag & LONG_TAG) == LONG_TAG ||
		    !take_length(in, end, &pos, &len) || len > end - pos)
			return false;
		if (!(tag & DER_CONSTRUCTED)) {
			if (!value_is_strict(tag, in + pos, len))
				return false;
		} else if ((!(tag & CLASS) && tag != DER_SEQUENCE &&
			    tag != DER_SET) ||
			   !der_is_strict(in + pos, len)) {
			return false;
		}
		pos += len;
	}
	return true;
}
