// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ioctls of /dev/tee0: open a session, allocate a buffer, invoke.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/tee.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imatee_abi.h"
#include "teecall.h"

#define PARAMS	    4
#define BUFFER_SIZE 32768

struct uuid_fields {
	uint32_t low;
	uint16_t mid, high;
	uint8_t rest[8];
};

static void uuid_octets(uint8_t *out, const struct uuid_fields *uuid)
{
	out[0] = uuid->low >> 24;
	out[1] = uuid->low >> 16;
	out[2] = uuid->low >> 8;
	out[3] = uuid->low;
	out[4] = uuid->mid >> 8;
	out[5] = uuid->mid;
	out[6] = uuid->high >> 8;
	out[7] = uuid->high;
	memcpy(out + 8, uuid->rest, sizeof(uuid->rest));
}

void tee_use_imatee(struct tee_link *tee, bool verifier)
{
	static const struct uuid_fields uuids[] = { IMATEE_KEEPER_UUID,
						    IMATEE_VERIFIER_UUID };

	uuid_octets(tee->uuid, &uuids[verifier]);
}

/* "12345678-1234-1234-1234-123456789abc" */
bool tee_parse_uuid(struct tee_link *tee, const char *uuid)
{
	int i;

	for (i = 0; i < 16; i++) {
		while (*uuid == '-')
			uuid++;
		if (sscanf(uuid, "%2hhx", &tee->uuid[i]) != 1)
			return false;
		uuid += 2;
	}
	return !*uuid;
}

static bool ioctl_failed(const char *what)
{
	printf("errno %d %s: %s\n", errno, what, strerror(errno));
	return false;
}

static bool refused(uint32_t result, uint32_t origin)
{
	printf("tee_result 0x%08x origin %u\n", result, origin);
	return false;
}

static bool open_session(struct tee_link *tee)
{
	struct tee_ioctl_open_session_arg arg = { .clnt_login = tee->login };
	struct tee_ioctl_buf_data buf = { (uintptr_t)&arg, sizeof(arg) };

	memcpy(arg.uuid, tee->uuid, sizeof(arg.uuid));
	if (ioctl(tee->fd, TEE_IOC_OPEN_SESSION, &buf))
		return ioctl_failed("open session");
	if (arg.ret)
		return refused(arg.ret, arg.ret_origin);
	tee->session = arg.session;
	return true;
}

static bool alloc_buffer(struct tee_link *tee)
{
	struct tee_ioctl_shm_alloc_data shm = { .size = BUFFER_SIZE };
	int fd = ioctl(tee->fd, TEE_IOC_SHM_ALLOC, &shm);

	if (fd < 0)
		return ioctl_failed("allocate shared memory");
	tee->shm_id = shm.id;
	tee->size = BUFFER_SIZE;
	tee->msg = mmap(NULL, tee->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			0);
	/* What is mapped holds it. */
	close(fd);
	return tee->msg == MAP_FAILED ? ioctl_failed("map shared memory") :
					true;
}

bool tee_open(struct tee_link *tee)
{
	tee->fd = open("/dev/tee0", O_RDWR | O_CLOEXEC);
	if (tee->fd < 0)
		return ioctl_failed("open /dev/tee0");
	return open_session(tee) && alloc_buffer(tee);
}

bool tee_invoke(struct tee_link *tee, uint32_t command)
{
	struct {
		struct tee_ioctl_invoke_arg arg;
		struct tee_ioctl_param params[PARAMS];
	} call = { .arg = { .func = command,
			    .session = tee->session,
			    .num_params = PARAMS } };
	struct tee_ioctl_buf_data buf = { (uintptr_t)&call, sizeof(call) };

	call.params[0] = (struct tee_ioctl_param){
		.attr = TEE_IOCTL_PARAM_ATTR_TYPE_MEMREF_INOUT,
		.b = tee->size,
		.c = tee->shm_id,
	};
	if (ioctl(tee->fd, TEE_IOC_INVOKE, &buf))
		return ioctl_failed("invoke");
	if (call.arg.ret)
		return refused(call.arg.ret, call.arg.ret_origin);
	return true;
}

/* With the device go the session and the buffer. */
void tee_close(struct tee_link *tee)
{
	munmap(tee->msg, tee->size);
	close(tee->fd);
}
