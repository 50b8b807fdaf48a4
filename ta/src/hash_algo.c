// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/hash.h>

#include "crypto.h"
#include "hash_algo.h"

/* RFC 8017, appendix B.1; NIST's CSOR for SHA-3. */
static const uint8_t oid_sha1[] = { 0x2b, 0x0e, 0x03, 0x02, 0x1a };

#define NIST_HASH(last)                                              \
	{                                                            \
		0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, last \
	}
static const uint8_t oid_sha256[] = NIST_HASH(1);
static const uint8_t oid_sha384[] = NIST_HASH(2);
static const uint8_t oid_sha512[] = NIST_HASH(3);
static const uint8_t oid_sha224[] = NIST_HASH(4);
static const uint8_t oid_sha3_256[] = NIST_HASH(8);
static const uint8_t oid_sha3_384[] = NIST_HASH(9);
static const uint8_t oid_sha3_512[] = NIST_HASH(10);

#define ALGO(hash, size, oid)             \
	{                                 \
		IMATEE_HASH_##hash, size, \
		{                         \
			oid, sizeof(oid)  \
		}                         \
	}

static const struct hash_algo algos[] = {
	ALGO(SHA256, 32, oid_sha256),	  ALGO(SHA512, 64, oid_sha512),
	ALGO(SHA384, 48, oid_sha384),	  ALGO(SHA224, 28, oid_sha224),
	ALGO(SHA1, 20, oid_sha1),	  ALGO(SHA3_256, 32, oid_sha3_256),
	ALGO(SHA3_384, 48, oid_sha3_384), ALGO(SHA3_512, 64, oid_sha3_512),
};

const struct hash_algo *hash_algo_find(uint8_t id)
{
	size_t i = 0;

	for (i = 0; i < sizeof(algos) / sizeof(algos[0]); i++)
		if (algos[i].id == id)
			return &algos[i];
	return NULL;
}

const struct hash_algo *hash_algo_by_oid(struct slice oid)
{
	size_t i = 0;

	for (i = 0; i < sizeof(algos) / sizeof(algos[0]); i++)
		if (slice_equal(algos[i].oid, oid))
			return &algos[i];
	return NULL;
}

static uint8_t *put(uint8_t *to, uint8_t tag, const void *data, size_t len)
{
	to[0] = tag;
	to[1] = (uint8_t)len;
	if (data)
		memcpy(to + 2, data, len);
	return to + 2 + (data ? len : 0);
}

size_t hash_algo_digest_info(const struct hash_algo *algo, const void *digest,
			     uint8_t info[HASH_ALGO_INFO_MAX])
{
	/* OBJECT IDENTIFIER and NULL, and that SEQUENCE beside the digest. */
	const size_t algorithm = 2 + algo->oid.len + 2;
	const size_t all = 2 + algorithm + 2 + algo->size;
	uint8_t *to = info;

	to = put(to, DER_SEQUENCE, NULL, all);
	to = put(to, DER_SEQUENCE, NULL, algorithm);
	to = put(to, DER_OID, algo->oid.data, algo->oid.len);
	to = put(to, DER_NULL, NULL, 0);
	to = put(to, DER_OCTET_STRING, digest, algo->size);
	return (size_t)(to - info);
}

static enum wc_HashType type_of(uint8_t id)
{
	switch (id) {
	case IMATEE_HASH_SHA224:
		return WC_HASH_TYPE_SHA224;
	case IMATEE_HASH_SHA256:
		return WC_HASH_TYPE_SHA256;
	case IMATEE_HASH_SHA384:
		return WC_HASH_TYPE_SHA384;
	case IMATEE_HASH_SHA512:
		return WC_HASH_TYPE_SHA512;
	default:
		return WC_HASH_TYPE_NONE;
	}
}

bool hash_algo_is_computed(const struct hash_algo *algo)
{
	return type_of(algo->id) != WC_HASH_TYPE_NONE;
}

enum imatee_error hash_algo_compute(const struct hash_algo *algo,
				    struct slice data, uint8_t *digest)
{
	const enum wc_HashType type = type_of(algo->id);

	if (type == WC_HASH_TYPE_NONE)
		return IMATEE_ERR_SIG_HASH;
	return crypto_error(wc_Hash(type, data.data, (word32)data.len, digest,
				    algo->size),
			    IMATEE_ERR_RESOURCES);
}

enum imatee_error hash_algo_sha256_of_two(struct slice a, struct slice b,
					  uint8_t digest[32])
{
	wc_Sha256 sha = { 0 };
	int ret = wc_InitSha256(&sha);

	if (ret)
		return crypto_error(ret, IMATEE_ERR_RESOURCES);
	ret = wc_Sha256Update(&sha, a.data, (word32)a.len);
	if (!ret)
		ret = wc_Sha256Update(&sha, b.data, (word32)b.len);
	if (!ret)
		ret = wc_Sha256Final(&sha, digest);
	wc_Sha256Free(&sha);
	return crypto_error(ret, IMATEE_ERR_RESOURCES);
}
