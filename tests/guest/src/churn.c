// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * churn: have one file measured COUNT times, each time with another content; without
 * end if COUNT is 0. Prints how often it was.
 *
 *   churn FILE COUNT
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* IMA looks again at what was written to, once nobody writes any more. */
static bool change(const char *path, unsigned long number)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && dprintf(fd, "%020lu\n", number) > 0;

	return close(fd) == 0 && done;
}

static bool look(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return close(fd) == 0;
}

int main(int argc, char **argv)
{
	unsigned long count, i;

	if (argc != 3) {
		fprintf(stderr, "usage: churn FILE COUNT\n");
		return 2;
	}
	count = strtoul(argv[2], NULL, 0);
	for (i = 0; !count || i < count; i++) {
		if (!change(argv[1], i) || !look(argv[1])) {
			perror(argv[1]);
			break;
		}
	}
	printf("%lu\n", i);
	return i != count;
}
