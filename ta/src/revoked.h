/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is revoked: certificates and keys, by which the keeper takes keys out of its
 * rings, and digests, which no signature makes valid. A list only grows.
 */
#ifndef IMATEE_REVOKED_H
#define IMATEE_REVOKED_H

#include "der.h"
#include "imatee_abi.h"

/* The entries are the owner's memory: @room of them, @count in use. */
struct revoked {
	struct imatee_revoked *entries;
	size_t count;
	size_t room;
};

/*
 * Appends @entry, if the list has none like it; @added tells which. Errors:
 * REVOKED_FULL.
 */
enum imatee_error revoked_add(struct revoked *list,
			      const struct imatee_revoked *entry, bool *added);

/* Is this digest revoked, whatever made it? */
bool revoked_has_digest(const struct revoked *list, struct slice digest);

/* Is any digest? */
bool revoked_has_digests(const struct revoked *list);

/*
 * Is a certificate revoked, or its key? Both slices are whole elements of it.
 * Errors: RESOURCES, and *@covered is true.
 */
enum imatee_error revoked_covers(const struct revoked *list, struct slice tbs,
				 struct slice spki, bool *covered);

#endif /* IMATEE_REVOKED_H */
