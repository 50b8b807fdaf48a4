// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "platform.h"
#include "state.h"

void state_init(struct state *state)
{
	memset(state, 0, sizeof(*state));
	platform_random(state->boot_id, sizeof(state->boot_id));
	state->epoch = 1;
	state->seal = IMATEE_SEAL_OPEN;
	state->mode = IMATEE_MODE_OFF;
}

static void count(uint64_t *counter)
{
	if (*counter < UINT64_MAX)
		(*counter)++;
}

void state_seal(struct state *state)
{
	state->seal = IMATEE_SEAL_SEALED;
}

bool state_refuse_write(struct state *state)
{
	/* Whatever is not open is sealed: a damaged value opens nothing. */
	if (state->seal == IMATEE_SEAL_OPEN)
		return false;
	count(&state->refused_writes);
	return true;
}

void state_attach(struct state *state, uint8_t mode)
{
	if (state->attach_count < UINT32_MAX)
		state->attach_count++;
	state->mode = mode;
}

void state_keys_changed(struct state *state)
{
	count(&state->epoch);
}

void state_count_lookup(struct state *state, uint8_t purpose)
{
	if (purpose < IMATEE_PURPOSE_COUNT)
		count(&state->lookups[purpose]);
}

void state_fill_head(const struct state *state, struct imatee_reply *head)
{
	memcpy(head->boot_id, state->boot_id, sizeof(head->boot_id));
	head->epoch = state->epoch;
	head->seal = state->seal;
	head->attach_count = state->attach_count;
	if (state->evm_revoked)
		head->flags |= IMATEE_FLAG_EVM_REVOKED;
}
