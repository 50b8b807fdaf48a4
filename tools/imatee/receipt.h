/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Receipts: that somebody has the log up to a position, for the keeper to let it begin
 * there.
 */
#ifndef IMATEE_RECEIPT_H
#define IMATEE_RECEIPT_H

#include "quote.h"
#include "replay.h"

/* Bytes of the file: struct imatee_log_trim without its head, and a signature. */
#define RECEIPT_MIN \
	(sizeof(struct imatee_log_trim) - sizeof(struct imatee_request))
#define RECEIPT_MAX (RECEIPT_MIN + IMATEE_RECEIPT_SIG_MAX)

/**
 * struct receipt - as it is written
 * @file: its bytes
 * @len: how many
 */
struct receipt {
	uint8_t file[RECEIPT_MAX];
	size_t len;
};

/* Makes one for the log up to @point, which the quote has, with the key of args->sign_key. */
enum exit_status receipt_make(const struct arguments *args,
			      const struct quote *quote,
			      const struct log_point *point,
			      struct receipt *receipt);

/* Writes it to args->receipt. */
enum exit_status receipt_write(const struct arguments *args,
			       const struct receipt *receipt);

#endif /* IMATEE_RECEIPT_H */
