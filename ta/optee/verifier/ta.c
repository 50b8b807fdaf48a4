// SPDX-License-Identifier: GPL-2.0-or-later
#include "entry.h"
#include "keytab.h"
#include "verifier.h"

static struct verifier verifier;

static void create(void)
{
	verifier_create(&verifier, keytab_builtin_digest);
}

static void destroy(void)
{
	verifier_destroy(&verifier);
}

static enum platform_status open(enum platform_caller caller,
				 struct session **session)
{
	return verifier_open(&verifier, caller, session);
}

static void close(struct session *session)
{
	verifier_close(&verifier, session);
}

static enum platform_status invoke(struct session *session, uint32_t command,
				   void *shared, size_t size,
				   const struct block *block, size_t *reply_len)
{
	return verifier_invoke(&verifier, session, command, shared, size, block,
			       reply_len);
}

const struct entry_ops entry_ops = {
	.create = create,
	.destroy = destroy,
	.open = open,
	.close = close,
	.invoke = invoke,
};
