/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What verifications of signatures have returned: tests/module/errno.c tells.
 */
#ifndef ERRNOS_H
#define ERRNOS_H

#include <stddef.h>

/* Return: a file descriptor, or -1 with errno. */
int errnos_open(void);

/**
 * errnos_take - what has been returned since the last time
 * @fd: from errnos_open()
 * @out: where it goes: "0,EKEYREJECTED", or "-" if nothing was verified
 * @size: bytes of @out
 *
 * Return: 0, or -1 with errno.
 */
int errnos_take(int fd, char *out, size_t size);

#endif /* ERRNOS_H */
