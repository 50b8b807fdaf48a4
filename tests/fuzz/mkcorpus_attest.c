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
	binding->order[0] = 1;
	binding->base_order[0] = 2;
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

/* By the number that fuzz_quote.c knows it by. */
enum {
	PART_QUOTE,
	PART_PUBLIC,
	PART_PCRS,
	PART_BINDING,
	PART_STATE,
	PART_POLICY,
	PART_LIST,
};

static const char state_text[] =
	"{\"state\": 2, \"ak\": "
	"\"000b00000000000000000000000000000000000000000000000000000000000000000"
	"000\", \"boot_id\": \"00000000000000000000000000000000\", "
	"\"attach_count\": 1, \"entries\": 9, \"violations\": 1, "
	"\"order\": "
	"\"0000000000000000000000000000000000000000000000000000000000000002\", "
	"\"pcrs\": "
	"[{\"pcr\": 10, \"sha1\": \"0000000000000000000000000000000000000001\", "
	"\"sha256\": "
	"\"0000000000000000000000000000000000000000000000000000000000000001\", "
	"\"sha384\": "
	"\"00000000000000000000000000000000000000000000000000000000000000000000000"
	"0000000000000000000000001\"}]}";

static const char policy_text[] =
	"{\"policy\": 1, \"unsealed\": true, \"modes\": [\"full\"], "
	"\"trimmed\": true, \"violations\": false, \"buffers\": true, \"pcrs\": "
	"[10], \"digests\": [\"sha1:0000000000000000000000000000000000000001\", "
	"\"verity:md5:00000000000000000000000000000000\"], \"signers\": "
	"[\"a.pem\"], \"keys\": "
	"[\"0000000000000000000000000000000000000000000000000000000000000001\"], "
	"\"keys_digest\": []}";

static const uint8_t attest[] = {
	0xff,	     0x54,	  0x43, 0x47,	     0x80, 0x18, 0x00,
	0x22,	     0x00,	  0x0b, [42] = 0x00, 0x02, 'n',	 'n',
	[62] = 0x01, [74] = 0x01, 0x00, 0x0b,	     0x03, 0x00, 0x04,
	0x80,	     0x00,	  0x20, [114] = 0,
};

static const uint8_t public[] = {
	0x00, 0x23, 0x00, 0x0b, 0x00,	     0x05, 0x00,     0x72, 0x00,
	0x00, 0x00, 0x10, 0x00, 0x18,	     0x00, 0x0b,     0x00, 0x03,
	0x00, 0x10, 0x00, 0x20, [54] = 0x00, 0x20, [87] = 1,
};

/* Entries with a signature, a buffer and fs-verity's digest. */
static const char sig[] = "\x0a\0\0\0"
			  "12345678901234567890"
			  "\7\0\0\0ima-sig"
			  "\x39\0\0\0"
			  "\x1a\0\0\0sha1:\0"
			  "12345678901234567890"
			  "\3\0\0\0/x\0"
			  "\x0c\0\0\0\3\2\2"
			  "abcd\0\3xyz";
static const char buf[] = "\x0a\0\0\0"
			  "12345678901234567890"
			  "\7\0\0\0ima-buf"
			  "\x2c\0\0\0"
			  "\x1a\0\0\0ima:md5:\0"
			  "1234567890123456\0"
			  "\2\0\0\0k\0"
			  "\4\0\0\0buf!";

void quote_part_seeds(const char *dir)
{
	struct imatee_binding binding = { 0 };
	uint8_t pcrs[4 + 16 * 8 + 4 + 532] = {
		1,	   [4] = 4,   [6] = 3,	  [8] = 4,   [9] = 0x80,
		[132] = 1, [136] = 2, [140] = 20, [206] = 20
	};

	make_binding(&binding);
	seed_raw(dir, "quote", "attest", PART_QUOTE, attest, sizeof(attest));
	seed_raw(dir, "quote", "public", PART_PUBLIC, public, sizeof(public));
	seed_raw(dir, "quote", "pcrs", PART_PCRS, pcrs, sizeof(pcrs));
	seed_raw(dir, "quote", "binding", PART_BINDING, &binding,
		 sizeof(binding));
	seed_raw(dir, "quote", "state", PART_STATE, state_text,
		 sizeof(state_text) - 1);
	seed_raw(dir, "quote", "policy", PART_POLICY, policy_text,
		 sizeof(policy_text) - 1);
	seed_raw(dir, "quote", "signed", PART_LIST, sig, sizeof(sig) - 1);
	seed_raw(dir, "quote", "buffer", PART_LIST, buf, sizeof(buf) - 1);
}
