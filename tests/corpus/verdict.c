// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * verdict: put the files of the corpus before the kernel, one by one, and print
 * what it says of each.
 *
 *   verdict LIST CONTENTS SCRATCH OWNER VERITY-OWNER MODULE-OWNER
 *
 * LIST has one line a file: its name, the name of its contents in the directory
 * CONTENTS, and the values of security.ima and security.evm in hexadecimal, "-"
 * for an attribute that it does not have. SCRATCH is a directory on a file system
 * with extended attributes, OWNER the user whose files are appraised.
 *
 * Contents "NAME.HASH" are for a file with fs-verity by that hash, or by none; the
 * file is VERITY-OWNER's. Contents "-" are those of a file that is in SCRATCH. A
 * fifth column is appended to the contents; that file is MODULE-OWNER's, and it
 * is loaded as a module. It is none, which is found out after its appraisal.
 *
 * One line goes out for each: "NAME errno cause returned", the last being what the
 * kernel's verifications of signatures returned meanwhile. A program, and no shell script,
 * because there are thousands of files and the machine is emulated.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "audit.h"
#include "errnos.h"
#include "file.h"

#define LINE_SIZE 262144
#define PATH_SIZE 512

/* Return: 0, or errno. */
static int read_it(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 ? errno : close(fd);
}

static int load_it(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error;

	if (fd < 0)
		die(path);
	error = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	return error == ENOEXEC ? 0 : error;
}

/* Where the kernel tells what it did. */
struct sources {
	int audit;
	int errnos;
};

static void judge(const struct sources *sources, const struct line *line,
		  const char *path, int error)
{
	char cause[64] = "setxattr";
	char returned[256];

	if (!error) {
		error = line->appended ? load_it(path) : read_it(path);
		strcpy(cause, "-");
		if (error)
			audit_cause(sources->audit, path, cause, sizeof(cause));
	}
	if (errnos_take(sources->errnos, returned, sizeof(returned)))
		die("errnos");
	printf("%s %s %s %s\n", line->name,
	       error ? strerrorname_np(error) : "0", cause, returned);
}

static void take_line(char *text, char **argv, const struct owners *owners,
		      const struct sources *sources)
{
	char path[PATH_SIZE];
	struct line line = { .name = strtok(text, " \n") };

	line.contents = strtok(NULL, " \n");
	line.ima = strtok(NULL, " \n");
	line.evm = strtok(NULL, " \n");
	line.appended = strtok(NULL, " \n");
	if (!line.evm)
		die("malformed list");
	snprintf(path, sizeof(path), "%s/%s", argv[3], line.name);
	judge(sources, &line, path, file_make(&line, argv[2], path, owners));
	unlink(path);
}

int main(int argc, char **argv)
{
	static char text[LINE_SIZE];
	struct owners owners = { 0 };
	const struct sources sources = { audit_open(), errnos_open() };
	FILE *list;

	if (argc != 7) {
		fprintf(stderr, "usage: verdict LIST CONTENTS SCRATCH OWNER "
				"VERITY-OWNER MODULE-OWNER\n");
		return 2;
	}
	if (sources.audit < 0)
		die("audit");
	if (sources.errnos < 0)
		die("errnos");
	owners.plain = strtoul(argv[4], NULL, 0);
	owners.verity = strtoul(argv[5], NULL, 0);
	owners.module = strtoul(argv[6], NULL, 0);
	/* what was before is nobody's */
	if (errnos_take(sources.errnos, text, sizeof(text)))
		die("errnos");
	list = fopen(argv[1], "r");
	if (!list)
		die(argv[1]);
	while (fgets(text, sizeof(text), list))
		take_line(text, argv, &owners, &sources);
	return 0;
}
