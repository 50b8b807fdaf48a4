// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee quote: what the TEE has measured, signed by it, with all that convinces
 * somebody on another machine.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "keyname.h"
#include "log.h"
#include "quote.h"
#include "quote_json.h"
#include "replay.h"

static const enum imatee_hash hashes[BANK_COUNT] = {
	[BANK_SHA1] = IMATEE_HASH_SHA1,
	[BANK_SHA256] = IMATEE_HASH_SHA256,
	[BANK_SHA384] = IMATEE_HASH_SHA384,
};

/**
 * struct from - what whoever verifies has seen
 * @boot_id: in which boot
 * @entries: of the log, from the first one on; 0: nothing
 */
struct from {
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	uint64_t entries;
};

#define BOOT_ID_DIGITS (2 * (size_t)IMATEE_BOOT_ID_SIZE)

static bool parse_from(const char *text, struct from *from)
{
	char boot_id[BOOT_ID_DIGITS + 1] = "";
	char *end;

	if (strnlen(text, BOOT_ID_DIGITS) < BOOT_ID_DIGITS ||
	    text[BOOT_ID_DIGITS] != ':' ||
	    !isdigit((unsigned char)text[BOOT_ID_DIGITS + 1]))
		return false;
	memcpy(boot_id, text, BOOT_ID_DIGITS);
	errno = 0;
	from->entries = strtoull(text + BOOT_ID_DIGITS + 1, &end, 10);
	return !*end && !errno &&
	       keyname_parse_hex(boot_id, from->boot_id,
				 sizeof(from->boot_id)) == IMATEE_BOOT_ID_SIZE;
}

static enum exit_status take_from(const struct arguments *args,
				  struct from *from)
{
	memset(from, 0, sizeof(*from));
	if (!args->from || parse_from(args->from, from))
		return EXIT_OK;
	return fail(
		args, EXIT_USAGE, "usage",
		"--from wants BOOT_ID:N, boot_id and entries of the verifier's state, not %s",
		args->from);
}

/* In another boot none of this log's entries were seen; nor were they if it is shorter. */
static void drop_seen(const struct from *from, struct log *log)
{
	uint64_t position = log->base.trimmed;
	struct entry entry;

	if (memcmp(from->boot_id, log->status.state.boot_id,
		   sizeof(from->boot_id)) ||
	    from->entries > log->status.entries)
		return;
	while (position++ < from->entries)
		entry_next(&log->list, &entry);
}

/* The log as the quote has it. */
static void log_of(const struct imatee_quote_result *result, struct log *log)
{
	memset(&log->status, 0, sizeof(log->status));
	log->status.state = result->state;
	log->status.entries = result->info.entries;
	log->status.violations = result->info.violations;
	log->status.pcrs_used = result->pcrs_used;
	memcpy(log->status.pcrs, result->pcrs, sizeof(log->status.pcrs));
	log->base.state = result->state;
	log->base.trimmed = result->info.trimmed;
	memcpy(log->base.pcrs, result->base, sizeof(log->base.pcrs));
}

/* A kernel in another mode has no list of the TEE's log. */
static enum exit_status compare(const struct arguments *args,
				struct imatee *session,
				const struct imatee_quote_result *result,
				struct log *log, bool *again)
{
	*again = false;
	if (result->info.mode == IMATEE_MODE_FULL) {
		log_of(result, log);
		return log_compare(args, session, log, again);
	}
	if (result->info.entries)
		warnx("the kernel's mode is %s: there is no list of the log of the kernel before it",
		      imatee_mode_name(result->info.mode));
	return EXIT_OK;
}

/* The quote comes first: the list is cut to what it has. */
static enum exit_status take(const struct arguments *args,
			     struct imatee *session, const struct nonce *nonce,
			     struct imatee_quote_result *result,
			     struct log *log)
{
	const enum bank bank = args->options & OPTION_BANK ? args->bank :
							     BANK_SHA256;
	enum exit_status status = EXIT_OK;
	bool again = true;
	int tries, rc;

	for (tries = 0; tries < LOG_TRIES && again && !status; tries++) {
		rc = imatee_quote(session, hashes[bank], nonce->data,
				  nonce->len, result);
		if (rc)
			return fail_lib(args, rc);
		status = compare(args, session, result, log, &again);
	}
	return again && !status ? log_busy(args) : status;
}

/* The values of the PCRs that are quoted. */
static void set_pcrs(struct quote *quote,
		     const struct imatee_quote_result *result)
{
	struct imatee_pcr pcr;
	size_t i;

	quote->pcrs.bank = quote->said.bank;
	quote->pcrs.select = quote->said.pcrs;
	for (i = 0; i < IMATEE_PCRS; i++) {
		pcr = result->pcrs[i];
		memcpy(quote->pcrs.values[i],
		       bank_value(&pcr, quote->pcrs.bank),
		       bank_size(quote->pcrs.bank));
	}
	pcrs_binding(quote->pcrs.bank, quote->binding,
		     quote->pcrs.values[IMATEE_PCR_BINDING]);
}

/* False if its parts do not fit together: nobody could verify it. */
static bool fill(struct quote *quote, const struct imatee_quote_result *result,
		 const struct log *log)
{
	uint8_t digest[32];

	memset(quote, 0, sizeof(*quote));
	memcpy(quote->attest, result->attest, result->attest_len);
	quote->attest_len = result->attest_len;
	memcpy(quote->sig, result->sig, result->sig_len);
	quote->sig_len = result->sig_len;
	memcpy(quote->binding, &result->binding, sizeof(quote->binding));
	memcpy(quote->base, result->base, sizeof(quote->base));
	memcpy(quote->checkpoint, result->checkpoint,
	       sizeof(quote->checkpoint));
	quote->list = log->list;
	quote->info = result->info;
	if (!tpm_parse_quote(quote->attest, quote->attest_len, &quote->said))
		return false;
	set_pcrs(quote, result);
	pcrs_digest(&quote->pcrs, digest);
	return !memcmp(digest, quote->said.pcr_digest, sizeof(digest));
}

static enum exit_status write_all(const struct arguments *args,
				  const struct quote *quote,
				  const struct ak *ak)
{
	enum exit_status result;
	json_t *object = quote_json(args, quote, ak);
	char *text = json_text(object);

	if (quote->info.flags & IMATEE_BINDING_DEVELOPMENT)
		quote_warn_development();
	result = quote_write(args, quote, ak, text);
	free(text);
	if (!result && args->json)
		return json_end(args, object);
	json_decref(object);
	return result;
}

static enum exit_status quote(const struct arguments *args,
			      struct imatee *session, const struct nonce *nonce,
			      const struct from *from, struct log *log)
{
	struct imatee_quote_result result;
	struct imatee_ak answer;
	enum exit_status status;
	struct quote quote;
	struct ak ak;
	int rc;

	status = take(args, session, nonce, &result, log);
	if (status)
		return status;
	drop_seen(from, log);
	rc = imatee_get_ak(session, &answer);
	if (!rc && !ak_from_public(answer.pub, answer.pub_len, &ak))
		rc = IMATEE_LIB_BAD_REPLY;
	if (rc)
		return fail_lib(args, rc);
	if (fill(&quote, &result, log))
		status = write_all(args, &quote, &ak);
	else
		status = fail_lib(args, IMATEE_LIB_BAD_REPLY);
	ak_free(&ak);
	return status;
}

enum exit_status cmd_quote(const struct arguments *args)
{
	struct log log = { .list.bank = QUOTE_LIST_BANK };
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	struct nonce nonce;
	struct from from;

	result = quote_nonce(args, &nonce);
	if (!result && !args->output)
		result = fail(
			args, EXIT_USAGE, "usage",
			"--output is wanted: a directory for the quote's files");
	if (!result)
		result = take_from(args, &from);
	if (!result)
		result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = quote(args, session, &nonce, &from, &log);
	imatee_close(session);
	log_free(&log);
	return result;
}
