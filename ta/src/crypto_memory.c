// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The heap of wolfSSL (see ta/crypto/user_settings.h): the platform's, which wants
 * to be told the size of what it gets back.
 */
#include <stddef.h>
#include <string.h>
#include <wolfssl/wolfcrypt/settings.h>

#include "crypto.h"
#include "platform.h"

struct block {
	size_t size; /* this head included */
	_Alignas(16) uint8_t data[]; /* for any type */
};

/* Memory was refused since crypto_memory_failed() was last called. */
static bool failed;

bool crypto_memory_failed(void)
{
	const bool was = failed;

	failed = false;
	return was;
}

void *crypto_alloc(size_t size)
{
	struct block *block = NULL;

	if (size <= SIZE_MAX - sizeof(*block))
		block = platform_alloc(sizeof(*block) + size);
	if (!block) {
		failed = true;
		return NULL;
	}
	block->size = sizeof(*block) + size;
	return block->data;
}

/* For wolfSSL's own use: no key and no signature is made of it. */
int crypto_random(unsigned char *buf, unsigned int size)
{
	platform_random(buf, size);
	return 0;
}

static struct block *block_of(void *ptr)
{
	return (void *)((uint8_t *)ptr - offsetof(struct block, data));
}

void crypto_free(void *ptr)
{
	if (ptr)
		platform_free(block_of(ptr), block_of(ptr)->size);
}

void *crypto_realloc(void *ptr, size_t size)
{
	void *new = crypto_alloc(size);
	size_t old = 0;

	if (!new || !ptr)
		return new;
	old = block_of(ptr)->size - sizeof(struct block);
	memcpy(new, ptr, old < size ? old : size);
	crypto_free(ptr);
	return new;
}
