/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session, and what carries its messages. Internal to the library; the tests
 * bring a transport of their own.
 */
#ifndef IMATEE_CLIENT_H
#define IMATEE_CLIENT_H

#include "imatee.h"

/*
 * The longest reply to any request of this library fits: a certificate of
 * IMATEE_CERT_MAX bytes, or a list of all keys, or all revocations, that there can
 * be.
 */
#define CLIENT_BUFFER 32768

/**
 * struct transport - the way to the keeper
 * @open: opens a session; sets *@link; returns 0 or an error of the library
 * @invoke: sends the request at the start of @msg, which holds @size bytes, and
 *	    puts the reply there; sets *@len to its length, at most @size;
 *	    returns 0 or an error. The reply is private memory: nobody else can
 *	    change it.
 * @close: ends the session
 */
struct transport {
	int (*open)(void **link);
	int (*invoke)(void *link, uint32_t command, void *msg, size_t size,
		      size_t *len);
	void (*close)(void *link);
};

/* Over the GlobalPlatform TEE Client API. */
extern const struct transport transport_teec;

struct imatee {
	const struct transport *transport;
	void *link;
	_Alignas(8) uint8_t msg[CLIENT_BUFFER];
};

/* imatee_open() over any transport. */
int client_open(struct imatee **session, struct imatee_peer *peer,
		const struct transport *transport);

/*
 * Sends @request, whose head it fills, in session->msg, and leaves the reply
 * there; *@len is its length.
 */
int client_call(struct imatee *session, uint32_t command, void *request,
		size_t size, size_t *len);

/* To the byte order of the ABI. */
uint32_t client_le32(uint32_t value);

#endif /* IMATEE_CLIENT_H */
