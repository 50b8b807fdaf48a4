// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tool's reader of lists of measurements, and the text that it makes of them. The
 * first byte chooses the bank, the rest is a list.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entry_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "violated: %s\n", what);
	abort();
}

static void check_text(const struct entry *entry, enum bank bank)
{
	char *text = NULL;
	size_t len = 0;
	size_t i;
	FILE *out = open_memstream(&text, &len);

	require(out, "memory");
	entry_print(out, entry, bank);
	require(!fclose(out), "memory");
	require(len && text[len - 1] == '\n', "an entry is a line");
	for (i = 0; i < len - 1; i++)
		require((uint8_t)text[i] >= 0x20 && text[i] != 0x7f,
			"no control character comes through");
	free(text);
}

static void check_entry(const struct entry *entry, enum bank bank)
{
	require(entry->pcr < IMATEE_PCR_BINDING, "there is such a PCR");
	require(entry->field_count <= IMATEE_TEMPLATE_FIELDS,
		"a template has no more fields");
	require(entry->data || entry->field_count == 2,
		"ima has a digest and a name");
	check_text(entry, bank);
	entry_is_violation(entry, bank);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct list list = { 0 };
	struct entry entry;
	size_t left;
	uint8_t *copy;
	int rc;

	if (!size)
		return 0;
	list.bank = data[0] % BANK_COUNT;
	list.left = size - 1;
	copy = malloc(size > 1 ? size - 1 : 1);
	require(copy != NULL, "memory");
	memcpy(copy, data + 1, size - 1);
	list.pos = copy;
	do {
		left = list.left;
		rc = entry_next(&list, &entry);
		if (rc > 0) {
			require(list.left < left, "a list has an end");
			check_entry(&entry, list.bank);
		}
	} while (rc > 0);
	require(rc || !list.left, "the end is the end");
	free(copy);
	return 0;
}
