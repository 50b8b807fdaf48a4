/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is a list of measurements the TEE's log?
 */
#ifndef IMATEE_REPLAY_H
#define IMATEE_REPLAY_H

#include "entry.h"

enum verdict {
	LIST_HOLDS,
	LIST_SHORT, /* it has fewer entries */
	LIST_MALFORMED, /* an entry is not in the form of one */
	LIST_DIGEST, /* an entry's digest is not that of its data */
	LIST_DIFFERENT, /* another value of a PCR, or number of violations */
};

/**
 * replay - compare a list with the log
 * @status: of the log, at one moment
 * @list: is cut to what it was at that moment
 * @position: is set to that of the entry with which the comparison ended
 *
 * All digests and PCRs, in each bank, are made anew from the entries' data.
 *
 * Return: a verdict.
 */
enum verdict replay(const struct imatee_log_status *status, struct list *list,
		    uint64_t *position);

#endif /* IMATEE_REPLAY_H */
