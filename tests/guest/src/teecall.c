// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * teecall: send one command to a trusted application of imatee, from user
 * space, and print what it answers.
 *
 * It speaks to /dev/tee0 directly, without libteec and without libimatee, so
 * that a test of the boundary does not rest on code that is tested with it.
 *
 * Exit status: 0 if the trusted application answered, whatever it said; 3 if
 * the TEE refused (no session, or a TEE_Result instead of a reply), 2 if the
 * command line is wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/tee.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imatee_abi.h"
#include "teecall.h"

struct command {
	const char *name;
	const char *args;
	int nargs;
	size_t (*fill)(void *msg, char **args);
	uint32_t number;
	bool hello; /* send IMATEE_CMD_HELLO before it */
};

static size_t fill_bare(void *msg, char **args)
{
	(void)msg;
	(void)args;
	return sizeof(struct imatee_request);
}

static size_t fill_hello(void *msg, char **args)
{
	struct imatee_hello *hello = msg;

	hello->abi_major = strtoul(args[0], NULL, 0);
	hello->abi_minor = IMATEE_ABI_MINOR;
	return sizeof(*hello);
}

static size_t fill_attach(void *msg, char **args)
{
	struct imatee_attach *attach = msg;

	attach->mode = strtoul(args[0], NULL, 0);
	return sizeof(*attach);
}

static size_t fill_key(void *msg, char **args)
{
	struct imatee_key_select *select = msg;

	select->ring = strtoul(args[0], NULL, 0);
	select->select = IMATEE_SELECT_KEYID;
	select->value = strtoul(args[1], NULL, 16);
	return sizeof(*select);
}

static size_t fill_add(void *msg, char **args)
{
	struct imatee_key_add *add = msg;
	size_t len;
	FILE *cert = fopen(args[1], "rb");

	if (!cert) {
		perror(args[1]);
		exit(2);
	}
	len = fread(add + 1, 1, IMATEE_CERT_MAX, cert);
	fclose(cert);
	add->ring = strtoul(args[0], NULL, 0);
	add->cert_len = len;
	return sizeof(*add) + len;
}

/* An event that is right: the digest of no content, for a ticket. */
static size_t fill_measure(void *msg, char **args)
{
	struct imatee_measure *measure = msg;

	(void)args;
	measure->flags = IMATEE_EVENT_NO_ENTRY;
	measure->digest_count = 1;
	measure->digests[0].algo = IMATEE_HASH_SHA256;
	measure->digests[0].digest_len = 32;
	measure->digests[0].source = IMATEE_DIGEST_CONTENT;
	return sizeof(*measure);
}

/* Is there a log, closed in this boot, with nothing in it? */
static size_t fill_log_check(void *msg, char **args)
{
	struct imatee_log_check *check = msg;

	(void)args;
	check->segment.mac[0] = 1;
	return sizeof(*check);
}

static size_t fill_hash(void *msg, char **args)
{
	struct imatee_hash_request *hash = msg;

	(void)args;
	hash->flags = IMATEE_HASH_FIRST | IMATEE_HASH_LAST;
	hash->count = 1;
	hash->states[0].algo = IMATEE_HASH_SHA256;
	return sizeof(*hash);
}

static size_t fill_fail(void *msg, char **args)
{
	struct imatee_test_fail *fail = msg;

	fail->command = strtoul(args[0], NULL, 0);
	fail->failure = strtoul(args[1], NULL, 0);
	fail->count = strtoul(args[2], NULL, 0);
	return sizeof(*fail);
}

static size_t fill_trailing(void *msg, char **args)
{
	(void)msg;
	(void)args;
	return sizeof(struct imatee_request) + 1;
}

static const struct command commands[] = {
	{ "hello", "MAJOR", 1, fill_hello, IMATEE_CMD_HELLO, false },
	{ "status", "", 0, fill_bare, IMATEE_CMD_STATUS, true },
	{ "status-without-hello", "", 0, fill_bare, IMATEE_CMD_STATUS, false },
	{ "status-trailing", "", 0, fill_trailing, IMATEE_CMD_STATUS, true },
	{ "seal", "", 0, fill_bare, IMATEE_CMD_SEAL, true },
	{ "sync", "", 0, fill_bare, IMATEE_CMD_SYNC, true },
	{ "attach", "MODE", 1, fill_attach, IMATEE_CMD_ATTACH, true },
	{ "key-describe", "RING KEYID", 2, fill_key, IMATEE_CMD_KEY_DESCRIBE,
	  true },
	{ "key-get", "RING KEYID", 2, fill_key, IMATEE_CMD_KEY_GET, true },
	{ "key-export", "RING KEYID", 2, fill_key, IMATEE_CMD_KEY_EXPORT,
	  true },
	{ "key-add", "RING CERT", 2, fill_add, IMATEE_CMD_KEY_ADD, true },
	{ "hash", "", 0, fill_hash, IMATEE_CMD_HASH, true },
	{ "measure", "", 0, fill_measure, IMATEE_CMD_MEASURE, true },
	{ "log-status", "", 0, fill_bare, IMATEE_CMD_LOG_STATUS, true },
	{ "log-read", "", 0, fill_bare, IMATEE_CMD_LOG_READ, true },
	{ "log-check", "", 0, fill_log_check, IMATEE_CMD_LOG_CHECK, true },
	{ "ticket-key", "", 0, fill_bare, IMATEE_CMD_TICKET_KEY, true },
	{ "unknown", "", 0, fill_bare, 0x6eff, true },
	{ "panic", "", 0, fill_bare, IMATEE_CMD_TEST_PANIC, true },
	{ "fail", "COMMAND FAILURE COUNT", 3, fill_fail, IMATEE_CMD_TEST_FAIL,
	  true },
};

static const struct command *find_command(const char *name, int nargs)
{
	size_t i;

	for (i = 0; name && i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(commands[i].name, name) &&
		    commands[i].nargs == nargs)
			return &commands[i];
	return NULL;
}

static void print_status(const struct imatee_status_reply *status)
{
	printf("keys %u ima %u evm %u platform %u\n", status->keys[0],
	       status->keys[1], status->keys[2], status->keys[3]);
	printf("refused_writes %llu\n",
	       (unsigned long long)status->refused_writes);
	printf("mode %u\n", status->mode);
}

static void print_log(const struct imatee_log_status_reply *status)
{
	printf("entries %llu\nsecure_bytes %u\n",
	       (unsigned long long)status->entries, status->secure_bytes);
}

static void print_reply(const struct command *cmd, const void *msg)
{
	const struct imatee_reply *reply = msg;
	const struct imatee_key_reply *key = msg;
	int i;

	printf("error %u\n", reply->error);
	printf("boot_id ");
	for (i = 0; i < IMATEE_BOOT_ID_SIZE; i++)
		printf("%02x", reply->boot_id[i]);
	printf("\nseal %u\nattach_count %u\nflags %u\n", reply->seal,
	       reply->attach_count, reply->flags);
	if (reply->error)
		return;
	if (cmd->number == IMATEE_CMD_STATUS)
		print_status(msg);
	if (cmd->number == IMATEE_CMD_LOG_STATUS)
		print_log(msg);
	if (cmd->fill == fill_key)
		printf("keyid %08x\nsubject %.*s\npubkey_len %u\n",
		       key->info.keyid, IMATEE_SUBJECT_MAX, key->info.subject,
		       key->info.pubkey_len);
}

/* A session with any trusted application, by its UUID: what loading it says. */
static int load(const char *uuid)
{
	struct tee_link tee = { .login = TEE_IOCTL_LOGIN_PUBLIC };

	if (!tee_parse_uuid(&tee, uuid))
		return 2;
	if (!tee_open(&tee))
		return 3;
	puts("loaded");
	return 0;
}

static int usage(void)
{
	size_t i;

	fputs("usage: teecall [--verifier] [--kernel-login] COMMAND\n"
	      "       teecall load UUID\n",
	      stderr);
	for (i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		fprintf(stderr, "\t%s %s\n", commands[i].name,
			commands[i].args);
	return 2;
}

static bool call(struct tee_link *tee, const struct command *cmd, char **args)
{
	size_t len;

	memset(tee->msg, 0, tee->size);
	len = cmd->fill(tee->msg, args);
	((struct imatee_request *)tee->msg)->len = len;
	return tee_invoke(tee, cmd->number);
}

int main(int argc, char **argv)
{
	char major[16];
	char *version[] = { major, NULL };
	struct tee_link tee = { .login = TEE_IOCTL_LOGIN_PUBLIC };
	const struct command *cmd;
	bool verifier = false;
	int i;

	if (argc == 3 && !strcmp(argv[1], "load"))
		return load(argv[2]);
	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (!strcmp(argv[i], "--verifier"))
			verifier = true;
		else if (!strcmp(argv[i], "--kernel-login"))
			tee.login = TEE_IOCTL_LOGIN_REE_KERNEL;
		else
			return usage();
	}
	cmd = find_command(argv[i], argc - i - 1);
	if (!cmd)
		return usage();
	tee_use_imatee(&tee, verifier);
	if (!tee_open(&tee))
		return 3;
	snprintf(major, sizeof(major), "%u", IMATEE_ABI_MAJOR);
	if (cmd->hello && !call(&tee, &commands[0], version))
		return 3;
	if (!call(&tee, cmd, argv + i + 1))
		return 3;
	print_reply(cmd, tee.msg);
	return 0;
}
