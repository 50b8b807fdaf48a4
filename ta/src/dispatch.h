/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From an invocation to its handler and back. A TA is a table of commands; the
 * table says who may send which one, and when.
 *
 * A handler decodes what is left of the request, acts, and writes the body of
 * the reply. If it returns an error, then it has changed nothing of the TA's (but .consumed of
 * a ring may have moved), and the reply is its head alone.
 */
#ifndef IMATEE_DISPATCH_H
#define IMATEE_DISPATCH_H

#include "imatee_abi.h"
#include "message.h"
#include "session.h"

/*
 * Longest request of a command that names no limit of its own.
 */
#define DISPATCH_REQUEST_MAX \
	(sizeof(struct imatee_key_select) + IMATEE_DIGEST_MAX)
/*
 * What is no longer goes to the stack: these calls need no heap. Among them are an
 * IMATEE_CMD_VERIFY of RSA-4096, and all of IMATEE_CMD_HASH.
 */
#define DISPATCH_REQUEST_SMALL \
	(sizeof(struct imatee_hash_request) - sizeof(struct imatee_request))

/* Bits of imatee_reply.flags that tell of the image. */
#ifdef IMATEE_TEST_IMAGE
#define DISPATCH_IMAGE_FLAGS IMATEE_FLAG_TEST_IMAGE
#else
#define DISPATCH_IMAGE_FLAGS 0
#endif

/* Memory that is shared with the caller; .shared may be NULL. */
struct shared {
	const uint8_t *shared;
	size_t len;
};

/* Parameter 1; .shared may be NULL. */
struct block {
	uint8_t *shared;
	size_t len;
	bool writable; /* a MEMREF_INOUT */
};

/* One invocation on its way through a handler. */
struct call {
	void *ta; /* struct keeper or struct verifier */
	struct session *session;
	struct reader in; /* request behind its head, in private memory */
	/*
	 * What of the request is beyond the command's .request_max, for a command that
	 * takes more than it wants to have copied.
	 */
	struct shared rest;
	struct block block; /* with COMMAND_BLOCK only */
	struct writer out; /* reply behind its head */
};

/* Bits of command.flags. */
#define COMMAND_KERNEL	     0x1 /* only for sessions of the kernel */
#define COMMAND_BEFORE_HELLO 0x2 /* needs no handshake */
#define COMMAND_WRITES	     0x4 /* refused after the seal */
#define COMMAND_VERIFIER     0x8 /* only for sessions of a verifier */
#define COMMAND_BLOCK	     0x10 /* may come with parameter 1 */

struct command {
	uint32_t id; /* enum imatee_cmd */
	uint32_t flags;
	enum imatee_error (*handle)(struct call *call);
	/*
	 * Bytes of a request that are read at most; 0: DISPATCH_REQUEST_MAX. What
	 * lies beyond them trails, for the reader to tell.
	 */
	size_t request_max;
};

struct service {
	const struct command *commands;
	size_t count;
	/* Fills what each reply tells of the state; the rest is dispatch's. */
	void (*fill_head)(void *ta, struct imatee_reply *head);
	/* Are writes over? Counts what it refuses. NULL if none exist. */
	bool (*refuse_write)(void *ta);
};

/*
 * Writes a whole reply, of which the head is dispatch's. Errors: SHORT_BUFFER.
 */
enum imatee_error dispatch_answer(struct call *call, const void *reply,
				  size_t size);

/*
 * Answers one invocation in @shared, which holds the request at its start and
 * is @size bytes long. With PLATFORM_OK, *@reply_len bytes of it are a reply. @block
 * is parameter 1, or NULL if there is none.
 */
enum platform_status dispatch(const struct service *service, void *ta,
			      struct session *session, uint32_t command,
			      void *shared, size_t size,
			      const struct block *block, size_t *reply_len);

#endif /* IMATEE_DISPATCH_H */
