// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device's key, from OP-TEE's system PTA: derived from the hardware unique key (HUK)
 * and the UUID of the calling TA.
 */
#include <inttypes.h>
#include <pta_system.h>
#include <string.h>
#include <string_ext.h>
#include <tee_internal_api.h>
#include <trace.h>

#include <wolfssl/wolfcrypt/settings.h>

#include <wolfssl/wolfcrypt/hmac.h>

#include "imatee_abi.h"
#include "platform.h"

/* OP-TEE's core/include/kernel/huk_subkey.h: HUK_SUBKEY_UNIQUE_TA. */
#define USAGE_UNIQUE_TA 3

static TEE_Result ask(const void *label, size_t len, uint8_t key[32])
{
	static const TEE_UUID uuid = PTA_SYSTEM_UUID;
	TEE_TASessionHandle session = TEE_HANDLE_NULL;
	TEE_Param params[TEE_NUM_PARAMS] = { 0 };
	uint32_t origin = 0;
	TEE_Result res = TEE_OpenTASession(&uuid, TEE_TIMEOUT_INFINITE, 0, NULL,
					   &session, &origin);

	if (res)
		return res;
	params[0].memref.buffer = (void *)label;
	params[0].memref.size = len;
	params[1].memref.buffer = key;
	params[1].memref.size = 32;
	res = TEE_InvokeTACommand(
		session, TEE_TIMEOUT_INFINITE, PTA_SYSTEM_DERIVE_TA_UNIQUE_KEY,
		TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INPUT,
				TEE_PARAM_TYPE_MEMREF_OUTPUT,
				TEE_PARAM_TYPE_NONE, TEE_PARAM_TYPE_NONE),
		params, &origin);
	TEE_CloseTASession(session);
	return res;
}

/*
 * What OP-TEE derives from a hardware unique key of @size bytes @byte. HMAC-SHA256, as in
 * core/kernel/huk_subkey.c of OP-TEE 4.10: to be compared with each release (suite quote
 * fails where it is another way, for QEMU has no key of its own).
 */
static void derive_of(uint8_t byte, size_t size, const void *label, size_t len,
		      uint8_t key[32])
{
	static const TEE_UUID uuid = IMATEE_KEEPER_UUID;
	const uint32_t usage = USAGE_UNIQUE_TA;
	uint8_t huk[32] = { 0 };
	Hmac hmac = { 0 };
	int ret = wc_HmacInit(&hmac, NULL, INVALID_DEVID);

	memset(huk, byte, size);
	if (!ret)
		ret = wc_HmacSetKey(&hmac, WC_SHA256, huk, (word32)size);
	if (!ret)
		ret = wc_HmacUpdate(&hmac, (const uint8_t *)&usage,
				    sizeof(usage));
	if (!ret)
		ret = wc_HmacUpdate(&hmac, (const uint8_t *)&uuid,
				    sizeof(uuid));
	if (!ret)
		ret = wc_HmacUpdate(&hmac, label, (word32)len);
	if (!ret)
		ret = wc_HmacFinal(&hmac, key);
	if (ret)
		platform_panic("a MAC failed");
	wc_HmacFree(&hmac);
}

/*
 * Where the board's port has no key, OP-TEE's stub (core/kernel/otp_stubs.c) is zeros, of
 * whatever length: HMAC makes no difference. Fuses that nobody has burnt may read as ones.
 */
static bool is_anybodys(const void *label, size_t len, const uint8_t key[32])
{
	static const struct {
		uint8_t byte;
		uint8_t size;
	} huks[] = { { 0, 16 }, { 0xff, 16 }, { 0xff, 32 } };
	uint8_t made[32] = { 0 };
	bool same = false;
	size_t i = 0;

	for (i = 0; i < sizeof(huks) / sizeof(huks[0]); i++) {
		derive_of(huks[i].byte, huks[i].size, label, len, made);
		same |= !consttime_memcmp(made, key, sizeof(made));
	}
	memzero_explicit(made, sizeof(made));
	return same;
}

enum platform_status platform_device_key(const void *label, size_t len,
					 uint8_t key[32], bool *development)
{
	TEE_Result res = ask(label, len, key);

	if (res) {
		EMSG("no device key: %#" PRIx32, res);
		return res == TEE_ERROR_OUT_OF_MEMORY ? PLATFORM_OUT_OF_MEMORY :
							PLATFORM_COMMUNICATION;
	}
	*development = is_anybodys(label, len, key);
	return PLATFORM_OK;
}
