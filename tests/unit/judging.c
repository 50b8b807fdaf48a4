// SPDX-License-Identifier: GPL-2.0-or-later
#include "judging.h"

void policy(struct prover *q, const char *format, ...)
{
	char members[4096], text[8192];
	va_list ap;
	char *c;

	va_start(ap, format);
	vsnprintf(members, sizeof(members), format, ap);
	va_end(ap);
	snprintf(text, sizeof(text), "{\"policy\": 1%s%s}",
		 *members ? ", " : "", members);
	for (c = text; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	prover_put(q, "policy", text, strlen(text));
}

void allows(struct prover *q)
{
	prover_verify(q, 0, NULL, "--policy policy");
}

void refuses(struct prover *q, const char *why)
{
	prover_verify(q, 10, "entries_not_allowed", "--policy policy");
	if (!strstr(q->message, why))
		fail_msg("not because %s: %s", why, q->message);
}

const char *hex(const char *algorithm, const char *content)
{
	static char text[4][256];
	static unsigned int next;
	char *to = text[next++ % 4];
	uint8_t digest[64];
	size_t len = prover_hash(algorithm, content, strlen(content), digest);
	size_t i;

	for (i = 0; i < len; i++)
		sprintf(to + 2 * i, "%02x", digest[i]);
	return to;
}

void put_v2(struct prover *q, const char *template, const char *prefix,
	    const char *content, const char *rest, size_t rest_len)
{
	char data[2048];
	uint32_t len = (uint32_t)sprintf(data + 4, "%ssha256:", prefix) + 1;

	len += (uint32_t)prover_hash("sha256", content, strlen(content),
				     (uint8_t *)data + 4 + len);
	memcpy(data, &len, sizeof(len));
	len += 4;
	memcpy(data + len, "\3\0\0\0/x\0", 7);
	len += 7;
	memcpy(data + len, rest, rest_len);
	prover_entry(q, 10, template, data, len + rest_len, false);
}
