// SPDX-License-Identifier: GPL-2.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sandbox.h"

static char keytab[4096];

void sandbox_init(char *program)
{
	snprintf(keytab, sizeof(keytab), "%s/keytab/keytab", dirname(program));
}

const char *sandbox_keytab(void)
{
	return keytab;
}

void run_shell(const char *command)
{
	assert_int_equal(system(command), 0);
}

int sandbox_setup(void **state)
{
	struct sandbox *s = calloc(1, sizeof(*s));
	char command[256] = "";

	if (!s)
		return -1;
	strcpy(s->dir, "/tmp/keytab-test-XXXXXX");
	if (!mkdtemp(s->dir))
		return -1;
	snprintf(command, sizeof(command),
		 "cd %s && mkdir -p keys/ima keys/evm keys/platform keys/ca",
		 s->dir);
	run_shell(command);
	*state = s;
	return 0;
}

int sandbox_teardown(void **state)
{
	struct sandbox *s = *state;
	char command[256] = "";

	snprintf(command, sizeof(command), "rm -rf %s", s->dir);
	run_shell(command);
	free(s);
	return 0;
}

void put(struct sandbox *s, const char *name, const struct mkcert *spec)
{
	char path[256] = "";

	snprintf(path, sizeof(path), "%s/keys/%s", s->dir, name);
	mkcert_write(spec, path);
}

void in_keys(struct sandbox *s, const char *command)
{
	char line[4096] = "";

	snprintf(line, sizeof(line), "cd %s/keys && %s", s->dir, command);
	run_shell(line);
}

int run_keytab(struct sandbox *s, long now)
{
	char line[8192] = "";
	FILE *pipe = NULL;
	size_t len = 0;
	int status = 0;

	snprintf(line, sizeof(line),
		 "cd %s && %s --table t.c --digest d.c --now %ld keys 2>&1",
		 s->dir, keytab, now);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	len = fread(s->message, 1, sizeof(s->message) - 1, pipe);
	s->message[len] = '\0';
	status = pclose(pipe);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

void accepts(struct sandbox *s)
{
	if (run_keytab(s, NOW))
		fail_msg("refused: %s", s->message);
}

void refuses_at(struct sandbox *s, long now, const char *file,
		const char *words)
{
	char start[256] = "";

	snprintf(start, sizeof(start), "keys/%s: ", file);
	assert_int_equal(run_keytab(s, now), 1);
	if (strncmp(s->message, start, strlen(start)) ||
	    !strstr(s->message, words))
		fail_msg("expected \"%s... %s\", got \"%s\"", start, words,
			 s->message);
	in_keys(s, "test ! -e ../t.c && test ! -e ../d.c");
}

void refuses(struct sandbox *s, const char *file, const char *words)
{
	refuses_at(s, NOW, file, words);
}
