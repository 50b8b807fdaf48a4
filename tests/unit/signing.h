/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Appended signatures: PKCS #7 messages, made by OpenSSL, for the verifier.
 */
#ifndef IMATEE_SIGNING_H
#define IMATEE_SIGNING_H

#include <openssl/cms.h>

#include "attempt.h"
#include "modsig.h"

/* As sign-file and "openssl cms -noattr -nocerts" make them. */
#define PLAIN                                                   \
	(CMS_DETACHED | CMS_BINARY | CMS_NOATTR | CMS_NOCERTS | \
	 CMS_NOSMIMECAP | CMS_PARTIAL)

struct message {
	unsigned char *der;
	size_t len;
};

/* A message without signers, and what is made of it when it has them: of @data. */
CMS_ContentInfo *message_start(void);
void message_finish(CMS_ContentInfo *cms, const char *data,
		    struct message *message);
/* The same for one that is final. */
void message_encode(CMS_ContentInfo *cms, struct message *message);

/* With the keys of attempt.h. */
enum imatee_error message_verify(const struct message *message, uint8_t ring,
				 uint8_t kind, const struct digests *digests);

#endif /* IMATEE_SIGNING_H */
