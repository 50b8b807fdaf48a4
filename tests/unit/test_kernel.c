// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How the tool reads the kernel's keyrings, from a kernel that the tests play.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <keyutils.h>

#include "kernel.h"

#define RING 0x11
#define OWN  0x12
#define KEY  0x2a

static const char honest[] =
	"00000011 I------     1 perm 1f0b0000     0     0 keyring   .ima: 3\n"
	"0000002a I------     1 perm 1f030000     0     0 asymmetri CN: 0a0b: TEE.rsa 0a0b []\n"
	"0000002b I-----i     1 perm 1f030000     0     0 asymmetri CN: 0c0d: TEE.rsa 0c0d []\n"
	"0000002c I------     1 perm 1f030000     0     0 asymmetri CN: 0e0f: TEE.rsa 0e0f []\n";

/* A description with line breaks: a keyring of its owner's, and a line for a key. */
static const char forged[] =
	"00000010 I--Q---     1 perm 3f010000  1000  1000 user      x\n"
	"00000012 I--Q---     1 perm 3f3f0000     0     0 keyring   .ima: 1: 1\n"
	"00000011 I------     1 perm 1f0b0000     0     0 keyring   .ima: 3\n"
	"00000011 I------     1 perm 1f0b0000     0     0 keyring   .ima: 3: 1\n"
	"0000002a I------     1 perm 1f030000     0     0 asymmetri CN: 0a0b: X509.rsa 0a0b []\n"
	"0000002b I------     1 perm 1f030000     0     0 asymmetri CN: 0c0d: TEE.rsa 0c0d []\n"
	"0000002c I------     1 perm 1f030000     0     0 asymmetri CN: 0e0f: X509.rsa 0e0f []\n"
	"0000002d I--Q---     1 perm 3f010000  1000  1000 user      x\n"
	"0000002c I------     1 perm 1f030000     0     0 asymmetri CN: 0e0f: TEE.rsa []: 1\n";

static const char *proc_keys = honest;

static const char *const descriptions[] = { "CN: 0a0b", "CN: 0c0d",
					    "CN: 0e0f" };
/* What the kernel says of each key in the place of its description. */
static int errors[3];

/* The object under test calls this for fopen(). */
FILE *kernel_fopen(const char *name, const char *mode);

FILE *kernel_fopen(const char *name, const char *mode)
{
	assert_string_equal(name, "/proc/keys");
	return fmemopen((void *)proc_keys, strlen(proc_keys), mode);
}

int keyctl_read_alloc(int32_t id, void **buffer)
{
	static const int32_t serials[] = { KEY, KEY + 1, KEY + 2 };

	assert_int_equal(id, RING);
	*buffer = malloc(sizeof(serials));
	assert_non_null(*buffer);
	memcpy(*buffer, serials, sizeof(serials));
	return sizeof(serials);
}

int keyctl_describe_alloc(int32_t id, char **buffer)
{
	if (id == RING)
		return asprintf(buffer, "keyring;0;0;1f0b0000;.ima");
	if (id == OWN)
		return asprintf(buffer, "keyring;1000;1000;3f3f0000;own");
	assert_in_range(id, KEY, KEY + 2);
	errno = errors[id - KEY];
	if (errno)
		return -1;
	return asprintf(buffer, "asymmetric;0;0;1f030000;%s",
			descriptions[id - KEY]);
}

static void reads_keys(void **state)
{
	struct kernel_view view;
	size_t i = 0;

	(void)state;
	proc_keys = honest;
	memset(errors, 0, sizeof(errors));
	assert_int_equal(kernel_read(IMATEE_RING_ANY, &view), 0);
	assert_int_equal(view.count, 3);
	for (i = 0; i < view.count; i++) {
		assert_int_equal(view.keys[i].ring, IMATEE_RING_IMA);
		assert_int_equal(view.keys[i].serial, KEY + i);
		assert_true(view.keys[i].view);
		assert_string_equal(view.keys[i].description, descriptions[i]);
	}
	kernel_free(&view);
}

static void trusts_no_line(void **state)
{
	static const bool is_view[] = { false, true, false };
	struct kernel_view view;
	size_t i = 0;

	(void)state;
	proc_keys = forged;
	memset(errors, 0, sizeof(errors));
	assert_int_equal(kernel_keyring(IMATEE_RING_IMA), RING);
	assert_int_equal(kernel_read(IMATEE_RING_ANY, &view), 0);
	assert_int_equal(view.count, 3);
	for (i = 0; i < view.count; i++)
		assert_int_equal(view.keys[i].view, is_view[i]);
	kernel_free(&view);
	proc_keys = honest;
}

/* The kernel does not describe a key that was invalidated. */
static void leaves_out_invalidated_keys(void **state)
{
	struct kernel_view view;

	(void)state;
	memset(errors, 0, sizeof(errors));
	errors[1] = ENOKEY;
	assert_int_equal(kernel_read(IMATEE_RING_IMA, &view), 0);
	assert_int_equal(view.count, 2);
	assert_int_equal(view.keys[0].serial, KEY);
	assert_int_equal(view.keys[1].serial, KEY + 2);
	kernel_free(&view);
	errors[0] = ENOKEY;
	errors[2] = ENOKEY;
	assert_int_equal(kernel_read(IMATEE_RING_IMA, &view), 0);
	assert_int_equal(view.count, 0);
	kernel_free(&view);
}

/* A key that may not be seen is no key that has gone. */
static void passes_on_other_errors(void **state)
{
	static const int others[] = { EACCES, EKEYREVOKED, EKEYEXPIRED,
				      ENOMEM };
	struct kernel_view view;
	size_t i = 0;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		memset(errors, 0, sizeof(errors));
		errors[1] = others[i];
		assert_int_equal(kernel_read(IMATEE_RING_IMA, &view),
				 others[i]);
		kernel_free(&view);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "tool: the keys of the kernel's keyrings", reads_keys, NULL,
		  NULL, NULL },
		{ "tool: lines of /proc/keys that somebody has made",
		  trusts_no_line, NULL, NULL, NULL },
		{ "tool: keys that are invalidated are none",
		  leaves_out_invalidated_keys, NULL, NULL, NULL },
		{ "tool: keys that cannot be described for other reasons",
		  passes_on_other_errors, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
