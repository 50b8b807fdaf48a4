// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The way to the keeper over the GlobalPlatform TEE Client API, with the login
 * that user space has.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tee_client_api.h>
#include <unistd.h>

#include "client.h"

#define TEE_DEVICES	 10 /* as many as libteec tries */
#define TEE_BUS		 "/sys/bus/tee/devices"
#define KEEPER_UUID_TEXT "d96a5b40-c3e2-4af2-8f1b-6e1f8ef0a1d5"

struct teec_link {
	TEEC_Context context;
	TEEC_Session session;
};

/* libteec has one error for "not there" and "not allowed". */
static int check_devices(void)
{
	int rc = IMATEE_LIB_NO_TEE;
	char path[32];
	int i;

	for (i = 0; i < TEE_DEVICES; i++) {
		snprintf(path, sizeof(path), "/dev/tee%d", i);
		if (!access(path, R_OK | W_OK))
			return 0;
		if (errno == EACCES || errno == EPERM)
			rc = IMATEE_LIB_NO_PERMISSION;
	}
	return rc;
}

/*
 * The keeper stands on the kernel's TEE bus. To ask for a trusted application
 * that OP-TEE does not have makes it ask tee-supplicant, and wait for one to be
 * started: for ever, maybe. Without a bus to look at, that is the risk.
 */
static bool keeper_is_missing(void)
{
	DIR *bus = opendir(TEE_BUS);
	const struct dirent *entry;
	bool found = false;

	if (!bus)
		return false;
	while (!found && (entry = readdir(bus)))
		found = strstr(entry->d_name, KEEPER_UUID_TEXT);
	closedir(bus);
	return !found;
}

static int teec_error(TEEC_Result result)
{
	switch (result) {
	case TEEC_SUCCESS:
		return 0;
	case TEEC_ERROR_ITEM_NOT_FOUND:
		return IMATEE_LIB_NO_TA;
	case TEEC_ERROR_ACCESS_DENIED:
		return IMATEE_LIB_NO_PERMISSION;
	case TEEC_ERROR_TARGET_DEAD:
		return IMATEE_LIB_TA_DEAD;
	case TEEC_ERROR_BUSY:
		return IMATEE_LIB_BUSY;
	case TEEC_ERROR_OUT_OF_MEMORY:
		return IMATEE_LIB_TEE_MEMORY;
	default:
		return IMATEE_LIB_TEE_FAILED;
	}
}

static int teec_open(void **link)
{
	static const TEEC_UUID uuid = IMATEE_KEEPER_UUID;
	struct teec_link *l;
	TEEC_Result result;
	int rc = check_devices();

	if (rc)
		return rc;
	l = calloc(1, sizeof(*l));
	if (!l)
		return IMATEE_LIB_NO_MEMORY;
	result = TEEC_InitializeContext(NULL, &l->context);
	if (result) {
		free(l);
		/* There is a device, but no TEE that takes these calls. */
		return result == TEEC_ERROR_ITEM_NOT_FOUND ? IMATEE_LIB_NO_TEE :
							     teec_error(result);
	}
	if (keeper_is_missing())
		rc = IMATEE_LIB_NO_TA;
	else
		rc = teec_error(TEEC_OpenSession(&l->context, &l->session,
						 &uuid, TEEC_LOGIN_PUBLIC, NULL,
						 NULL, NULL));
	if (rc) {
		TEEC_FinalizeContext(&l->context);
		free(l);
		return rc;
	}
	*link = l;
	return 0;
}

static int teec_invoke(void *link, uint32_t command, void *msg, size_t size,
		       size_t *len)
{
	struct teec_link *l = link;
	TEEC_Operation op = {
		.paramTypes = TEEC_PARAM_TYPES(TEEC_MEMREF_TEMP_INOUT,
					       TEEC_NONE, TEEC_NONE, TEEC_NONE),
	};
	TEEC_Result result;

	op.params[0].tmpref.buffer = msg;
	op.params[0].tmpref.size = size;
	result = TEEC_InvokeCommand(&l->session, command, &op, NULL);
	*len = op.params[0].tmpref.size;
	return teec_error(result);
}

static void teec_close(void *link)
{
	struct teec_link *l = link;

	TEEC_CloseSession(&l->session);
	TEEC_FinalizeContext(&l->context);
	free(l);
}

const struct transport transport_teec = {
	.open = teec_open,
	.invoke = teec_invoke,
	.close = teec_close,
};

int imatee_open(struct imatee **session, struct imatee_peer *peer)
{
	return client_open(session, peer, &transport_teec);
}
