// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: which hashes an appended signature may want, and what a key is looked up for.
 */
#include <kunit/test.h>

#define SHA256_OID	"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01"
#define SHA512_OID	"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03"
#define SHA1_OID	"\x06\x05\x2b\x0e\x03\x02\x1a"
#define MD5_OID		"\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05"

static unsigned long bit_of(u8 algo)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++)
		if (hashes[i].algo == algo)
			return BIT(i);
	return 0;
}

static void names(struct kunit *test)
{
	static const char none[] = "\x30\x0a" MD5_OID "\x05\x00\x06\x06";
	static const char two[] = "\x31" SHA256_OID "\x05\x00" MD5_OID SHA1_OID;
	static const char behind[] = "\x06\x06\x06" SHA512_OID;
	unsigned long want = bit_of(HASH_ALGO_SHA256) | bit_of(HASH_ALGO_SHA1);
	size_t len;

	KUNIT_EXPECT_EQ(test, named_hashes(none, sizeof(none) - 1), 0);
	KUNIT_EXPECT_EQ(test, named_hashes(two, sizeof(two) - 1), want);
	KUNIT_EXPECT_EQ(test, named_hashes(behind, sizeof(behind) - 1),
			bit_of(HASH_ALGO_SHA512));
	/* cut within the last one: it is not read beyond the end */
	for (len = 0; len < sizeof(behind) - 1; len++)
		KUNIT_EXPECT_EQ(test, named_hashes(behind, len), 0);
}

/* Each of them has an algorithm of the kernel's and of the TEE's, and a digest. */
static void digests(struct kunit *test)
{
	static const u8 sha256[] = { 0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea,
				     0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
				     0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c,
				     0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad };
	struct imatee_file_digest digest;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		memset(&digest, 0, sizeof(digest));
		KUNIT_ASSERT_EQ_MSG(test, hash_data(hashes[i].algo, "abc", 3, &digest),
				    0, "hash %u", hashes[i].algo);
		KUNIT_EXPECT_EQ(test, digest.algo, hashes[i].algo);
		KUNIT_EXPECT_EQ(test, digest.len, hash_digest_size[hashes[i].algo]);
		KUNIT_EXPECT_NULL(test, memchr_inv(digest.digest + digest.len, 0,
						   sizeof(digest.digest) - digest.len));
		if (digest.algo == HASH_ALGO_SHA256)
			KUNIT_EXPECT_MEMEQ(test, digest.digest, sha256, sizeof(sha256));
	}
	/* One that this kernel is built without. */
	KUNIT_EXPECT_EQ(test, hash_data(HASH_ALGO_TGR_128, "abc", 3, &digest), -ENOENT);
}

static void lookups(struct kunit *test)
{
	static const struct imatee_file_digest several[2] = {
		{ .algo = HASH_ALGO_SHA1, .len = 20, .digest = { 1 } },
		{ .algo = HASH_ALGO_SHA512, .len = 64, .digest = { 2 } },
	};
	struct imatee_signed what = {
		.digest_kind = IMATEE_DIGEST_FILE,
		.digest_algo = HASH_ALGO_SHA256,
		.digest = several,
		.digest_len = 32,
	};
	struct imatee_signed one;

	KUNIT_EXPECT_EQ(test, pick_digest(&what, &one), 0);
	KUNIT_EXPECT_MEMEQ(test, &one, &what, sizeof(one));
	what.digest_kind = IMATEE_DIGEST_FILES;
	what.digest_algo = 0;
	what.digest_len = sizeof(several);
	KUNIT_EXPECT_EQ(test, pick_digest(&what, &one), 0);
	KUNIT_EXPECT_EQ(test, one.digest_kind, IMATEE_DIGEST_FILE);
	KUNIT_EXPECT_EQ(test, one.digest_algo, HASH_ALGO_SHA1);
	KUNIT_EXPECT_PTR_EQ(test, one.digest, (const void *)several[0].digest);
	KUNIT_EXPECT_EQ(test, one.digest_len, 20);
}

static struct kunit_case modsig_cases[] = {
	KUNIT_CASE(names),
	KUNIT_CASE(digests),
	KUNIT_CASE(lookups),
	{}
};

static struct kunit_suite modsig_suite = {
	.name = "imatee-modsig",
	.test_cases = modsig_cases,
};

kunit_test_suite(modsig_suite);
