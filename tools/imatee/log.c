// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel stores the entries; the TEE has made them, and has their PCRs. Between
 * a question to the one and to the other there may be new ones. So the TEE is asked
 * first, and the list is cut to as many entries as there were then.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "log.h"
#include "replay.h"

/* The unit tests have one of their own. */
#ifndef LIST_DIR
#define LIST_DIR "/sys/kernel/security/ima"
#endif
#define LIST_NAME LIST_DIR "/binary_runtime_measurements_%s"

/* The kernel stores an entry when the TEE has answered: it may be late by a moment. */
#define LIST_TRIES   20
#define LIST_WAIT_US 50000

static const struct refusal refusals[] = {
	{ EBADMSG, EXIT_DIFFERENT, 0, "list_differs",
	  "the kernel's list of measurements was changed, or entries of it are missing: its log (\"imatee: measurement list\") says which entries" },
	{ EACCES, EXIT_NO_PERMISSION, 0, "no_permission",
	  LIST_DIR " may not be read: run as root" },
	{ EPERM, EXIT_NO_PERMISSION, 0, "no_permission",
	  LIST_DIR " may not be read: run as root" },
	{ ENOENT, EXIT_REFUSED, 0, "no_list_file",
	  LIST_DIR " does not have this list: securityfs is not mounted" },
	{ ENOMEM, EXIT_FAILED, IMATEE_LIB_NO_MEMORY, NULL, NULL },
	{ EIO, EXIT_FAILED, 0, "tee_failed",
	  "the kernel got no answer from the TEE: see /sys/kernel/security/integrity/tee/state" },
};

static enum exit_status no_log(const struct arguments *args,
			       const struct imatee_status *status)
{
	return fail(
		args, EXIT_REFUSED, "no_log",
		"nothing is measured in the TEE: the kernel's mode is %s, boot with imatee.mode=full",
		status->state.attach_count ? imatee_mode_name(status->mode) :
					     "off");
}

enum exit_status log_status(const struct arguments *args,
			    struct imatee *session, bool listed,
			    struct imatee_log_status *status)
{
	struct imatee_status keeper;
	int rc;

	rc = imatee_get_status(session, &keeper);
	if (rc)
		return fail_lib(args, rc);
	rc = imatee_log_status(session, status);
	/* That an older keeper does not know the command is no matter then. */
	if (keeper.mode != IMATEE_MODE_FULL &&
	    (rc == IMATEE_ERR_UNKNOWN_COMMAND ||
	     (!rc && (listed || !status->entries))))
		return no_log(args, &keeper);
	return rc ? fail_lib(args, rc) : EXIT_OK;
}

static int read_list(struct log *log)
{
	char path[128];
	int fd, rc;

	snprintf(path, sizeof(path), LIST_NAME, bank_name(log->list.bank));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno;
	free(log->data);
	rc = file_read_fd(fd, SIZE_MAX, &log->data, &log->list.left);
	close(fd);
	log->list.pos = log->data;
	return rc;
}

static enum exit_status report(const struct arguments *args,
			       const struct log *log, enum verdict verdict,
			       uint64_t position)
{
	switch (verdict) {
	case LIST_SHORT:
		return fail(
			args, EXIT_DIFFERENT, "list_incomplete",
			"the kernel's list has %" PRIu64
			" entries, the TEE's log %" PRIu64 "%s",
			position - log->base.trimmed,
			log->status.entries - log->base.trimmed,
			log->status.state.attach_count > 1 ?
				": those of a kernel before kexec are not in it" :
				"");
	case LIST_MALFORMED:
		return fail(args, EXIT_DIFFERENT, "list_malformed",
			    "entry %" PRIu64
			    " of the kernel's list is none that IMA makes",
			    position);
	case LIST_DIGEST:
		return fail(
			args, EXIT_DIFFERENT, "list_differs",
			"entry %" PRIu64
			" of the kernel's list does not have the digest of what it says",
			position);
	default:
		return fail(
			args, EXIT_DIFFERENT, "list_differs",
			"the kernel's list is not the TEE's log: with its entries the PCRs would have other values");
	}
}

enum exit_status log_base(const struct arguments *args, struct imatee *session,
			  struct imatee_log_base *base)
{
	int rc = imatee_log_base(session, base);

	if (rc != IMATEE_ERR_UNKNOWN_COMMAND)
		return rc ? fail_lib(args, rc) : EXIT_OK;
	memset(base, 0, sizeof(*base));
	return EXIT_OK;
}

static bool was_trimmed(struct imatee *session, const struct log *log)
{
	struct imatee_log_base base;

	return !imatee_log_base(session, &base) &&
	       base.trimmed != log->base.trimmed;
}

/*
 * A list that does not fit may be late: behind the log, or, if the log was trimmed, with
 * entries that the kernel has not dropped yet.
 */
static bool may_be_late(const struct log *log, enum verdict verdict)
{
	return verdict == LIST_SHORT || log->base.trimmed;
}

enum exit_status log_compare(const struct arguments *args,
			     struct imatee *session, struct log *log,
			     bool *again)
{
	enum verdict verdict = LIST_SHORT;
	uint64_t position = 0;
	int tries, rc;

	*again = false;
	for (tries = 0; tries < LIST_TRIES && may_be_late(log, verdict);
	     tries++) {
		if (tries)
			usleep(LIST_WAIT_US);
		rc = read_list(log);
		/* The kernel's word for a list that was trimmed before its end was read. */
		*again = rc == ESTALE;
		if (*again)
			return EXIT_OK;
		if (rc)
			return fail_errno(args, refusals, ARRAY_SIZE(refusals),
					  rc, LIST_DIR);
		verdict =
			replay(&log->status, &log->base, &log->list, &position);
		if (verdict == LIST_HOLDS)
			return EXIT_OK;
		*again = was_trimmed(session, log);
		if (*again)
			return EXIT_OK;
	}
	return report(args, log, verdict, position);
}

enum exit_status log_busy(const struct arguments *args)
{
	return fail(args, EXIT_FAILED, "log_busy",
		    "the log is trimmed faster than it can be read: try again");
}

static enum exit_status take(const struct arguments *args,
			     struct imatee *session, struct log *log)
{
	enum exit_status result = EXIT_OK;
	bool again = true;
	int tries;

	for (tries = 0; tries < LOG_TRIES && again && !result; tries++) {
		result = log_base(args, session, &log->base);
		if (!result)
			result = log_status(args, session, true, &log->status);
		if (!result)
			result = log_compare(args, session, log, &again);
	}
	return again && !result ? log_busy(args) : result;
}

enum exit_status log_take(const struct arguments *args, struct log *log)
{
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;

	memset(log, 0, sizeof(*log));
	log->list.bank = args->bank;
	result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = take(args, session, log);
	imatee_close(session);
	if (result)
		log_free(log);
	return result;
}

void log_free(struct log *log)
{
	free(log->data);
	memset(log, 0, sizeof(*log));
}
