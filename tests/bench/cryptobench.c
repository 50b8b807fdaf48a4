// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cryptobench: has trusted applications verify one signature, and tells what it takes.
 * The clock is the normal world's, which every TEE leaves alone.
 *
 *   cryptobench check INFO DIGEST SIGNATURE LIBRARY=UUID...
 *	Each accepts it, and refuses it with one bit of it or of the digest flipped.
 *	Prints "LIBRARY key|heap|stack BYTES".
 *   cryptobench time INFO DIGEST SIGNATURE LIBRARY=UUID...
 *	Prints "LIBRARY time NANOSECONDS", of one verification.
 */
#include <linux/tee.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crypto_job.h"
#include "teecall.h"

/* As many verifications a call as take about that long, and not more than these. */
#define CALL_NS	   40000000
#define ROUNDS_MAX 200

static struct crypto_job job;

static void fail(const char *library, const char *why)
{
	fprintf(stderr, "cryptobench: %s: %s\n", library, why);
	exit(1);
}

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

/* Appends a file to the job's data, and returns its size. */
static uint32_t add_file(const char *path)
{
	const size_t at = job.info_len + job.digest_len + job.sig_len;
	FILE *file = fopen(path, "rb");
	size_t len;

	if (!file)
		fail(path, "cannot open");
	len = fread(job.data + at, 1, sizeof(job.data) - at, file);
	if (!len || at + len == sizeof(job.data))
		fail(path, "empty, or too long");
	fclose(file);
	return (uint32_t)len;
}

/* One call; the job comes back with the answer. Returns its nanoseconds. */
static uint64_t call(struct tee_link *tee, enum crypto_command command,
		     uint32_t rounds, struct crypto_job *answer)
{
	uint64_t start;
	uint64_t ns;

	job.rounds = rounds;
	memcpy(tee->msg, &job, sizeof(job));
	start = now();
	if (!tee_invoke(tee, command))
		exit(1);
	ns = now() - start;
	memcpy(answer, tee->msg, sizeof(*answer));
	return ns;
}

/* One flipped bit: the last of the signature, and of the digest. */
static void check(struct tee_link *tee, const char *library)
{
	uint8_t *const ends[] = {
		&job.data[job.info_len + job.digest_len + job.sig_len - 1],
		&job.data[job.info_len + job.digest_len - 1],
	};
	struct crypto_job answer;
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		*ends[i] ^= 1;
		call(tee, CRYPTO_TIME, 1, &answer);
		*ends[i] ^= 1;
		if (answer.verdict != CRYPTO_INVALID)
			fail(library, "a flipped bit is not found");
	}
	call(tee, CRYPTO_MEMORY, 1, &answer);
	if (answer.verdict != CRYPTO_VALID)
		fail(library, "the signature is refused");
	if (answer.stack == UINT32_MAX)
		return;
	printf("%s key %u\n%s heap %u\n%s stack %u\n", library, answer.key,
	       library, answer.heap, library, answer.stack);
}

/* Less what a call takes that verifies nothing. */
static void measure(struct tee_link *tee, const char *library)
{
	struct crypto_job answer;
	uint64_t one, none, many;
	uint32_t rounds;

	/* The first one comes to cold caches. */
	call(tee, CRYPTO_TIME, 0, &answer);
	none = call(tee, CRYPTO_TIME, 0, &answer);
	one = call(tee, CRYPTO_TIME, 1, &answer);
	rounds = (uint32_t)(CALL_NS / one) + 1;
	if (rounds > ROUNDS_MAX)
		rounds = ROUNDS_MAX;
	many = one;
	if (rounds > 1) {
		/* wolfSSL makes a table for a key that comes back. */
		call(tee, CRYPTO_TIME, 2, &answer);
		many = call(tee, CRYPTO_TIME, rounds, &answer);
	}
	if (answer.verdict != CRYPTO_VALID || many < none)
		fail(library, "the signature is refused");
	printf("%s time %llu\n", library,
	       (unsigned long long)((many - none) / rounds));
}

int main(int argc, char **argv)
{
	const bool checks = argc > 5 && !strcmp(argv[1], "check");
	int i;

	if (argc < 6 || (!checks && strcmp(argv[1], "time"))) {
		fprintf(stderr, "usage: cryptobench check|time INFO DIGEST "
				"SIGNATURE LIBRARY=UUID...\n");
		return 2;
	}
	job.info_len = add_file(argv[2]);
	job.digest_len = add_file(argv[3]);
	job.sig_len = add_file(argv[4]);
	for (i = 5; i < argc; i++) {
		struct tee_link tee = { .login = TEE_IOCTL_LOGIN_PUBLIC };
		char *uuid = strchr(argv[i], '=');

		if (!uuid)
			fail(argv[i], "no UUID");
		*uuid++ = '\0';
		if (!tee_parse_uuid(&tee, uuid) || !tee_open(&tee))
			fail(argv[i], "no session");
		(checks ? check : measure)(&tee, argv[i]);
		tee_close(&tee);
	}
	return 0;
}
