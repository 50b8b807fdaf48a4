// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Seeds of fuzz_measure, fuzz_hash and fuzz_ring.
 */
#include <stdio.h>
#include <string.h>

#include "mkcorpus.h"

/* One event, as a step of fuzz_measure. */
struct event {
	struct imatee_measure head;
	uint8_t tail[1024];
	size_t len;
};

static void event_append(struct event *event, const void *data, size_t len)
{
	memcpy(event->tail + event->len, data, len);
	event->len += len;
}

static void event_begin(struct event *event, const char *name,
			const char *format)
{
	memset(event, 0, sizeof(*event));
	event->head.pcr = 10;
	event->head.name_len = (uint32_t)strlen(name);
	event->head.format_len = (uint32_t)strlen(format);
	event_append(event, name, strlen(name));
	event_append(event, format, strlen(format));
}

static void event_field(struct event *event, const char *text)
{
	const uint32_t len = (uint32_t)strlen(text);

	event_append(event, &len, sizeof(len));
	event_append(event, text, len);
	event->head.fields_len += sizeof(len) + len;
}

static struct imatee_digest *event_digest(struct event *event, uint8_t algo,
					  uint8_t size, uint8_t source,
					  uint8_t roles)
{
	struct imatee_digest *digest =
		&event->head.digests[event->head.digest_count++];

	digest->algo = algo;
	digest->digest_len = size;
	digest->source = source;
	digest->roles = roles;
	if (source == IMATEE_DIGEST_CONTENT)
		digest->len = 7;
	return digest;
}

static void event_end(struct event *event)
{
	uint8_t request[sizeof(event->head) + sizeof(event->tail)] = { 0 };

	if (!(event->head.flags & IMATEE_EVENT_VIOLATION)) {
		event->head.content_len = 7;
		event_append(event, "content", 7);
	}
	event->head.hdr.len = (uint32_t)(sizeof(event->head) + event->len);
	memcpy(request, &event->head, sizeof(event->head));
	memcpy(request + sizeof(event->head), event->tail, event->len);
	seed_step(0, 0, 0, request, event->head.hdr.len);
}

static void measure_events(void)
{
	struct event event = { 0 };

	event_begin(&event, "ima-ngv2", "d-ngv2|n-ng");
	event_digest(&event, IMATEE_HASH_SHA256, 32, IMATEE_DIGEST_CONTENT,
		     IMATEE_ROLE_FILE);
	event_field(&event, "/bin/file");
	event_end(&event);
	event_begin(&event, "ima", "d|n");
	event_digest(&event, IMATEE_HASH_SHA1, 20, IMATEE_DIGEST_CONTENT,
		     IMATEE_ROLE_LEGACY | IMATEE_ROLE_FILE);
	event_field(&event, "/bin/file");
	event_end(&event);
	event_begin(&event, "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig");
	event_digest(&event, IMATEE_HASH_SHA512, 64, IMATEE_DIGEST_TICKET,
		     IMATEE_ROLE_FILE);
	event_digest(&event, IMATEE_HASH_SHA3_384, 48, IMATEE_DIGEST_CONTENT,
		     IMATEE_ROLE_MODSIG)
		->len = 3;
	event_field(&event, "m.ko");
	event_field(&event, "");
	event_field(&event, "signature");
	event_end(&event);
	event_begin(&event, "ima-buf", "d-ng|n-ng|buf");
	event_digest(&event, IMATEE_HASH_SHA256, 32, IMATEE_DIGEST_CONTENT,
		     IMATEE_ROLE_BUFFER);
	event_digest(&event, IMATEE_HASH_SHA256, 32, IMATEE_DIGEST_NESTED,
		     IMATEE_ROLE_FILE);
	event_field(&event, "policy");
	event_end(&event);
	event_begin(&event, "", "d-ngv2|n-ng");
	event.head.flags = IMATEE_EVENT_VERITY;
	event_digest(&event, IMATEE_HASH_SHA256, 32, IMATEE_DIGEST_GIVEN,
		     IMATEE_ROLE_FILE);
	event_field(&event, "/bin/verity");
	event_end(&event);
	event_begin(&event, "ima-ng", "d-ng|n-ng");
	event.head.flags = IMATEE_EVENT_VIOLATION;
	event_digest(&event, IMATEE_HASH_RMD160, 20, IMATEE_DIGEST_ZERO,
		     IMATEE_ROLE_FILE);
	event_field(&event, "/bin/written");
	event_end(&event);
	event_begin(&event, "", "");
	event.head.flags = IMATEE_EVENT_NO_ENTRY;
	event_digest(&event, IMATEE_HASH_MD5, 16, IMATEE_DIGEST_CONTENT, 0);
	event_end(&event);
}

void measure_seeds(const char *dir)
{
	const struct imatee_log_check empty = { .hdr.len = sizeof(empty) };

	seed_begin(dir, "measure", "events");
	seed_step(1, 0, 0, &empty, sizeof(empty));
	measure_events();
	seed_step(2, 0, 0, "\1\5\0\1", 4);
	seed_step(2, 0, 0, "\3\1\0\1", 4);
	seed_step(3, 0, 0, NULL, 0);
	seed_step(4, 0, 0, NULL, 0);
	measure_events();
	seed_end();
}

static void ring_seeds(const char *dir)
{
	struct {
		uint8_t algos[2];
		uint16_t size;
		uint16_t len;
		uint16_t max;
		uint8_t acts[12];
	} seed = { { IMATEE_HASH_SHA256, IMATEE_HASH_SHA1 },
		   999,
		   3000,
		   700,
		   { 20, 0, 50, 200, 9, 250, 250, 1, 250, 0, 250, 250 } };

	seed_raw(dir, "ring", "two", -1, &seed, sizeof(seed));
	seed.algos[1] = 0;
	seed.acts[3] = 0xff;
	seed_raw(dir, "ring", "spoiled", -1, &seed, sizeof(seed));
}

void hash_seeds(const char *dir)
{
	struct {
		uint8_t what;
		uint8_t request[sizeof(struct imatee_hash_request)];
		uint8_t content[300];
	} seed = { .content = { 1, 60, 70, 0, 128 } };
	struct imatee_hash_request request = {
		.flags = IMATEE_HASH_FIRST,
		.count = 2,
		.content_len = 300,
		.states = { { .algo = IMATEE_HASH_SHA256 },
			    { .algo = IMATEE_HASH_SHA3_512 } },
	};
	static const uint8_t algos[] = { 1,  2,	 3,  4,	 5,  6,	 7,  11,
					 12, 13, 17, 18, 19, 20, 21, 22 };
	char name[16] = "";
	size_t i = 0;

	ring_seeds(dir);
	memcpy(seed.request, &request, sizeof(request));
	seed_raw(dir, "hash", "first", -1, &seed, sizeof(seed));
	/* A state: version, algorithm, length, chaining words. */
	memset(&request, 0, sizeof(request));
	request.flags = IMATEE_HASH_LAST;
	request.count = 1;
	request.content_len = 300;
	request.states[0].algo = IMATEE_HASH_SHA256;
	request.states[0].state_len = 16 + 32 + 2;
	request.states[0].length = 66;
	request.states[0].state[0] = 1;
	request.states[0].state[1] = IMATEE_HASH_SHA256;
	request.states[0].state[8] = 66;
	memcpy(seed.request, &request, sizeof(request));
	seed_raw(dir, "hash", "last", -1, &seed, sizeof(seed));
	for (i = 0; i < sizeof(algos); i++) {
		snprintf(name, sizeof(name), "blocks%zu", i);
		seed_raw(dir, "hash", name, algos[i] << 1 | 1, seed.content,
			 sizeof(seed.content));
	}
}
