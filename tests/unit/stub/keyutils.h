/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tool calls of libkeyutils; the tests answer in the kernel's place.
 */
#ifndef KEYUTILS_H
#define KEYUTILS_H

#include <stdint.h>

int keyctl_describe_alloc(int32_t id, char **buffer);
int keyctl_read_alloc(int32_t id, void **buffer);

#endif /* KEYUTILS_H */
