/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists that the keeper gives in pages. Internal to the library.
 */
#ifndef IMATEE_LIST_H
#define IMATEE_LIST_H

#include "client.h"
#include "decode.h"

/**
 * struct list - which list, and what is in it
 * @ask: asks for the page from entry @index on; returns 0 or an error
 * @ring: for @ask
 * @max: entries that there can be
 * @size: bytes of an entry
 */
struct list {
	int (*ask)(struct imatee *session, const struct list *list,
		   size_t index, struct page *page);
	enum imatee_ring ring;
	size_t max;
	size_t size;
};

/* Reads all of it, of one epoch. *@entries is for free(); set on success only. */
int list_read(struct imatee *session, const struct list *list, void **entries,
	      size_t *count);

#endif /* IMATEE_LIST_H */
