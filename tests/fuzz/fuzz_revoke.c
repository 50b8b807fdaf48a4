// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to revoke: the text of a list, and the message around it. Nobody has the
 * CAs' private keys any more, so no message is valid.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"
#include "message.h"
#include "revocation.h"
#include "revocation_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What it is, and a byte more, as in fuzz_modsig. */
#define HEAD 2

static void check_entry(const struct imatee_revoked *entry)
{
	fuzz_require(entry->kind >= IMATEE_REVOKED_TBS &&
			     entry->kind <= IMATEE_REVOKED_BIN,
		     "it is of a kind");
	fuzz_require(entry->hash_len >= 20 &&
			     entry->hash_len <= sizeof(entry->hash),
		     "its hash has a size");
	fuzz_require(!entry->source &&
			     all_zero(entry->reserved, sizeof(entry->reserved)),
		     "nothing else is set");
	fuzz_require(all_zero(entry->hash + entry->hash_len,
			      sizeof(entry->hash) - entry->hash_len),
		     "behind the hash it is empty");
}

static void read_list(struct slice text)
{
	struct imatee_revoked room[8] = { 0 };
	struct revoked list = { room, 0, 8 };
	struct imatee_revoked entry = { 0 };
	size_t left = 0;
	bool added = false;

	if (!revocation_list_begin(&text))
		return;
	while (text.len) {
		left = text.len;
		if (!revocation_list_next(&text, &entry))
			return;
		fuzz_require(text.len < left, "it goes on");
		check_entry(&entry);
		if (!revoked_add(&list, &entry, &added))
			fuzz_require(list.count <= list.room, "it has room");
	}
}

static void open_message(struct slice message)
{
	static const struct revoked none;
	struct slice text = { 0 };

	fuzz_require(revocation_open(&keytab_builtin, &none, message, &text) !=
			     IMATEE_OK,
		     "no CA has signed this");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = NULL;

	host_reset();
	if (size < HEAD)
		return 0;
	/* Exactly so large, for the sanitizer to see a byte too many. */
	size -= HEAD;
	copy = malloc(size ? size : 1);
	memcpy(copy, data + HEAD, size);
	if (data[0] & 1)
		open_message((struct slice){ copy, size });
	else
		read_list((struct slice){ copy, size });
	free(copy);
	return 0;
}
