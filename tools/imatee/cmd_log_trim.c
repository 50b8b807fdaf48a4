// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee log trim FILE: bring a receipt, so that the log begins later.
 *
 * Trimming is the kernel's command, since it forgets the entries then: this goes through
 * securityfs. Where the log begins is asked of the TEE.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "json.h"
#include "log.h"
#include "receipt.h"

#define TRIM_FILE "/sys/kernel/security/integrity/tee/trim"

static const struct refusal refusals[] = {
	{ ESTALE, EXIT_REFUSED, IMATEE_ERR_CHECKPOINT, NULL, NULL },
	{ EKEYREJECTED, EXIT_REFUSED, IMATEE_ERR_RECEIPT, NULL, NULL },
	{ EINVAL, EXIT_REFUSED, 0, "receipt_malformed",
	  "this is no receipt: \"imatee verify-quote --receipt\" writes one" },
	{ EFBIG, EXIT_REFUSED, 0, "receipt_malformed",
	  "this is no receipt: its signature is too long" },
	{ ENOMEM, EXIT_FAILED, IMATEE_ERR_RESOURCES, NULL, NULL },
	{ EACCES, EXIT_NO_PERMISSION, 0, "no_permission",
	  TRIM_FILE " may not be written to: run as root" },
	{ EPERM, EXIT_NO_PERMISSION, 0, "no_permission",
	  TRIM_FILE " may not be written to: run as root" },
	{ ENOENT, EXIT_REFUSED, 0, "no_trim_file",
	  TRIM_FILE
	  " is not there: the kernel was not booted with imatee.mode=full or is older than the tool, or securityfs is not mounted" },
	{ EIO, EXIT_FAILED, 0, "tee_failed",
	  "the kernel got no answer from the TEE: see /sys/kernel/security/integrity/tee/state" },
};

static enum exit_status tell(const struct arguments *args, uint64_t before,
			     uint64_t now)
{
	json_t *object;

	if (args->json) {
		object = json_begin(args);
		json_set(object, "before", json_u64(before));
		json_set(object, "trimmed", json_u64(now));
		return json_end(args, object);
	}
	if (now == before)
		printf("the log begins at entry %" PRIu64 ", as before\n", now);
	else
		printf("the log begins at entry %" PRIu64
		       ", before it was %" PRIu64 "\n",
		       now, before);
	return EXIT_OK;
}

static enum exit_status bring(const struct arguments *args,
			      struct imatee *session,
			      const unsigned char *receipt, size_t len)
{
	struct imatee_log_base before, now;
	enum exit_status result;
	int err;

	result = log_base(args, session, &before);
	if (result)
		return result;
	err = file_write_once(TRIM_FILE, receipt, len);
	if (err)
		return fail_brought(args, session, refusals,
				    ARRAY_SIZE(refusals), err, TRIM_FILE);
	result = log_base(args, session, &now);
	return result ? result : tell(args, before.trimmed, now.trimmed);
}

enum exit_status cmd_log_trim(const struct arguments *args)
{
	enum exit_status result;
	unsigned char *receipt;
	struct imatee *session;
	struct imatee_peer peer;
	size_t len;

	result = file_load(args, args->operand, RECEIPT_MAX, &receipt, &len);
	if (result)
		return result;
	/* The kernel may have an errno of its own for nothing at all. */
	if (len < RECEIPT_MIN)
		result = fail_errno(args, refusals, ARRAY_SIZE(refusals),
				    EINVAL, TRIM_FILE);
	if (!result)
		result = open_session(args, &session, &peer);
	if (!result) {
		result = bring(args, session, receipt, len);
		imatee_close(session);
	}
	free(receipt);
	return result;
}
