// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "signing.h"

CMS_ContentInfo *message_start(void)
{
	CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, PLAIN);

	assert_non_null(cms);
	return cms;
}

void message_encode(CMS_ContentInfo *cms, struct message *message)
{
	message->der = NULL;
	message->len = (size_t)i2d_CMS_ContentInfo(cms, &message->der);
	CMS_ContentInfo_free(cms);
}

void message_finish(CMS_ContentInfo *cms, const char *data,
		    struct message *message)
{
	BIO *bio = BIO_new_mem_buf(data, -1);

	assert_int_equal(CMS_final(cms, bio, NULL, PLAIN), 1);
	BIO_free(bio);
	message_encode(cms, message);
}

enum imatee_error message_verify(const struct message *message, uint8_t ring,
				 uint8_t kind, const struct digests *digests)
{
	const struct imatee_verify request = {
		.ring = ring,
		.purpose = IMATEE_PURPOSE_MODSIG,
		.digest_kind = kind,
	};
	/* Exactly so large, for the sanitizer to see a byte too many. */
	uint8_t *copy = malloc(message->len + 1);
	enum imatee_error error = IMATEE_OK;

	memcpy(copy + 1, message->der, message->len);
	error = modsig_verify(store, &request, digests,
			      (struct slice){ copy + 1, message->len });
	free(copy);
	return error;
}
