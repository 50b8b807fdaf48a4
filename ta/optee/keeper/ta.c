// SPDX-License-Identifier: GPL-2.0-or-later
#include "entry.h"
#include "keeper.h"
#include "version_check.h"

static struct keeper keeper;

static void create(void)
{
	version_check();
	keeper_create(&keeper, &keytab_builtin, keytab_builtin_digest);
}

static void destroy(void)
{
	/* OP-TEE keeps the instance: nobody comes here. */
}

static enum platform_status open(enum platform_caller caller,
				 struct session **session)
{
	return keeper_open(&keeper, caller, session);
}

static void close(struct session *session)
{
	keeper_close(&keeper, session);
}

static enum platform_status invoke(struct session *session, uint32_t command,
				   void *shared, size_t size,
				   const struct block *block, size_t *reply_len)
{
	if (block)
		return PLATFORM_BAD_PARAMETERS;
	return keeper_invoke(&keeper, session, command, shared, size,
			     reply_len);
}

const struct entry_ops entry_ops = {
	.create = create,
	.destroy = destroy,
	.open = open,
	.close = close,
	.invoke = invoke,
};
