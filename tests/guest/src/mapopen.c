// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mapopen: run a command while a file is mapped for writing (-x: as a program is),
 * and no descriptor is open any more.
 *
 *   mapopen [-x] FILE COMMAND...
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int map(const char *path, bool program)
{
	int fd = open(path, (program ? O_RDONLY : O_RDWR) | O_CLOEXEC);
	int prot = PROT_READ | (program ? PROT_EXEC : PROT_WRITE);
	int flags = program ? MAP_PRIVATE : MAP_SHARED;
	void *at = mmap(NULL, 1, prot, flags, fd, 0);

	if (at == MAP_FAILED)
		return -1;
	return close(fd);
}

int main(int argc, char **argv)
{
	bool program = argc > 1 && !strcmp(argv[1], "-x");
	int status;
	pid_t pid;

	argc -= program;
	argv += program;
	if (argc < 3) {
		fprintf(stderr, "usage: mapopen [-x] FILE COMMAND...\n");
		return 2;
	}
	if (map(argv[1], program)) {
		perror(argv[1]);
		return 1;
	}
	/* What a mapping holds, exec would let go of. */
	pid = fork();
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
