// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

#define FIRST_SIZE 131072

int file_read_fd(int fd, size_t max, uint8_t **data, size_t *len)
{
	size_t size = 0;
	uint8_t *more;
	ssize_t n = 1;

	*data = NULL;
	*len = 0;
	while (n) {
		if (size - *len < FIRST_SIZE / 2) {
			size = size ? 2 * size : FIRST_SIZE;
			more = realloc(*data, size);
			if (!more)
				return ENOMEM;
			*data = more;
		}
		n = read(fd, *data + *len, size - *len);
		if (n < 0 && errno != EINTR)
			return errno;
		*len += n > 0 ? (size_t)n : 0;
		if (*len > max)
			return EFBIG;
	}
	return 0;
}

/* Closes @fd. *@data is there on success only. */
static int get(int fd, size_t max, uint8_t **data, size_t *len)
{
	int err = file_read_fd(fd, max, data, len);

	close(fd);
	if (err) {
		free(*data);
		*data = NULL;
	}
	return err;
}

/* Of a file that the tool's user names. */
static int file_get(const char *path, size_t max, uint8_t **data, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? errno : get(fd, max, data, len);
}

int file_get_at(int dir, const char *name, size_t max, uint8_t **data,
		size_t *len)
{
	struct stat status;
	int fd;

	*data = NULL;
	*len = 0;
	if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW))
		return errno;
	if (!S_ISREG(status.st_mode))
		return EISDIR;
	if ((uintmax_t)status.st_size > max)
		return EFBIG;
	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? errno : get(fd, max, data, len);
}

static enum exit_status failed(const struct arguments *args, const char *path,
			       int err)
{
	return fail(args, EXIT_FAILED, "io", "%s: %s", path, strerror(err));
}

enum exit_status file_read(const struct arguments *args, size_t max,
			   unsigned char **data, size_t *len)
{
	int err = file_get(args->operand, max, data, len);

	if (err == EFBIG)
		return fail_lib(args, IMATEE_ERR_TOO_LONG);
	return err ? failed(args, args->operand, err) : EXIT_OK;
}

enum exit_status file_load(const struct arguments *args, const char *path,
			   size_t max, unsigned char **data, size_t *len)
{
	int err = file_get(path, max, data, len);

	if (err == EFBIG)
		return fail(args, EXIT_FAILED, "too_long",
			    "%s: this has more than %zu bytes", path, max);
	return err ? failed(args, path, err) : EXIT_OK;
}

int file_write_once(const char *path, const void *data, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t n;
	int err = 0;

	if (fd < 0)
		return errno;
	n = write(fd, data, len);
	if (n < 0)
		err = errno;
	else if ((size_t)n != len)
		err = EIO;
	close(fd);
	return err;
}

enum exit_status file_output(const struct arguments *args, const void *data,
			     size_t len)
{
	FILE *out = args->output ? fopen(args->output, "wb") : stdout;
	bool ok = out && fwrite(data, 1, len, out) == len && !fflush(out);

	if (out && args->output && fclose(out))
		ok = false;
	return ok ? EXIT_OK :
		    failed(args,
			   args->output ? args->output : "standard output",
			   errno);
}

/* Closes @fd. Returns 0 or an errno. */
static int store(int fd, const void *data, size_t len)
{
	const uint8_t *pos = data;
	int err = 0;
	ssize_t n;

	while (len && !err) {
		n = write(fd, pos, len);
		if (n < 0 && errno != EINTR)
			err = errno;
		pos += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	if (!err && fsync(fd))
		err = errno;
	if (close(fd) && !err)
		err = errno;
	return err;
}

int file_create_at(int dir, const char *name, const void *data, size_t len)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);

	return fd < 0 ? errno : store(fd, data, len);
}

/* So that the name of @path outlasts a loss of power. Returns 0 or an errno. */
static int sync_directory(const char *path)
{
	char *copy = strdup(path);
	int err = 0, dir;

	if (!copy)
		return ENOMEM;
	dir = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(copy);
	if (dir < 0)
		return errno;
	/* EINVAL: this file system has no such thing. */
	if (fsync(dir) && errno != EINVAL)
		err = errno;
	close(dir);
	return err;
}

/* Returns 0 or an errno. */
static int replace(const char *path, const char *temporary, int fd,
		   const void *data, size_t len)
{
	int err = store(fd, data, len);

	if (!err && rename(temporary, path))
		err = errno;
	if (err) {
		unlink(temporary);
		return err;
	}
	return sync_directory(path);
}

enum exit_status file_replace(const struct arguments *args, const char *path,
			      const void *data, size_t len)
{
	struct stat status;
	char *temporary;
	int fd, err;

	/* What would be replaced is the link, or the device. */
	if (!lstat(path, &status) && !S_ISREG(status.st_mode))
		return fail(args, EXIT_FAILED, "io",
			    "%s: this is no regular file", path);
	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	fd = mkostemp(temporary, O_CLOEXEC);
	err = fd < 0 ? errno : replace(path, temporary, fd, data, len);
	free(temporary);
	return err ? failed(args, path, err) : EXIT_OK;
}
