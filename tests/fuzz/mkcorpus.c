// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage: mkcorpus DIR: writes seeds for both targets to DIR/keeper and
 * DIR/verifier: sequences of messages that are as they should be.
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

int main(int argc, char **argv)
{
	if (argc != 2)
		errx(2, "usage: mkcorpus DIR");
	mkdir(argv[1], 0777);
	keeper_seeds(argv[1]);
	verifier_seeds(argv[1]);
	return 0;
}
