// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"

static enum exit_status fill(const struct arguments *args, size_t max,
			     unsigned char *buf, size_t *len)
{
	FILE *file = fopen(args->operand, "rb");
	int err = errno;

	if (file) {
		errno = 0;
		*len = fread(buf, 1, max + 1, file);
		err = ferror(file) ? errno : 0;
		fclose(file);
	}
	if (err)
		return fail(args, EXIT_FAILED, "io", "%s: %s", args->operand,
			    strerror(err));
	return *len > max ? fail_lib(args, IMATEE_ERR_TOO_LONG) : EXIT_OK;
}

enum exit_status file_read(const struct arguments *args, size_t max,
			   unsigned char **data, size_t *len)
{
	enum exit_status result;

	*len = 0;
	*data = malloc(max + 1);
	if (!*data)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	result = fill(args, max, *data, len);
	if (result) {
		free(*data);
		*data = NULL;
	}
	return result;
}
