/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hash algorithms as entries and signatures of IMA have them.
 */
#ifndef IMATEE_HASH_NAME_H
#define IMATEE_HASH_NAME_H

#include <openssl/evp.h>

#include "imatee.h"

/**
 * struct hash - one
 * @id: enum imatee_hash
 * @name: as in the kernel's hash_algo_name
 * @size: of a digest
 * @signs: a signature of its digests is worth something
 * @md: OpenSSL's; NULL if it has none, or not everywhere
 */
struct hash {
	uint8_t id;
	const char *name;
	size_t size;
	bool signs;
	const EVP_MD *(*md)(void);
};

/* Both return NULL if there is no such hash. */
const struct hash *hash_by_name(const char *name, size_t len);
const struct hash *hash_by_id(uint8_t id);

#endif /* IMATEE_HASH_NAME_H */
