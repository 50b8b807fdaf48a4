// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * resident: how much of the file at descriptor FD is in memory? Prints the number of
 * pages. The file is not opened, so nobody measures it for that.
 *
 *   resident FD
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Return: a number of pages, or -1. */
static long resident(int fd)
{
	long size = sysconf(_SC_PAGESIZE), count = 0, pages, i;
	unsigned char *present;
	struct stat st;
	void *map;

	if (fstat(fd, &st) || !st.st_size)
		return -1;
	pages = (st.st_size + size - 1) / size;
	present = malloc(pages);
	map = mmap(NULL, st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (!present || map == MAP_FAILED ||
	    mincore(map, st.st_size, present)) {
		free(present);
		return -1;
	}
	for (i = 0; i < pages; i++)
		count += present[i] & 1;
	free(present);
	return count;
}

int main(int argc, char **argv)
{
	long count;

	if (argc != 2) {
		fprintf(stderr, "usage: resident FD\n");
		return 2;
	}
	count = resident(atoi(argv[1]));
	if (count < 0) {
		perror("resident");
		return 1;
	}
	printf("%ld\n", count);
	return 0;
}
