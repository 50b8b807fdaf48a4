/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How far the log of a device was verified, between one quote and the next.
 */
#ifndef IMATEE_STATE_H
#define IMATEE_STATE_H

#include "json_in.h"
#include "quote.h"
#include "replay.h"

/**
 * struct state - what is remembered
 * @ak: Name of the device's key
 * @boot_id: of the log
 * @attach_count: kernels that had attached
 * @point: up to where the log was verified
 */
struct state {
	uint8_t ak[TPM_NAME_SIZE];
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	uint32_t attach_count;
	struct log_point point;
};

/* False, with @problem, if the text is no state. */
bool state_parse(const void *text, size_t len, struct state *state,
		 char problem[PROBLEM_MAX]);

/*
 * Waits until nobody else is between reading and writing args->state; *@fd is for close(),
 * or -1.
 */
enum exit_status state_lock(const struct arguments *args, int *fd);

/* Reads args->state. *@found: there is one. */
enum exit_status state_read(const struct arguments *args, struct state *state,
			    bool *found);

/* The state after this quote was verified, in the place of the one before. */
enum exit_status state_write(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const struct log_point *point);

#endif /* IMATEE_STATE_H */
