// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Entry points of both TAs: from GP's types to those of the portable sources.
 */
#include <string.h>
#include <tee_internal_api.h>
#include <tee_internal_api_extensions.h>

#include "entry.h"
#include "imatee_abi.h"
#include "platform.h"

static TEE_Result to_result(enum platform_status status)
{
	switch (status) {
	case PLATFORM_OK:
		return TEE_SUCCESS;
	case PLATFORM_BAD_PARAMETERS:
		return TEE_ERROR_BAD_PARAMETERS;
	case PLATFORM_ACCESS_DENIED:
		return TEE_ERROR_ACCESS_DENIED;
	case PLATFORM_BUSY:
		return TEE_ERROR_BUSY;
	case PLATFORM_OUT_OF_MEMORY:
		return TEE_ERROR_OUT_OF_MEMORY;
	default:
		return TEE_ERROR_GENERIC;
	}
}

/* Stands at the client's identity. See find_identity(). */
static TEE_PropSetHandle client_identity;

/* A call is in this instance. */
static bool inside;

/*
 * An instance takes one call at a time. Should it ever be entered with a call in
 * it, then that call panicked, and OP-TEE let somebody in again who had been
 * waiting to close a session: stay dead.
 */
static void enter(void)
{
	if (inside)
		platform_panic("entered again after a panic");
	inside = true;
}

static void leave(void)
{
	inside = false;
}

/*
 * Asked for by name, a property costs OP-TEE an allocation, and libutee panics if
 * that fails: a client that uses up OP-TEE's memory could kill this TA for good. An
 * enumerator asks by number, which allocates nothing.
 */
static void find_identity(void)
{
	static const char wanted[] = "gpd.client.identity";
	char name[64] = { 0 };
	size_t len = 0;

	if (TEE_AllocatePropertyEnumerator(&client_identity))
		platform_panic("no memory for a property enumerator");
	TEE_StartPropertyEnumerator(client_identity,
				    TEE_PROPSET_CURRENT_CLIENT);
	do {
		len = sizeof(name);
		if (!TEE_GetPropertyName(client_identity, name, &len) &&
		    !strcmp(name, wanted))
			return;
	} while (!TEE_GetNextProperty(client_identity));
	platform_panic("this TEE does not tell who calls");
}

/* Only OP-TEE itself can say TRUSTED_APP; see core/tee/entry_std.c there. */
static enum platform_caller current_caller(void)
{
	static const TEE_UUID verifier = IMATEE_VERIFIER_UUID;
	TEE_Identity identity = { 0 };

	if (TEE_GetPropertyAsIdentity(client_identity, NULL, &identity))
		return PLATFORM_CALLER_PUBLIC;
	switch (identity.login) {
	case TEE_LOGIN_REE_KERNEL:
		return PLATFORM_CALLER_KERNEL;
	case TEE_LOGIN_TRUSTED_APP:
		/* Another TA has no more claim than user space. */
		return TEE_MemCompare(&identity.uuid, &verifier,
				      sizeof(verifier)) ?
			       PLATFORM_CALLER_PUBLIC :
			       PLATFORM_CALLER_VERIFIER;
	default:
		return PLATFORM_CALLER_PUBLIC;
	}
}

TEE_Result TA_CreateEntryPoint(void)
{
	/*
	 * This never fails: after a failure libutee would come here again with
	 * the memory as the first time left it. What goes wrong panics.
	 */
	find_identity();
	entry_ops.create();
	return TEE_SUCCESS;
}

void TA_DestroyEntryPoint(void)
{
	entry_ops.destroy();
}

TEE_Result TA_OpenSessionEntryPoint(uint32_t types,
				    TEE_Param params[TEE_NUM_PARAMS] __unused,
				    void **context)
{
	struct session *session = NULL;
	enum platform_status status = PLATFORM_OK;

	if (types != TEE_PARAM_TYPES(TEE_PARAM_TYPE_NONE, TEE_PARAM_TYPE_NONE,
				     TEE_PARAM_TYPE_NONE, TEE_PARAM_TYPE_NONE))
		return TEE_ERROR_BAD_PARAMETERS;
	enter();
	status = entry_ops.open(current_caller(), &session);
	leave();
	if (status == PLATFORM_OK)
		*context = session;
	return to_result(status);
}

void TA_CloseSessionEntryPoint(void *context)
{
	enter();
	entry_ops.close(context);
	leave();
}

TEE_Result TA_InvokeCommandEntryPoint(void *context, uint32_t command,
				      uint32_t types,
				      TEE_Param params[TEE_NUM_PARAMS])
{
	const uint32_t plain = TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INOUT,
					       TEE_PARAM_TYPE_NONE,
					       TEE_PARAM_TYPE_NONE,
					       TEE_PARAM_TYPE_NONE);
	const uint32_t with_block = TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INOUT,
						    TEE_PARAM_TYPE_MEMREF_INPUT,
						    TEE_PARAM_TYPE_NONE,
						    TEE_PARAM_TYPE_NONE);
	const uint32_t with_ring = TEE_PARAM_TYPES(TEE_PARAM_TYPE_MEMREF_INOUT,
						   TEE_PARAM_TYPE_MEMREF_INOUT,
						   TEE_PARAM_TYPE_NONE,
						   TEE_PARAM_TYPE_NONE);
	enum platform_status status = PLATFORM_OK;
	struct block block = { 0 };
	size_t reply_len = 0;

	/* Whether this command takes a block, dispatch() knows. */
	if (types != plain && types != with_block && types != with_ring)
		return TEE_ERROR_BAD_PARAMETERS;
	if (types != plain)
		block = (struct block){ params[1].memref.buffer,
					params[1].memref.size,
					types == with_ring };
	enter();
	status = entry_ops.invoke(context, command, params[0].memref.buffer,
				  params[0].memref.size,
				  types != plain ? &block : NULL, &reply_len);
	leave();
	if (status == PLATFORM_OK)
		params[0].memref.size = reply_len;
	return to_result(status);
}
