// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is revoked.
 */
#include "list.h"

static int ask_page(struct imatee *session, const struct list *list,
		    size_t index, struct page *page)
{
	struct imatee_revoked_list request = { .index = client_le32(index) };
	size_t len;
	int rc;

	(void)list;
	rc = client_call(session, IMATEE_CMD_REVOKED_LIST, &request,
			 sizeof(request), &len);
	return rc ? rc : decode_revoked(session->msg, len, page);
}

int imatee_list_revoked(struct imatee *session,
			struct imatee_revoked_entry **entries, size_t *count)
{
	const struct list list = { .ask = ask_page,
				   .max = IMATEE_REVOKED_MAX,
				   .size = sizeof(**entries) };
	void *all;
	int rc = list_read(session, &list, &all, count);

	if (!rc)
		*entries = all;
	return rc;
}
