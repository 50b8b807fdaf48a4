// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee revoke FILE: bring a request that an authority has signed.
 *
 * Revoking is the kernel's command, since its verifiers and its own verdicts must
 * follow: this goes through securityfs. What is revoked then is asked of the TEE.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "format.h"
#include "json.h"

#define REVOKE_FILE "/sys/kernel/security/integrity/tee/revoke"

#define NO_MESSAGE                                                            \
	"this is no request to revoke: sign the list with openssl cms -sign " \
	"-binary -nodetach -noattr -outform DER"

static const struct refusal refusals[] = {
	{ EBADMSG, EXIT_REFUSED, 0, "request_malformed", NO_MESSAGE },
	{ ENOKEY, EXIT_REFUSED, IMATEE_ERR_REVOKE_UNTRUSTED, NULL, NULL },
	{ ENOPKG, EXIT_REFUSED, IMATEE_ERR_SIG_HASH, NULL,
	  "the request is signed with an algorithm that the TEE does not take: sign with RSA or ECDSA, and SHA-224, SHA-256, SHA-384 or SHA-512" },
	{ EKEYREJECTED, EXIT_REFUSED, IMATEE_ERR_REVOKE_SIGNATURE, NULL, NULL },
	{ EINVAL, EXIT_REFUSED, IMATEE_ERR_REVOKE_MALFORMED, NULL, NULL },
	{ ENOSPC, EXIT_REFUSED, IMATEE_ERR_REVOKED_FULL, NULL, NULL },
	{ EFBIG, EXIT_REFUSED, IMATEE_ERR_TOO_LONG, NULL, NULL },
	{ ENOMEM, EXIT_FAILED, IMATEE_ERR_RESOURCES, NULL, NULL },
	{ EACCES, EXIT_NO_PERMISSION, 0, "no_permission",
	  REVOKE_FILE " may not be written to: run as root" },
	{ EPERM, EXIT_NO_PERMISSION, 0, "no_permission",
	  REVOKE_FILE " may not be written to: run as root" },
	{ ENOENT, EXIT_REFUSED, 0, "no_revoke_file",
	  REVOKE_FILE
	  " is not there: the kernel was booted with imatee.mode=off or is older than the tool, or securityfs is not mounted" },
	{ EIO, EXIT_FAILED, 0, "tee_failed",
	  "the kernel got no answer from the TEE, or could not bring it into force: see /sys/kernel/security/integrity/tee/state" },
};

static enum exit_status print_new(const struct arguments *args,
				  const struct imatee_revoked_entry *entries,
				  size_t before, size_t count)
{
	char hex[HEX_MAX];
	json_t *object;
	size_t i;

	if (args->json) {
		object = json_begin(args);
		json_set(object, "new",
			 json_revoked(entries + before, count - before));
		json_set(object, "total", json_u64(count));
		return json_end(args, object);
	}
	for (i = before; i < count; i++)
		printf("revoked: %s:%s\n",
		       imatee_revoked_kind_name(entries[i].kind),
		       format_hex(hex, entries[i].hash, entries[i].hash_len));
	printf("%zu of the %zu revocations in force %s new\n", count - before,
	       count, count - before == 1 ? "is" : "are");
	return EXIT_OK;
}

/* The list grows at its end, and nothing leaves it. */
static enum exit_status tell_new(const struct arguments *args,
				 struct imatee *session, size_t before)
{
	struct imatee_revoked_entry *entries;
	enum exit_status result;
	size_t count;
	int rc;

	rc = imatee_list_revoked(session, &entries, &count);
	if (rc)
		return fail_lib(args, rc);
	if (count < before)
		result = fail_lib(args, IMATEE_LIB_BAD_REPLY);
	else
		result = print_new(args, entries, before, count);
	free(entries);
	return result;
}

static enum exit_status bring(const struct arguments *args,
			      struct imatee *session,
			      const unsigned char *request, size_t len)
{
	struct imatee_revoked_entry *entries;
	size_t before;
	int rc;

	rc = imatee_list_revoked(session, &entries, &before);
	if (rc)
		return fail_lib(args, rc);
	free(entries);
	rc = file_write_once(REVOKE_FILE, request, len);
	return rc ? fail_brought(args, session, refusals, ARRAY_SIZE(refusals),
				 rc, REVOKE_FILE) :
		    tell_new(args, session, before);
}

enum exit_status cmd_revoke(const struct arguments *args)
{
	enum exit_status result;
	unsigned char *request;
	struct imatee *session;
	struct imatee_peer peer;
	size_t len;

	result = file_read(args, IMATEE_REVOKE_MAX, &request, &len);
	if (result)
		return result;
	/* The kernel's errno of nothing at all is that of a malformed list. */
	if (!len)
		result = fail(args, EXIT_REFUSED, "request_malformed", "%s: %s",
			      args->operand, NO_MESSAGE);
	if (!result)
		result = open_session(args, &session, &peer);
	if (!result) {
		result = bring(args, session, request, len);
		imatee_close(session);
	}
	free(request);
	return result;
}
