// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Seeds about quotes.
 */
#include <string.h>

#include "mkcorpus.h"

/* By the number that fuzz_reply.c knows it by. */
#define REPLY_QUOTE 9
#define REPLY_AK    10
#define REPLY_BASE  11

static void make_head(struct imatee_reply *head, size_t len)
{
	head->len = (uint32_t)len;
	head->epoch = 1;
	head->seal = IMATEE_SEAL_SEALED;
	head->attach_count = 1;
}

static void make_binding(struct imatee_binding *binding)
{
	memcpy(binding->magic, IMATEE_BINDING_MAGIC, sizeof(binding->magic));
	binding->entries = 9;
	binding->violations = 1;
	binding->trimmed = 2;
	binding->epoch = 1;
	binding->seal = IMATEE_SEAL_SEALED;
	binding->attach_count = 1;
	binding->mode = IMATEE_MODE_FULL;
}

void attestation_seeds(const char *dir)
{
	struct {
		struct imatee_quote_reply head;
		uint8_t tail[20];
	} quote = { 0 };
	struct {
		struct imatee_ak_reply head;
		uint8_t tail[20];
	} ak = { 0 };
	struct imatee_log_base_reply base = { .trimmed = 2 };

	make_head(&quote.head.hdr, sizeof(quote));
	make_binding(&quote.head.binding);
	quote.head.pcrs_used = 1 << 10;
	quote.head.attest_len = 12;
	quote.head.sig_len = 8;
	quote.head.base[10].sha1[0] = 1;
	make_head(&ak.head.hdr, sizeof(ak));
	ak.head.public_len = 8;
	ak.head.csr_len = 12;
	make_head(&base.hdr, sizeof(base));
	base.base[10].sha1[0] = 1;
	seed_raw(dir, "reply", "quote", REPLY_QUOTE, &quote, sizeof(quote));
	seed_raw(dir, "reply", "ak", REPLY_AK, &ak, sizeof(ak));
	seed_raw(dir, "reply", "base", REPLY_BASE, &base, sizeof(base));
}
