// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mapopen: run a command while a file is mapped for writing, and no descriptor is
 * open any more.
 *
 *   mapopen FILE COMMAND...
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int map(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	void *at = mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	if (at == MAP_FAILED)
		return -1;
	return close(fd);
}

int main(int argc, char **argv)
{
	int status;
	pid_t pid;

	if (argc < 3) {
		fprintf(stderr, "usage: mapopen FILE COMMAND...\n");
		return 2;
	}
	if (map(argv[1])) {
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
