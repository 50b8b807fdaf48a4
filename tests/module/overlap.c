// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_overlap: has a verifier of its own hash a ring in which the message lies. OP-TEE maps
 * the ring as far as the message goes then, and tells the verifier of all of it.
 *
 * Loading it succeeds if that call was refused, and the verifier answers the next one.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/sizes.h>
#include <linux/tee_drv.h>
#include <linux/uuid.h>

#include "tee.h"

#define MESSAGE_SIZE	2048
#define TEE_ERROR_BAD_PARAMETERS	0xffff0006

static const uuid_t verifier_uuid =
	IMATEE_APPLY(UUID_INIT, IMATEE_VERIFIER_UUID_FIELDS);

static int is_optee(struct tee_ioctl_version_data *version, const void *data)
{
	return version->impl_id == TEE_IMPL_ID_OPTEE;
}

struct verifier {
	struct tee_context *ctx;
	struct tee_shm *shm;
	void *va;
	u32 session;
};

/* Return: the TEE's result, or what is none. */
static u32 call(struct verifier *v, u32 cmd, size_t offset, size_t ring)
{
	struct tee_ioctl_invoke_arg arg = {
		.func = cmd,
		.session = v->session,
		.num_params = ring ? 2 : 1,
	};
	struct tee_param param[2] = {
		[0] = {
			.attr = TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INOUT,
			.u.memref = { .shm = v->shm, .shm_offs = offset,
				      .size = MESSAGE_SIZE },
		},
		[1] = {
			.attr = TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INOUT,
			.u.memref = { .shm = v->shm, .size = ring },
		},
	};

	return tee_client_invoke_func(v->ctx, &arg, param) < 0 ? U32_MAX : arg.ret;
}

static u32 hello(struct verifier *v)
{
	struct imatee_hello *hello = v->va;

	memset(hello, 0, sizeof(*hello));
	hello->hdr.len = cpu_to_le32(sizeof(*hello));
	hello->abi_major = cpu_to_le32(IMATEE_ABI_MAJOR);
	hello->abi_minor = cpu_to_le32(IMATEE_ABI_MINOR);
	return call(v, IMATEE_CMD_HELLO, 0, 0);
}

static u32 hash(struct verifier *v, u8 flags, u32 content_len, size_t offset, size_t ring)
{
	struct imatee_hash_request *request = v->va + offset;

	memset(request, 0, sizeof(*request));
	request->hdr.len = cpu_to_le32(sizeof(*request));
	request->flags = IMATEE_HASH_FIRST | flags;
	request->count = 1;
	request->content_len = cpu_to_le32(content_len);
	request->states[0].algo = IMATEE_HASH_SHA256;
	return call(v, IMATEE_CMD_HASH, offset, ring);
}

static int try(struct verifier *v)
{
	struct imatee_hash_ring *ring = v->va;
	struct imatee_reply *reply = v->va;
	u32 result = hello(v);

	if (result) {
		pr_err("no hello: 0x%x\n", result);
		return -EPROTO;
	}
	memset(ring, 0, sizeof(*ring));
	ring->produced = cpu_to_le64(SZ_1M);
	result = hash(v, IMATEE_HASH_RING, SZ_1M, IMATEE_HASH_RING_DATA,
		      IMATEE_HASH_RING_DATA + SZ_1M);
	pr_info("parameters that overlap: 0x%x\n", result);
	if (result != TEE_ERROR_BAD_PARAMETERS)
		return -EIO;
	result = hash(v, IMATEE_HASH_LAST, 0, 0, 0);
	pr_info("the next call: 0x%x, error %u\n", result,
		le32_to_cpu(reply->error));
	return result || reply->error ? -EIO : 0;
}

static int __init overlap_init(void)
{
	struct tee_ioctl_open_session_arg arg = {
		.clnt_login = TEE_IOCTL_LOGIN_REE_KERNEL,
	};
	struct verifier v = {};
	int rc = -ENODEV;

	v.ctx = tee_client_open_context(NULL, is_optee, NULL, NULL);
	if (IS_ERR(v.ctx))
		return PTR_ERR(v.ctx);
	export_uuid(arg.uuid, &verifier_uuid);
	if (tee_client_open_session(v.ctx, &arg, NULL) < 0 || arg.ret)
		goto out_context;
	v.session = arg.session;
	v.shm = tee_shm_alloc_kernel_buf(v.ctx, IMATEE_HASH_RING_DATA + SZ_1M);
	rc = PTR_ERR_OR_ZERO(v.shm);
	if (!rc) {
		v.va = tee_shm_get_va(v.shm, 0);
		rc = try(&v);
		tee_shm_free(v.shm);
	}
	tee_client_close_session(v.ctx, v.session);
out_context:
	tee_client_close_context(v.ctx);
	return rc;
}
module_init(overlap_init);

static void __exit overlap_exit(void)
{
}
module_exit(overlap_exit);

MODULE_DESCRIPTION("Lends a verifier parameters that overlap, for tests");
MODULE_LICENSE("GPL");
