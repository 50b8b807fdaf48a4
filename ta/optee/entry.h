/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a TA hangs into the entry points of the GP TEE Internal Core API.
 */
#ifndef IMATEE_ENTRY_H
#define IMATEE_ENTRY_H

#include "dispatch.h"

struct entry_ops {
	void (*create)(void);
	void (*destroy)(void);
	enum platform_status (*open)(enum platform_caller caller,
				     struct session **session);
	void (*close)(struct session *session);
	/* @block: see dispatch() */
	enum platform_status (*invoke)(struct session *session,
				       uint32_t command, void *shared,
				       size_t size, const struct block *block,
				       size_t *reply_len);
};

/* Defined once in each TA. */
extern const struct entry_ops entry_ops;

#endif /* IMATEE_ENTRY_H */
