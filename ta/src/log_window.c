// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "log_window.h"
#include "platform.h"

static_assert(LOG_WINDOW < UINT16_MAX, "a slot and one are 16 bits");

void log_window_init(struct log_window *window)
{
	platform_random(window->salt, sizeof(window->salt));
}

void log_window_tag(const struct log_window *window, uint8_t pcr,
		    const uint8_t digest[32], uint8_t tag[LOG_WINDOW_TAG])
{
	uint8_t hash[32] = { 0 };
	uint8_t salted[sizeof(window->salt) + 1 + 32] = { 0 };

	memcpy(salted, window->salt, sizeof(window->salt));
	salted[sizeof(window->salt)] = pcr;
	memcpy(salted + sizeof(window->salt) + 1, digest, 32);
	file_hash_of(IMATEE_HASH_SHA256, salted, sizeof(salted), hash);
	memcpy(tag, hash, LOG_WINDOW_TAG);
}

static uint16_t bucket_of(const uint8_t *tag)
{
	return (uint16_t)((tag[0] | (uint16_t)tag[1] << 8) % LOG_WINDOW);
}

bool log_window_has(const struct log_window *window,
		    const uint8_t tag[LOG_WINDOW_TAG])
{
	uint16_t slot = window->heads[bucket_of(tag)];

	while (slot && memcmp(window->tags[slot - 1], tag, LOG_WINDOW_TAG))
		slot = window->next[slot - 1];
	return slot;
}

/* Takes what is in slot @at out of its bucket, if anything is. */
static void evict(struct log_window *window, uint16_t at)
{
	uint16_t *link = &window->heads[bucket_of(window->tags[at])];

	while (*link && *link != at + 1)
		link = &window->next[*link - 1];
	if (*link)
		*link = window->next[at];
}

void log_window_add(struct log_window *window,
		    const uint8_t tag[LOG_WINDOW_TAG])
{
	const uint16_t at = (uint16_t)(window->at++ % LOG_WINDOW);
	uint16_t *head = &window->heads[bucket_of(tag)];

	evict(window, at);
	memcpy(window->tags[at], tag, LOG_WINDOW_TAG);
	window->next[at] = *head;
	*head = at + 1;
}
