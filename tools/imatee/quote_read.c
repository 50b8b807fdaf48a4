// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "quote.h"

/* As much as fits into memory, but not without an end. */
#define LIST_MAX ((size_t)1 << 30)

/* Of the other files, which are read to their end to tell that they are too long. */
#define SMALL_MAX 65536

static enum exit_status malformed(const struct arguments *args,
				  const char *name, const char *what)
{
	return fail(args, EXIT_REFUSED, "quote_malformed",
		    "the quote's file %s is not %s", name, what);
}

/*
 * Whether a file cannot be read for a reason of this machine's. For any other, of a
 * directory that is there, who has made it has made it so: his archive may have links in
 * it, and files that nobody may read.
 */
static bool is_ours(int err)
{
	return err == ENOMEM || err == EMFILE || err == ENFILE || err == EIO;
}

static enum exit_status unread(const struct arguments *args, const char *name,
			       size_t max, int err)
{
	if (is_ours(err))
		return fail(args, EXIT_FAILED, "io", "%s/%s: %s", args->operand,
			    name, strerror(err));
	if (err == EFBIG)
		return fail(args, EXIT_REFUSED, "quote_malformed",
			    "the quote's file %s has more than %zu bytes", name,
			    max);
	if (err == ENOENT)
		return malformed(args, name, "there");
	return malformed(args, name,
			 err == EISDIR ? "a file" : "one that can be read");
}

/* A file of the quote's directory; *@data is for free(). */
static enum exit_status load(const struct arguments *args, const char *name,
			     size_t max, uint8_t **data, size_t *len)
{
	int dir = open(args->operand, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int err;

	if (dir < 0)
		return fail(args, EXIT_FAILED, "io", "%s: %s", args->operand,
			    strerror(errno));
	err = file_get_at(dir, name, max, data, len);
	close(dir);
	return err ? unread(args, name, max, err) : EXIT_OK;
}

/* One of at most @max bytes; its length goes to *@len. */
static enum exit_status load_into(const struct arguments *args,
				  const char *name, void *to, size_t max,
				  size_t *len)
{
	enum exit_status result;
	uint8_t *data;

	result = load(args, name, SMALL_MAX, &data, len);
	if (result)
		return result;
	if (*len > max)
		result = malformed(args, name, "as short as it should be");
	else
		memcpy(to, data, *len);
	free(data);
	return result;
}

/* One of exactly @size bytes. */
static enum exit_status load_whole(const struct arguments *args,
				   const char *name, void *to, size_t size,
				   const char *what)
{
	enum exit_status result;
	size_t len;

	result = load_into(args, name, to, size, &len);
	if (!result && len != size)
		result = malformed(args, name, what);
	return result;
}

static enum exit_status load_signed(const struct arguments *args,
				    struct quote *q)
{
	enum exit_status result;

	result = load_into(args, "quote.msg", q->attest, sizeof(q->attest),
			   &q->attest_len);
	if (!result)
		result = load_into(args, "quote.sig", q->sig, sizeof(q->sig),
				   &q->sig_len);
	if (!result && !tpm_parse_quote(q->attest, q->attest_len, &q->said))
		result = malformed(args, "quote.msg",
				   "a TPMS_ATTEST of PCRs in one bank");
	return result;
}

static enum exit_status load_pcrs(const struct arguments *args, struct quote *q)
{
	uint8_t file[PCRS_FILE_MAX];
	enum exit_status result;
	size_t len;

	result = load_into(args, "quote.pcrs", file, sizeof(file), &len);
	if (!result && !pcrs_decode(file, len, &q->pcrs))
		result = malformed(args, "quote.pcrs",
				   "one as tpm2_quote writes it");
	return result;
}

static enum exit_status load_bound(const struct arguments *args,
				   struct quote *q)
{
	enum exit_status result;

	result = load_whole(args, "binding", q->binding, sizeof(q->binding),
			    "a struct imatee_binding");
	if (!result &&
	    imatee_decode_binding(q->binding, sizeof(q->binding), &q->info))
		result = malformed(args, "binding", "a struct imatee_binding");
	if (!result)
		result = load_whole(args, "base", q->base, sizeof(q->base),
				    "24 structs imatee_pcr");
	/* It is looked at by the keeper only, and needed for a receipt only. */
	if (!result && args->receipt)
		result = load_whole(args, "checkpoint", q->checkpoint,
				    sizeof(q->checkpoint), "of 32 bytes");
	return result;
}

enum exit_status quote_read(const struct arguments *args, struct quote *quote)
{
	enum exit_status result;

	memset(quote, 0, sizeof(*quote));
	result = load_signed(args, quote);
	if (!result)
		result = load_pcrs(args, quote);
	if (!result)
		result = load_bound(args, quote);
	if (!result)
		result = load(args, "log", LIST_MAX, &quote->list_data,
			      &quote->list.left);
	quote->list.pos = quote->list_data;
	quote->list.bank = QUOTE_LIST_BANK;
	return result;
}

void quote_free(struct quote *quote)
{
	free(quote->list_data);
	memset(quote, 0, sizeof(*quote));
}
