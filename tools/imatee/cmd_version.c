// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee version: of this tool, of the keeper, of the interface between them.
 */
#include <stdio.h>

#include "format.h"
#include "json.h"

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_peer *peer)
{
	json_t *object = json_begin(args);
	json_t *tool = json_object();
	json_t *keeper = json_object();

	json_set(tool, "version", json_string(imatee_lib_version()));
	json_set(tool, "abi_major", json_u64(IMATEE_ABI_MAJOR));
	json_set(tool, "abi_minor", json_u64(IMATEE_ABI_MINOR));
	json_set(object, "tool", tool);
	json_set(keeper, "version", json_string(peer->version));
	json_set(keeper, "abi_major", json_u64(peer->abi_major));
	json_set(keeper, "abi_minor", json_u64(peer->abi_minor));
	json_set(keeper, "keys_digest",
		 json_hex(peer->keys_digest, sizeof(peer->keys_digest)));
	json_set(object, "keeper", keeper);
	return json_end(args, object);
}

enum exit_status cmd_version(const struct arguments *args)
{
	struct table t = { .columns = 2 };
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	char hex[HEX_MAX];

	/* What is known without the TEE is worth something without it. */
	if (!args->json) {
		printf("imatee %s, interface %u.%u\n", imatee_lib_version(),
		       IMATEE_ABI_MAJOR, IMATEE_ABI_MINOR);
		fflush(stdout);
	}
	result = open_session(args, &session, &peer);
	if (result)
		return result;
	imatee_close(session);
	if (args->json)
		return print_json(args, &peer);
	table_add(&t, "keeper:");
	table_add(&t, "%s, interface %u.%u", peer.version, peer.abi_major,
		  peer.abi_minor);
	table_add(&t, "built-in certificates (SHA-256):");
	table_add(&t, "%s",
		  format_hex(hex, peer.keys_digest, sizeof(peer.keys_digest)));
	table_print(&t);
	return EXIT_OK;
}
