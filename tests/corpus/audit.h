/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Audit records of the kernel, as they are sent: the kernel log may drop some.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include <stddef.h>

/* Return: a file descriptor, or -1 with errno. */
int audit_open(void);

/**
 * audit_cause - find the record that says why a file was refused
 * @fd: from audit_open()
 * @path: as it was opened
 * @cause: where the cause goes; "-" if there is no such record
 * @size: bytes of @cause
 */
void audit_cause(int fd, const char *path, char *cause, size_t size);

#endif /* AUDIT_H */
