// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the log begins and ends: the TEE's word, beside what is stored here. A segment can
 * be checked by itself; that none is missing before the first one and behind the last one,
 * only these numbers tell.
 */
#include <linux/err.h>

#include "measure.h"

/**
 * imatee_log_ask_begin - where does the log begin?
 * @stored: position of the first entry that is stored here, and was not trimmed
 * @trimmed: position at which it begins, as the TEE says
 *
 * While the keeper's channel is locked, neither of them changes but by a segment that an
 * earlier kernel had.
 *
 * Return: 0, or -EIO if the TEE does not tell.
 */
int imatee_log_ask_begin(u64 *stored, u64 *trimmed)
{
	struct imatee_channel *ch = imatee_keeper_get();
	const struct imatee_log_base_reply *reply;
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	reply = ch->msg;
	rc = imatee_cmd_log_base(ch);
	if (!rc) {
		*trimmed = le64_to_cpu(READ_ONCE(reply->trimmed));
		*stored = imatee_log_first();
	}
	imatee_channel_unlock(ch);
	return rc;
}

/**
 * imatee_log_ask_end - where does the log end?
 * @stored: the position behind the last entry that is stored here
 * @entries: the position behind the last entry that the TEE has appended
 *
 * They are of one moment: who appends has the keeper's channel until the entry is stored.
 *
 * Return: 0, or -EIO if the TEE does not tell.
 */
int imatee_log_ask_end(u64 *stored, u64 *entries)
{
	struct imatee_channel *ch = imatee_keeper_get();
	const struct imatee_log_status_reply *reply;
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	reply = ch->msg;
	rc = imatee_cmd_log_status(ch);
	if (!rc) {
		*entries = le64_to_cpu(READ_ONCE(reply->entries));
		*stored = imatee_log_end();
	}
	imatee_channel_unlock(ch);
	return rc;
}
