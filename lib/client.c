// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opening and closing a session, and one call in it.
 */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "decode.h"
#include "version.h"

uint32_t client_le32(uint32_t value)
{
	return htole32(value);
}

int client_call(struct imatee *session, uint32_t command, void *request,
		size_t size, size_t *len)
{
	struct imatee_request head = { .len = htole32(size) };
	int rc;

	memcpy(request, &head, sizeof(head));
	memset(session->msg, 0, sizeof(session->msg));
	memcpy(session->msg, request, size);
	*len = 0;
	rc = session->transport->invoke(session->link, command, session->msg,
					sizeof(session->msg), len);
	if (!rc && *len > sizeof(session->msg))
		return IMATEE_LIB_BAD_REPLY;
	return rc;
}

/*
 * The keeper refuses another major version, and so does this side: a keeper
 * that takes any is not one of ours.
 */
static int greet(struct imatee *session, struct imatee_peer *peer)
{
	struct imatee_hello hello = {
		.abi_major = htole32(IMATEE_ABI_MAJOR),
		.abi_minor = htole32(IMATEE_ABI_MINOR),
	};
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_HELLO, &hello, sizeof(hello),
			 &len);
	if (!rc)
		rc = decode_hello(session->msg, len, peer);
	if (!rc && peer->abi_major != IMATEE_ABI_MAJOR)
		rc = IMATEE_ERR_VERSION;
	return rc;
}

int client_open(struct imatee **session, struct imatee_peer *peer,
		const struct transport *transport)
{
	struct imatee *s = calloc(1, sizeof(*s));
	struct imatee_peer p = { 0 };
	int rc;

	*session = NULL;
	if (!s)
		return IMATEE_LIB_NO_MEMORY;
	s->transport = transport;
	rc = transport->open(&s->link);
	if (rc) {
		free(s);
		return rc;
	}
	rc = greet(s, &p);
	if (peer)
		*peer = p;
	if (rc)
		imatee_close(s);
	else
		*session = s;
	return rc;
}

void imatee_close(struct imatee *session)
{
	if (!session)
		return;
	session->transport->close(session->link);
	free(session);
}

int imatee_get_status(struct imatee *session, struct imatee_status *status)
{
	struct imatee_request request;
	size_t len;
	int rc;

	rc = client_call(session, IMATEE_CMD_STATUS, &request, sizeof(request),
			 &len);
	return rc ? rc : decode_status(session->msg, len, status);
}

const char *imatee_lib_version(void)
{
	return IMATEE_VERSION;
}
