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

static void put(struct prover *q, const char *template, const char *prefix,
		const char *content, const char *name, const char *rest,
		size_t rest_len)
{
	char data[2048];
	uint32_t len = (uint32_t)sprintf(data + 4, "%ssha256:", prefix) + 1;
	const uint32_t name_len = (uint32_t)strlen(name) + 1;

	len += (uint32_t)prover_hash("sha256", content, strlen(content),
				     (uint8_t *)data + 4 + len);
	memcpy(data, &len, sizeof(len));
	len += 4;
	memcpy(data + len, &name_len, 4);
	memcpy(data + len + 4, name, name_len);
	len += 4 + name_len;
	memcpy(data + len, rest, rest_len);
	prover_entry(q, 10, template, data, len + rest_len, false);
}

void put_v2(struct prover *q, const char *template, const char *prefix,
	    const char *content, const char *rest, size_t rest_len)
{
	put(q, template, prefix, content, "/x", rest, rest_len);
}

void put_buffer(struct prover *q, const char *template, const char *name,
		const char *content)
{
	char rest[256];
	const uint32_t len = (uint32_t)strlen(content);

	memcpy(rest, &len, 4);
	memcpy(rest + 4, content, len);
	put(q, template, "", content, name, rest, 4 + len);
}
