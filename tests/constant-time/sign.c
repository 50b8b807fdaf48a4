// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signs with the keeper's own sources and wolfSSL, for tests/constant-time/run, which
 * traces what lies between a call of ct_mark() and the next. Each time it finds the
 * same memory.
 *
 *   sign KEY MESSAGE...		makes the attestation key of 32 bytes in hex, and signs
 *   sign leak-branch NUMBER...		a branch that depends on the number
 *   sign leak-table NUMBER...		a byte of a table at that place
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attest_key.h"
#include "platform.h"

static uint8_t device_key[32];
/* A heap that is handed out from its beginning for each signature. */
static _Alignas(16) uint8_t heap[1 << 20];
static size_t used;

void *platform_alloc(size_t size)
{
	void *ptr = heap + used;

	size = (size + 15) / 16 * 16;
	if (size > sizeof(heap) - used)
		return NULL;
	used += size;
	return memset(ptr, 0, size);
}

void platform_free(void *ptr, size_t size)
{
	if (ptr)
		memset(ptr, 0, size);
}

enum platform_status platform_device_key(const void *label, size_t len,
					 uint8_t key[32], bool *development)
{
	(void)label;
	(void)len;
	memcpy(key, device_key, sizeof(device_key));
	*development = true;
	return PLATFORM_OK;
}

void platform_random(void *buf, size_t size)
{
	(void)buf;
	(void)size;
	platform_panic("signatures need no random number");
}

void platform_panic(const char *why)
{
	fprintf(stderr, "sign: %s\n", why);
	exit(1);
}

void ct_mark(void);

__attribute__((noinline)) void ct_mark(void)
{
	used = 0;
	__asm__ volatile("" ::: "memory");
}

static volatile unsigned int sink;

static void leak_branch(unsigned int number)
{
	if (number & 1)
		sink = number;
}

static void leak_table(unsigned int number)
{
	static const volatile uint8_t table[256];

	sink = table[number % sizeof(table)];
}

static int leak(void (*way)(unsigned int), char **numbers)
{
	unsigned int number;

	for (; *numbers; numbers++) {
		number = (unsigned int)strtoul(*numbers, NULL, 10);
		ct_mark();
		way(number);
		ct_mark();
	}
	return 0;
}

static void show(const char *what, const uint8_t *bytes, size_t len)
{
	printf("%s ", what);
	while (len--)
		printf("%02x", *bytes++);
	printf("\n");
}

static int read_key(const char *hex)
{
	size_t i;

	for (i = 0; i < sizeof(device_key); i++)
		if (sscanf(hex + 2 * i, "%2hhx", &device_key[i]) != 1)
			return -1;
	return 0;
}

static int sign(char **messages)
{
	static struct attest_key key;
	static uint8_t sig[TPM_SIG_SIZE];
	static char message[64];
	enum imatee_error error;

	ct_mark();
	error = attest_key_make(&key);
	ct_mark();
	if (error)
		return 1;
	show("point", key.point, sizeof(key.point));
	for (; *messages; messages++) {
		memset(message, 0, sizeof(message));
		strncpy(message, *messages, sizeof(message) - 1);
		ct_mark();
		error = attest_key_sign(&key, message, sizeof(message), sig);
		ct_mark();
		if (error)
			return 1;
		show("signature", sig, sizeof(sig));
	}
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	if (!strcmp(argv[1], "leak-branch"))
		return leak(leak_branch, argv + 2);
	if (!strcmp(argv[1], "leak-table"))
		return leak(leak_table, argv + 2);
	return read_key(argv[1]) ? 2 : sign(argv + 2);
}
