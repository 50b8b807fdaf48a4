// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * verdict: put the files of the corpus before the kernel, one by one, and print
 * what it says of each.
 *
 *   verdict LIST SIGNATURES SCRATCH OWNER
 *
 * LIST has one line a file: its name, the name of its contents. SIGNATURES
 * holds the contents, and for each file NAME.ima and NAME.evm, the values of its
 * extended attributes (a missing one is an attribute that the file does not
 * have). SCRATCH is a directory on a file system with extended attributes.
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

#define XATTR_MAX 65536
#define PATH_SIZE 512

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* Return: the size, or -1 if there is no such file. */
static ssize_t slurp(const char *path, void *buf, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t len;

	if (fd < 0)
		return -1;
	len = read(fd, buf, size);
	close(fd);
	return len;
}

static void create(const char *path, const char *from, uid_t owner)
{
	static char data[XATTR_MAX];
	ssize_t len = slurp(from, data, sizeof(data));
	int fd;

	if (len < 0)
		die(from);
	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, len) != len || fchown(fd, owner, 0) ||
	    fchmod(fd, 0644) || close(fd))
		die(path);
}

/* security.ima before security.evm: EVM looks at what is there. */
static void set_xattr(const char *path, const char *from, const char *name)
{
	static char value[XATTR_MAX];
	ssize_t len = slurp(from, value, sizeof(value));

	if (len >= 0 && setxattr(path, name, value, len, 0))
		die(name);
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

int main(int argc, char **argv)
{
	char name[128], data[128], path[PATH_SIZE], from[PATH_SIZE];
	int audit = audit_open();
	FILE *list;

	if (argc != 5) {
		fprintf(stderr,
			"usage: verdict LIST SIGNATURES SCRATCH OWNER\n");
		return 2;
	}
	if (audit < 0)
		die("audit");
	list = fopen(argv[1], "r");
	if (!list)
		die(argv[1]);
	while (fscanf(list, "%127s %127s", name, data) == 2) {
		snprintf(path, sizeof(path), "%s/%s", argv[3], name);
		snprintf(from, sizeof(from), "%s/%s", argv[2], data);
		create(path, from, strtoul(argv[4], NULL, 0));
		snprintf(from, sizeof(from), "%s/%s.ima", argv[2], name);
		set_xattr(path, from, "security.ima");
		snprintf(from, sizeof(from), "%s/%s.evm", argv[2], name);
		set_xattr(path, from, "security.evm");
		judge(audit, path, name);
	}
	return 0;
}
