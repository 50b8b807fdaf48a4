// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "errnos.h"

#define ERRNOS "/sys/kernel/debug/imatee_errno"

int errnos_open(void)
{
	return open(ERRNOS, O_RDONLY | O_CLOEXEC);
}

static void append(char *out, size_t size, int error)
{
	const char *name = error ? strerrorname_np(-error) : "0";
	size_t len = strlen(out);

	/* some of the kernel's have no name outside of it */
	if (name)
		snprintf(out + len, size - len, "%s%s", len ? "," : "", name);
	else
		snprintf(out + len, size - len, "%s%d", len ? "," : "", error);
}

int errnos_take(int fd, char *out, size_t size)
{
	char text[512], *number, *rest = text;
	ssize_t len = pread(fd, text, sizeof(text) - 1, 0);

	if (len < 0)
		return -1;
	text[len] = '\0';
	*out = '\0';
	while ((number = strtok_r(rest, " ", &rest)))
		append(out, size, atoi(number));
	if (!*out)
		snprintf(out, size, "-");
	return 0;
}
