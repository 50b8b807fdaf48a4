/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of policies share.
 */
#ifndef IMATEE_JUDGING_H
#define IMATEE_JUDGING_H

#include "prover.h"

/* Writes a policy: the members behind the first one, with ' for ". */
void policy(struct prover *q, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The policy allows the quote, or does not allow an entry, for this reason. */
void allows(struct prover *q);
void refuses(struct prover *q, const char *why);

/* The digest of some content; the last four of them are kept. */
const char *hex(const char *algorithm, const char *content);

/*
 * An entry that begins with "PREFIXsha256:", the digest of the content, and the name "/x",
 * with more fields behind it.
 */
void put_v2(struct prover *q, const char *template, const char *prefix,
	    const char *content, const char *rest, size_t rest_len);

/* An entry of a buffer, with its digest in front of it. */
void put_buffer(struct prover *q, const char *template, const char *name,
		const char *content);

#endif /* IMATEE_JUDGING_H */
