// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage: mkcorpus DIR: writes seeds for the targets to DIR/keeper, DIR/verifier
 * and DIR/reply: sequences of messages that are as they should be.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"

static FILE *file;

static void begin(const char *dir, const char *target, const char *name)
{
	char path[4096] = "";

	snprintf(path, sizeof(path), "%s/%s", dir, target);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", dir, target, name);
	file = fopen(path, "wb");
	if (!file)
		err(1, "%s", path);
}

static void end(void)
{
	if (fclose(file))
		err(1, "seed");
}

static void step(enum fuzz_action action, uint8_t session, uint16_t command,
		 const void *request, size_t len)
{
	struct fuzz_step head = { .action = (uint8_t)action,
				  .session = session,
				  .command = command,
				  .len = (uint16_t)len,
				  .size = 4096 };

	fwrite(&head, sizeof(head), 1, file);
	if (len)
		fwrite(request, len, 1, file);
}

static void empty(uint8_t session, uint16_t command)
{
	const struct imatee_request request = { .len = sizeof(request) };

	step(FUZZ_INVOKE, session, command, &request, sizeof(request));
}

static void hello(uint8_t session)
{
	const struct imatee_hello request = { .hdr.len = sizeof(request),
					      .abi_major = IMATEE_ABI_MAJOR };

	step(FUZZ_INVOKE, session, IMATEE_CMD_HELLO, &request, sizeof(request));
}

static void select_key(uint8_t session, uint16_t command, uint8_t how)
{
	struct imatee_key_select request = { .hdr.len = sizeof(request),
					     .ring = IMATEE_RING_IMA,
					     .select = how };

	if (how == IMATEE_SELECT_KEYID)
		request.value = 0x01010101;
	if (how == IMATEE_SELECT_SKID) {
		request.skid_len = 5;
		memcpy(request.skid, "\1\1\1\1\0", 5);
	}
	step(FUZZ_INVOKE, session, command, &request, sizeof(request));
}

static void list(uint8_t session)
{
	const struct imatee_key_list request = { .hdr.len = sizeof(request),
						 .index = 1 };

	step(FUZZ_INVOKE, session, IMATEE_CMD_KEY_LIST, &request,
	     sizeof(request));
}

static void attach(uint8_t session)
{
	const struct imatee_attach request = { .hdr.len = sizeof(request),
					       .mode = IMATEE_MODE_KEYS };

	step(FUZZ_INVOKE, session, IMATEE_CMD_ATTACH, &request,
	     sizeof(request));
}

static void add(uint8_t session)
{
	const struct imatee_key_add request = { .hdr.len = sizeof(request),
						.ring = IMATEE_RING_IMA };

	step(FUZZ_INVOKE, session, IMATEE_CMD_KEY_ADD, &request,
	     sizeof(request));
}

/* A boot: the kernel attaches, seals and looks up, users look around. */
static void keeper_seeds(const char *dir)
{
	uint8_t how = 0;

	begin(dir, "keeper", "boot");
	step(FUZZ_OPEN, 0, PLATFORM_CALLER_KERNEL, NULL, 0);
	hello(0);
	attach(0);
	add(0);
	empty(0, IMATEE_CMD_SEAL);
	add(0);
	for (how = 1; how <= 3; how++)
		select_key(0, IMATEE_CMD_KEY_GET, how);
	empty(0, IMATEE_CMD_STATUS);
	step(FUZZ_CLOSE, 0, 0, NULL, 0);
	end();

	begin(dir, "keeper", "user");
	step(FUZZ_OPEN, 1, PLATFORM_CALLER_PUBLIC, NULL, 0);
	hello(1);
	list(1);
	select_key(1, IMATEE_CMD_KEY_DESCRIBE, IMATEE_SELECT_INDEX);
	select_key(1, IMATEE_CMD_KEY_EXPORT, IMATEE_SELECT_SKID);
	empty(1, IMATEE_CMD_SEAL);
	attach(1);
	end();
}

static void verifier_seeds(const char *dir)
{
	uint8_t how = 0;

	begin(dir, "verifier", "sync");
	hello(0);
	empty(0, IMATEE_CMD_SYNC);
	step(FUZZ_KEEPER, 0, 0, NULL, 0);
	empty(0, IMATEE_CMD_SYNC);
	for (how = 1; how <= 3; how++)
		select_key(0, IMATEE_CMD_KEY_GET, how);
	step(FUZZ_KEEPER, 0, 1, NULL, 0);
	empty(0, IMATEE_CMD_SYNC);
	select_key(0, IMATEE_CMD_KEY_GET, IMATEE_SELECT_KEYID);
	end();

	begin(dir, "verifier", "garbage");
	hello(0);
	step(FUZZ_KEEPER, 0, 0, NULL, 0);
	step(FUZZ_KEEPER, 0, 4, "\0\0\0\0\x30\1", 6);
	empty(0, IMATEE_CMD_SYNC);
	select_key(0, IMATEE_CMD_KEY_GET, IMATEE_SELECT_INDEX);
	end();
}

/* Replies as the library wants them. */
static const struct imatee_key_info good_key = {
	.ring = IMATEE_RING_IMA,
	.algo = IMATEE_ALGO_RSA,
	.source = IMATEE_SOURCE_BUILTIN,
	.skid_len = 4,
	.keyid = 0x04030201,
	.key_bits = 2048,
	.pubkey_len = 8,
	.cert_len = 9,
	.skid = { 4, 3, 2, 1 },
	.subject = "CN = fuzz",
};

/* One reply, behind its length if it is one of a session's. */
static void reply(bool session, const void *body, size_t body_len,
		  const void *tail, size_t tail_len)
{
	const size_t len = sizeof(struct imatee_reply) + body_len + tail_len;
	struct imatee_reply head = { .len = (uint32_t)len,
				     .epoch = 1,
				     .seal = IMATEE_SEAL_SEALED };

	if (session) {
		fputc(len & 0xff, file);
		fputc((int)(len >> 8), file);
	}
	fwrite(&head, sizeof(head), 1, file);
	fwrite(body, body_len, 1, file);
	fwrite(tail, tail_len, 1, file);
}

/* In the order of the session of fuzz_reply.c. */
static void one_reply(int which, bool session)
{
	static const uint32_t list[2] = { 1, 1 };
	struct imatee_hello_reply hello = { .abi_major = IMATEE_ABI_MAJOR };
	struct imatee_status_reply status = { .capacity = 32 };
	const size_t head = sizeof(hello.hdr);

	switch (which) {
	case 0:
		reply(session, (char *)&hello + head, sizeof(hello) - head, "",
		      0);
		break;
	case 1:
		reply(session, (char *)&status + head, sizeof(status) - head,
		      "", 0);
		break;
	case 2:
		reply(session, list, sizeof(list), &good_key, sizeof(good_key));
		break;
	case 3:
		reply(session, &good_key, sizeof(good_key), "", 0);
		break;
	case 4:
		reply(session, &good_key, sizeof(good_key), "12345678", 8);
		break;
	default:
		reply(session, &good_key, sizeof(good_key), "123456789", 9);
	}
}

static void reply_seeds(const char *dir)
{
	static const int order[] = { 0, 1, 2, 3, 5, 4 };
	char name[2] = "0";
	size_t i = 0;

	for (i = 0; i < 6; i++, name[0]++) {
		begin(dir, "reply", name);
		fputc((int)i, file);
		one_reply((int)i, false);
		end();
	}
	begin(dir, "reply", "session");
	fputc(6, file);
	for (i = 0; i < 6; i++)
		one_reply(order[i], true);
	end();
}

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: mkcorpus DIR");
	mkdir(argv[1], 0777);
	keeper_seeds(argv[1]);
	verifier_seeds(argv[1]);
	reply_seeds(argv[1]);
	return 0;
}
