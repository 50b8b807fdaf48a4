// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * No way to a keeper: for machines that verify what others have measured.
 */
#include "client.h"

static int none_open(void **link)
{
	*link = NULL;
	return IMATEE_LIB_NO_TEE;
}

static int none_invoke(void *link, uint32_t command, void *msg, size_t size,
		       size_t *len)
{
	(void)link;
	(void)command;
	(void)msg;
	(void)size;
	*len = 0;
	return IMATEE_LIB_NO_TEE;
}

static void none_close(void *link)
{
	(void)link;
}

static const struct transport transport_none = {
	.open = none_open,
	.invoke = none_invoke,
	.close = none_close,
};

int imatee_open(struct imatee **session, struct imatee_peer *peer)
{
	return client_open(session, peer, &transport_none);
}
