// SPDX-License-Identifier: GPL-2.0-or-later
#include "dispatch.h"
#include "request.h"

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
	if (!command->handle)
		return IMATEE_ERR_UNKNOWN_COMMAND;
	return IMATEE_OK;
}

/*
 * Copies the request out of shared memory, each byte of it once. The length is
 * the one that was checked: what the caller may write over it later has no
 * effect.
 */
static enum imatee_error read_request(uint8_t *request, const uint8_t *shared,
				      size_t size, size_t *len)
{
	enum imatee_error error = IMATEE_OK;
	struct imatee_request head = { 0 };

	platform_copy_in(&head, shared, sizeof(head));
	error = request_decode_head(&head, size);
	if (error)
		return error;
	/* No request of the table is longer, so that these bytes trail. */
	if (head.len > DISPATCH_REQUEST_MAX)
		return IMATEE_ERR_MALFORMED;

	platform_copy_in(request + sizeof(head), shared + sizeof(head),
			 head.len - sizeof(head));
	*len = head.len;
	return IMATEE_OK;
}

static enum imatee_error run(const struct service *service, struct call *call,
			     uint32_t id, const uint8_t *shared, size_t size)
{
	const size_t head = sizeof(struct imatee_request);
	uint8_t request[DISPATCH_REQUEST_MAX] = { 0 };
	const struct command *command = find_command(service, id);
	enum imatee_error error = IMATEE_OK;
	size_t len = 0;

	error = admit(service, call, command);
	if (error)
		return error;
	error = read_request(request, shared, size, &len);
	if (error)
		return error;
	reader_init(&call->in, request + head, len - head);
	return command->handle(call);
}

enum platform_status dispatch(const struct service *service, void *ta,
			      struct session *session, uint32_t command,
			      void *shared, size_t size, size_t *reply_len)
{
	struct call call = { .ta = ta, .session = session };
	struct imatee_reply head = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (!shared || size < sizeof(head) || size > IMATEE_MSG_MAX)
		return PLATFORM_BAD_PARAMETERS;

	writer_init(&call.out, shared, size, sizeof(head));
	error = run(service, &call, command, shared, size);

	/* A refusal has no body, but that to HELLO: it tells the versions. */
	if (error && error != IMATEE_ERR_VERSION)
		call.out.pos = sizeof(head);
	service->fill_head(ta, &head);
	head.len = call.out.pos;
	head.error = error;
#ifdef IMATEE_TEST_IMAGE
	head.flags = IMATEE_FLAG_TEST_IMAGE;
#endif
	if (error == IMATEE_ERR_SHORT_BUFFER)
		head.needed = call.out.needed;
	platform_copy_out(shared, &head, sizeof(head));
	*reply_len = head.len;
	return PLATFORM_OK;
}
