/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which entries the log has had just now: mainline keeps a hash table of all of them, and
 * here it is the last ones, in constant memory.
 *
 * Of each entry a tag is kept, a hash with a secret salt. Nobody can look for two entries
 * with one tag, to have one of them passed over, nor for many in one bucket, without
 * having them logged: so 16 bytes are enough, and a bucket is short.
 */
#ifndef IMATEE_LOG_WINDOW_H
#define IMATEE_LOG_WINDOW_H

#include <stdbool.h>
#include <stdint.h>

#define LOG_WINDOW     4096
#define LOG_WINDOW_TAG 16

struct log_window {
	uint8_t salt[16]; /* so that SHA-256 takes one block for a tag */
	uint32_t at; /* the slot of the next entry; modulo LOG_WINDOW */
	/* One more than a slot; 0: none. */
	uint16_t heads[LOG_WINDOW];
	uint16_t next[LOG_WINDOW];
	uint8_t tags[LOG_WINDOW][LOG_WINDOW_TAG];
};

/* @window is zeroed memory. */
void log_window_init(struct log_window *window);

/* The tag of an entry for @pcr with this SHA-256 template digest. */
void log_window_tag(const struct log_window *window, uint8_t pcr,
		    const uint8_t digest[32], uint8_t tag[LOG_WINDOW_TAG]);

bool log_window_has(const struct log_window *window,
		    const uint8_t tag[LOG_WINDOW_TAG]);

/* In the place of the oldest one. */
void log_window_add(struct log_window *window,
		    const uint8_t tag[LOG_WINDOW_TAG]);

#endif /* IMATEE_LOG_WINDOW_H */
