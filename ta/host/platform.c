// SPDX-License-Identifier: GPL-2.0-or-later
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "host.h"
#include "platform.h"

struct host host;

void host_reset(void)
{
	memset(&host, 0, sizeof(host));
	host.keeper_calls_left = UINT_MAX;
	host.allocs_left = UINT_MAX;
}

void *platform_alloc(size_t size)
{
	void *ptr = NULL;

	if (!host.allocs_left)
		return NULL;
	host.allocs_left--;
	ptr = calloc(1, size);
	if (ptr)
		host.allocated += size;
	return ptr;
}

void platform_free(void *ptr, size_t size)
{
	if (!ptr)
		return;
	/* Touches every byte: a wrong @size is the sanitizer's to find. */
	memset(ptr, 0, size);
	host.allocated -= size;
	free(ptr);
}

void platform_random(void *buf, size_t size)
{
	if (getrandom(buf, size, 0) != (ssize_t)size)
		platform_panic("getrandom");
}

/* Not a secret: it makes the same key wherever the tests run. */
enum platform_status platform_device_key(const void *label, size_t len,
					 uint8_t key[32], bool *development)
{
	const uint8_t *bytes = label;
	size_t i = 0;

	if (host.no_device_key)
		return PLATFORM_COMMUNICATION;
	if (!host.allocs_left)
		return PLATFORM_OUT_OF_MEMORY;
	for (i = 0; i < 32; i++)
		key[i] = (uint8_t)(i + 1 + bytes[i % len] + host.device);
	if (host.weak_keys && host.weak_keys--)
		memset(key, 0xff, 32);
	*development = !host.device;
	return PLATFORM_OK;
}

void platform_panic(const char *why)
{
	if (host.catch_panic) {
		host.panic_why = why;
		longjmp(host.panic, 1);
	}
	fprintf(stderr, "panic: %s\n", why);
	abort();
}

void platform_log(const char *format, ...)
{
	va_list args;

	if (!host.verbose)
		return;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void platform_copy_in(void *priv, const void *shared, size_t size)
{
	memcpy(priv, shared, size);
	if (host.after_copy_in)
		host.after_copy_in((void *)shared, size);
}

void platform_copy_out(void *shared, const void *priv, size_t size)
{
	if (host.before_copy_out)
		host.before_copy_out(shared, size);
	memcpy(shared, priv, size);
}

uint64_t platform_load(const void *shared)
{
	if (host.before_load)
		host.before_load((void *)shared);
	return __atomic_load_n((const uint64_t *)shared, __ATOMIC_ACQUIRE);
}

void platform_store(void *shared, uint64_t value)
{
	__atomic_store_n((uint64_t *)shared, value, __ATOMIC_RELEASE);
}

enum platform_status platform_keeper_open(struct platform_keeper **keeper)
{
	struct session *session = NULL;
	enum platform_status status = PLATFORM_OK;

	if (!host.keeper || !host.keeper_calls_left)
		return PLATFORM_COMMUNICATION;
	status = keeper_open(host.keeper, PLATFORM_CALLER_VERIFIER, &session);
	*keeper = (struct platform_keeper *)session;
	return status;
}

enum platform_status platform_keeper_call(struct platform_keeper *keeper,
					  uint32_t command, void *buf,
					  size_t size, size_t *reply_len)
{
	enum platform_status status = PLATFORM_OK;

	if (!host.keeper_calls_left)
		return PLATFORM_COMMUNICATION;
	host.keeper_calls_left--;
	status = keeper_invoke(host.keeper, (struct session *)keeper, command,
			       buf, size, reply_len);
	if (status == PLATFORM_OK && host.on_keeper_reply)
		host.on_keeper_reply(command, buf, reply_len);
	return status;
}

void platform_keeper_close(struct platform_keeper *keeper)
{
	keeper_close(host.keeper, (struct session *)keeper);
}
