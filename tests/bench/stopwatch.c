// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * stopwatch: how long one system call, or one call of the TEE, takes as user space
 * sees it. Prints nanoseconds, one line each.
 *
 *   stopwatch open FILE...		open, read a byte, close
 *   stopwatch changed FILE...		the same; something was written to it before
 *   stopwatch exec FILE...		fork, execute, wait
 *   stopwatch insmod FILE...		finit_module(2); the module is unloaded again
 *   stopwatch call COUNT		the keeper's status
 *   stopwatch log COUNT			the status of the keeper's log
 *   stopwatch quote COUNT		a quote, with another nonce each time
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/tee.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "imatee_abi.h"
#include "teecall.h"

#define MODULE "imatee_victim"

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void do_open(const char *path)
{
	char byte;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, &byte, 1) != 1)
		fail(path);
	close(fd);
}

static void do_exec(const char *path)
{
	char *argv[] = { (char *)path, NULL };
	posix_spawn_file_actions_t quiet;
	int status = 0;
	pid_t pid;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	errno = posix_spawn(&pid, path, &quiet, NULL, argv, NULL);
	if (errno || waitpid(pid, &status, 0) != pid || status)
		fail(path);
	posix_spawn_file_actions_destroy(&quiet);
}

static int module = -1;

static void do_insmod(const char *path)
{
	if (syscall(SYS_finit_module, module, "", 0))
		fail(path);
}

/* What belongs to one measurement, but not to its time. */
static void before_insmod(const char *path)
{
	module = open(path, O_RDONLY | O_CLOEXEC);
	if (module < 0)
		fail(path);
}

static void after_insmod(void)
{
	close(module);
	if (syscall(SYS_delete_module, MODULE, O_NONBLOCK))
		fail(MODULE);
}

/* Something that was never in the file. */
static void before_changed(const char *path)
{
	const uint64_t unique = now();
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || pwrite(fd, &unique, sizeof(unique), 0) != sizeof(unique))
		fail(path);
	close(fd);
}

static void send(struct tee_link *tee, uint32_t command, size_t len)
{
	((struct imatee_request *)tee->msg)->len = len;
	if (!tee_invoke(tee, command) ||
	    ((struct imatee_reply *)tee->msg)->error)
		exit(1);
}

static void say_hello(struct tee_link *tee)
{
	struct imatee_hello *hello;

	tee_use_imatee(tee, false);
	if (!tee_open(tee))
		exit(1);
	hello = tee->msg;
	memset(tee->msg, 0, tee->size);
	hello->abi_major = IMATEE_ABI_MAJOR;
	hello->abi_minor = IMATEE_ABI_MINOR;
	send(tee, IMATEE_CMD_HELLO, sizeof(*hello));
}

static void do_status(struct tee_link *tee, unsigned long nonce)
{
	(void)nonce;
	send(tee, IMATEE_CMD_STATUS, sizeof(struct imatee_request));
}

static void do_log(struct tee_link *tee, unsigned long nonce)
{
	(void)nonce;
	send(tee, IMATEE_CMD_LOG_STATUS, sizeof(struct imatee_request));
}

static void do_quote(struct tee_link *tee, unsigned long nonce)
{
	struct imatee_quote *quote = tee->msg;

	quote->bank = IMATEE_HASH_SHA256;
	quote->nonce_len = sizeof(nonce);
	memcpy(quote->nonce, &nonce, sizeof(nonce));
	send(tee, IMATEE_CMD_QUOTE, sizeof(*quote));
}

static int calls(void (*call)(struct tee_link *tee, unsigned long nonce),
		 unsigned long count)
{
	struct tee_link tee = { .login = TEE_IOCTL_LOGIN_PUBLIC };
	uint64_t start;

	say_hello(&tee);
	while (count--) {
		memset(tee.msg, 0, sizeof(struct imatee_quote));
		start = now();
		call(&tee, count);
		printf("%llu\n", (unsigned long long)(now() - start));
	}
	return 0;
}

static const struct act {
	const char *name;
	void (*act)(const char *path);
	void (*before)(const char *path);
	void (*after)(void);
} acts[] = {
	{ "open", do_open, NULL, NULL },
	{ "changed", do_open, before_changed, NULL },
	{ "exec", do_exec, NULL, NULL },
	{ "insmod", do_insmod, before_insmod, after_insmod },
};

static void measure(const struct act *act, const char *path)
{
	uint64_t start;

	if (act->before)
		act->before(path);
	start = now();
	act->act(path);
	printf("%llu\n", (unsigned long long)(now() - start));
	if (act->after)
		act->after();
}

int main(int argc, char **argv)
{
	const struct act *act = NULL;
	size_t i;
	int n;

	if (argc == 3 && !strcmp(argv[1], "call"))
		return calls(do_status, strtoul(argv[2], NULL, 0));
	if (argc == 3 && !strcmp(argv[1], "log"))
		return calls(do_log, strtoul(argv[2], NULL, 0));
	if (argc == 3 && !strcmp(argv[1], "quote"))
		return calls(do_quote, strtoul(argv[2], NULL, 0));
	for (i = 0; argc > 2 && i < sizeof(acts) / sizeof(acts[0]); i++)
		if (!strcmp(acts[i].name, argv[1]))
			act = &acts[i];
	if (!act) {
		fprintf(stderr,
			"usage: stopwatch open|changed|exec|insmod FILE...\n"
			"       stopwatch call|log|quote COUNT\n");
		return 2;
	}
	for (n = 2; n < argc; n++)
		measure(act, argv[n]);
	return 0;
}
