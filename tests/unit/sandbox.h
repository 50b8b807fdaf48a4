/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A directory of certificates, and keytab run on it.
 */
#ifndef IMATEE_SANDBOX_H
#define IMATEE_SANDBOX_H

#include "mkcert.h"

/* When keytab believes to run, in seconds since 1970. */
#define NOW 1700000000

struct sandbox {
	char dir[64];
	char message[8192];
};

/* @program: argv[0], beside which keytab is */
void sandbox_init(char *program);
int sandbox_setup(void **state);
int sandbox_teardown(void **state);

/* The path of keytab itself. */
const char *sandbox_keytab(void);

void run_shell(const char *command);
/* Writes a certificate to @name, in the directory of keys. */
void put(struct sandbox *s, const char *name, const struct mkcert *spec);
/* Runs a command in the directory of keys. */
void in_keys(struct sandbox *s, const char *command);
/* Runs keytab; its words are in .message. */
int run_keytab(struct sandbox *s, long now);
void accepts(struct sandbox *s);
/* It stops, names the file first, and says @words. No table is left. */
void refuses_at(struct sandbox *s, long now, const char *file,
		const char *words);
void refuses(struct sandbox *s, const char *file, const char *words);

#define TEST(name, function)                                          \
	{                                                             \
		name, function, sandbox_setup, sandbox_teardown, NULL \
	}

#endif /* IMATEE_SANDBOX_H */
