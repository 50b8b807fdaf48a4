/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Put before keytab's sources for a test that has to go on when they refuse.
 */
#ifndef IMATEE_KEYTAB_EXIT_H
#define IMATEE_KEYTAB_EXIT_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <stdlib.h>

void test_exit(int status) __attribute__((noreturn));

#define exit(status)	  test_exit(status)
#define errx(status, ...) test_exit(status)

#endif /* IMATEE_KEYTAB_EXIT_H */
