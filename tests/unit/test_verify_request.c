// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * IMATEE_CMD_VERIFY with several digests of a file: what the verifier takes for such a
 * list. What it takes goes on to the message, which is none: SIG_MALFORMED.
 */
#include "fixture.h"

#define TAKEN IMATEE_ERR_SIG_MALFORMED
#define ROOM  (IMATEE_FILE_DIGESTS_MAX + 1)

static const struct {
	uint8_t algo;
	uint8_t len;
} hashes[IMATEE_FILE_DIGESTS_MAX] = {
	{ IMATEE_HASH_SHA1, 20 },     { IMATEE_HASH_SHA256, 32 },
	{ IMATEE_HASH_SHA384, 48 },   { IMATEE_HASH_SHA512, 64 },
	{ IMATEE_HASH_SHA224, 28 },   { IMATEE_HASH_SHA3_256, 32 },
	{ IMATEE_HASH_SHA3_384, 48 }, { IMATEE_HASH_SHA3_512, 64 },
};

struct request {
	struct imatee_verify verify;
	uint8_t rest[ROOM * sizeof(struct imatee_file_digest) +
		     IMATEE_PKCS7_MAX + 1];
};

static struct request request;
static struct imatee_file_digest list[ROOM];

/* The first @count of the list, and @sig_len bytes of zeros. */
static enum imatee_error send_list(struct fixture *f, size_t count,
				   size_t sig_len)
{
	static struct answer answer;
	const size_t len = count * sizeof(list[0]);

	request.verify.digest_len = (uint32_t)len;
	request.verify.sig_len = (uint32_t)sig_len;
	request.verify.hdr.len =
		(uint32_t)(sizeof(request.verify) + len + sig_len);
	memset(request.rest, 0, sizeof(request.rest));
	memcpy(request.rest, list, len);
	return ask_verifier(f, IMATEE_CMD_VERIFY, &request,
			    request.verify.hdr.len, &answer);
}

static void begin(struct fixture *f)
{
	static struct answer answer;
	size_t i = 0;

	memset(&request, 0, sizeof(request));
	request.verify.ring = IMATEE_RING_IMA;
	request.verify.purpose = IMATEE_PURPOSE_MODSIG;
	request.verify.digest_kind = IMATEE_DIGEST_FILES;
	memset(list, 0, sizeof(list));
	for (i = 0; i < IMATEE_FILE_DIGESTS_MAX; i++) {
		list[i].algo = hashes[i].algo;
		list[i].len = hashes[i].len;
		memset(list[i].digest, 0xd1, hashes[i].len);
	}
	assert_int_equal(seal(f), IMATEE_OK);
	assert_int_equal(ask_verifier(f, IMATEE_CMD_SYNC, &empty_request,
				      sizeof(empty_request), &answer),
			 IMATEE_OK);
}

static void taken(void **state)
{
	size_t i = 0;

	begin(*state);
	for (i = 1; i <= IMATEE_FILE_DIGESTS_MAX; i++)
		assert_int_equal(send_list(*state, i, 16), TAKEN);
	for (i = 0; i < IMATEE_FILE_DIGESTS_MAX; i++) {
		list[0] = list[i];
		assert_int_equal(send_list(*state, 1, 16), TAKEN);
	}
}

/* The longest list with the longest message, and what is longer. */
static void lengths(void **state)
{
	const size_t size = sizeof(list[0]);
	static struct answer answer;
	size_t len = 0;

	begin(*state);
	assert_int_equal(send_list(*state, IMATEE_FILE_DIGESTS_MAX,
				   IMATEE_PKCS7_MAX),
			 TAKEN);
	assert_int_equal(send_list(*state, IMATEE_FILE_DIGESTS_MAX,
				   IMATEE_PKCS7_MAX + 1),
			 IMATEE_ERR_TOO_LONG);
	assert_int_equal(send_list(*state, ROOM, 16), IMATEE_ERR_TOO_LONG);
	assert_int_equal(send_list(*state, 0, 16), IMATEE_ERR_MALFORMED);
	for (len = 1; len < IMATEE_FILE_DIGESTS_MAX * size; len++) {
		if (len % size == 0)
			continue;
		send_list(*state, IMATEE_FILE_DIGESTS_MAX, 16);
		request.verify.digest_len = (uint32_t)len;
		request.verify.hdr.len =
			(uint32_t)(sizeof(request.verify) + len + 16);
		assert_int_equal(ask_verifier(*state, IMATEE_CMD_VERIFY,
					      &request, request.verify.hdr.len,
					      &answer),
				 IMATEE_ERR_MALFORMED);
	}
	/* one byte fewer, or more, than its fields say */
	for (len = 0; len < 3; len += 2) {
		send_list(*state, 2, 16);
		request.verify.hdr.len += (uint32_t)len - 1;
		assert_int_equal(ask_verifier(*state, IMATEE_CMD_VERIFY,
					      &request, request.verify.hdr.len,
					      &answer),
				 IMATEE_ERR_MALFORMED);
	}
	/* it is the kind that makes it a list */
	request.verify.digest_kind = IMATEE_DIGEST_FILE;
	assert_int_equal(send_list(*state, 1, 16), IMATEE_ERR_TOO_LONG);
}

static bool is_known(unsigned int algo)
{
	size_t i = 0;

	for (i = 0; i < IMATEE_FILE_DIGESTS_MAX; i++)
		if (hashes[i].algo == algo)
			return true;
	return false;
}

/* Each field of each entry. */
static void entries(void **state)
{
	struct imatee_file_digest good = { 0 };
	unsigned int value = 0;
	size_t at = 0;
	size_t i = 0;

	begin(*state);
	for (i = 0; i < IMATEE_FILE_DIGESTS_MAX; i++) {
		good = list[i];
		for (value = 0; value < 256; value++) {
			list[i].algo = (uint8_t)value;
			if (!is_known(value))
				assert_int_equal(
					send_list(*state,
						  IMATEE_FILE_DIGESTS_MAX, 16),
					IMATEE_ERR_BAD_VALUE);
			else if (value != good.algo)
				/* there twice, and maybe of another size */
				assert_int_equal(
					send_list(*state,
						  IMATEE_FILE_DIGESTS_MAX, 16),
					IMATEE_ERR_MALFORMED);
			list[i] = good;
			list[i].len = (uint8_t)value;
			if (value != good.len)
				assert_int_equal(
					send_list(*state,
						  IMATEE_FILE_DIGESTS_MAX, 16),
					IMATEE_ERR_MALFORMED);
			list[i] = good;
		}
		for (at = 0; at < sizeof(good.reserved); at++) {
			list[i].reserved[at] = 0x80;
			assert_int_equal(send_list(*state,
						   IMATEE_FILE_DIGESTS_MAX, 16),
					 IMATEE_ERR_MALFORMED);
			list[i] = good;
		}
		for (at = good.len; at < sizeof(good.digest); at++) {
			list[i].digest[at] = 1;
			assert_int_equal(send_list(*state,
						   IMATEE_FILE_DIGESTS_MAX, 16),
					 IMATEE_ERR_MALFORMED);
			list[i] = good;
		}
	}
	/* each the same size, and nothing else wrong */
	list[1] = list[0];
	assert_int_equal(send_list(*state, 2, 16), IMATEE_ERR_MALFORMED);
}

static void goes_with(void **state)
{
	begin(*state);
	request.verify.digest_algo = IMATEE_HASH_SHA256;
	assert_int_equal(send_list(*state, 1, 16), IMATEE_ERR_MALFORMED);
	request.verify.digest_algo = 0;
	for (request.verify.purpose = 0; request.verify.purpose < 16;
	     request.verify.purpose++)
		assert_int_equal(send_list(*state, 1, 16),
				 request.verify.purpose ==
						 IMATEE_PURPOSE_MODSIG ?
					 TAKEN :
					 IMATEE_ERR_BAD_VALUE);
	request.verify.purpose = IMATEE_PURPOSE_MODSIG;
	request.verify.ring = IMATEE_RING_EVM;
	assert_int_equal(send_list(*state, 1, 16), IMATEE_ERR_BAD_VALUE);
	request.verify.ring = IMATEE_RING_PLATFORM;
	assert_int_equal(send_list(*state, 1, 16), TAKEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("a list of one to eight digests is taken", taken),
		TEST("a list of another length is refused, and the longest request is not",
		     lengths),
		TEST("each field of each digest is held to what it must be, and no hash comes twice",
		     entries),
		TEST("a list goes with appended signatures alone, and names no hash beside it",
		     goes_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
