// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keytab.h"
#include "platform.h"
#include "ticket_fetch.h"

/* One message to the keeper, and its answer in the same place: memory of this TA. */
union message {
	struct imatee_request request;
	struct imatee_hello hello;
	struct imatee_reply head;
	struct imatee_hello_reply hello_reply;
	struct imatee_ticket_key_reply key_reply;
};

/* Sends what stands in @message; its reply is of @len bytes, and no refusal. */
static bool ask(struct platform_keeper *keeper, uint32_t command,
		union message *message, size_t len)
{
	size_t got = 0;

	return platform_keeper_call(keeper, command, message, sizeof(*message),
				    &got) == PLATFORM_OK &&
	       got == len && message->head.len == len && !message->head.error;
}

static bool say_hello(struct platform_keeper *keeper,
		      const uint8_t *keys_digest)
{
	union message message = { 0 };

	message.hello.hdr.len = sizeof(message.hello);
	message.hello.abi_major = IMATEE_ABI_MAJOR;
	message.hello.abi_minor = IMATEE_ABI_MINOR;
	return ask(keeper, IMATEE_CMD_HELLO, &message,
		   sizeof(message.hello_reply)) &&
	       !memcmp(message.hello_reply.keys_digest, keys_digest,
		       KEYTAB_DIGEST_SIZE);
}

static bool get_key(struct platform_keeper *keeper, struct ticket_key *key)
{
	union message message = { 0 };

	message.request.len = sizeof(message.request);
	if (!ask(keeper, IMATEE_CMD_TICKET_KEY, &message,
		 sizeof(message.key_reply)))
		return false;
	memcpy(key->bytes, message.key_reply.key, sizeof(key->bytes));
	return true;
}

enum imatee_error ticket_fetch(const uint8_t *keys_digest,
			       struct ticket_key *key)
{
	struct platform_keeper *keeper = NULL;
	bool got = false;

	if (platform_keeper_open(&keeper) != PLATFORM_OK)
		return IMATEE_ERR_KEEPER;
	got = say_hello(keeper, keys_digest) && get_key(keeper, key);
	platform_keeper_close(keeper);
	return got ? IMATEE_OK : IMATEE_ERR_KEEPER;
}
