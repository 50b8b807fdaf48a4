// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * openloop: have files appraised over and over, until killed or until SECONDS
 * are over.
 *
 *   openloop SECONDS FILE...
 *
 * A verdict is kept with the inode, so each round touches the file's mode: that
 * makes IMA and EVM look again. Prints the number of appraisals, and fails with
 * the first refusal.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

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

int main(int argc, char **argv)
{
	unsigned long count = 0;
	time_t end;
	int i;

	if (argc < 3) {
		fprintf(stderr, "usage: openloop SECONDS FILE...\n");
		return 2;
	}
	end = time(NULL) + strtol(argv[1], NULL, 0);
	do {
		for (i = 2; i < argc; i++, count++) {
			if (appraise(argv[i])) {
				printf("%s: %s after %lu\n", argv[i],
				       strerror(errno), count);
				return 1;
			}
		}
	} while (time(NULL) < end);
	printf("%lu\n", count);
	return 0;
}
