// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verifier under any sequence of messages, with a keeper behind it that
 * may be sealed, change its epoch, die, or answer garbage.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"
#include "keeper.h"
#include "verifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Garbage that the next replies of the keeper are mixed with. */
static struct fuzz_input garbage;

static enum platform_status invoke(void *ta, struct session *session,
				   uint32_t command, void *shared, size_t size,
				   size_t *reply_len)
{
	return verifier_invoke(ta, session, command, shared, size, NULL,
			       reply_len);
}

/*
 * Each three bytes of garbage are a place in the reply and a mask for it, or 0xffff and
 * what is taken from its end; the head says so, if there is one left.
 */
static void spoil_reply(uint32_t command, void *buf, size_t *len)
{
	const uint8_t *pos = garbage.pos;
	struct imatee_reply *head = buf;
	size_t place = 0;

	(void)command;
	if (garbage.left < 3)
		return;
	place = pos[0] | (size_t)pos[1] << 8;
	if (place == 0xffff) {
		*len -= pos[2] < *len ? pos[2] : *len;
		if (*len >= sizeof(*head))
			head->len = (uint32_t)*len;
	} else if (*len) {
		((uint8_t *)buf)[place % *len] ^= pos[2];
	}
	garbage.pos += 3;
	garbage.left -= 3;
}

/* The keeper's side of a step. */
static void move_keeper(struct keeper *keeper, const struct fuzz_step *step,
			const uint8_t *request)
{
	switch (step->command % 5) {
	case 0:
		state_seal(&keeper->state);
		break;
	case 1:
		keeper->state.epoch++;
		break;
	case 2:
		host.keeper_calls_left = step->size;
		break;
	case 3:
		host.allocs_left = step->size;
		break;
	default:
		garbage.pos = request;
		garbage.left = step->len;
		host.on_keeper_reply = spoil_reply;
	}
}

static void check_store(const struct verifier *verifier,
			const struct imatee_reply *head)
{
	const struct keystore *store = verifier->store;
	const struct keyring *rings = NULL;
	size_t ring = 0;
	size_t sum = 0;

	if (!store) {
		fuzz_require(!head->seal && !head->epoch,
			     "without keys there is no state");
		return;
	}
	fuzz_require(head->seal == IMATEE_SEAL_SEALED,
		     "keys that are loaded were sealed");
	rings = &store->rings;
	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++) {
		fuzz_require(rings->count[ring] <= IMATEE_KEYS_PER_RING,
			     "a ring holds no more than it can");
		sum += rings->count[ring];
	}
	fuzz_require(rings->count[IMATEE_RING_ANY] == sum, "the sum is right");
}

static void run_step(struct verifier *verifier, struct session *session,
		     struct keeper *keeper, const struct fuzz_step *step,
		     const uint8_t *request)
{
	const struct keystore *old = verifier->store;
	struct imatee_reply head = { 0 };

	if (step->action % FUZZ_ACTIONS == FUZZ_KEEPER) {
		move_keeper(keeper, step, request);
		return;
	}
	if (!fuzz_invoke(invoke, verifier, session, step, request, &head))
		return;
	check_store(verifier, &head);
	if (head.error)
		fuzz_require(
			verifier->store == old || !verifier->store,
			"what fails replaces nothing, but may take it all");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct keeper keeper;
	struct verifier verifier = { 0 };
	struct session *session = NULL;
	struct fuzz_input input = { data, size };
	struct fuzz_step step = { 0 };
	const uint8_t *request = NULL;

	host_reset();
	memset(&keeper, 0, sizeof(keeper));
	memset(&garbage, 0, sizeof(garbage));
	keeper_create(&keeper, &fuzz_keytab, fuzz_digest);
	host.keeper = &keeper;
	verifier_create(&verifier, fuzz_digest);
	fuzz_require(verifier_open(&verifier, PLATFORM_CALLER_KERNEL,
				   &session) == PLATFORM_OK,
		     "the kernel opens a session");
	while (fuzz_next(&input, &step, &request))
		run_step(&verifier, session, &keeper, &step, request);
	verifier_close(&verifier, session);
	verifier_destroy(&verifier);
	fuzz_require(!keeper.sessions.open, "no session of the keeper is left");
	fuzz_require(!host.allocated, "no memory is lost");
	return 0;
}
