/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whole files.
 */
#ifndef IMATEE_FILE_H
#define IMATEE_FILE_H

#include "tool.h"

/*
 * Reads args->operand, for the keeper. *@data is its bytes, to be given to free(), *@len
 * how many; one of more than @max bytes is refused as the keeper would.
 */
enum exit_status file_read(const struct arguments *args, size_t max,
			   unsigned char **data, size_t *len);

/* The same of any file, for the tool itself. */
enum exit_status file_load(const struct arguments *args, const char *path,
			   size_t max, unsigned char **data, size_t *len);

/*
 * The same of a file in an open directory that somebody else has made, and for who says
 * himself what is wrong. Nothing is followed, waited for or has effects: what is no
 * regular file is not opened. Returns 0 or an errno, EISDIR for that and EFBIG if it is
 * too long; *@data is NULL then.
 */
int file_get_at(int dir, const char *name, size_t max, uint8_t **data,
		size_t *len);

/*
 * Reads all of an open file, of at most @max bytes. Returns 0 or an errno, EFBIG if
 * there is more. *@data is for free() in any case.
 */
int file_read_fd(int fd, size_t max, uint8_t **data, size_t *len);

/* All of it in one write, as securityfs wants it. Returns 0 or an errno. */
int file_write_once(const char *path, const void *data, size_t len);

/* Writes it to args->output, or to standard output. */
enum exit_status file_output(const struct arguments *args, const void *data,
			     size_t len);

/*
 * Makes a file that is not there, for its owner alone, in an open directory. Returns 0
 * or an errno.
 */
int file_create_at(int dir, const char *name, const void *data, size_t len);

/*
 * Puts a file in the place of another one, if there is one, for its owner alone: all of
 * it, or the other one stays. It is on the disk then. What is there and is no regular
 * file is refused.
 */
enum exit_status file_replace(const struct arguments *args, const char *path,
			      const void *data, size_t len);

#endif /* IMATEE_FILE_H */
