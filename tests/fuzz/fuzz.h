/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the fuzz targets share.
 *
 * Input of fuzz_keeper, fuzz_verifier and fuzz_measure: a sequence of steps. Each begins
 * with a struct fuzz_step; its .len bytes of request follow, as far as there is input
 * left.
 */
#ifndef IMATEE_FUZZ_H
#define IMATEE_FUZZ_H

#include "imatee_abi.h"
#include "keytab.h"
#include "platform.h"
#include "session.h"

#include <stdbool.h>

#define FUZZ_SESSIONS 20

/* What a step does. */
enum fuzz_action {
	FUZZ_INVOKE = 0, /* .command with .len bytes, in a memref of .size */
	FUZZ_OPEN = 1, /* session .session, as caller .command */
	FUZZ_CLOSE = 2, /* session .session */
	FUZZ_KEEPER = 3, /* verifier only: .command tells what it does */
	FUZZ_ACTIONS = 4,
};

struct fuzz_step {
	uint8_t action; /* modulo FUZZ_ACTIONS */
	uint8_t session; /* modulo FUZZ_SESSIONS */
	uint16_t command;
	uint16_t len;
	uint16_t size;
};

/* Cursor over the input. */
struct fuzz_input {
	const uint8_t *pos;
	size_t left;
};

/* Takes a step and its request, which is valid until the next one. */
bool fuzz_next(struct fuzz_input *input, struct fuzz_step *step,
	       const uint8_t **request);

/* Ends with a report if @holds is not so. */
void fuzz_require(bool holds, const char *what);

typedef enum platform_status fuzz_invoke_fn(void *ta, struct session *session,
					    uint32_t command, void *shared,
					    size_t size, size_t *reply_len);

/*
 * Sends one message in a memref with a canary behind it and checks the reply.
 * Returns false if there was none. While the TA works, the memref is
 * overwritten behind each read.
 */
bool fuzz_invoke(fuzz_invoke_fn *invoke, void *ta, struct session *session,
		 const struct fuzz_step *step, const uint8_t *request,
		 struct imatee_reply *head);

/* Some keys of each ring. */
extern const struct keytab fuzz_keytab;
extern const uint8_t fuzz_digest[KEYTAB_DIGEST_SIZE];

#endif /* IMATEE_FUZZ_H */
