/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The list of measurements that the kernel shows, checked against the TEE's log.
 */
#ifndef IMATEE_LOG_H
#define IMATEE_LOG_H

#include "entry.h"
#include "tool.h"

/**
 * struct log - the list as it was at one moment, and the log at the same one
 * @status: of the log
 * @base: where it begins
 * @list: all entries that it had then, from there on, and no more
 * @data: memory that @list points into
 */
struct log {
	struct imatee_log_status status;
	struct imatee_log_base base;
	struct list list;
	uint8_t *data;
};

/*
 * Asks the TEE. Fails if it has no log, since the kernel does not measure there. One of a
 * kernel before this one is a log, but if @listed: then this kernel has no list of it.
 */
enum exit_status log_status(const struct arguments *args,
			    struct imatee *session, bool listed,
			    struct imatee_log_status *status);

/* Asks where the log begins; with a keeper that trims nothing, at 0. */
enum exit_status log_base(const struct arguments *args, struct imatee *session,
			  struct imatee_log_base *base);

/*
 * Reads the list of log->list.bank and compares it with what the caller has asked for:
 * log->status and ->base. *@again is set if the log was trimmed meanwhile: then there is
 * no list, and these are to be asked for once more.
 */
enum exit_status log_compare(const struct arguments *args,
			     struct imatee *session, struct log *log,
			     bool *again);

/* Logs that are trimmed while somebody looks at them; more is no administrator. */
#define LOG_TRIES 8

enum exit_status log_busy(const struct arguments *args);

/*
 * Opens a session, reads the list of args->bank and compares it with the log. Fails
 * if they differ; log_free() on success only.
 */
enum exit_status log_take(const struct arguments *args, struct log *log);
void log_free(struct log *log);

#endif /* IMATEE_LOG_H */
