// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: what a signature is for, and headers of extended attributes that are
 * refused before anybody asks the TEE. Attributes have exactly the size that
 * they are given out for, so that KASAN sees a byte read beyond.
 */
#include <linux/limits.h>
#include <kunit/test.h>

#define HDR	sizeof(struct signature_v2_hdr)

static const struct purpose_case {
	const char *name;
	unsigned int id;
	u8 type;
	u8 purpose;
	u8 digest_kind;
} purpose_cases[] = {
	{ "file", INTEGRITY_KEYRING_IMA, EVM_IMA_XATTR_DIGSIG,
	  IMATEE_PURPOSE_IMA, IMATEE_DIGEST_FILE },
	{ "file on .platform", INTEGRITY_KEYRING_PLATFORM, EVM_IMA_XATTR_DIGSIG,
	  IMATEE_PURPOSE_IMA, IMATEE_DIGEST_FILE },
	{ "fs-verity", INTEGRITY_KEYRING_IMA, IMA_VERITY_DIGSIG,
	  IMATEE_PURPOSE_VERITY, IMATEE_DIGEST_FILE_ID },
	{ "EVM", INTEGRITY_KEYRING_EVM, EVM_IMA_XATTR_DIGSIG,
	  IMATEE_PURPOSE_EVM, IMATEE_DIGEST_METADATA },
	{ "EVM, portable", INTEGRITY_KEYRING_EVM, EVM_XATTR_PORTABLE_DIGSIG,
	  IMATEE_PURPOSE_EVM_PORTABLE, IMATEE_DIGEST_METADATA },
	/* IMA and EVM let no other type come here; if one did: */
	{ "fs-verity on .evm", INTEGRITY_KEYRING_EVM, IMA_VERITY_DIGSIG,
	  IMATEE_PURPOSE_EVM, IMATEE_DIGEST_METADATA },
	{ "portable on .ima", INTEGRITY_KEYRING_IMA, EVM_XATTR_PORTABLE_DIGSIG,
	  IMATEE_PURPOSE_IMA, IMATEE_DIGEST_FILE },
	{ "type 0", INTEGRITY_KEYRING_IMA, 0,
	  IMATEE_PURPOSE_IMA, IMATEE_DIGEST_FILE },
	{ "type 255", INTEGRITY_KEYRING_IMA, U8_MAX,
	  IMATEE_PURPOSE_IMA, IMATEE_DIGEST_FILE },
};

KUNIT_ARRAY_PARAM_DESC(purpose, purpose_cases, name);

static void purposes(struct kunit *test)
{
	const struct purpose_case *c = test->param_value;
	struct signature_v2_hdr hdr = { .type = c->type };
	u8 purpose = purpose_of(c->id, &hdr);

	KUNIT_EXPECT_EQ(test, purpose, c->purpose);
	KUNIT_EXPECT_EQ(test, digest_kind_of(purpose), c->digest_kind);
}

/* The TEE refuses with BAD_VALUE what is out of range. */
static void digest_kinds_in_range(struct kunit *test)
{
	unsigned int purpose;

	for (purpose = 0; purpose <= U8_MAX; purpose++) {
		KUNIT_EXPECT_GT(test, digest_kind_of(purpose),
				IMATEE_DIGEST_NONE);
		KUNIT_EXPECT_LT(test, digest_kind_of(purpose),
				IMATEE_DIGEST_KIND_COUNT);
	}
}

static const struct header_case {
	const char *name;
	int size;	/* of the attribute */
	u8 version;
	u8 hash_algo;
	u16 sig_size;
	unsigned int id;
	int want;
} header_cases[] = {
	{ "version 0", HDR + 64, 0, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_IMA, -EOPNOTSUPP },
	{ "version 1", HDR + 64, 1, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_IMA, -EKEYREJECTED },
	{ "version 4", HDR + 64, 4, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_IMA, -EOPNOTSUPP },
	{ "version 255", HDR + 64, U8_MAX, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_IMA, -EOPNOTSUPP },
	{ "type and version alone", 2, 2, 0, 0,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "type and version 3 alone", 2, 3, 0, 0,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "type and version 1 alone", 2, 1, 0, 0,
	  INTEGRITY_KEYRING_IMA, -EKEYREJECTED },
	{ "no whole header", HDR - 1, 2, HASH_ALGO_SHA256, 0,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "no signature", HDR, 2, HASH_ALGO_SHA256, 0,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "a byte more than there is", HDR + 64, 2, HASH_ALGO_SHA256, 65,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "a byte less than there is", HDR + 64, 2, HASH_ALGO_SHA256, 63,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "signature of the most", HDR + 64, 2, HASH_ALGO_SHA256, U16_MAX,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "size in the other byte order", HDR + 64, 2, HASH_ALGO_SHA256, 64 << 8,
	  INTEGRITY_KEYRING_IMA, -EBADMSG },
	{ "no hash of that number", HDR + 64, 2, HASH_ALGO__LAST, 64,
	  INTEGRITY_KEYRING_IMA, -ENOPKG },
	{ "hash 255", HDR + 64, 3, U8_MAX, 64,
	  INTEGRITY_KEYRING_EVM, -ENOPKG },
	{ "keyring .machine", HDR + 64, 2, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_MACHINE, -ENOKEY },
	{ "no such keyring", HDR + 64, 2, HASH_ALGO_SHA256, 64,
	  INTEGRITY_KEYRING_MAX, -ENOKEY },
	{ "keyring of the highest number", HDR + 64, 2, HASH_ALGO_SHA256, 64,
	  UINT_MAX, -ENOKEY },
};

KUNIT_ARRAY_PARAM_DESC(header, header_cases, name);

static void headers_refused(struct kunit *test)
{
	const struct header_case *c = test->param_value;
	struct signature_v2_hdr hdr = {
		.type = EVM_IMA_XATTR_DIGSIG,
		.version = c->version,
		.hash_algo = c->hash_algo,
		.sig_size = cpu_to_be16(c->sig_size),
	};
	u8 digest[32] = {};
	char *sig;

	sig = kunit_kzalloc(test, c->size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sig);
	memcpy(sig, &hdr, min_t(size_t, c->size, HDR));
	KUNIT_EXPECT_EQ(test, c->want,
			imatee_digsig_verify(c->id, sig, c->size, digest,
					     sizeof(digest)));
}

static void encodings(struct kunit *test)
{
	static const struct public_key rsa = { .pkey_algo = "rsa" };
	static const struct public_key p256 = {
		.pkey_algo = "ecdsa-nist-p256"
	};

	KUNIT_EXPECT_STREQ(test, encoding_of(&rsa), "pkcs1");
	KUNIT_EXPECT_STREQ(test, encoding_of(&p256), "x962");
}

static struct kunit_case verify_cases[] = {
	KUNIT_CASE_PARAM(purposes, purpose_gen_params),
	KUNIT_CASE(digest_kinds_in_range),
	KUNIT_CASE_PARAM(headers_refused, header_gen_params),
	KUNIT_CASE(encodings),
	{}
};

static struct kunit_suite verify_suite = {
	.name = "imatee-verify",
	.test_cases = verify_cases,
};

kunit_test_suite(verify_suite);
