/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session with a trusted application over the ioctls of /dev/tee0.
 */
#ifndef TEECALL_H
#define TEECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct tee_link - an open session with one shared buffer
 * @login: TEE_IOCTL_LOGIN_*, to be set before tee_open()
 * @uuid: of the trusted application, as the sixteen octets of RFC 9562; to be
 *	  set with one of the functions below before tee_open()
 * @fd: /dev/tee0
 * @session: identifier of the session
 * @shm_id: identifier of the shared buffer
 * @msg: where the shared buffer is mapped
 * @size: its size in bytes
 */
struct tee_link {
	uint32_t login;
	uint8_t uuid[16];
	int fd;
	uint32_t session;
	int shm_id;
	void *msg;
	size_t size;
};

void tee_use_imatee(struct tee_link *tee, bool verifier);
bool tee_parse_uuid(struct tee_link *tee, const char *uuid);

/* Both say on standard output why they failed, in one line. */
bool tee_open(struct tee_link *tee);
bool tee_invoke(struct tee_link *tee, uint32_t command);

void tee_close(struct tee_link *tee);

#endif /* TEECALL_H */
