// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The lines of /proc/keys (see keyrings(7)):
 *
 *   SERIAL FLAGS USAGE TIMEOUT PERM UID GID TYPE DESCRIPTION: SUMMARY
 */
#include <stdio.h>
#include <string.h>

#include "kernel.h"
#include "keyname.h"

/* The description in @line if it shows a key of @type, else NULL. */
static const char *description_of(const char *line, const char *type,
				  int32_t *serial)
{
	char found[16] = "";
	unsigned int number;
	int end = 0;

	if (sscanf(line, "%x %*s %*s %*s %*s %*s %*s %15s%n", &number, found,
		   &end) != 2 ||
	    !end || strcmp(found, type))
		return NULL;
	*serial = (int32_t)number;
	line += end;
	/* The type is padded to nine characters; then there is one blank. */
	return line + strspn(line, " ");
}

bool kernel_line_is_keyring(const char *line, const char *name, int32_t *serial)
{
	const char *description;
	int32_t found;

	description = description_of(line, "keyring", &found);
	if (!description || strncmp(description, name, strlen(name)) ||
	    description[strlen(name)] != ':')
		return false;
	*serial = found;
	return true;
}

bool kernel_line_is_key(const char *line, int32_t serial)
{
	int32_t found;

	return description_of(line, "asymmetri", &found) && found == serial;
}

bool kernel_line_is_view(const char *line, int32_t serial,
			 const char *description)
{
	static const char mark[] = ": TEE.";
	int32_t found;
	const char *text = description_of(line, "asymmetri", &found);
	size_t len = strlen(description);

	return text && found == serial && !strncmp(text, description, len) &&
	       !strncmp(text + len, mark, sizeof(mark) - 1);
}

void kernel_parse_description(const char *description, struct kernel_key *key)
{
	const char *colon = strrchr(description, ':');

	imatee_printable(key->description, sizeof(key->description),
			 description, strlen(description));
	key->skid_len = 0;
	if (colon && colon[1] == ' ')
		key->skid_len = keyname_parse_hex(colon + 2, key->skid,
						  sizeof(key->skid));
}
