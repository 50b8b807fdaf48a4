// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How a failure is told, and which exit status it has.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "tool.h"

enum exit_status fail(const struct arguments *args, enum exit_status status,
		      const char *name, const char *format, ...)
{
	char raw[1024];
	char message[sizeof(raw)];
	va_list ap;

	va_start(ap, format);
	vsnprintf(raw, sizeof(raw), format, ap);
	va_end(ap);
	/* An argument may be in it, and a terminal or JSON's UTF-8 behind it. */
	imatee_printable(message, sizeof(message), raw, strlen(raw));
	fprintf(stderr, "imatee: %s\n", message);
	if (args->json)
		json_print_error(args, status, name, message);
	return status;
}

static enum exit_status status_of(int error)
{
	switch (error) {
	case IMATEE_ERR_VERSION:
		return EXIT_VERSION;
	case IMATEE_LIB_NO_TEE:
		return EXIT_NO_TEE;
	case IMATEE_LIB_NO_TA:
		return EXIT_NO_TA;
	case IMATEE_LIB_NO_PERMISSION:
		return EXIT_NO_PERMISSION;
	case IMATEE_LIB_TA_DEAD:
		return EXIT_TA_DEAD;
	default:
		return error < IMATEE_LIB_NO_TEE ? EXIT_REFUSED : EXIT_FAILED;
	}
}

enum exit_status fail_lib(const struct arguments *args, int error)
{
	return fail(args, status_of(error), imatee_error_name(error), "%s",
		    imatee_strerror(error));
}

enum exit_status fail_errno(const struct arguments *args,
			    const struct refusal *refusals, size_t count,
			    int err, const char *call)
{
	const struct refusal *r;

	for (r = refusals; r < refusals + count; r++)
		if (r->err == err)
			return fail(args, r->status,
				    r->name ? r->name :
					      imatee_error_name(r->error),
				    "%s",
				    r->message ? r->message :
						 imatee_strerror(r->error));
	return fail(args, EXIT_FAILED, "io", "%s: %s", call, strerror(err));
}

enum exit_status fail_brought(const struct arguments *args,
			      struct imatee *session,
			      const struct refusal *refusals, size_t count,
			      int err, const char *call)
{
	struct imatee_status status;
	int rc = imatee_get_status(session, &status);

	return rc ? fail_lib(args, rc) :
		    fail_errno(args, refusals, count, err, call);
}

enum exit_status open_session(const struct arguments *args,
			      struct imatee **session, struct imatee_peer *peer)
{
	int rc = imatee_open(session, peer);

	if (rc == IMATEE_ERR_VERSION)
		return fail(
			args, EXIT_VERSION, imatee_error_name(rc),
			"%s (this is %s with interface %u.%u, the keeper %s with %u.%u)",
			imatee_strerror(rc), imatee_lib_version(),
			IMATEE_ABI_MAJOR, IMATEE_ABI_MINOR, peer->version,
			peer->abi_major, peer->abi_minor);
	return rc ? fail_lib(args, rc) : EXIT_OK;
}
