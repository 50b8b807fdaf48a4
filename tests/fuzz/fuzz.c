// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"

#define CANARY	    0xc5
#define CANARY_SIZE 64

static const uint8_t blob[600] = { 4, 1, 2, 3 };

const uint8_t fuzz_digest[KEYTAB_DIGEST_SIZE] = { 0xf2 };

#define KEY(ring_, index_, cert_len_)                           \
	{                                                       \
		.info = { .ring = (ring_),                      \
			  .algo = IMATEE_ALGO_ECDSA_P256,       \
			  .source = IMATEE_SOURCE_BUILTIN,      \
			  .skid_len = 4 + (index_),             \
			  .index = (index_),                    \
			  .keyid = 0x01010100 + (index_),       \
			  .key_bits = 256,                      \
			  .pubkey_len = 65,                     \
			  .cert_len = (cert_len_),              \
			  .skid = { 1, 1, 1, (index_) },        \
			  .fingerprint = { (ring_), (index_) }, \
			  .subject = "CN = fuzz" },             \
		.pubkey = blob, .cert = blob                    \
	}

static const struct key keys[] = {
	KEY(IMATEE_RING_IMA, 0, 400),
	KEY(IMATEE_RING_IMA, 1, 599),
	KEY(IMATEE_RING_IMA, 2, 600),
	KEY(IMATEE_RING_EVM, 0, 1),
	KEY(IMATEE_RING_PLATFORM, 0, 300),
	/* more than a verifier loads at once */
	KEY(IMATEE_RING_PLATFORM, 1, 1),
	KEY(IMATEE_RING_PLATFORM, 2, 2),
	KEY(IMATEE_RING_PLATFORM, 3, 3),
	KEY(IMATEE_RING_PLATFORM, 4, 4),
	KEY(IMATEE_RING_PLATFORM, 5, 5),
	KEY(IMATEE_RING_PLATFORM, 6, 6),
	KEY(IMATEE_RING_PLATFORM, 7, 7),
	KEY(IMATEE_RING_PLATFORM, 8, 8),
};

const struct keytab fuzz_keytab = {
	.keys = keys,
	.key_count = sizeof(keys) / sizeof(keys[0]),
};

void fuzz_require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "violated: %s\n", what);
	abort();
}

bool fuzz_next(struct fuzz_input *input, struct fuzz_step *step,
	       const uint8_t **request)
{
	if (input->left < sizeof(*step))
		return false;
	memcpy(step, input->pos, sizeof(*step));
	input->pos += sizeof(*step);
	input->left -= sizeof(*step);
	if (step->len > input->left)
		step->len = (uint16_t)input->left;
	*request = input->pos;
	input->pos += step->len;
	input->left -= step->len;
	return true;
}

/* The caller's other CPU: what was read is something else at once. */
static void overwrite(void *shared, size_t size)
{
	memset(shared, 0xff, size);
}

bool fuzz_invoke(fuzz_invoke_fn *invoke, void *ta, struct session *session,
		 const struct fuzz_step *step, const uint8_t *request,
		 struct imatee_reply *head)
{
	const size_t size = step->size;
	uint8_t *shared = malloc(size + CANARY_SIZE);
	size_t len = 0;
	size_t i = 0;
	enum platform_status status = PLATFORM_OK;

	fuzz_require(shared != NULL, "memory");
	memset(shared, 0, size);
	memset(shared + size, CANARY, CANARY_SIZE);
	memcpy(shared, request, step->len < size ? step->len : size);
	host.after_copy_in = overwrite;
	status = invoke(ta, session, step->command, shared, size, &len);
	host.after_copy_in = NULL;

	for (i = 0; i < CANARY_SIZE; i++)
		fuzz_require(shared[size + i] == CANARY,
			     "nothing is written behind the memref");
	if (status == PLATFORM_OK) {
		fuzz_require(len >= sizeof(*head) && len <= size,
			     "a reply is not longer than the memref");
		memcpy(head, shared, sizeof(*head));
		fuzz_require(head->len == len, "a reply tells its length");
		fuzz_require(!head->error == !head->needed ||
				     head->error != IMATEE_ERR_SHORT_BUFFER,
			     "a short buffer is told what is needed");
	}
	free(shared);
	return status == PLATFORM_OK;
}
