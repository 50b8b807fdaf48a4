// SPDX-License-Identifier: GPL-2.0-or-later
#include "keeper_state.h"
#include "keeper.h"
#include "request.h"

enum imatee_error keeper_status(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct state *state = &keeper->state;
	struct imatee_status_reply reply = { 0 };
	enum imatee_error error = request_decode_empty(&call->in);
	size_t i = 0;

	if (error)
		return error;

	for (i = 0; i <= IMATEE_RING_COUNT; i++)
		reply.keys[i] = keeper->rings.count[i];
	reply.capacity = IMATEE_KEYS_PER_RING;
	reply.ca_count = keeper->keytab->ca_count;
	reply.sessions = keeper->sessions.open;
	reply.mode = state->mode;
	for (i = 0; i < IMATEE_PURPOSE_COUNT; i++)
		reply.lookups[i] = state->lookups[i];
	reply.refused_writes = state->refused_writes;
	return dispatch_answer(call, &reply, sizeof(reply));
}

enum imatee_error keeper_attach(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct imatee_attach attach = { 0 };
	enum imatee_error error = request_decode_attach(&call->in, &attach);

	if (error)
		return error;
	state_attach(&keeper->state, attach.mode);
	if (keeper->log)
		log_attach(keeper->log);
	platform_log("kernel attach %u, mode %u", keeper->state.attach_count,
		     attach.mode);
	return IMATEE_OK;
}

enum imatee_error keeper_seal(struct call *call)
{
	struct keeper *keeper = call->ta;
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	if (keeper->state.seal == IMATEE_SEAL_OPEN)
		platform_log("sealed with %zu keys",
			     keeper->rings.count[IMATEE_RING_ANY]);
	state_seal(&keeper->state);
	return IMATEE_OK;
}

/*
 * For a verifier alone, and so into memory of the secure world: a TA that calls another
 * one passes its own memory, which OP-TEE copies to secure memory of its own.
 */
enum imatee_error keeper_ticket_key(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct ticket_key *key = &keeper->ticket_key;
	enum imatee_error error = request_decode_empty(&call->in);

	static_assert(sizeof(struct imatee_reply) + sizeof(*key) ==
			      sizeof(struct imatee_ticket_key_reply),
		      "struct ticket_key is not the end of the reply");
	if (error)
		return error;
	if (!writer_reserve(&call->out, sizeof(*key)))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, key, sizeof(*key));
	return IMATEE_OK;
}
