// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Which releases of OP-TEE the keeper refuses to run on.
 */
#include <tee_internal_api.h>

#include "fixture.h"
#include "version_check.h"

/* What OP-TEE calls itself; NULL: it does not say. */
static const char *version;

TEE_Result TEE_GetPropertyAsString(TEE_PropSetHandle propset, const char *name,
				   char *value, size_t *len)
{
	assert_ptr_equal(propset, TEE_PROPSET_TEE_IMPLEMENTATION);
	assert_string_equal(name, "gpd.tee.trustedos.implementation.version");
	if (!version || strlen(version) >= *len)
		return 0xffff0008;
	strcpy(value, version);
	*len = strlen(version) + 1;
	return 0;
}

static bool refused(const char *text)
{
	version = text;
	host.catch_panic = true;
	host.panic_why = NULL;
	if (!setjmp(host.panic))
		version_check();
	return host.panic_why;
}

static void old_ones(void **state)
{
	static const char *const old[] = {
		"4.7.0", "4.7.0-12-gabcdef0", "Unknown_4.7", "4.0.0",  "3.22.0",
		"4.7",	 "Unknown_4.7.1",     "0.1.0",	     "4.07.9", "1.0",
	};
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(old) / sizeof(old[0]); i++)
		if (!refused(old[i]))
			fail_msg("OP-TEE %s was taken", old[i]);
}

static void new_ones(void **state)
{
	static const char *const new[] = {
		"4.8.0", "4.10.0", "Unknown_4.10", "4.8.0-3-gabcdef0-dev",
		"5.0.0", "10.1",   "4.11",
	};
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(new) / sizeof(new[0]); i++)
		if (refused(new[i]))
			fail_msg("OP-TEE %s was refused", new[i]);
}

/* The OP-TEE that runs need not be the one whose dev kit the build checked. */
static void unknown_ones(void **state)
{
	static const char *const unknown[] = {
		"",   "8f2a1bc", "8f2a1bc-dev", "Unknown_",  "v4.7.0", "4",
		"4.", "4.x",	 "release",	"Unknown_x", ".7",
	};
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		if (!refused(unknown[i]))
			fail_msg("OP-TEE \"%s\" was taken", unknown[i]);
	assert_true(refused(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("the keeper panics on an OP-TEE that brings a crashed TA back",
		     old_ones),
		TEST("the keeper runs on an OP-TEE that keeps it dead",
		     new_ones),
		TEST("the keeper panics on an OP-TEE that does not tell its release",
		     unknown_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
