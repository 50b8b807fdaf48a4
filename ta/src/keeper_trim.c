// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "keeper.h"
#include "keeper_trim.h"
#include "receipt.h"
#include "request.h"

/* Were these the PCRs and the order of this boot's log, at this position? */
static bool is_checkpoint(const struct keeper *keeper,
			  const struct imatee_log_trim *trim,
			  const struct checkpoint *checkpoint)
{
	const struct imatee_receipt *receipt = &trim->receipt;
	uint8_t pcrs[32] = { 0 };

	file_hash_of(IMATEE_HASH_SHA256, trim->pcrs, sizeof(trim->pcrs), pcrs);
	return !memcmp(receipt->boot_id, keeper->state.boot_id,
		       sizeof(receipt->boot_id)) &&
	       !memcmp(receipt->pcrs, pcrs, sizeof(pcrs)) &&
	       !memcmp(receipt->order, trim->order, sizeof(trim->order)) &&
	       ticket_holds_checkpoint(&keeper->ticket_key, checkpoint,
				       trim->checkpoint);
}

enum imatee_error keeper_log_trim(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct imatee_log_trim trim = { 0 };
	struct checkpoint checkpoint = { .pcrs = trim.pcrs,
					 .order = trim.order };
	struct slice signature = { 0 };
	enum imatee_error error =
		request_decode_trim(&call->in, &trim, &signature);

	if (error)
		return error;
	checkpoint.position = trim.receipt.position;
	if (!is_checkpoint(keeper, &trim, &checkpoint))
		return IMATEE_ERR_CHECKPOINT;
	error = receipt_check(keeper->keytab, &keeper->revoked, &trim.receipt,
			      signature);
	if (error)
		return error;
	/* Without a log, the only position that a checkpoint tells is 0. */
	if (keeper->log)
		log_trim(keeper->log, &checkpoint);
	return IMATEE_OK;
}

enum imatee_error keeper_log_base(struct call *call)
{
	const struct keeper *keeper = call->ta;
	const struct log *log = keeper->log;
	struct imatee_log_base_reply reply = { 0 };
	enum imatee_error error = request_decode_empty(&call->in);

	if (error)
		return error;
	if (log) {
		reply.trimmed = log->trimmed;
		memcpy(reply.base, log->base, sizeof(reply.base));
	}
	return dispatch_answer(call, &reply, sizeof(reply));
}
