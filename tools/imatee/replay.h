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
 * struct log_point - the log at one of its positions
 * @position: as many entries are before it
 * @violations: among them, as far as they are known
 * @pcrs: after them
 * @order: after them, as struct imatee_binding has it
 */
struct log_point {
	uint64_t position;
	uint64_t violations;
	struct imatee_pcr pcrs[IMATEE_PCRS];
	uint8_t order[32];
};

/**
 * replay_to - go on in a log
 * @point: where @list begins; is set to where the replay has ended
 * @end: position to go to
 * @list: is cut at its front: what is left begins at @point
 *
 * All digests and PCRs, in each bank, and the order are made anew from the entries' data.
 *
 * Return: a verdict, but not LIST_DIFFERENT.
 */
enum verdict replay_to(struct log_point *point, uint64_t end,
		       struct list *list);

/**
 * replay - compare a list with the log
 * @status: of the log, at one moment
 * @base: where the list begins
 * @list: is cut to what it was at that moment
 * @position: is set to that of the entry with which the comparison ended
 *
 * Return: a verdict.
 */
enum verdict replay(const struct imatee_log_status *status,
		    const struct imatee_log_base *base, struct list *list,
		    uint64_t *position);

/* @digest: bank_size() bytes, that the PCR is extended with. */
void replay_extend(struct imatee_pcr *pcr, enum bank bank,
		   const uint8_t *digest);

void replay_hash(enum bank bank, const void *data, size_t len, uint8_t *digest);

#endif /* IMATEE_REPLAY_H */
