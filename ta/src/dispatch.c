// SPDX-License-Identifier: GPL-2.0-or-later
#include "dispatch.h"
#include "platform.h"
#include "request.h"
#include "test_commands.h"

static const struct command *find_command(const struct service *service,
					  uint32_t id)
{
	size_t i = 0;

	for (i = 0; i < service->count; i++)
		if (service->commands[i].id == id)
			return &service->commands[i];
	return NULL;
}

/*
 * Everything that can be said before a byte of the request is read. The seal
 * comes before the caller: whoever asks, a sealed TA answers that it is sealed.
 */
static enum imatee_error admit(const struct service *service,
			       const struct call *call,
			       const struct command *command)
{
	if (!command)
		return IMATEE_ERR_UNKNOWN_COMMAND;
	if (!(command->flags & COMMAND_BEFORE_HELLO) && !call->session->hello)
		return IMATEE_ERR_NO_HELLO;
	if ((command->flags & COMMAND_WRITES) &&
	    service->refuse_write(call->ta))
		return IMATEE_ERR_SEALED;
	if ((command->flags & COMMAND_KERNEL) &&
	    call->session->caller != PLATFORM_CALLER_KERNEL)
		return IMATEE_ERR_NOT_PERMITTED;
	if ((command->flags & COMMAND_VERIFIER) &&
	    call->session->caller != PLATFORM_CALLER_VERIFIER)
		return IMATEE_ERR_NOT_PERMITTED;
	return IMATEE_OK;
}

/*
 * Copies the body of the request out of shared memory, or as much of it as the
 * command wants to have copied, each byte of it once, and lets the command handle it.
 * The lengths are those that were checked: what the caller may write over them later
 * has no effect.
 */
static enum imatee_error handle(const struct command *command,
				struct call *call, const uint8_t *shared,
				size_t len)
{
	uint8_t small[DISPATCH_REQUEST_SMALL] = { 0 };
	const size_t max = command->request_max ? command->request_max :
						  DISPATCH_REQUEST_MAX;
	const size_t head = sizeof(struct imatee_request);
	const size_t body = (len < max ? len : max) - head;
	uint8_t *request = small;
	enum imatee_error error = IMATEE_OK;

	if (body > sizeof(small)) {
		request = platform_alloc(body);
		if (!request)
			return IMATEE_ERR_RESOURCES;
	}
	platform_copy_in(request, shared + head, body);
	reader_init(&call->in, request, body, len - head - body);
	call->rest = (struct shared){ shared + head + body, len - head - body };
	error = command->handle(call);
	if (request != small)
		platform_free(request, body);
	return error;
}

static enum imatee_error run(const struct service *service, struct call *call,
			     const struct command *command,
			     const uint8_t *shared, size_t size)
{
	struct imatee_request head = { 0 };
	enum imatee_error error = admit(service, call, command);

	if (error)
		return error;
	platform_copy_in(&head, shared, sizeof(head));
	error = request_decode_head(&head, size);
	if (error)
		return error;
	return handle(command, call, shared, head.len);
}

enum imatee_error dispatch_answer(struct call *call, const void *reply,
				  size_t size)
{
	const size_t head = sizeof(struct imatee_reply);

	if (!writer_reserve(&call->out, size - head))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, (const uint8_t *)reply + head, size - head);
	return IMATEE_OK;
}

/*
 * OP-TEE (4.10) maps less than both parameters take if one lies within the other, and a part
 * of what it says to have mapped is then somebody else's, or nothing: vm_map_param()
 * ends the mapping of the first where that of the second ends.
 */
static bool overlap(const uint8_t *shared, size_t size,
		    const struct block *block)
{
	const uintptr_t message = (uintptr_t)shared;
	const uintptr_t content = (uintptr_t)block->shared;
	const size_t len = block->len ? block->len : 1;

	return content < message ? message - content < len :
				   content - message < size;
}

enum platform_status dispatch(const struct service *service, void *ta,
			      struct session *session, uint32_t id,
			      void *shared, size_t size,
			      const struct block *block, size_t *reply_len)
{
	const struct command *command = find_command(service, id);
	struct call call = { .ta = ta, .session = session };
	struct imatee_reply head = { 0 };
	enum platform_status outcome = PLATFORM_OK;
	enum imatee_error error = IMATEE_OK;

	if (!shared || size < sizeof(head) || size > IMATEE_MSG_MAX)
		return PLATFORM_BAD_PARAMETERS;
	if (block && (!(command && command->flags & COMMAND_BLOCK) ||
		      overlap(shared, size, block)))
		return PLATFORM_BAD_PARAMETERS;
	if (block)
		call.block = *block;
	outcome = test_outcome(id);
	if (outcome != PLATFORM_OK)
		return outcome;

	writer_init(&call.out, shared, size, sizeof(head));
	error = run(service, &call, command, shared, size);

	/* A refusal has no body, but that to HELLO: it tells the versions. */
	if (error && error != IMATEE_ERR_VERSION)
		call.out.pos = sizeof(head);
	service->fill_head(ta, &head);
	head.len = call.out.pos;
	head.error = error;
	head.flags |= DISPATCH_IMAGE_FLAGS;
	if (error == IMATEE_ERR_SHORT_BUFFER)
		head.needed = call.out.needed;
	platform_copy_out(shared, &head, sizeof(head));
	*reply_len = head.len;
	return PLATFORM_OK;
}
