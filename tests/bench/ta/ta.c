// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A trusted application that verifies one signature as often as it is told to. It is
 * built for the benchmark of the crypto libraries, and is in no other image.
 */
#include <string.h>
#include <tee_internal_api.h>

#include "engine.h"
#include "memory.h"
#include "platform.h"

static struct crypto_job job;
static struct slice digest;
static struct slice signature;

/* Its three parts, with the key in the form that all libraries get it in. */
static bool read_job(struct pubkey *key)
{
	struct slice info = { job.data, job.info_len };
	struct der_item spki = { 0 };

	if (job.info_len > sizeof(job.data) ||
	    job.digest_len > sizeof(job.data) - job.info_len ||
	    job.sig_len > sizeof(job.data) - job.info_len - job.digest_len)
		return false;
	digest.data = job.data + job.info_len;
	digest.len = job.digest_len;
	signature.data = digest.data + digest.len;
	signature.len = job.sig_len;
	return der_take(&info, DER_SEQUENCE, &spki) && !info.len &&
	       pubkey_read(spki.value, key) == IMATEE_OK;
}

static void check(void)
{
	job.verdict = engine_check(digest, signature);
}

static void measure_memory(size_t before)
{
	const size_t key = heap_used();

	job.key = (uint32_t)(key - before);
	heap_peak();
	job.stack = (uint32_t)stack_of(check);
	job.heap = (uint32_t)(heap_peak() - key);
	if (!engine_memory_seen)
		job.key = job.heap = job.stack = UINT32_MAX;
}

static void run(uint32_t command)
{
	const size_t before = heap_used();
	struct pubkey key = { 0 };
	uint32_t i = 0;

	job.verdict = CRYPTO_FAILED;
	if (!read_job(&key))
		return;
	if (engine_load(&key)) {
		if (command == CRYPTO_MEMORY)
			measure_memory(before);
		else
			for (i = 0; i < job.rounds; i++)
				check();
	}
	engine_unload();
}

TEE_Result TA_CreateEntryPoint(void)
{
	return TEE_SUCCESS;
}

void TA_DestroyEntryPoint(void)
{
}

TEE_Result TA_OpenSessionEntryPoint(uint32_t types __unused,
				    TEE_Param params[TEE_NUM_PARAMS] __unused,
				    void **context __unused)
{
	return TEE_SUCCESS;
}

void TA_CloseSessionEntryPoint(void *context __unused)
{
}

TEE_Result TA_InvokeCommandEntryPoint(void *context __unused, uint32_t command,
				      uint32_t types,
				      TEE_Param params[TEE_NUM_PARAMS])
{
	if (types != TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INOUT,
				     TEE_PARAM_TYPE_NONE, TEE_PARAM_TYPE_NONE,
				     TEE_PARAM_TYPE_NONE) ||
	    params[0].memref.size < sizeof(job) || command > CRYPTO_MEMORY)
		return TEE_ERROR_BAD_PARAMETERS;
	platform_copy_in(&job, params[0].memref.buffer, sizeof(job));
	run(command);
	platform_copy_out(params[0].memref.buffer, &job, sizeof(job));
	params[0].memref.size = sizeof(job);
	return TEE_SUCCESS;
}
