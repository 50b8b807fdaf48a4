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
 * @list: all entries that it had then, and no more
 * @data: memory that @list points into
 */
struct log {
	struct imatee_log_status status;
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

/*
 * Opens a session, reads the list of args->bank and compares it with the log. Fails
 * if they differ; log_free() on success only.
 */
enum exit_status log_take(const struct arguments *args, struct log *log);
void log_free(struct log *log);

#endif /* IMATEE_LOG_H */
