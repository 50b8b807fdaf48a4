/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keeper: the one instance that holds the keyrings and the seal from the
 * start of the machine to its reset.
 */
#ifndef IMATEE_KEEPER_H
#define IMATEE_KEEPER_H

#include "attest_key.h"
#include "keyring.h"
#include "keytab.h"
#include "log.h"
#include "revoked.h"
#include "session.h"
#include "state.h"

struct keeper {
	bool created;
	const struct keytab *keytab;
	const uint8_t *keytab_digest;
	struct keyring rings;
	size_t added_size; /* bytes of the keys that were added */
	struct revoked revoked;
	struct imatee_revoked revoked_room[IMATEE_REVOKED_MAX];
	struct state state;
	struct ticket_key ticket_key; /* of this boot */
	struct log *log; /* NULL before the first entry */
	struct attest_key attest_key; /* made when it is first asked for */
	struct session_table sessions;
};

/*
 * Starts the keeper with the built-in keys; @keeper is zeroed memory. Panics if
 * it was started before: the state of a started keeper has no second beginning.
 */
void keeper_create(struct keeper *keeper, const struct keytab *keytab,
		   const uint8_t *keytab_digest);

/* The fields of the head of each reply. */
void keeper_fill_head(const struct keeper *keeper, struct imatee_reply *head);

/*
 * Frees the added keys and the log. A TEE keeps the keeper: this is for hosts that go on
 * without it.
 */
void keeper_destroy(struct keeper *keeper);

enum platform_status keeper_open(struct keeper *keeper,
				 enum platform_caller caller,
				 struct session **session);

void keeper_close(struct keeper *keeper, struct session *session);

/* See dispatch(). */
enum platform_status keeper_invoke(struct keeper *keeper,
				   struct session *session, uint32_t command,
				   void *shared, size_t size,
				   size_t *reply_len);

#endif /* IMATEE_KEEPER_H */
