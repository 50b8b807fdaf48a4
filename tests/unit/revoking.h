/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of IMATEE_CMD_REVOKE share: a keeper with CAs of each kind, lists
 * that they have signed with OpenSSL, and all that a refusal must leave alone.
 */
#ifndef IMATEE_REVOKING_H
#define IMATEE_REVOKING_H

#include "fixture.h"

#include <openssl/cms.h>
#include <openssl/evp.h>

#include "mkcert.h"
#include "revocation_list.h"

#define LIST(entries) REVOCATION_LIST_HEAD entries
#define HASH20	      "0123456789abcdef0123456789abcdef01234567"
#define HASH32	      HASH20 "0123456789abcdef01234567"
#define SOMETHING     LIST("bin:" HASH32 "\n")

/* The CAs that are built in: P-256, RSA 2048, 3072 and 4096, P-384, P-521. */
#define CAS 6
extern struct mkcert_ca cas[CAS];

/* As "openssl cms -sign -binary -nodetach -noattr" makes them. */
#define ATTACHED (CMS_BINARY | CMS_NOATTR)

struct message {
	struct imatee_revoke head;
	uint8_t der[IMATEE_MSG_MAX - sizeof(struct imatee_revoke)];
	size_t len;
};

/* By the first @count of @ca, and by the first one only. */
void revoke_sign_by(struct message *message, const struct mkcert_ca *ca,
		    size_t count, const char *text, const EVP_MD *md,
		    unsigned int flags);
void revoke_sign(struct message *message, const struct mkcert_ca *ca,
		 const char *text, const EVP_MD *md, unsigned int flags);

enum imatee_error revoke_send(struct fixture *f, struct message *message,
			      struct answer *answer);

/* A list, signed by the first CA and sent by the kernel; the answer is in @reply. */
enum imatee_error revoke(struct fixture *f, const char *text);
extern struct imatee_revoke_reply reply;

/* Appends two digits a byte to what @text is the end of. */
void hex(char *text, const uint8_t *bytes, size_t len);

/* A list of one entry. */
const char *list_of(const char *prefix, struct slice what, const EVP_MD *md);

/* As OpenSSL sees them; the first holds until the next call. */
struct slice tbs_of(X509 *cert);
struct slice spki_of(X509 *cert, unsigned char **der);

/* A new key's certificate. */
X509 *issue(const struct mkcert_ca *ca);

/* All that a caller can see of the keys, and of what is revoked. */
struct view {
	struct imatee_status_reply status;
	struct answer keys;
	struct answer revoked;
};

void begin(struct fixture *f);
void assert_unchanged(struct fixture *f);

/* The answer to @message is @error, and nothing has changed. */
void refused(struct fixture *f, struct message *message,
	     enum imatee_error error);

int revoke_setup(void **state);
int revoke_read_cas(void **state);
int revoke_free_cas(void **state);

#define TEST_REVOKE(name, function)                                  \
	{                                                            \
		name, function, revoke_setup, fixture_teardown, NULL \
	}

#endif /* IMATEE_REVOKING_H */
