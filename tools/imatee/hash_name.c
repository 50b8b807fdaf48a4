// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "hash_name.h"

#ifdef OPENSSL_NO_SM3
#define EVP_sm3 NULL
#endif

static const struct hash hashes[] = {
	{ IMATEE_HASH_MD5, "md5", 16, false, EVP_md5 },
	{ IMATEE_HASH_SHA1, "sha1", 20, false, EVP_sha1 },
	{ IMATEE_HASH_RMD160, "rmd160", 20, false, EVP_ripemd160 },
	{ IMATEE_HASH_SHA256, "sha256", 32, true, EVP_sha256 },
	{ IMATEE_HASH_SHA384, "sha384", 48, true, EVP_sha384 },
	{ IMATEE_HASH_SHA512, "sha512", 64, true, EVP_sha512 },
	{ IMATEE_HASH_SHA224, "sha224", 28, true, EVP_sha224 },
	{ IMATEE_HASH_SHA3_256, "sha3-256", 32, true, EVP_sha3_256 },
	{ IMATEE_HASH_SHA3_384, "sha3-384", 48, true, EVP_sha3_384 },
	{ IMATEE_HASH_SHA3_512, "sha3-512", 64, true, EVP_sha3_512 },
	{ IMATEE_HASH_SM3, "sm3", 32, false, EVP_sm3 },
	{ IMATEE_HASH_STREEBOG256, "streebog256", 32, false, NULL },
	{ IMATEE_HASH_STREEBOG512, "streebog512", 64, false, NULL },
	{ IMATEE_HASH_WP256, "wp256", 32, false, NULL },
	{ IMATEE_HASH_WP384, "wp384", 48, false, NULL },
	{ IMATEE_HASH_WP512, "wp512", 64, false, NULL },
};

#define HASHES (sizeof(hashes) / sizeof(hashes[0]))

const struct hash *hash_by_name(const char *name, size_t len)
{
	const struct hash *h;

	for (h = hashes; h < hashes + HASHES; h++)
		if (strlen(h->name) == len && !memcmp(h->name, name, len))
			return h;
	return NULL;
}

const struct hash *hash_by_id(uint8_t id)
{
	const struct hash *h;

	for (h = hashes; h < hashes + HASHES; h++)
		if (h->id == id)
			return h;
	return NULL;
}
