/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A verifier: one instance for one session of the kernel, so that calls run at
 * once on several CPUs. It answers from its own copy of the keeper's keys.
 */
#ifndef IMATEE_VERIFIER_H
#define IMATEE_VERIFIER_H

#include "dispatch.h"
#include "keystore.h"
#include "ticket.h"

struct verifier {
	const uint8_t *keytab_digest;
	struct keystore *store; /* NULL before the first IMATEE_CMD_SYNC */
	bool has_ticket_key; /* from the first IMATEE_CMD_HASH on */
	struct ticket_key ticket_key;
	struct session_table sessions;
};

void verifier_create(struct verifier *verifier, const uint8_t *keytab_digest);

void verifier_destroy(struct verifier *verifier);

/* For the kernel only. */
enum platform_status verifier_open(struct verifier *verifier,
				   enum platform_caller caller,
				   struct session **session);

void verifier_close(struct verifier *verifier, struct session *session);

/* See dispatch(). */
enum platform_status verifier_invoke(struct verifier *verifier,
				     struct session *session, uint32_t command,
				     void *shared, size_t size,
				     const struct block *block,
				     size_t *reply_len);

#endif /* IMATEE_VERIFIER_H */
