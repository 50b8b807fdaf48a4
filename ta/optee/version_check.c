// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>
#include <tee_internal_api.h>

#include "platform.h"
#include "version_check.h"

#define OLDEST_MAJOR 4
#define OLDEST_MINOR 8

/* Reads "MAJOR.MINOR"; false if @text does not begin with it. */
static bool parse_version(const char *text, unsigned long *major,
			  unsigned long *minor)
{
	char *end = NULL;

	if (*text < '0' || *text > '9')
		return false;
	*major = strtoul(text, &end, 10);
	if (*end != '.' || end[1] < '0' || end[1] > '9')
		return false;
	*minor = strtoul(end + 1, NULL, 10);
	return true;
}

void version_check(void)
{
	static const char unknown[] = "Unknown_";
	char version[64] = { 0 };
	size_t len = sizeof(version);
	unsigned long major = 0;
	unsigned long minor = 0;
	const char *number = version;

	if (TEE_GetPropertyAsString(TEE_PROPSET_TEE_IMPLEMENTATION,
				    "gpd.tee.trustedos.implementation.version",
				    version, &len))
		version[0] = '\0';
	version[sizeof(version) - 1] = '\0';

	/* What OP-TEE calls itself when it was not built from its git tree. */
	if (!strncmp(version, unknown, sizeof(unknown) - 1))
		number += sizeof(unknown) - 1;
	if (!parse_version(number, &major, &minor)) {
		platform_log(
			"OP-TEE \"%s\": release unknown; build it with TEE_IMPL_VERSION=<release>",
			version);
		platform_panic("this OP-TEE does not tell its release");
	}
	if (major < OLDEST_MAJOR ||
	    (major == OLDEST_MAJOR && minor < OLDEST_MINOR)) {
		platform_log("OP-TEE %s: %u.%u or newer is needed", version,
			     OLDEST_MAJOR, OLDEST_MINOR);
		platform_panic("this OP-TEE brings a crashed TA back empty");
	}
}
