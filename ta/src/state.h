/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the keeper knows of this boot besides the keys. The seal only goes up,
 * and the counters stop at their end instead of beginning anew.
 */
#ifndef IMATEE_STATE_H
#define IMATEE_STATE_H

#include "imatee_abi.h"

#include <stdbool.h>

struct state {
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	uint64_t epoch;
	enum imatee_seal seal;
	uint32_t attach_count;
	uint8_t mode; /* enum imatee_mode, of the last attach */
	uint64_t lookups[IMATEE_PURPOSE_COUNT];
	uint64_t refused_writes;
	bool evm_revoked; /* a key of .evm is, or was, revoked */
};

void state_init(struct state *state);

void state_seal(struct state *state);

/* Is the seal on? Counts a refused write if it is. */
bool state_refuse_write(struct state *state);

/* A kernel has attached in @mode. */
void state_attach(struct state *state, uint8_t mode);

/* The set of keys is another one. */
void state_keys_changed(struct state *state);

/* A key was handed out. */
void state_count_lookup(struct state *state, uint8_t purpose);

/* The fields of the head of each reply. */
void state_fill_head(const struct state *state, struct imatee_reply *head);

#endif /* IMATEE_STATE_H */
