// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee status: what the keeper in the TEE says of itself.
 */
#include <inttypes.h>
#include <stdio.h>

#include "format.h"
#include "json.h"

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_peer *peer,
				   const struct imatee_status *s)
{
	json_t *object = json_begin(args);
	json_t *keys = json_object();
	json_t *lookups = json_object();
	int i;

	json_set(object, "version", json_string(peer->version));
	json_set(object, "abi_major", json_u64(peer->abi_major));
	json_set(object, "abi_minor", json_u64(peer->abi_minor));
	json_set(object, "test_image", json_boolean(s->state.test_image));
	json_set(object, "boot_id",
		 json_hex(s->state.boot_id, sizeof(s->state.boot_id)));
	json_set(object, "epoch", json_u64(s->state.epoch));
	json_set(object, "sealed", json_boolean(s->state.sealed));
	json_set(object, "attach_count", json_u64(s->state.attach_count));
	json_set(object, "mode", json_string(imatee_mode_name(s->mode)));
	for (i = IMATEE_RING_IMA; i <= IMATEE_RING_COUNT; i++)
		json_set(keys, imatee_ring_name(i), json_u64(s->keys[i]));
	json_set(keys, "total", json_u64(s->keys[0]));
	json_set(object, "keys", keys);
	json_set(object, "ring_capacity", json_u64(s->capacity));
	json_set(object, "authorities", json_u64(s->ca_count));
	json_set(object, "sessions", json_u64(s->sessions));
	for (i = 0; i < IMATEE_PURPOSE_COUNT; i++)
		json_set(lookups, imatee_purpose_name(i),
			 json_u64(s->lookups[i]));
	json_set(object, "lookups", lookups);
	json_set(object, "refused_writes", json_u64(s->refused_writes));
	return json_end(args, object);
}

static void print_text(const struct imatee_peer *peer,
		       const struct imatee_status *s)
{
	struct table t = { .columns = 2 };
	uint64_t lookups = 0;
	char hex[HEX_MAX];
	int i;

	for (i = 0; i < IMATEE_PURPOSE_COUNT; i++)
		lookups += s->lookups[i];
	table_add(&t, "keeper:");
	table_add(&t, "%s, interface %" PRIu32 ".%" PRIu32 "%s", peer->version,
		  peer->abi_major, peer->abi_minor,
		  s->state.test_image ? ", TEST IMAGE: not for use" : "");
	table_add(&t, "seal:");
	table_add(&t, "%s",
		  s->state.sealed ? "sealed" : "open: keys can still be added");
	table_add(&t, "keys:");
	table_add(&t,
		  "%" PRIu32 " (ima %" PRIu32 ", evm %" PRIu32
		  ", platform %" PRIu32 "; %" PRIu32 " fit into each)",
		  s->keys[IMATEE_RING_ANY], s->keys[IMATEE_RING_IMA],
		  s->keys[IMATEE_RING_EVM], s->keys[IMATEE_RING_PLATFORM],
		  s->capacity);
	table_add(&t, "authorities:");
	table_add(&t, "%" PRIu32, s->ca_count);
	table_add(&t, "kernel's mode:");
	table_add(&t, "%s",
		  s->state.attach_count ? imatee_mode_name(s->mode) :
					  "none has attached");
	table_add(&t, "kernels since reset:");
	table_add(&t, "%" PRIu32, s->state.attach_count);
	table_add(&t, "boot id:");
	table_add(&t, "%s",
		  format_hex(hex, s->state.boot_id, sizeof(s->state.boot_id)));
	table_add(&t, "epoch:");
	table_add(&t, "%" PRIu64, s->state.epoch);
	table_add(&t, "sessions:");
	table_add(&t, "%" PRIu32, s->sessions);
	table_add(&t, "keys handed out:");
	table_add(&t, "%" PRIu64, lookups);
	table_add(&t, "writes refused:");
	table_add(&t, "%" PRIu64, s->refused_writes);
	table_print(&t);
}

enum exit_status cmd_status(const struct arguments *args)
{
	struct imatee_status status;
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	int rc;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	rc = imatee_get_status(session, &status);
	imatee_close(session);
	if (rc)
		return fail_lib(args, rc);
	if (args->json)
		return print_json(args, &peer, &status);
	print_text(&peer, &status);
	return EXIT_OK;
}
