/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The hash algorithms that signatures are made with.
 */
#ifndef IMATEE_HASH_ALGO_H
#define IMATEE_HASH_ALGO_H

#include "der.h"
#include "imatee_abi.h"

struct hash_algo {
	uint8_t id; /* enum imatee_hash */
	uint8_t size; /* bytes of digest */
	struct slice oid; /* contents of its OBJECT IDENTIFIER */
};

/* NULL if it is not supported. */
const struct hash_algo *hash_algo_find(uint8_t id);

/* The same by the contents of its OBJECT IDENTIFIER. */
const struct hash_algo *hash_algo_by_oid(struct slice oid);

/* What a request says of what was signed: digests of one thing, one at least. */
struct digests {
	size_t count;
	struct digest {
		uint8_t algo; /* enum imatee_hash */
		struct slice value;
	} of[IMATEE_FILE_DIGESTS_MAX];
};

/* Bytes of a DigestInfo, at most. */
#define HASH_ALGO_INFO_MAX (IMATEE_DIGEST_MAX + 24)

/*
 * Writes the DigestInfo of RFC 8017, 9.2, into @info and returns its size in bytes.
 * @digest is as long as the algorithm asks for.
 */
size_t hash_algo_digest_info(const struct hash_algo *algo, const void *digest,
			     uint8_t info[HASH_ALGO_INFO_MAX]);

/* Is it one that is computed here? */
bool hash_algo_is_computed(const struct hash_algo *algo);

/*
 * Hashes @data into @digest, of which there are .size bytes. Errors: SIG_HASH (not
 * one that is computed here: SHA-1 and SHA-3), RESOURCES.
 */
enum imatee_error hash_algo_compute(const struct hash_algo *algo,
				    struct slice data, uint8_t *digest);

/* SHA-256 of @a and, behind it, @b. Errors: RESOURCES. */
enum imatee_error hash_algo_sha256_of_two(struct slice a, struct slice b,
					  uint8_t digest[32]);

#endif /* IMATEE_HASH_ALGO_H */
