// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee log export: the binary list of measurements, and the PCRs that go with it,
 * for "evmctl ima_measurement" on this machine or another one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "format.h"
#include "json.h"
#include "log.h"

/* Of each bank the file for its PCRs, or NULL. */
struct pcr_files {
	const char *path[BANK_COUNT];
};

/* "FILE", of the list's bank, or "BANK,FILE". */
static enum exit_status parse_pcrs(const struct arguments *args,
				   struct pcr_files *files)
{
	const char *text, *comma;
	enum bank bank;
	size_t i;

	memset(files, 0, sizeof(*files));
	for (i = 0; i < args->pcr_files; i++) {
		text = args->pcrs[i];
		comma = strchr(text, ',');
		bank = args->bank;
		if (comma && !bank_parse(text, comma - text, &bank))
			return fail(args, EXIT_USAGE, "usage",
				    "no such bank in --pcrs %s", text);
		if (files->path[bank])
			return fail(args, EXIT_USAGE, "usage",
				    "--pcrs names the bank %s twice",
				    bank_name(bank));
		files->path[bank] = comma ? comma + 1 : text;
	}
	return EXIT_OK;
}

/*
 * One line for each PCR, from 0 on. evmctl would take blanks between the bytes, too,
 * but no line of SHA-384 with them.
 */
static void print_pcrs(FILE *out, const struct log *log, enum bank bank)
{
	struct imatee_pcr pcr;
	char hex[HEX_MAX];
	unsigned int i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		pcr = log->status.pcrs[i];
		fprintf(out, "PCR-%02u: %s\n", i,
			format_hex(hex, bank_value(&pcr, bank),
				   bank_size(bank)));
	}
}

static void print_list(FILE *out, const struct log *log, enum bank bank)
{
	(void)bank;
	fwrite(log->list.pos, 1, log->list.left, out);
}

/* As the kernel's list, the file is not for others to read. */
static FILE *open_output(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "wb");

	if (fd >= 0 && !out)
		close(fd);
	return out;
}

/* @path: NULL for standard output */
static enum exit_status
write_file(const struct arguments *args, const char *path,
	   const struct log *log, enum bank bank,
	   void (*print)(FILE *out, const struct log *log, enum bank bank))
{
	FILE *out = path ? open_output(path) : stdout;
	bool ok = out;

	if (ok) {
		print(out, log, bank);
		ok = !fflush(out) && !ferror(out);
	}
	if (out && path && fclose(out))
		ok = false;
	if (ok)
		return EXIT_OK;
	return fail(args, EXIT_FAILED, "io", "%s: %s",
		    path ? path : "standard output", strerror(errno));
}

static enum exit_status print_json(const struct arguments *args,
				   const struct log *log)
{
	json_t *object = json_begin(args);

	json_set(object, "trimmed", json_u64(log->base.trimmed));
	json_set(object, "bank", json_string(bank_name(log->list.bank)));
	json_set(object, "entries", json_u64(log->status.entries));
	json_set(object, "violations", json_u64(log->status.violations));
	json_set(object, "bytes", json_u64(log->list.left));
	return json_end(args, object);
}

/* Not "export": clang-format takes that for a keyword of C++. */
static enum exit_status write_all(const struct arguments *args,
				  const struct pcr_files *files,
				  const struct log *log)
{
	enum exit_status result;
	enum bank bank;

	result =
		write_file(args, args->output, log, log->list.bank, print_list);
	for (bank = 0; bank < BANK_COUNT && !result; bank++)
		if (files->path[bank])
			result = write_file(args, files->path[bank], log, bank,
					    print_pcrs);
	if (!result && args->json)
		result = print_json(args, log);
	return result;
}

enum exit_status cmd_log_export(const struct arguments *args)
{
	struct pcr_files files;
	enum exit_status result;
	struct log log;

	/* Standard output is for the list, or for the object. */
	if (args->json && !args->output)
		return fail(args, EXIT_USAGE, "usage",
			    "with --json, --output is wanted for the list");
	result = parse_pcrs(args, &files);
	if (!result)
		result = log_take(args, &log);
	if (result)
		return result;
	result = write_all(args, &files, &log);
	log_free(&log);
	return result;
}
