/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the unit tests share: a keeper and a verifier with a known set of keys,
 * sessions of each kind of caller, and a way to send them a message.
 */
#ifndef IMATEE_FIXTURE_H
#define IMATEE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "host.h"
#include "imatee_abi.h"
#include "keeper.h"
#include "verifier.h"

/* Keys of the test table: by ring. */
#define FIXTURE_IMA	 3
#define FIXTURE_EVM	 2
#define FIXTURE_PLATFORM 1
#define FIXTURE_KEYS	 (FIXTURE_IMA + FIXTURE_EVM + FIXTURE_PLATFORM)

struct fixture {
	struct keeper keeper;
	struct verifier verifier;
	/* of the keeper, all greeted */
	struct session *kernel;
	struct session *user;
	struct session *ta;
	/* of the verifier, greeted */
	struct session *vkernel;
};

/* Outcome of one message. .buf is of the size that was sent. */
struct answer {
	enum platform_status status;
	size_t len;
	struct imatee_reply head;
	uint8_t buf[IMATEE_MSG_MAX];
};

extern const struct keytab fixture_keytab;
extern const uint8_t fixture_digest[KEYTAB_DIGEST_SIZE];

int fixture_setup(void **state);
/* The same with a keeper of other keys. */
int fixture_setup_with(void **state, const struct keytab *keytab,
		       const uint8_t *digest);
int fixture_teardown(void **state);

/*
 * Sends @len bytes of @request in a memref of exactly @size bytes, to the
 * keeper or the verifier, and checks what holds for every message: the reply is
 * not longer than the memref, says its own length, and nothing is written
 * behind it.
 */
void send_keeper(struct fixture *f, struct session *session, uint32_t command,
		 const void *request, size_t len, size_t size,
		 struct answer *answer);
void send_verifier(struct fixture *f, uint32_t command, const void *request,
		   size_t len, size_t size, struct answer *answer);

/* Parameter 1 of what is sent to the verifier; NULL: none. For one call. */
extern const struct block *fixture_block;

/* The same with a roomy memref; returns the verdict. */
enum imatee_error ask_keeper(struct fixture *f, struct session *session,
			     uint32_t command, const void *request, size_t len,
			     struct answer *answer);
enum imatee_error ask_verifier(struct fixture *f, uint32_t command,
			       const void *request, size_t len,
			       struct answer *answer);

/* Requests without a body, with .len set. */
extern const struct imatee_request empty_request;

struct imatee_hello make_hello(void);
struct imatee_attach make_attach(uint8_t mode);
struct imatee_key_list make_list(uint8_t ring, uint32_t index);
struct imatee_key_select by_index(uint8_t ring, uint32_t index);
struct imatee_key_select by_keyid(uint8_t ring, uint32_t keyid);
struct imatee_key_select by_skid(uint8_t ring, const uint8_t *skid,
				 uint8_t len);

/* A new session of the keeper; greeted if @hello. */
struct session *open_keeper(struct fixture *f, enum platform_caller caller,
			    bool hello);

enum imatee_error seal(struct fixture *f);

/* The verifier's IMATEE_CMD_SYNC, and one key of it. */
enum imatee_error sync_keys(struct fixture *f, struct answer *answer);
enum imatee_error get_key(struct fixture *f, uint8_t ring, uint32_t index,
			  struct answer *answer);
void get_status(struct fixture *f, struct imatee_status_reply *status);

#define TEST(name, function)                                          \
	{                                                             \
		name, function, fixture_setup, fixture_teardown, NULL \
	}

#endif /* IMATEE_FIXTURE_H */
