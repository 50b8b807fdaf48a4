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
 * What OP-TEE derives where the board's port has no key: its stub,
 * core/kernel/otp_stubs.c, is all zeros. HMAC-SHA256, as in core/kernel/huk_subkey.c of
 * OP-TEE 4.10: to be compared with each release (suite quote fails where it is another
 * way, for QEMU has no key either).
 */
static void derive_of_zeros(const void *label, size_t len, uint8_t key[32])
{
	static const TEE_UUID uuid = IMATEE_KEEPER_UUID;
	static const uint8_t huk[16];
	const uint32_t usage = USAGE_UNIQUE_TA;
	Hmac hmac = { 0 };
	int ret = wc_HmacInit(&hmac, NULL, INVALID_DEVID);

	if (!ret)
		ret = wc_HmacSetKey(&hmac, WC_SHA256, huk, sizeof(huk));
	if (!ret)
		ret = wc_HmacUpdate(&hmac, (const uint8_t *)&usage,
				    sizeof(usage));
	if (!ret)
		ret = wc_HmacUpdate(&hmac, (const uint8_t *)&uuid,
				    sizeof(uuid));
	if (!ret)
		ret = wc_HmacUpdate(&hmac, label, len);
	if (!ret)
		ret = wc_HmacFinal(&hmac, key);
	if (ret)
		platform_panic("a MAC failed");
	wc_HmacFree(&hmac);
}

bool platform_device_key(const void *label, size_t len, uint8_t key[32],
			 bool *development)
{
	uint8_t zeros[32] = { 0 };
	TEE_Result res = ask(label, len, key);

	if (res) {
		EMSG("no device key: %#" PRIx32, res);
		return false;
	}
	derive_of_zeros(label, len, zeros);
	*development = !consttime_memcmp(zeros, key, sizeof(zeros));
	memzero_explicit(zeros, sizeof(zeros));
	return true;
}
