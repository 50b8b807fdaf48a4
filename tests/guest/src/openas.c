// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * openas: have a file read by a process of these users and groups: real, effective
 * and saved ones.
 *
 *   openas UID,EUID,SUID GID,EGID,SGID FILE
 */
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <unistd.h>

static int parse(const char *arg, unsigned int id[3])
{
	return sscanf(arg, "%u,%u,%u", &id[0], &id[1], &id[2]) == 3;
}

int main(int argc, char **argv)
{
	unsigned int u[3], g[3];

	if (argc != 4 || !parse(argv[1], u) || !parse(argv[2], g)) {
		fprintf(stderr,
			"usage: openas UID,EUID,SUID GID,EGID,SGID FILE\n");
		return 2;
	}
	if (setgroups(0, NULL) || setresgid(g[0], g[1], g[2]) ||
	    setresuid(u[0], u[1], u[2]) ||
	    open(argv[3], O_RDONLY | O_CLOEXEC) < 0) {
		perror(argv[3]);
		return 1;
	}
	return 0;
}
