// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: the public key as it is taken out of a reply.
 */
#include <linux/limits.h>
#include <kunit/test.h>

#define POINT	65	/* bytes of an uncompressed P-256 point */

static struct imatee_key_reply *key_reply(struct kunit *test, u8 algo)
{
	struct imatee_key_reply *reply =
		kunit_kzalloc(test, sizeof(*reply) + POINT, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, reply);
	reply->info.algo = algo;
	memset(reply + 1, 0x5a, POINT);
	return reply;
}

static void algorithms(struct kunit *test)
{
	static const char * const want[] = {
		[IMATEE_ALGO_RSA] = "rsa",
		[IMATEE_ALGO_ECDSA_P256] = "ecdsa-nist-p256",
		[IMATEE_ALGO_ECDSA_P384] = "ecdsa-nist-p384",
		[IMATEE_ALGO_ECDSA_P521] = "ecdsa-nist-p521",
	};
	unsigned int algo;

	for (algo = 0; algo <= U8_MAX; algo++) {
		struct imatee_public_key *key =
			key_from_reply(key_reply(test, algo), POINT);

		if (algo < ARRAY_SIZE(want) && want[algo]) {
			KUNIT_ASSERT_NOT_ERR_OR_NULL(test, key);
			KUNIT_EXPECT_STREQ(test, key->pub.pkey_algo,
					   want[algo]);
			imatee_put_public_key(key);
		} else {
			KUNIT_EXPECT_PTR_EQ_MSG(test, key, ERR_PTR(-EIO),
						"algorithm %u", algo);
		}
	}
}

/* What the TEE writes to the buffer later does not change the key. */
static void key_is_a_copy(struct kunit *test)
{
	struct imatee_key_reply *reply = key_reply(test, IMATEE_ALGO_ECDSA_P256);
	struct imatee_public_key *key = key_from_reply(reply, POINT);
	u8 want[POINT];

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, key);
	memset(want, 0x5a, sizeof(want));
	memset(reply + 1, 0, POINT);
	KUNIT_EXPECT_EQ(test, key->pub.keylen, POINT);
	KUNIT_EXPECT_PTR_EQ(test, key->pub.key, (void *)key->data);
	KUNIT_EXPECT_MEMEQ(test, key->data, want, POINT);
	KUNIT_EXPECT_FALSE(test, key->pub.key_is_private);
	KUNIT_EXPECT_STREQ(test, key->pub.id_type, "X509");
	imatee_put_public_key(key);
}

static struct kunit_case lookup_cases[] = {
	KUNIT_CASE(algorithms),
	KUNIT_CASE(key_is_a_copy),
	{}
};

static struct kunit_suite lookup_suite = {
	.name = "imatee-lookup",
	.test_cases = lookup_cases,
};

kunit_test_suite(lookup_suite);
