// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee seal: ask the kernel to seal the keys, and the TEE whether they are.
 *
 * With imatee.seal=user an initramfs may add keys and then seals. In every other
 * configuration the kernel has sealed before user space runs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "json.h"

#define SEAL_FILE "/sys/kernel/security/integrity/tee/seal"

static int write_seal(void)
{
	int fd = open(SEAL_FILE, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return errno;
	if (write(fd, "1", 1) != 1)
		err = errno;
	close(fd);
	return err;
}

static enum exit_status not_sealed(const struct arguments *args, int err)
{
	switch (err) {
	case EACCES:
	case EPERM:
		return fail(args, EXIT_NO_PERMISSION, "no_permission",
			    "%s may not be written to: run as root", SEAL_FILE);
	case ENOENT:
		return fail(
			args, EXIT_REFUSED, "no_seal_file",
			"%s is not there: the kernel was not booted with imatee.mode=keys, or securityfs is not mounted",
			SEAL_FILE);
	case 0:
		return fail(args, EXIT_FAILED, "not_sealed",
			    "the kernel took the order, the TEE is not sealed");
	default:
		return fail(args, EXIT_FAILED, "io", "%s: %s", SEAL_FILE,
			    strerror(err));
	}
}

static enum exit_status seal(const struct arguments *args,
			     struct imatee *session)
{
	struct imatee_status status;
	bool before;
	json_t *object;
	int err = 0;
	int rc;

	rc = imatee_get_status(session, &status);
	if (rc)
		return fail_lib(args, rc);
	before = status.state.sealed;
	if (!before) {
		err = write_seal();
		rc = imatee_get_status(session, &status);
		if (rc)
			return fail_lib(args, rc);
	}
	if (!status.state.sealed)
		return not_sealed(args, err);
	if (!args->json) {
		puts(before ? "was sealed before" : "sealed");
		return EXIT_OK;
	}
	object = json_begin(args);
	json_set(object, "sealed", json_true());
	json_set(object, "before", json_boolean(before));
	return json_end(args, object);
}

enum exit_status cmd_seal(const struct arguments *args)
{
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = seal(args, session);
	imatee_close(session);
	return result;
}
