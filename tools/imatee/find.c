// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From an ID of the command line to the keys that it names.
 */
#include <string.h>

#include "find.h"
#include "keyname.h"

struct imatee_key_name find_name(const struct imatee_key *key)
{
	struct imatee_key_name name = { .ring = key->ring,
					.select = IMATEE_SELECT_SKID,
					.skid_len = key->skid_len };

	memcpy(name.skid, key->skid, key->skid_len);
	return name;
}

static enum exit_status bad_name(const struct arguments *args)
{
	return fail(
		args, EXIT_USAGE, "usage",
		"%s is no key id (8 hexadecimal digits), no subject key identifier and no RING:INDEX",
		args->operand);
}

enum exit_status find_keys(const struct arguments *args, struct imatee *session,
			   struct imatee_key keys[IMATEE_RING_COUNT],
			   size_t *count)
{
	enum imatee_ring first = IMATEE_RING_IMA;
	enum imatee_ring last = IMATEE_RING_COUNT;
	struct imatee_key_name name;
	int rc;

	*count = 0;
	if (!keyname_parse(args->operand, &name))
		return bad_name(args);
	if (name.ring && args->ring && name.ring != args->ring)
		return fail(args, EXIT_USAGE, "usage",
			    "%s is not in the ring that --ring names",
			    args->operand);
	if (name.ring || args->ring)
		first = last = name.ring ? name.ring : args->ring;
	for (name.ring = first; name.ring <= last; name.ring++) {
		rc = imatee_describe_key(session, &name, &keys[*count]);
		if (!rc)
			++*count;
		else if (rc != IMATEE_ERR_NO_KEY)
			return fail_lib(args, rc);
	}
	return *count ? EXIT_OK : fail_lib(args, IMATEE_ERR_NO_KEY);
}
