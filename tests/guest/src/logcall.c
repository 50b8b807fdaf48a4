// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * logcall: ask the keeper about the log, and write the reply to standard output as it
 * comes, for a script to take apart.
 *
 *   logcall quote	struct imatee_quote_reply, with what stands behind it
 *   logcall base	struct imatee_log_base_reply
 *
 * As teecall, it speaks to /dev/tee0 directly. Exit status: 0, 1 if the keeper refused,
 * 3 if there is no answer, 2 if the command line is wrong.
 */
#include <linux/tee.h>
#include <stdio.h>
#include <string.h>

#include "imatee_abi.h"
#include "teecall.h"

static bool call(struct tee_link *tee, uint32_t command, uint32_t len)
{
	const struct imatee_reply *reply = tee->msg;
	struct imatee_request *request = tee->msg;

	request->len = len;
	if (!tee_invoke(tee, command))
		return false;
	if (reply->error)
		fprintf(stderr, "error %u\n", reply->error);
	return true;
}

static bool hello(struct tee_link *tee)
{
	struct imatee_hello *hello = tee->msg;

	memset(hello, 0, sizeof(*hello));
	hello->abi_major = IMATEE_ABI_MAJOR;
	hello->abi_minor = IMATEE_ABI_MINOR;
	return call(tee, IMATEE_CMD_HELLO, sizeof(*hello));
}

static bool quote(struct tee_link *tee)
{
	struct imatee_quote *quote = tee->msg;

	memset(quote, 0, sizeof(*quote));
	quote->bank = IMATEE_HASH_SHA256;
	return call(tee, IMATEE_CMD_QUOTE, sizeof(*quote));
}

static bool base(struct tee_link *tee)
{
	memset(tee->msg, 0, sizeof(struct imatee_request));
	return call(tee, IMATEE_CMD_LOG_BASE, sizeof(struct imatee_request));
}

int main(int argc, char **argv)
{
	struct tee_link tee = { .login = TEE_IOCTL_LOGIN_PUBLIC };
	const struct imatee_reply *reply;
	bool (*ask)(struct tee_link * tee) = NULL;

	if (argc == 2 && !strcmp(argv[1], "quote"))
		ask = quote;
	else if (argc == 2 && !strcmp(argv[1], "base"))
		ask = base;
	if (!ask) {
		fprintf(stderr, "usage: logcall quote|base\n");
		return 2;
	}
	tee_use_imatee(&tee, false);
	if (!tee_open(&tee) || !hello(&tee) || !ask(&tee))
		return 3;
	reply = tee.msg;
	if (reply->error)
		return 1;
	return fwrite(reply, reply->len, 1, stdout) != 1 || fflush(stdout);
}
