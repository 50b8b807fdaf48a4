// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Names of values, and text of others made fit for a terminal.
 */
#include <string.h>

#include "imatee.h"

#define NAME(names, value)                                       \
	((size_t)(value) < sizeof(names) / sizeof((names)[0]) && \
			 (names)[value] ?                        \
		 (names)[value] :                                \
		 "?")

const char *imatee_ring_name(enum imatee_ring ring)
{
	static const char *const names[] = {
		[IMATEE_RING_IMA] = "ima",
		[IMATEE_RING_EVM] = "evm",
		[IMATEE_RING_PLATFORM] = "platform",
	};

	return NAME(names, ring);
}

const char *imatee_algo_name(enum imatee_key_algo algo)
{
	static const char *const names[] = {
		[IMATEE_ALGO_RSA] = "rsa",
		[IMATEE_ALGO_ECDSA_P256] = "ecdsa-p256",
		[IMATEE_ALGO_ECDSA_P384] = "ecdsa-p384",
		[IMATEE_ALGO_ECDSA_P521] = "ecdsa-p521",
	};

	return NAME(names, algo);
}

const char *imatee_source_name(enum imatee_key_source source)
{
	static const char *const names[] = {
		[IMATEE_SOURCE_BUILTIN] = "builtin",
		[IMATEE_SOURCE_ADDED] = "added",
	};

	return NAME(names, source);
}

const char *imatee_mode_name(enum imatee_mode mode)
{
	static const char *const names[] = {
		[IMATEE_MODE_OFF] = "off",
		[IMATEE_MODE_KEYS] = "keys",
		[IMATEE_MODE_VERIFY] = "verify",
		[IMATEE_MODE_FULL] = "full",
	};

	return NAME(names, mode);
}

const char *imatee_purpose_name(enum imatee_purpose purpose)
{
	static const char *const names[] = {
		[IMATEE_PURPOSE_QUERY] = "query",
		[IMATEE_PURPOSE_IMA] = "ima",
		[IMATEE_PURPOSE_VERITY] = "verity",
		[IMATEE_PURPOSE_EVM] = "evm",
		[IMATEE_PURPOSE_EVM_PORTABLE] = "evm_portable",
		[IMATEE_PURPOSE_MODSIG] = "modsig",
	};

	return NAME(names, purpose);
}

const char *imatee_revoked_kind_name(enum imatee_revoked_kind kind)
{
	static const char *const names[] = {
		[IMATEE_REVOKED_TBS] = "tbs",
		[IMATEE_REVOKED_SPKI] = "spki",
		[IMATEE_REVOKED_BIN] = "bin",
	};

	return NAME(names, kind);
}

/* How many bytes a character with this first byte has; 0: it begins none. */
static size_t utf8_length(uint8_t first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first < 0xe0)
		return 2;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	if (first >= 0xf0 && first < 0xf5)
		return 4;
	return 0;
}

/* One character of well-formed UTF-8 (RFC 3629); returns its length or 0. */
static size_t utf8_decode(const uint8_t *src, size_t left, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = utf8_length(src[0]);
	size_t i;

	if (!len || len > left)
		return 0;
	*code = len == 1 ? src[0] : src[0] & (0x7f >> len);
	for (i = 1; i < len; i++) {
		if ((src[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (src[i] & 0x3f);
	}
	if (*code < least[len] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return len;
}

/*
 * Controls C0 and C1 drive terminals; line and paragraph separators and marks of
 * direction change what a line seems to say.
 */
static bool is_printable(uint32_t code)
{
	return code >= 0x20 && !(code >= 0x7f && code < 0xa0) &&
	       code != 0x061c && code != 0x200e && code != 0x200f &&
	       !(code >= 0x2028 && code <= 0x202e) &&
	       !(code >= 0x2066 && code <= 0x2069) && code != 0xfeff;
}

void imatee_printable(char *dst, size_t size, const void *src, size_t len)
{
	const uint8_t *from = src;
	size_t n;

	while (len && *from) {
		uint32_t code = 0;
		const void *text = from;
		size_t out;

		n = utf8_decode(from, len, &code);
		out = n;
		if (!n || !is_printable(code)) {
			n = n ? n : 1;
			text = "?";
			out = 1;
		}
		if (out >= size)
			break;
		memcpy(dst, text, out);
		dst += out;
		size -= out;
		from += n;
		len -= n;
	}
	*dst = '\0';
}
