/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file of the corpus, as its line in the list says.
 */
#ifndef FILE_H
#define FILE_H

#include <sys/types.h>

/* Whose files the policy appraises, and by what. */
struct owners {
	uid_t plain; /* security.ima, of the file's hash */
	uid_t verity; /* security.ima, of its fs-verity digest */
	uid_t module; /* a signature that is appended */
};

struct line {
	const char *name;
	char *contents; /* "-": the file is there, and as it should be */
	char *ima;
	char *evm;
	char *appended; /* NULL, or what follows the contents */
};

void die(const char *what) __attribute__((noreturn));

/**
 * file_make - make the file, and set its extended attributes
 * @line: which is taken apart
 * @from: directory of the contents
 * @path: of the file
 *
 * Return: 0, or errno if the kernel refuses an attribute.
 */
int file_make(struct line *line, const char *from, const char *path,
	      const struct owners *owners);

#endif /* FILE_H */
