// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Seeds of fuzz_keeper with the commands for attestation.
 */
#include <string.h>

#include "mkcorpus.h"

static void hello(void)
{
	const struct imatee_hello request = {
		.hdr.len = sizeof(request),
		.abi_major = IMATEE_ABI_MAJOR,
		.abi_minor = IMATEE_ABI_MINOR,
	};

	seed_step(FUZZ_INVOKE, 0, IMATEE_CMD_HELLO, &request, sizeof(request));
}

static void empty(uint16_t command)
{
	const struct imatee_request request = { .len = sizeof(request) };

	seed_step(FUZZ_INVOKE, 0, command, &request, sizeof(request));
}

static void quote(uint8_t bank)
{
	const struct imatee_quote request = {
		.hdr.len = sizeof(request),
		.bank = bank,
		.nonce_len = 5,
		.nonce = "nonce",
	};

	seed_step(FUZZ_INVOKE, 0, IMATEE_CMD_QUOTE, &request, sizeof(request));
}

/* Nobody has made its checkpoint; what is in front of that is right. */
static void trim(void)
{
	struct {
		struct imatee_log_trim head;
		uint8_t sig[70];
	} request = { .head = { .sig_len = sizeof(request.sig) } };

	request.head.hdr.len = sizeof(request.head) + sizeof(request.sig);
	memcpy(request.head.receipt.magic, IMATEE_RECEIPT_MAGIC, 8);
	request.head.receipt.position = 1;
	seed_step(FUZZ_INVOKE, 0, IMATEE_CMD_LOG_TRIM, &request,
		  request.head.hdr.len);
}

void quote_seeds(const char *dir)
{
	seed_begin(dir, "keeper", "quote");
	seed_step(FUZZ_OPEN, 0, PLATFORM_CALLER_KERNEL, NULL, 0);
	hello();
	empty(IMATEE_CMD_AK);
	quote(IMATEE_HASH_SHA1);
	quote(IMATEE_HASH_SHA256);
	empty(IMATEE_CMD_LOG_BASE);
	trim();
	quote(IMATEE_HASH_SHA384);
	seed_end();
}
