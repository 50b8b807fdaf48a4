// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading the kernel's keyrings. There is no name for .ima and its like in the
 * system calls: /proc/keys has their serial numbers. But whoever has a key may have
 * lines in that file: the kernel shows a description as it is, with its line breaks.
 */
#include <errno.h>
#include <keyutils.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#define KEYS_FILE "/proc/keys"

struct lines {
	char **text;
	size_t count;
};

static void free_lines(struct lines *lines)
{
	while (lines->count)
		free(lines->text[--lines->count]);
	free(lines->text);
}

static int read_lines(struct lines *lines)
{
	FILE *file = fopen(KEYS_FILE, "r");
	char *line = NULL;
	size_t size = 0;
	char **more;

	memset(lines, 0, sizeof(*lines));
	if (!file)
		return errno;
	while (getline(&line, &size, file) > 0) {
		more = reallocarray(lines->text, lines->count + 1,
				    sizeof(*more));
		if (!more)
			break;
		lines->text = more;
		lines->text[lines->count++] = line;
		line = NULL;
		size = 0;
	}
	free(line);
	size = !feof(file);
	fclose(file);
	if (size)
		free_lines(lines);
	return size ? ENOMEM : 0;
}

/* A second line of the key's would be somebody's who wants it to pass for a view. */
static bool is_view(const struct lines *lines, int32_t serial,
		    const char *description)
{
	size_t i, count = 0;
	bool view = false;

	for (i = 0; i < lines->count; i++) {
		if (!kernel_line_is_key(lines->text[i], serial))
			continue;
		count++;
		view = kernel_line_is_view(lines->text[i], serial, description);
	}
	return view && count == 1;
}

/* "TYPE;UID;GID;PERM;DESCRIPTION" */
static const char *skip_fields(const char *text)
{
	int i;

	for (i = 0; i < 4 && text; i++) {
		text = strchr(text, ';');
		text = text ? text + 1 : NULL;
	}
	return text;
}

static int add_key_of(struct kernel_view *view, const struct lines *lines,
		      enum imatee_ring ring, int32_t serial)
{
	struct kernel_key *keys, *key;
	const char *description;
	char *text;

	/*
	 * An invalidated key is in its keyring until the kernel has collected it,
	 * and verifies nothing. Keys end like that when they are revoked.
	 */
	if (keyctl_describe_alloc(serial, &text) < 0)
		return errno == ENOKEY ? 0 : errno;
	description = skip_fields(text);
	keys = reallocarray(view->keys, view->count + 1, sizeof(*keys));
	if (keys)
		view->keys = keys;
	if (!keys || !description) {
		free(text);
		return keys ? EBADMSG : ENOMEM;
	}
	key = &keys[view->count++];
	memset(key, 0, sizeof(*key));
	key->ring = ring;
	key->serial = serial;
	kernel_parse_description(description, key);
	key->view = is_view(lines, serial, description);
	free(text);
	return 0;
}

static int read_keyring(struct kernel_view *view, const struct lines *lines,
			enum imatee_ring ring, int32_t keyring)
{
	int32_t *serials;
	void *buffer;
	long len = keyctl_read_alloc(keyring, &buffer);
	size_t i;
	int rc = 0;

	if (len < 0)
		return errno;
	serials = buffer;
	for (i = 0; i < (size_t)len / sizeof(*serials) && !rc; i++)
		rc = add_key_of(view, lines, ring, serials[i]);
	free(buffer);
	return rc;
}

static void keyring_name(enum imatee_ring ring, char name[16])
{
	snprintf(name, 16, ".%s", imatee_ring_name(ring));
}

/* User space cannot make a keyring whose name begins with a point. */
static bool is_keyring(int32_t serial, const char *name)
{
	static const char type[] = "keyring;0;";
	const char *description;
	char *text;
	bool is;

	if (keyctl_describe_alloc(serial, &text) < 0)
		return false;
	description = skip_fields(text);
	is = !strncmp(text, type, sizeof(type) - 1) && description &&
	     !strcmp(description, name);
	free(text);
	return is;
}

static bool line_is_keyring(const char *line, const char *name, int32_t *serial)
{
	return kernel_line_is_keyring(line, name, serial) &&
	       is_keyring(*serial, name);
}

static int read_ring(struct kernel_view *view, const struct lines *lines,
		     enum imatee_ring ring, bool *found)
{
	int32_t serial;
	char name[16];
	int rc = 0;
	size_t i;

	keyring_name(ring, name);
	for (i = 0; i < lines->count; i++) {
		if (line_is_keyring(lines->text[i], name, &serial)) {
			*found = true;
			rc = read_keyring(view, lines, ring, serial);
			/* Another line of that number would be somebody's. */
			break;
		}
	}
	return rc;
}

int kernel_read(enum imatee_ring ring, struct kernel_view *view)
{
	enum imatee_ring first = ring ? ring : IMATEE_RING_IMA;
	enum imatee_ring last = ring ? ring : IMATEE_RING_COUNT;
	bool found = false;
	struct lines lines;
	int rc;

	memset(view, 0, sizeof(*view));
	rc = read_lines(&lines);
	if (rc)
		return rc;
	for (ring = first; ring <= last && !rc; ring++)
		rc = read_ring(view, &lines, ring, &found);
	free_lines(&lines);
	/* Whoever may not see a keyring does not find it in the file. */
	return !rc && !found ? EACCES : rc;
}

void kernel_free(struct kernel_view *view)
{
	free(view->keys);
	memset(view, 0, sizeof(*view));
}

int32_t kernel_keyring(enum imatee_ring ring)
{
	struct lines lines;
	int32_t serial = 0;
	bool found = false;
	char name[16];
	size_t i;

	if (read_lines(&lines))
		return 0;
	keyring_name(ring, name);
	for (i = 0; i < lines.count && !found; i++)
		found = line_is_keyring(lines.text[i], name, &serial);
	free_lines(&lines);
	return found ? serial : 0;
}
