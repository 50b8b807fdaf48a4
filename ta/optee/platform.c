// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The platform layer on OP-TEE.
 */
#include <inttypes.h>
#include <string.h>
#include <string_ext.h>
#include <tee_internal_api.h>
#include <trace.h>

#include "imatee_abi.h"
#include "platform.h"

void *platform_alloc(size_t size)
{
	return TEE_Malloc(size, TEE_MALLOC_FILL_ZERO);
}

void platform_free(void *ptr, size_t size)
{
	if (!ptr)
		return;
	memzero_explicit(ptr, size);
	TEE_Free(ptr);
}

void platform_random(void *buf, size_t size)
{
	TEE_GenerateRandom(buf, size);
}

void platform_panic(const char *why)
{
	EMSG("imatee panics: %s", why);
	TEE_Panic(TEE_ERROR_BAD_STATE);
	/* TEE_Panic() does not come back, but its prototype does not tell. */
	while (true)
		;
}

void platform_log(const char *format, ...)
{
	va_list args = { 0 };

	va_start(args, format);
	trace_vprintf(NULL, 0, TRACE_INFO, true, format, args);
	va_end(args);
}

void platform_copy_in(void *priv, const void *shared, size_t size)
{
	memcpy(priv, shared, size);
}

void platform_copy_out(void *shared, const void *priv, size_t size)
{
	memcpy(shared, priv, size);
}

uint64_t platform_load(const void *shared)
{
	return __atomic_load_n((const uint64_t *)shared, __ATOMIC_ACQUIRE);
}

void platform_store(void *shared, uint64_t value)
{
	__atomic_store_n((uint64_t *)shared, value, __ATOMIC_RELEASE);
}

/* A TEE_TASessionHandle is a pointer to an incomplete type already. */
enum platform_status platform_keeper_open(struct platform_keeper **keeper)
{
	static const TEE_UUID uuid = IMATEE_KEEPER_UUID;
	TEE_TASessionHandle session = TEE_HANDLE_NULL;
	uint32_t origin = 0;
	TEE_Result res = TEE_ERROR_GENERIC;

	res = TEE_OpenTASession(&uuid, TEE_TIMEOUT_INFINITE, 0, NULL, &session,
				&origin);
	if (res) {
		EMSG("keeper: open failed: %#" PRIx32, res);
		return PLATFORM_COMMUNICATION;
	}
	*keeper = (struct platform_keeper *)session;
	return PLATFORM_OK;
}

enum platform_status platform_keeper_call(struct platform_keeper *keeper,
					  uint32_t command, void *buf,
					  size_t size, size_t *reply_len)
{
	TEE_Param params[TEE_NUM_PARAMS] = { 0 };
	uint32_t origin = 0;
	TEE_Result res = TEE_ERROR_GENERIC;

	params[0].memref.buffer = buf;
	params[0].memref.size = size;
	res = TEE_InvokeTACommand(
		(TEE_TASessionHandle)keeper, TEE_TIMEOUT_INFINITE, command,
		TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INOUT,
				TEE_PARAM_TYPE_NONE, TEE_PARAM_TYPE_NONE,
				TEE_PARAM_TYPE_NONE),
		params, &origin);
	if (res) {
		EMSG("keeper: command %#" PRIx32 " failed: %#" PRIx32, command,
		     res);
		return PLATFORM_COMMUNICATION;
	}
	*reply_len = params[0].memref.size;
	return PLATFORM_OK;
}

void platform_keeper_close(struct platform_keeper *keeper)
{
	TEE_CloseTASession((TEE_TASessionHandle)keeper);
}
