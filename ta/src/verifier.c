// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "common.h"
#include "digsig.h"
#include "hash_block.h"
#include "modsig.h"
#include "request.h"
#include "sync.h"
#include "test_commands.h"
#include "ticket_fetch.h"
#include "verifier.h"

static void fill_head(void *ta, struct imatee_reply *head)
{
	const struct verifier *verifier = ta;

	if (!verifier->store)
		return;
	memcpy(head->boot_id, verifier->store->head.boot_id,
	       sizeof(head->boot_id));
	head->epoch = verifier->store->head.epoch;
	head->seal = verifier->store->head.seal;
	head->attach_count = verifier->store->head.attach_count;
}

/* Longest request: IMATEE_CMD_VERIFY. */
#define VERIFY_REQUEST_MAX                                             \
	(sizeof(struct imatee_verify) +                                \
	 IMATEE_FILE_DIGESTS_MAX * sizeof(struct imatee_file_digest) + \
	 IMATEE_PKCS7_MAX)

static enum imatee_error hello(struct call *call)
{
	const struct verifier *verifier = call->ta;

	return common_hello(call, verifier->keytab_digest);
}

static enum imatee_error key_get(struct call *call)
{
	const struct verifier *verifier = call->ta;
	struct imatee_key_select select = { 0 };

	if (!verifier->store)
		return IMATEE_ERR_NOT_SYNCED;
	return common_key_get(call, &verifier->store->rings,
			      &verifier->store->digests, &select);
}

static bool any_revoked(const struct revoked *list,
			const struct digests *digests)
{
	size_t i = 0;

	for (i = 0; i < digests->count; i++)
		if (revoked_has_digest(list, digests->of[i].value))
			return true;
	return false;
}

static enum imatee_error verify(struct call *call)
{
	const struct verifier *verifier = call->ta;
	struct imatee_verify request = { 0 };
	struct digests digests = { 0 };
	struct slice signature = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (!verifier->store)
		return IMATEE_ERR_NOT_SYNCED;
	error = request_decode_verify(&call->in, &request, &digests,
				      &signature);
	if (error)
		return error;
	if (any_revoked(&verifier->store->digests, &digests))
		return IMATEE_ERR_DIGEST_REVOKED;
	if (request.purpose == IMATEE_PURPOSE_MODSIG)
		return modsig_verify(verifier->store, &request, &digests,
				     signature);
	test_attribute(signature);
	return digsig_verify(verifier->store, &request, digests.of[0].value,
			     signature);
}

static enum imatee_error sync(struct call *call)
{
	struct verifier *verifier = call->ta;
	struct keystore *store = NULL;
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	/* What it has may be revoked: without the new keys there are none. */
	keystore_free(verifier->store);
	verifier->store = NULL;
	error = sync_load(verifier->keytab_digest, &store);
	if (!error)
		verifier->store = store;
	return error;
}

/* Needs no keys, and so no seal: the kernel measures before it. */
static enum imatee_error hash(struct call *call)
{
	struct verifier *verifier = call->ta;
	enum imatee_error error = IMATEE_OK;

	if (!verifier->has_ticket_key)
		error = ticket_fetch(verifier->keytab_digest,
				     &verifier->ticket_key);
	if (error)
		return error;
	verifier->has_ticket_key = true;
	return hash_block(call, &verifier->ticket_key);
}

static const struct command commands[] = {
	{ IMATEE_CMD_HELLO, COMMAND_BEFORE_HELLO, hello },
	{ IMATEE_CMD_KEY_GET, COMMAND_KERNEL, key_get },
	{ IMATEE_CMD_SYNC, COMMAND_KERNEL, sync },
	{ IMATEE_CMD_VERIFY, COMMAND_KERNEL, verify, VERIFY_REQUEST_MAX },
	{ IMATEE_CMD_HASH, COMMAND_KERNEL | COMMAND_BLOCK, hash,
	  sizeof(struct imatee_hash_request) },
#ifdef IMATEE_TEST_IMAGE
	{ IMATEE_CMD_TEST_PANIC, 0, test_command_panic },
	{ IMATEE_CMD_TEST_FAIL, 0, test_command_fail },
#endif
};

static const struct service service = {
	.commands = commands,
	.count = sizeof(commands) / sizeof(commands[0]),
	.fill_head = fill_head,
};

void verifier_create(struct verifier *verifier, const uint8_t *keytab_digest)
{
	memset(verifier, 0, sizeof(*verifier));
	verifier->keytab_digest = keytab_digest;
}

void verifier_destroy(struct verifier *verifier)
{
	keystore_free(verifier->store);
	verifier->store = NULL;
}

enum platform_status verifier_open(struct verifier *verifier,
				   enum platform_caller caller,
				   struct session **session)
{
	if (caller != PLATFORM_CALLER_KERNEL)
		return PLATFORM_ACCESS_DENIED;
	return session_open(&verifier->sessions, caller, session);
}

void verifier_close(struct verifier *verifier, struct session *session)
{
	session_close(&verifier->sessions, session);
}

enum platform_status verifier_invoke(struct verifier *verifier,
				     struct session *session, uint32_t command,
				     void *shared, size_t size,
				     const struct block *block,
				     size_t *reply_len)
{
	return dispatch(&service, verifier, session, command, shared, size,
			block, reply_len);
}
