// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Quotes, and the key that signs them.
 */
#include <string.h>

#include "client.h"
#include "decode.h"

int imatee_quote(struct imatee *session, enum imatee_hash bank,
		 const void *nonce, size_t nonce_len,
		 struct imatee_quote_result *quote)
{
	struct imatee_quote request = { .bank = (imatee_u8)bank };
	size_t len;
	int rc;

	if (nonce_len > sizeof(request.nonce))
		return IMATEE_ERR_TOO_LONG;
	request.nonce_len = (imatee_u8)nonce_len;
	if (nonce_len)
		memcpy(request.nonce, nonce, nonce_len);
	rc = client_call(session, IMATEE_CMD_QUOTE, &request, sizeof(request),
			 &len);
	return rc ? rc : decode_quote(session->msg, len, quote);
}

int imatee_get_ak(struct imatee *session, struct imatee_ak *ak)
{
	struct imatee_request request;
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_AK, &request, sizeof(request),
			 &len);
	return rc ? rc : decode_ak(session->msg, len, ak);
}
