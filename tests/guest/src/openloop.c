// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * openloop: have files appraised over and over, until killed, told to end
 * (SIGTERM), or until SECONDS are over.
 *
 *   openloop [-r] SECONDS FILE...
 *
 * A verdict is kept with the inode, so each round touches the file's mode: that
 * makes IMA and EVM look again. Prints the number of appraisals, and fails with
 * the first refusal; with -r, with the first that is none, or has another reason
 * than EACCES.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Each refusal is a line on the console: not more of them than it can take. */
#define REFUSAL_PAUSE_US 20000

static volatile sig_atomic_t told_to_end;

static void on_term(int number)
{
	(void)number;
	told_to_end = 1;
}

static int appraise(const char *path)
{
	struct stat st;
	int fd;

	if (stat(path, &st) || chmod(path, st.st_mode & 07777))
		return -1;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	return close(fd);
}

/* Returns whether it went as it should; else errno tells how, 0 for no refusal. */
static bool goes_well(const char *path, bool refused)
{
	int failed = appraise(path);

	if (!refused)
		return !failed;
	if (!failed) {
		errno = 0;
		return false;
	}
	if (errno != EACCES)
		return false;
	usleep(REFUSAL_PAUSE_US);
	return true;
}

static int loop(char **paths, bool refused, time_t end)
{
	unsigned long count = 0;
	int i;

	do {
		for (i = 0; paths[i]; i++, count++) {
			if (!goes_well(paths[i], refused)) {
				printf("%s: %s after %lu\n", paths[i],
				       strerror(errno), count);
				return 1;
			}
		}
	} while (!told_to_end && time(NULL) < end);
	printf("%lu\n", count);
	return 0;
}

int main(int argc, char **argv)
{
	/* A system call that it interrupts is not cut short. */
	struct sigaction end = { .sa_handler = on_term,
				 .sa_flags = SA_RESTART };
	bool refused = argc > 1 && !strcmp(argv[1], "-r");

	argc -= refused;
	argv += refused;
	if (argc < 3) {
		fprintf(stderr, "usage: openloop [-r] SECONDS FILE...\n");
		return 2;
	}
	sigaction(SIGTERM, &end, NULL);
	return loop(argv + 2, refused, time(NULL) + strtol(argv[1], NULL, 0));
}
