// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sessions with the trusted applications, and the call itself.
 *
 * A channel is opened before user space runs: later, one process with many
 * shared-memory registrations could keep the TEE from opening it. Nothing of
 * imatee's is allocated or registered for a call; the TEE driver takes a message
 * page out of its cache.
 */
#include <linux/err.h>
#include <linux/overflow.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <linux/tee_drv.h>
#include <linux/uuid.h>

#include "tee.h"

#define TEEC_ERROR_TARGET_DEAD	0xffff3024

static const uuid_t keeper_uuid =
	IMATEE_APPLY(UUID_INIT, IMATEE_KEEPER_UUID_FIELDS);
static const uuid_t verifier_uuid =
	IMATEE_APPLY(UUID_INIT, IMATEE_VERIFIER_UUID_FIELDS);

static int open_session(struct imatee_channel *ch, struct tee_context *ctx)
{
	struct tee_ioctl_open_session_arg arg = {
		.clnt_login = TEE_IOCTL_LOGIN_REE_KERNEL,
	};
	int rc;

	export_uuid(arg.uuid, ch->keeper ? &keeper_uuid : &verifier_uuid);
	rc = tee_client_open_session(ctx, &arg, NULL);
	if (rc < 0)
		return rc;
	if (arg.ret) {
		pr_err("opening a session with the %s: TEE error 0x%08x\n",
		       ch->keeper ? "keeper" : "verifier", arg.ret);
		return arg.ret == TEEC_ERROR_TARGET_DEAD ? -EOWNERDEAD : -EIO;
	}
	ch->session = arg.session;
	/*
	 * The kernel has one thread of the TEE to itself. It is for lookups,
	 * verifications, and blocks that are hashed: user space can keep the
	 * keeper busy, and a call that waits for it should not hold that thread.
	 * But where files are measured, calls that have all others may wait for
	 * tee-supplicant, and that one for the keeper, when it opens its file. Then
	 * the keeper's calls need that thread, too. They wait there for a call of
	 * user space's at most, which needs nothing more to come to its end.
	 */
	if ((!ch->keeper || imatee_measures()) &&
	    tee_client_system_session(ctx, ch->session))
		pr_warn_once("this TEE reserves no thread: others can delay lookups\n");
	return 0;
}

/**
 * imatee_channel_open - open a session and register its buffer
 * @ch: the channel; .lock points to an initialised mutex
 * @ctx: the TEE; must stay open until imatee_channel_close()
 * @keeper: with the keeper, else with a verifier of its own
 * @size: of the buffer in bytes
 *
 * Return: 0, -EOWNERDEAD if the trusted application has panicked, or another
 * errno.
 */
int imatee_channel_open(struct imatee_channel *ch, struct tee_context *ctx,
			bool keeper, size_t size)
{
	int rc;

	ch->keeper = keeper;
	ch->shm = tee_shm_alloc_kernel_buf(ctx, size);
	if (IS_ERR(ch->shm))
		return PTR_ERR(ch->shm);
	ch->msg = tee_shm_get_va(ch->shm, 0);
	ch->size = size;
	rc = open_session(ch, ctx);
	if (rc) {
		tee_shm_free(ch->shm);
		return rc;
	}
	ch->ctx = ctx;
	return 0;
}

/**
 * imatee_channel_close - give session and buffer back to the TEE
 * @ch: the channel
 *
 * Once only, and after imatee_usable() has become false: what waits for the
 * lock then finds the channel unusable. Waits for the call in flight.
 */
void imatee_channel_close(struct imatee_channel *ch)
{
	if (!ch->ctx)
		return;
	mutex_lock(ch->lock);
	tee_client_close_session(ch->ctx, ch->session);
	tee_shm_free(ch->shm);
	mutex_unlock(ch->lock);
}

static int unlock_unless_usable(struct imatee_channel *ch)
{
	if (ch->ctx && imatee_usable())
		return 0;
	mutex_unlock(ch->lock);
	return -EIO;
}

/**
 * imatee_channel_lock - become the caller of a channel
 * @ch: the channel
 *
 * Return: 0, or -EIO if the caller was killed while waiting or the TEE is not
 * to be called (any more). No other error: whatever keeps the kernel from an
 * answer must never look like a missing signature.
 */
int imatee_channel_lock(struct imatee_channel *ch)
{
	if (mutex_lock_killable(ch->lock))
		return -EIO;
	return unlock_unless_usable(ch);
}

/* The same, but -EBUSY instead of a wait. */
int imatee_channel_trylock(struct imatee_channel *ch)
{
	if (!mutex_trylock(ch->lock))
		return -EBUSY;
	return unlock_unless_usable(ch);
}

/* The same, but no signal ends the wait: for what must be done by somebody. */
int imatee_channel_lock_always(struct imatee_channel *ch)
{
	mutex_lock(ch->lock);
	return unlock_unless_usable(ch);
}

void imatee_channel_unlock(struct imatee_channel *ch)
{
	mutex_unlock(ch->lock);
}

/* Content stands in the channel's own buffer, behind the message, or elsewhere. */
static void add_block(struct imatee_channel *ch, const struct imatee_block *block,
		      struct tee_param *param)
{
	param->attr = block->writable ? TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INOUT :
					TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INPUT;
	param->u.memref.shm = block->shm ?: ch->shm;
	param->u.memref.shm_offs = block->shm ? 0 : IMATEE_BLOCK_OFFSET;
	param->u.memref.size = block->len;
	if (!block->shm)
		memcpy(ch->msg + IMATEE_BLOCK_OFFSET, block->copy, block->len);
}

/* @size bytes of the buffer are lent to the TEE: what it need not map costs. */
static int invoke(struct imatee_channel *ch, u32 cmd, size_t size,
		  const struct imatee_block *block, size_t *len)
{
	struct tee_ioctl_invoke_arg arg = {
		.func = cmd,
		.session = ch->session,
		.num_params = block ? 2 : 1,	/* the others are NONE */
	};
	struct tee_param param[2] = {
		[0] = {
			.attr = TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INOUT,
			.u.memref.shm = ch->shm,
			.u.memref.size = size,
		},
	};
	unsigned int flags;
	int rc;

	if (block)
		add_block(ch, block, &param[1]);
	atomic64_inc(&imatee_calls);
	/*
	 * The caller may hold locks of a file system: an allocation of the TEE
	 * driver must not recurse into it.
	 */
	flags = memalloc_nofs_save();
	rc = tee_client_invoke_func(ch->ctx, &arg, param);
	memalloc_nofs_restore(flags);

	if (rc < 0)
		return -EIO;
	if (arg.ret == TEEC_ERROR_TARGET_DEAD) {
		imatee_die("a trusted application panicked: reset the machine");
		return -EIO;
	}
	if (arg.ret) {
		pr_err_ratelimited("command %u: TEE error 0x%08x from %u\n",
				   cmd, arg.ret, arg.ret_origin);
		return -EIO;
	}
	*len = param[0].u.memref.size;
	return 0;
}

static int error_to_errno(u32 cmd, u32 error)
{
	switch (error) {
	case IMATEE_OK:
		return 0;
	case IMATEE_ERR_NO_KEY:
		return -ENOKEY;
	case IMATEE_ERR_DIGEST_REVOKED:
		return -EKEYREJECTED;
	default:
		pr_err_ratelimited("command %u refused: error %u (see imatee_abi.h)\n",
				   cmd, error);
		return -EIO;
	}
}

static int exchange(struct imatee_channel *ch, u32 cmd, size_t request_len,
		    size_t size, const struct imatee_block *block, u32 *error)
{
	struct imatee_request *request = ch->msg;
	const struct imatee_reply *reply = ch->msg;
	size_t len;
	int rc;

	if (WARN_ON_ONCE(request_len > size || size > ch->size))
		return -EIO;
	request->len = cpu_to_le32(request_len);
	request->reserved = 0;
	rc = invoke(ch, cmd, size, block, &len);
	if (rc)
		return rc;
	rc = imatee_decode_head(reply, size, len);
	if (rc) {
		pr_err_ratelimited("command %u: malformed reply\n", cmd);
		return rc;
	}
	*error = le32_to_cpu(READ_ONCE(reply->error));
	/* A verifier that could not load the keys knows nothing of the keeper. */
	if (!ch->keeper && *error &&
	    !memchr_inv(reply->boot_id, 0, sizeof(reply->boot_id)))
		return 0;
	return imatee_check_identity(ch, reply);
}

/**
 * imatee_exchange - send the request in @ch->msg, get the reply there
 * @ch: the channel, locked by the caller
 * @cmd: enum imatee_cmd
 * @request_len: bytes of the request, which begins with a
 *		 struct imatee_request; its head is filled in here
 * @error: the TEE's verdict, enum imatee_error
 *
 * Return: 0 and a reply whose head says no more than @ch->size bytes, or -EIO if
 * there is none.
 */
int imatee_exchange(struct imatee_channel *ch, u32 cmd, size_t request_len,
		    u32 *error)
{
	return exchange(ch, cmd, request_len, ch->size, NULL, error);
}

/* The same for a command whose reply is its head, and so no longer than this. */
int imatee_exchange_short(struct imatee_channel *ch, u32 cmd, size_t request_len,
			  u32 *error)
{
	return exchange(ch, cmd, request_len,
			max(request_len, sizeof(struct imatee_reply)), NULL, error);
}

/* The same for a command with request and reply within @size bytes. */
int imatee_exchange_in(struct imatee_channel *ch, u32 cmd, size_t request_len,
		       size_t size, u32 *error)
{
	return exchange(ch, cmd, request_len, size, NULL, error);
}

/* The same for a command that takes a block of content, too. */
int imatee_exchange_block(struct imatee_channel *ch, u32 cmd, size_t request_len,
			  size_t size, const struct imatee_block *block, u32 *error)
{
	if (!block->shm && (block->len > IMATEE_BLOCK_SMALL ||
			    size > IMATEE_BLOCK_OFFSET ||
			    IMATEE_BLOCK_OFFSET + block->len > ch->size))
		return -EIO;
	return exchange(ch, cmd, request_len, size, block, error);
}

/**
 * imatee_call - imatee_exchange() for whom a refusal is an error
 * @ch: the channel, locked by the caller
 * @cmd: enum imatee_cmd
 * @request_len: bytes of the request
 *
 * Return: as imatee_exchange(), -ENOKEY if the TEE has no such key, -EIO for
 * every other refusal.
 */
int imatee_call(struct imatee_channel *ch, u32 cmd, size_t request_len)
{
	u32 error;
	int rc = imatee_exchange(ch, cmd, request_len, &error);

	return rc ?: error_to_errno(cmd, error);
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "channel_test.c"
#endif
