// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>
#include <string.h>

#include "list.h"

/* Lists begun anew because the keeper's changed; more is no administrator. */
#define LIST_TRIES 8

/* One attempt: *@again is set if the list changed on the way. */
static int list_once(struct imatee *session, const struct list *list,
		     uint8_t *entries, size_t *count, bool *again)
{
	/* Behind the list, so that a page has room wherever it begins. */
	struct page page = { .entries = entries + list->max * list->size };
	uint64_t epoch = 0;
	int rc;

	*count = 0;
	do {
		rc = list->ask(session, list, *count, &page);
		if (rc)
			return rc;
		*again = *count && page.state.epoch != epoch;
		if (*again)
			return 0;
		epoch = page.state.epoch;
		/* A page without entries would be asked for for ever. */
		if (page.total < *count || page.count > page.total - *count ||
		    (!page.count && *count < page.total))
			return IMATEE_LIB_BAD_REPLY;
		memcpy(entries + *count * list->size, page.entries,
		       page.count * list->size);
		*count += page.count;
	} while (*count < page.total);
	return 0;
}

int list_read(struct imatee *session, const struct list *list, void **entries,
	      size_t *count)
{
	uint8_t *all = calloc(2 * list->max, list->size);
	int rc = all ? 0 : IMATEE_LIB_NO_MEMORY;
	bool again = true;
	int tries;

	for (tries = 0; !rc && again && tries < LIST_TRIES; tries++)
		rc = list_once(session, list, all, count, &again);
	if (!rc && again)
		rc = IMATEE_LIB_BAD_REPLY;
	if (rc) {
		free(all);
		return rc;
	}
	*entries = all;
	return 0;
}
