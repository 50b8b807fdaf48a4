// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * verdict: put the files of the corpus before the kernel, one by one, and print
 * what it says of each.
 *
 *   verdict LIST CONTENTS SCRATCH OWNER
 *
 * LIST has one line a file: its name, the name of its contents in the directory
 * CONTENTS, and the values of security.ima and security.evm in hexadecimal, "-"
 * for an attribute that it does not have. SCRATCH is a directory on a file system
 * with extended attributes, OWNER the user whose files are appraised.
 *
 * One line goes out for each: "NAME errno cause". A program, and no shell script,
 * because there are hundreds of files and the machine is emulated.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "audit.h"

#define LINE_SIZE 65536
#define PATH_SIZE 512

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static void copy_contents(int to, const char *from)
{
	char buf[4096];
	ssize_t len;
	int fd = open(from, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		die(from);
	while ((len = read(fd, buf, sizeof(buf))) > 0)
		if (write(to, buf, len) != len)
			die(from);
	close(fd);
}

static void create(const char *path, const char *from, uid_t owner)
{
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	copy_contents(fd, from);
	if (fchown(fd, owner, 0) || fchmod(fd, 0644) || close(fd))
		die(path);
}

/* In place: the value is never longer than its text. */
static size_t unhex(char *text)
{
	size_t n = 0;
	unsigned int byte;

	while (sscanf(text + 2 * n, "%2x", &byte) == 1)
		text[n++] = byte;
	return n;
}

static void set_xattr(const char *path, const char *name, char *hex)
{
	char value[LINE_SIZE];

	if (!hex)
		die("malformed list");
	if (!strcmp(hex, "-"))
		return;
	strcpy(value, hex);
	if (setxattr(path, name, value, unhex(value), 0))
		die(path);
}

static void judge(int audit, const char *path, const char *name)
{
	char cause[64] = "-";
	int fd = open(path, O_RDONLY | O_CLOEXEC), error = errno;

	if (fd >= 0) {
		close(fd);
		error = 0;
	} else {
		audit_cause(audit, path, cause, sizeof(cause));
	}
	printf("%s %s %s\n", name, error ? strerrorname_np(error) : "0", cause);
}

/* security.ima before security.evm: EVM looks at what is there. */
static void take_line(char *line, char **argv, int audit)
{
	char path[PATH_SIZE], from[PATH_SIZE];
	const char *name = strtok(line, " \n");
	const char *contents = strtok(NULL, " \n");

	if (!name || !contents)
		die("malformed list");
	snprintf(path, sizeof(path), "%s/%s", argv[3], name);
	snprintf(from, sizeof(from), "%s/%s", argv[2], contents);
	create(path, from, strtoul(argv[4], NULL, 0));
	set_xattr(path, "security.ima", strtok(NULL, " \n"));
	set_xattr(path, "security.evm", strtok(NULL, " \n"));
	judge(audit, path, name);
}

int main(int argc, char **argv)
{
	static char line[LINE_SIZE];
	int audit = audit_open();
	FILE *list;

	if (argc != 5) {
		fprintf(stderr, "usage: verdict LIST CONTENTS SCRATCH OWNER\n");
		return 2;
	}
	if (audit < 0)
		die("audit");
	list = fopen(argv[1], "r");
	if (!list)
		die(argv[1]);
	while (fgets(line, sizeof(line), list))
		take_line(line, argv, audit);
	return 0;
}
