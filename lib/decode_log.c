// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Replies about the log of measurements.
 */
#include <string.h>

#include "decode.h"

void decode_pcr(struct cursor *c, struct imatee_pcr *pcr)
{
	cursor_bytes(c, pcr->sha1, sizeof(pcr->sha1));
	cursor_bytes(c, pcr->sha256, sizeof(pcr->sha256));
	cursor_bytes(c, pcr->sha384, sizeof(pcr->sha384));
	cursor_zero(c, sizeof(pcr->reserved));
}

bool decode_pcrs_fit(const struct imatee_pcr *pcrs, uint32_t used)
{
	static const struct imatee_pcr zero;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++)
		if (!(used & 1u << i) && memcmp(&pcrs[i], &zero, sizeof(zero)))
			return false;
	return !(used >> IMATEE_PCRS);
}

bool decode_base_fits(const struct imatee_pcr *base, uint64_t trimmed)
{
	static const struct imatee_pcr zero[IMATEE_PCRS];

	return !trimmed == !memcmp(base, zero, sizeof(zero));
}

static bool log_is_sane(const struct imatee_log_status *s)
{
	/* A segment is closed before it gets that long. */
	return s->open_len < IMATEE_LOG_SEGMENT &&
	       s->open_len / sizeof(struct imatee_log_record) >=
		       s->open_count &&
	       !s->open_len == !s->open_count && s->open_count <= s->entries &&
	       s->open_first == s->entries - s->open_count &&
	       s->violations <= s->entries && !s->pcrs_used == !s->entries &&
	       decode_pcrs_fit(s->pcrs, s->pcrs_used);
}

int decode_log_status(const void *reply, size_t size,
		      struct imatee_log_status *status)
{
	struct imatee_log_status s = { 0 };
	struct cursor c;
	size_t i;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &s.state);
	if (rc)
		return rc;
	s.entries = cursor_le64(&c);
	s.violations = cursor_le64(&c);
	s.open_first = cursor_le64(&c);
	s.open_count = cursor_le32(&c);
	s.open_len = cursor_le32(&c);
	s.secure_bytes = cursor_le32(&c);
	s.pcrs_used = cursor_le32(&c);
	for (i = 0; i < IMATEE_PCRS; i++)
		decode_pcr(&c, &s.pcrs[i]);
	if (!cursor_done(&c) || !log_is_sane(&s))
		return IMATEE_LIB_BAD_REPLY;
	*status = s;
	return 0;
}

int decode_log_base(const void *reply, size_t size,
		    struct imatee_log_base *base)
{
	struct imatee_log_base b = { 0 };
	struct cursor c;
	size_t i;
	int rc;

	cursor_init(&c, reply, size);
	rc = decode_head(&c, size, &b.state);
	if (rc)
		return rc;
	b.trimmed = cursor_le64(&c);
	for (i = 0; i < IMATEE_PCRS; i++)
		decode_pcr(&c, &b.pcrs[i]);
	if (!cursor_done(&c) || !decode_base_fits(b.pcrs, b.trimmed))
		return IMATEE_LIB_BAD_REPLY;
	*base = b;
	return 0;
}
