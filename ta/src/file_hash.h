/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hashes for measurement: all that IMA can name and Linux has code for, but MD4, of content
 * that comes in pieces. What signatures are made with, and what may vouch for a certificate, is
 * hash_algo.h's matter: nothing is trusted because it has a digest of these.
 *
 * The libraries get whole blocks only. The bytes in between, the length and the padding are
 * kept here, so that a hash that is not finished is known to its last bit, and can
 * be written down; and because wolfSSL 5.7.2 pads RIPEMD-160 wrongly from 64 MiB on. (The
 * end of Streebog is Nettle's: it is not only padding.)
 */
#ifndef IMATEE_FILE_HASH_H
#define IMATEE_FILE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nettle/sm3.h>
#include <nettle/streebog.h>
#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/md5.h>
#include <wolfssl/wolfcrypt/ripemd.h>
#include <wolfssl/wolfcrypt/sha.h>
#include <wolfssl/wolfcrypt/sha256.h>
#include <wolfssl/wolfcrypt/sha3.h>
#include <wolfssl/wolfcrypt/sha512.h>

#include "imatee_abi.h"

union hash_engine {
	wc_Md5 md5;
	RipeMd rmd160;
	wc_Sha sha1;
	wc_Sha256 sha256; /* and SHA-224 */
	wc_Sha512 sha512; /* and SHA-384 */
	wc_Sha3 sha3;
	struct sm3_ctx sm3;
	struct streebog512_ctx streebog; /* and Streebog-256 */
	uint64_t whirlpool[8];
};

/* Bytes of the longest block: SHA3-256. */
#define FILE_HASH_BLOCK_MAX 136

struct hash_kind {
	uint8_t id; /* enum imatee_hash */
	uint8_t size; /* bytes of digest */
	uint8_t block; /* bytes of a block */
	uint8_t chain_size; /* bytes of chaining words */
	uint16_t chain; /* where they are in the engine */
	uint8_t word; /* bytes of a chaining word that the digest turns round */
	uint8_t padding; /* enum in file_hash.c */
	const char *name; /* as in the kernel's hash_algo_name */
	int (*init)(union hash_engine *engine);
	int (*update)(union hash_engine *engine, const uint8_t *data,
		      uint32_t len);
};

struct file_hash {
	const struct hash_kind *kind;
	uint64_t length; /* bytes so far */
	union {
		uint8_t bytes[FILE_HASH_BLOCK_MAX];
		uint64_t words[FILE_HASH_BLOCK_MAX / sizeof(uint64_t)];
	} partial; /* .length modulo .kind->block */
	union hash_engine engine;
};

/* NULL if it is not computed here. */
const struct hash_kind *file_hash_find(uint8_t id);

/* None of these fails: no memory is asked for. A hash that is used up is good for another. */
void file_hash_init(struct file_hash *hash, const struct hash_kind *kind);
void file_hash_update(struct file_hash *hash, const void *data, size_t len);

/* Writes .kind->size bytes. The hash is used up. */
void file_hash_final(struct file_hash *hash, uint8_t *digest);

/* All of that at once, of one of those that are always there. */
void file_hash_of(uint8_t id, const void *data, size_t len, uint8_t *digest);

/* The same with a hash of the caller's, which need not be cleared for each. */
void file_hash_with(struct file_hash *hash, uint8_t id, const void *data,
		    size_t len, uint8_t *digest);

/* Writes down a hash that is not finished; returns how many bytes that takes. */
size_t file_hash_export(const struct file_hash *hash,
			uint8_t state[IMATEE_HASH_STATE_MAX]);

/*
 * Goes on with what file_hash_export() has written of a hash of @kind over @length
 * bytes. False if it cannot have.
 */
bool file_hash_import(struct file_hash *hash, const struct hash_kind *kind,
		      uint64_t length, const uint8_t *state, size_t len);

#endif /* IMATEE_FILE_HASH_H */
