// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The log of measurements.
 */
#include "client.h"
#include "decode.h"

int imatee_log_status(struct imatee *session, struct imatee_log_status *status)
{
	struct imatee_request request;
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_LOG_STATUS, &request,
			 sizeof(request), &len);
	return rc ? rc : decode_log_status(session->msg, len, status);
}

int imatee_log_base(struct imatee *session, struct imatee_log_base *base)
{
	struct imatee_request request;
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_LOG_BASE, &request,
			 sizeof(request), &len);
	return rc ? rc : decode_log_base(session->msg, len, base);
}
