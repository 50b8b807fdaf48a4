// SPDX-License-Identifier: GPL-2.0-or-later
#include "keeper.h"
#include "common.h"
#include "keeper_add.h"
#include "keeper_keys.h"
#include "keeper_log.h"
#include "keeper_measure.h"
#include "keeper_quote.h"
#include "keeper_revoke.h"
#include "keeper_state.h"
#include "keeper_trim.h"
#include "test_commands.h"

void keeper_fill_head(const struct keeper *keeper, struct imatee_reply *head)
{
	state_fill_head(&keeper->state, head);
	if (revoked_has_digests(&keeper->revoked))
		head->flags |= IMATEE_FLAG_DIGEST_REVOKED;
}

static void fill_head(void *ta, struct imatee_reply *head)
{
	keeper_fill_head(ta, head);
}

static bool refuse_write(void *ta)
{
	struct keeper *keeper = ta;

	return state_refuse_write(&keeper->state);
}

static enum imatee_error hello(struct call *call)
{
	const struct keeper *keeper = call->ta;

	return common_hello(call, keeper->keytab_digest);
}

/* Looked for from the beginning: what comes with each file is first. */
static const struct command commands[] = {
	{ IMATEE_CMD_MEASURE, COMMAND_KERNEL, keeper_measure,
	  KEEPER_MEASURE_REQUEST },
	{ IMATEE_CMD_HELLO, COMMAND_BEFORE_HELLO, hello },
	{ IMATEE_CMD_STATUS, 0, keeper_status },
	{ IMATEE_CMD_ATTACH, COMMAND_KERNEL, keeper_attach },
	{ IMATEE_CMD_SEAL, COMMAND_KERNEL, keeper_seal },
	{ IMATEE_CMD_KEY_LIST, 0, keeper_key_list },
	{ IMATEE_CMD_KEY_DESCRIBE, 0, keeper_key_describe },
	{ IMATEE_CMD_KEY_GET, 0, keeper_key_get },
	{ IMATEE_CMD_KEY_EXPORT, 0, keeper_key_export },
	{ IMATEE_CMD_KEY_ISSUER, 0, keeper_key_issuer },
	{ IMATEE_CMD_KEY_ADD, COMMAND_KERNEL | COMMAND_WRITES, keeper_key_add,
	  KEEPER_ADD_REQUEST_MAX },
	{ IMATEE_CMD_REVOKE, COMMAND_KERNEL, keeper_revoke,
	  KEEPER_REVOKE_REQUEST_MAX },
	{ IMATEE_CMD_REVOKED_LIST, 0, keeper_revoked_list },
	{ IMATEE_CMD_LOG_STATUS, 0, keeper_log_status },
	{ IMATEE_CMD_LOG_READ, 0, keeper_log_read },
	{ IMATEE_CMD_LOG_CHECK, 0, keeper_log_check, KEEPER_LOG_CHECK_REQUEST },
	{ IMATEE_CMD_TICKET_KEY, COMMAND_VERIFIER, keeper_ticket_key },
	{ IMATEE_CMD_KEY_LOAD, COMMAND_VERIFIER, keeper_key_load },
	{ IMATEE_CMD_QUOTE, 0, keeper_quote },
	{ IMATEE_CMD_AK, 0, keeper_ak },
	{ IMATEE_CMD_LOG_TRIM, COMMAND_KERNEL, keeper_log_trim,
	  KEEPER_TRIM_REQUEST },
	{ IMATEE_CMD_LOG_BASE, 0, keeper_log_base },
#ifdef IMATEE_TEST_IMAGE
	{ IMATEE_CMD_TEST_PANIC, 0, test_command_panic },
	{ IMATEE_CMD_TEST_FAIL, 0, test_command_fail },
#endif
};

static const struct service service = {
	.commands = commands,
	.count = sizeof(commands) / sizeof(commands[0]),
	.fill_head = fill_head,
	.refuse_write = refuse_write,
};

static void load_revoked(struct keeper *keeper)
{
	const struct keytab *keytab = keeper->keytab;
	bool added = false;
	size_t i = 0;

	keeper->revoked =
		(struct revoked){ keeper->revoked_room, 0, IMATEE_REVOKED_MAX };
	for (i = 0; i < keytab->revoked_count; i++)
		if (revoked_add(&keeper->revoked, &keytab->revoked[i], &added))
			platform_panic("the built-in revocations do not fit");
}

/* A key may be built in, and revoked by what is built in as well. */
static void load_key(struct keeper *keeper, const struct key *key)
{
	bool covered = false;

	if (revoked_covers(&keeper->revoked, key->tbs, key->spki, &covered))
		platform_panic("no memory for the built-in keys");
	if (!covered) {
		if (keyring_add(&keeper->rings, key))
			platform_panic("the built-in keys are inconsistent");
		return;
	}
	platform_log("key %08x of ring %u is revoked",
		     (unsigned int)key->info.keyid, key->info.ring);
	if (key->info.ring == IMATEE_RING_EVM)
		keeper->state.evm_revoked = true;
}

void keeper_create(struct keeper *keeper, const struct keytab *keytab,
		   const uint8_t *keytab_digest)
{
	size_t i = 0;

	if (keeper->created)
		platform_panic("the keeper was started twice");
	keeper->created = true;

	keeper->keytab = keytab;
	keeper->keytab_digest = keytab_digest;
	state_init(&keeper->state);
	platform_random(&keeper->ticket_key, sizeof(keeper->ticket_key));
	load_revoked(keeper);
	for (i = 0; i < keytab->key_count; i++)
		load_key(keeper, &keytab->keys[i]);
	platform_log("keeper: %zu keys, %zu CAs",
		     keeper->rings.count[IMATEE_RING_ANY], keytab->ca_count);
}

void keeper_destroy(struct keeper *keeper)
{
	keeper_free_added(keeper);
	log_free(keeper->log);
	keeper->log = NULL;
}

enum platform_status keeper_open(struct keeper *keeper,
				 enum platform_caller caller,
				 struct session **session)
{
	return session_open(&keeper->sessions, caller, session);
}

void keeper_close(struct keeper *keeper, struct session *session)
{
	session_close(&keeper->sessions, session);
}

enum platform_status keeper_invoke(struct keeper *keeper,
				   struct session *session, uint32_t command,
				   void *shared, size_t size, size_t *reply_len)
{
	return dispatch(&service, keeper, session, command, shared, size, NULL,
			reply_len);
}
