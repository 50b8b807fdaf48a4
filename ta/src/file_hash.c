// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "platform.h"
#ifdef IMATEE_CRYPTO_CE
#include "sha1_ce.h"
#endif
#include "whirlpool.h"

/* How a message ends. */
enum padding {
	PADDING_LITTLE, /* 0x80, zeros, 8 bytes of length in bits */
	PADDING_BIG, /* the same, big-endian */
	PADDING_BIG_16, /* and 16 bytes of it */
	PADDING_BIG_32, /* and 32 bytes of it */
	PADDING_SHA3, /* 0x06, zeros, 0x80 in the last byte */
	PADDING_STREEBOG, /* Nettle's, with the two steps that follow it */
};

static int init_md5(union hash_engine *engine)
{
	return wc_InitMd5(&engine->md5);
}

static int init_rmd160(union hash_engine *engine)
{
	return wc_InitRipeMd(&engine->rmd160);
}

static int init_sha1(union hash_engine *engine)
{
	return wc_InitSha(&engine->sha1);
}

static int init_sha224(union hash_engine *engine)
{
	return wc_InitSha224(&engine->sha256);
}

static int init_sha256(union hash_engine *engine)
{
	return wc_InitSha256(&engine->sha256);
}

static int init_sha384(union hash_engine *engine)
{
	return wc_InitSha384(&engine->sha512);
}

static int init_sha512(union hash_engine *engine)
{
	return wc_InitSha512(&engine->sha512);
}

/* The state of SHA-3 begins the same for all lengths. */
static int init_sha3(union hash_engine *engine)
{
	return wc_InitSha3_256(&engine->sha3, NULL, INVALID_DEVID);
}

static int init_whirlpool(union hash_engine *engine)
{
	memset(engine->whirlpool, 0, sizeof(engine->whirlpool));
	return 0;
}

static int init_sm3(union hash_engine *engine)
{
	sm3_init(&engine->sm3);
	return 0;
}

static int init_streebog256(union hash_engine *engine)
{
	streebog256_init(&engine->streebog);
	return 0;
}

static int init_streebog512(union hash_engine *engine)
{
	streebog512_init(&engine->streebog);
	return 0;
}

static int update_md5(union hash_engine *engine, const uint8_t *data,
		      uint32_t len)
{
	return wc_Md5Update(&engine->md5, data, len);
}

static int update_rmd160(union hash_engine *engine, const uint8_t *data,
			 uint32_t len)
{
	return wc_RipeMdUpdate(&engine->rmd160, data, len);
}

static int update_sha1(union hash_engine *engine, const uint8_t *data,
		       uint32_t len)
{
#ifdef IMATEE_CRYPTO_CE
	sha1_ce(engine->sha1.digest, data, len / WC_SHA_BLOCK_SIZE);
	return 0;
#else
	return wc_ShaUpdate(&engine->sha1, data, len);
#endif
}

static int update_sha256(union hash_engine *engine, const uint8_t *data,
			 uint32_t len)
{
	return wc_Sha256Update(&engine->sha256, data, len);
}

static int update_sha512(union hash_engine *engine, const uint8_t *data,
			 uint32_t len)
{
	return wc_Sha512Update(&engine->sha512, data, len);
}

static int update_sha3_256(union hash_engine *engine, const uint8_t *data,
			   uint32_t len)
{
	return wc_Sha3_256_Update(&engine->sha3, data, len);
}

static int update_sha3_384(union hash_engine *engine, const uint8_t *data,
			   uint32_t len)
{
	return wc_Sha3_384_Update(&engine->sha3, data, len);
}

static int update_sha3_512(union hash_engine *engine, const uint8_t *data,
			   uint32_t len)
{
	return wc_Sha3_512_Update(&engine->sha3, data, len);
}

static int update_whirlpool(union hash_engine *engine, const uint8_t *data,
			    uint32_t len)
{
	return whirlpool_blocks(engine->whirlpool, data,
				len / WHIRLPOOL_BLOCK_SIZE);
}

/*
 * Nettle reads some words of a block twice, and content may change meanwhile: the digest
 * would be of nothing that was ever there.
 */
static int update_sm3(union hash_engine *engine, const uint8_t *data,
		      uint32_t len)
{
	uint8_t block[SM3_BLOCK_SIZE] = { 0 };
	uint32_t at = 0;

	for (at = 0; at < len; at += sizeof(block)) {
		memcpy(block, data + at, sizeof(block));
		sm3_update(&engine->sm3, sizeof(block), block);
	}
	return 0;
}

static int update_streebog(union hash_engine *engine, const uint8_t *data,
			   uint32_t len)
{
	streebog512_update(&engine->streebog, len, data);
	return 0;
}

/* Chaining words, number of bits and sum of all blocks, which stand side by side. */
#define STREEBOG_CHAIN offsetof(struct streebog512_ctx, index)

static_assert(offsetof(struct streebog512_ctx, state) == 0 &&
		      offsetof(struct streebog512_ctx, count) == 64 &&
		      offsetof(struct streebog512_ctx, sigma) == 128 &&
		      STREEBOG_CHAIN == 192,
	      "Nettle's Streebog has another state");

#define AT(member)                                              \
	.chain_size = sizeof(((union hash_engine *)0)->member), \
	.chain = offsetof(union hash_engine, member)

static const struct hash_kind kinds[] = {
	{ IMATEE_HASH_SHA256, 32, 64, AT(sha256.digest), 4, PADDING_BIG,
	  "sha256", init_sha256, update_sha256 },
	{ IMATEE_HASH_SHA1, 20, 64, AT(sha1.digest), 4, PADDING_BIG, "sha1",
	  init_sha1, update_sha1 },
	{ IMATEE_HASH_SHA384, 48, 128, AT(sha512.digest), 8, PADDING_BIG_16,
	  "sha384", init_sha384, update_sha512 },
	{ IMATEE_HASH_SHA512, 64, 128, AT(sha512.digest), 8, PADDING_BIG_16,
	  "sha512", init_sha512, update_sha512 },
	{ IMATEE_HASH_SHA224, 28, 64, AT(sha256.digest), 4, PADDING_BIG,
	  "sha224", init_sha224, update_sha256 },
	{ IMATEE_HASH_SHA3_256, 32, 136, AT(sha3.s), 1, PADDING_SHA3,
	  "sha3-256", init_sha3, update_sha3_256 },
	{ IMATEE_HASH_SHA3_384, 48, 104, AT(sha3.s), 1, PADDING_SHA3,
	  "sha3-384", init_sha3, update_sha3_384 },
	{ IMATEE_HASH_SHA3_512, 64, 72, AT(sha3.s), 1, PADDING_SHA3, "sha3-512",
	  init_sha3, update_sha3_512 },
	{ IMATEE_HASH_MD5, 16, 64, AT(md5.digest), 1, PADDING_LITTLE, "md5",
	  init_md5, update_md5 },
	{ IMATEE_HASH_RMD160, 20, 64, AT(rmd160.digest), 1, PADDING_LITTLE,
	  "rmd160", init_rmd160, update_rmd160 },
	{ IMATEE_HASH_SM3, 32, 64, AT(sm3.state), 4, PADDING_BIG, "sm3",
	  init_sm3, update_sm3 },
	{ IMATEE_HASH_STREEBOG256, 32, 64, STREEBOG_CHAIN,
	  offsetof(union hash_engine, streebog), 1, PADDING_STREEBOG,
	  "streebog256", init_streebog256, update_streebog },
	{ IMATEE_HASH_STREEBOG512, 64, 64, STREEBOG_CHAIN,
	  offsetof(union hash_engine, streebog), 1, PADDING_STREEBOG,
	  "streebog512", init_streebog512, update_streebog },
	{ IMATEE_HASH_WP512, 64, 64, AT(whirlpool), 8, PADDING_BIG_32, "wp512",
	  init_whirlpool, update_whirlpool },
	{ IMATEE_HASH_WP384, 48, 64, AT(whirlpool), 8, PADDING_BIG_32, "wp384",
	  init_whirlpool, update_whirlpool },
	{ IMATEE_HASH_WP256, 32, 64, AT(whirlpool), 8, PADDING_BIG_32, "wp256",
	  init_whirlpool, update_whirlpool },
};

const struct hash_kind *file_hash_find(uint8_t id)
{
	size_t i = 0;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].id == id)
			return &kinds[i];
	return NULL;
}

/*
 * The libraries have no reason to fail here: all is on the stack, and every argument is
 * ours (see IMATEE_CRYPTO_STACK).
 */
static void must(int ret)
{
	if (ret)
		platform_panic("a hash failed");
}

static uint8_t *chain_of(struct file_hash *hash)
{
	return (uint8_t *)&hash->engine + hash->kind->chain;
}

void file_hash_init(struct file_hash *hash, const struct hash_kind *kind)
{
	hash->kind = kind;
	hash->length = 0;
	must(kind->init(&hash->engine));
}

static void take_block(struct file_hash *hash)
{
	must(hash->kind->update(&hash->engine, hash->partial.bytes,
				hash->kind->block));
}

void file_hash_update(struct file_hash *hash, const void *data, size_t len)
{
	const struct hash_kind *kind = hash->kind;
	const size_t used = hash->length % kind->block;
	const uint8_t *from = data;
	size_t part = 0;

	if (!len)
		return;
	hash->length += len;
	if (used) {
		part = kind->block - used;
		if (part > len)
			part = len;
		memcpy(hash->partial.bytes + used, from, part);
		if (used + part < kind->block)
			return;
		take_block(hash);
		from += part;
		len -= part;
	}
	part = len % kind->block;
	if (len - part)
		must(kind->update(&hash->engine, from, (uint32_t)(len - part)));
	memcpy(hash->partial.bytes, from + (len - part), part);
}

/* Bytes of the length at the end of the last block. */
static size_t counter_size(const struct hash_kind *kind)
{
	switch (kind->padding) {
	case PADDING_BIG_16:
		return 16;
	case PADDING_BIG_32:
		return 32;
	default:
		return 8;
	}
}

/* The end of the last block: bytes so far, in bits. Every block is of whole words. */
static void put_length(struct file_hash *hash)
{
	const struct hash_kind *kind = hash->kind;
	const uint64_t bits = hash->length << 3;
	uint64_t *end = hash->partial.words + kind->block / sizeof(*end);

	end[-1] = kind->padding == PADDING_LITTLE ? bits :
						    __builtin_bswap64(bits);
	/* Of the rest no more is in use than what the shift has pushed out. */
	if (counter_size(kind) > sizeof(*end))
		end[-2] = __builtin_bswap64(hash->length >> 61);
}

/* Ends the message, where it is. */
static void pad(struct file_hash *hash)
{
	const struct hash_kind *kind = hash->kind;
	const size_t counter = counter_size(kind);
	uint8_t *last = hash->partial.bytes;
	size_t used = hash->length % kind->block;

	last[used++] = kind->padding == PADDING_SHA3 ? 0x06 : 0x80;
	memset(last + used, 0, kind->block - used);
	if (kind->padding == PADDING_SHA3) {
		last[kind->block - 1] |= 0x80;
		return;
	}
	if (used + counter > kind->block) {
		take_block(hash);
		memset(last, 0, kind->block);
	}
	put_length(hash);
}

/*
 * Chaining words are numbers of this processor, of @word bytes, the lowest first. Where
 * the digest goes is not aligned, and would cost a copy for each word.
 */
static void write_digest(const void *chain, size_t word, uint8_t *digest,
			 size_t size)
{
	const uint32_t *w32 = chain;
	const uint64_t *w64 = chain;
	union {
		uint32_t w32[IMATEE_DIGEST_MAX / sizeof(uint32_t)];
		uint64_t w64[IMATEE_DIGEST_MAX / sizeof(uint64_t)];
	} turned = { 0 };
	size_t i = 0;

	if (word == sizeof(*w32))
		for (i = 0; i < size / word; i++)
			turned.w32[i] = __builtin_bswap32(w32[i]);
	else if (word == sizeof(*w64))
		for (i = 0; i < size / word; i++)
			turned.w64[i] = __builtin_bswap64(w64[i]);
	memcpy(digest, word == 1 ? chain : &turned, size);
}

static void streebog_final(struct file_hash *hash, uint8_t *digest)
{
	struct streebog512_ctx *streebog = &hash->engine.streebog;

	streebog512_update(streebog, hash->length % STREEBOG512_BLOCK_SIZE,
			   hash->partial.bytes);
	if (hash->kind->size == STREEBOG256_DIGEST_SIZE)
		streebog256_digest(streebog, STREEBOG256_DIGEST_SIZE, digest);
	else
		streebog512_digest(streebog, STREEBOG512_DIGEST_SIZE, digest);
}

void file_hash_final(struct file_hash *hash, uint8_t *digest)
{
	const struct hash_kind *kind = hash->kind;

	if (kind->padding == PADDING_STREEBOG) {
		streebog_final(hash, digest);
		return;
	}
	pad(hash);
	take_block(hash);
	write_digest(chain_of(hash), kind->word, digest, kind->size);
}

void file_hash_with(struct file_hash *hash, uint8_t id, const void *data,
		    size_t len, uint8_t *digest)
{
	file_hash_init(hash, file_hash_find(id));
	file_hash_update(hash, data, len);
	file_hash_final(hash, digest);
}

void file_hash_of(uint8_t id, const void *data, size_t len, uint8_t *digest)
{
	struct file_hash hash = { 0 };

	file_hash_with(&hash, id, data, len, digest);
}

/* A hash that is not finished: this, the chaining words, and what is no block yet. */
struct state_head {
	uint8_t version;
	uint8_t algo;
	uint8_t reserved[6];
	uint64_t length;
};

#define STATE_VERSION 1

static_assert(sizeof(struct state_head) == 16, "struct state_head has padding");
static_assert(sizeof(struct state_head) + sizeof(((wc_Sha3 *)0)->s) +
			      FILE_HASH_BLOCK_MAX <=
		      IMATEE_HASH_STATE_MAX,
	      "the longest state does not fit");

size_t file_hash_export(const struct file_hash *hash,
			uint8_t state[IMATEE_HASH_STATE_MAX])
{
	const struct hash_kind *kind = hash->kind;
	const struct state_head head = { .version = STATE_VERSION,
					 .algo = kind->id,
					 .length = hash->length };
	const size_t used = hash->length % kind->block;
	uint8_t *to = state;

	memcpy(to, &head, sizeof(head));
	to += sizeof(head);
	memcpy(to, (const uint8_t *)&hash->engine + kind->chain,
	       kind->chain_size);
	to += kind->chain_size;
	memcpy(to, hash->partial.bytes, used);
	return (size_t)(to - state) + used;
}

/* No hash is longer: its length in bits would not fit. */
#define LENGTH_MAX (UINT64_MAX >> 3)

bool file_hash_import(struct file_hash *hash, const struct hash_kind *kind,
		      uint64_t length, const uint8_t *state, size_t len)
{
	const size_t used = length % kind->block;
	const struct state_head expected = { .version = STATE_VERSION,
					     .algo = kind->id,
					     .length = length };

	/* One form for each state, so there is nothing to choose in it. */
	if (length > LENGTH_MAX ||
	    len != sizeof(expected) + kind->chain_size + used ||
	    memcmp(state, &expected, sizeof(expected)))
		return false;
	file_hash_init(hash, kind);
	hash->length = length;
	memcpy(chain_of(hash), state + sizeof(expected), kind->chain_size);
	memcpy(hash->partial.bytes, state + sizeof(expected) + kind->chain_size,
	       used);
	return true;
}
