// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <linux/fsverity.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "file.h"

#define PATH_SIZE  512
#define BLOCK_SIZE 4096

void die(const char *what)
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

static unsigned char digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = strchr(digits, c);

	if (!c || !found)
		die("no hexadecimal number");
	return found - digits;
}

/*
 * In place: the value is never longer than its text. (sscanf() would look for the
 * text's end for each byte, and most of the time would go there.)
 */
static size_t unhex(char *text)
{
	size_t n;

	if (!strcmp(text, "-"))
		return 0;
	for (n = 0; text[2 * n]; n++)
		text[n] = digit(text[2 * n]) << 4 | digit(text[2 * n + 1]);
	return n;
}

static void create(const char *path, const char *from, char *appended)
{
	size_t len;
	int fd;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path);
	copy_contents(fd, from);
	len = appended ? unhex(appended) : 0;
	if (write(fd, appended, len) != (ssize_t)len || fchmod(fd, 0644) ||
	    close(fd))
		die(path);
}

static void enable_verity(const char *path, const char *hash)
{
	struct fsverity_enable_arg arg = {
		.version = 1,
		.hash_algorithm = strcmp(hash, "sha512") ?
					  FS_VERITY_HASH_ALG_SHA256 :
					  FS_VERITY_HASH_ALG_SHA512,
		.block_size = BLOCK_SIZE,
	};
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || ioctl(fd, FS_IOC_ENABLE_VERITY, &arg))
		die(path);
	close(fd);
}

static int set_xattr(const char *path, const char *name, char *hex)
{
	if (!hex)
		die("malformed list");
	if (!strcmp(hex, "-"))
		return 0;
	return setxattr(path, name, hex, unhex(hex), 0) ? errno : 0;
}

/* The owner comes last: until then nobody appraises the file. */
static void make_contents(struct line *line, const char *from, const char *path,
			  const struct owners *owners)
{
	char *hash = strchr(line->contents, '.');
	uid_t owner = line->appended ? owners->module : owners->plain;
	char source[PATH_SIZE];

	if (hash)
		*hash++ = '\0';
	snprintf(source, sizeof(source), "%s/%s", from, line->contents);
	create(path, source, line->appended);
	if (hash) {
		owner = owners->verity;
		if (strcmp(hash, "none"))
			enable_verity(path, hash);
	}
	if (chown(path, owner, 0))
		die(path);
}

/* security.ima before security.evm: EVM looks at what is there. */
int file_make(struct line *line, const char *from, const char *path,
	      const struct owners *owners)
{
	int error;

	if (strcmp(line->contents, "-"))
		make_contents(line, from, path, owners);
	error = set_xattr(path, "security.ima", line->ima);
	return error ? error : set_xattr(path, "security.evm", line->evm);
}
