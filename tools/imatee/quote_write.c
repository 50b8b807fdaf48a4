// SPDX-License-Identifier: GPL-2.0-or-later
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "format.h"
#include "quote.h"

/* One file. */
struct part {
	const char *name;
	const void *data;
	size_t len;
};

#define PARTS_MAX 16

struct parts {
	struct part part[PARTS_MAX];
	size_t count;
};

static void add(struct parts *parts, const char *name, const void *data,
		size_t len)
{
	parts->part[parts->count++] =
		(struct part){ .name = name, .data = data, .len = len };
}

void quote_warn_development(void)
{
	warnx("DEVELOPMENT: the device has no key of its own, anyone can sign as it does: "
	      "such a quote proves nothing");
}

/* The form that "imatee log export" writes, for free(). */
static char *pcrs_text(const struct pcrs *pcrs)
{
	char *text = NULL;
	char hex[HEX_MAX];
	size_t len, i;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		errx(EXIT_FAILED, "out of memory");
	for (i = 0; i < IMATEE_PCRS; i++)
		fprintf(out, "PCR-%02zu: %s\n", i,
			format_hex(hex, pcrs->values[i],
				   bank_size(pcrs->bank)));
	if (fclose(out))
		errx(EXIT_FAILED, "out of memory");
	return text;
}

/* Returns 0 or an errno. */
static int fill(int dir, const struct parts *parts)
{
	const struct part *p;
	int err = 0;

	for (p = parts->part; p < parts->part + parts->count && !err; p++)
		err = file_create_at(dir, p->name, p->data, p->len);
	return err;
}

static void discard(int dir, const char *path, const struct parts *parts)
{
	size_t i;

	for (i = 0; i < parts->count && dir >= 0; i++)
		unlinkat(dir, parts->part[i].name, 0);
	rmdir(path);
}

/* The directory that was just made, and not what somebody has put in its place. */
static int open_made(const char *path)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (dir < 0)
		return -1;
	if (!fstat(dir, &st) && st.st_uid == geteuid() &&
	    (st.st_mode & 07777) == 0700)
		return dir;
	close(dir);
	errno = EPERM;
	return -1;
}

/*
 * A directory under another name first: whoever waits for this one finds all of it. It
 * may take the place of one that is empty. Returns 0 or an errno.
 */
static int make(const char *path, const struct parts *parts)
{
	char *temporary;
	int dir, err;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return ENOMEM;
	if (!mkdtemp(temporary)) {
		err = errno;
		free(temporary);
		return err;
	}
	dir = open_made(temporary);
	err = dir < 0 ? errno : fill(dir, parts);
	if (!err && rename(temporary, path))
		err = errno;
	if (err)
		discard(dir, temporary, parts);
	if (dir >= 0)
		close(dir);
	free(temporary);
	return err;
}

static enum exit_status write_parts(const struct arguments *args,
				    const struct parts *parts)
{
	char *path = strdup(args->output);
	size_t len;
	int err;

	if (!path)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	for (len = strlen(path); len > 1 && path[len - 1] == '/'; len--)
		path[len - 1] = '\0';
	err = make(path, parts);
	free(path);
	return err ? fail(args, EXIT_FAILED, "io", "%s: %s", args->output,
			  strerror(err)) :
		     EXIT_OK;
}

enum exit_status quote_write(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const char *json)
{
	uint8_t tpm2b[AK_TPM2B_SIZE];
	uint8_t values[PCRS_FILE_MAX];
	char *text = pcrs_text(&quote->pcrs);
	char *pem = ak_pem(ak);
	struct parts parts = { 0 };
	enum exit_status result;

	ak_tpm2b(ak, tpm2b);
	add(&parts, "quote.msg", quote->attest, quote->attest_len);
	add(&parts, "quote.sig", quote->sig, quote->sig_len);
	add(&parts, "quote.pcrs", values, pcrs_encode(&quote->pcrs, values));
	add(&parts, "binding", quote->binding, sizeof(quote->binding));
	add(&parts, "base", quote->base, sizeof(quote->base));
	add(&parts, "checkpoint", quote->checkpoint, sizeof(quote->checkpoint));
	add(&parts, "log", quote->list.pos, quote->list.left);
	add(&parts, "pcrs", text, strlen(text));
	add(&parts, "ak.pem", pem, strlen(pem));
	add(&parts, "ak.pub", tpm2b, sizeof(tpm2b));
	add(&parts, "quote.json", json, strlen(json));
	result = write_parts(args, &parts);
	free(text);
	free(pem);
	return result;
}
