// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parts of the tool that decide something without a TEE or a kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "diff.h"
#include "format.h"
#include "keyname.h"

static void id_forms(void **state)
{
	struct imatee_key_name name;

	(void)state;
	assert_true(keyname_parse("0a1B2c3d", &name));
	assert_int_equal(name.select, IMATEE_SELECT_KEYID);
	assert_int_equal(name.keyid, 0x0a1b2c3d);
	assert_int_equal(name.ring, IMATEE_RING_ANY);
	assert_true(keyname_parse("ffffffff", &name));
	assert_int_equal(name.keyid, 0xffffffff);

	assert_true(keyname_parse("01:02:03:04:05", &name));
	assert_int_equal(name.select, IMATEE_SELECT_SKID);
	assert_int_equal(name.skid_len, 5);
	assert_memory_equal(name.skid, "\1\2\3\4\5", 5);

	assert_true(keyname_parse("platform:31", &name));
	assert_int_equal(name.select, IMATEE_SELECT_INDEX);
	assert_int_equal(name.ring, IMATEE_RING_PLATFORM);
	assert_int_equal(name.index, 31);
}

static void not_an_id(void **state)
{
	static const char *const bad[] = {
		"",
		"0",
		"0a1b2c3",
		"0x0a1b2c3d",
		"0a1b2c3g",
		":0a1b",
		"0a:",
		"0a::1b",
		"ima",
		"ima:",
		"ima:32",
		"ima:-1",
		"ima:1x",
		"ima:+1",
		"im:1",
		"imax:1",
		"ima:1:1",
		"imatee:1",
		" 0a1b2c3d",
		"0a 1b",
		"0a1:b2",
		"?:1",
		"ima: 1",
		"ima:4294967296",
		"ima:18446744073709551616",
	};
	struct imatee_key_name name;
	char skid[2 * (IMATEE_SKID_MAX + 1) + 1];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (keyname_parse(bad[i], &name))
			fail_msg("taken for an id: %s", bad[i]);
	}
	memset(skid, 'a', sizeof(skid) - 1);
	skid[sizeof(skid) - 1] = '\0';
	assert_false(keyname_parse(skid, &name));
	skid[2 * IMATEE_SKID_MAX] = '\0';
	assert_true(keyname_parse(skid, &name));
	assert_int_equal(name.skid_len, IMATEE_SKID_MAX);
}

#define IMA_LINE \
	"0c3b8a41 I------     1 perm 1f0b0000     0     0 keyring   .ima: 7\n"
#define KEY_LINE \
	"2a7c0001 I------     1 perm 1f030000     0     0 asymmetri O: CN: 0a0b0c0d0e: "

static void keyring_lines(void **state)
{
	int32_t serial = 0;

	(void)state;
	assert_true(kernel_line_is_keyring(IMA_LINE, ".ima", &serial));
	assert_int_equal(serial, 0x0c3b8a41);
	assert_true(kernel_line_is_keyring(
		"00000001 I------     1 perm 1f0b0000     0     0 keyring   .evm: empty\n",
		".evm", &serial));
	assert_false(kernel_line_is_keyring(IMA_LINE, ".im", &serial));
	assert_false(kernel_line_is_keyring(IMA_LINE, ".evm", &serial));
	assert_false(kernel_line_is_keyring(
		"0c3b8a41 I------     1 perm 1f0b0000     0     0 keyring   .ima_blacklist: empty\n",
		".ima", &serial));
	/* another type with that description */
	assert_false(kernel_line_is_keyring(
		"0c3b8a41 I------     1 perm 1f0b0000     0     0 user      .ima: 7\n",
		".ima", &serial));
	assert_false(kernel_line_is_keyring("", ".ima", &serial));
	assert_false(kernel_line_is_keyring("0c3b8a41\n", ".ima", &serial));
	assert_false(kernel_line_is_keyring("0c3b8a41 a b c d e f keyring",
					    ".ima", &serial));
}

static void view_lines(void **state)
{
	static const char text[] = "O: CN: 0a0b0c0d0e";

	(void)state;
	assert_true(kernel_line_is_key(KEY_LINE "X509.rsa 0b0c0d0e []\n",
				       0x2a7c0001));
	assert_false(kernel_line_is_key(KEY_LINE "X509.rsa 0b0c0d0e []\n",
					0x2a7c0002));
	assert_false(kernel_line_is_key(IMA_LINE, 0x0c3b8a41));
	assert_true(kernel_line_is_view(KEY_LINE "TEE.rsa 0b0c0d0e []\n",
					0x2a7c0001, text));
	assert_false(kernel_line_is_view(KEY_LINE "X509.rsa 0b0c0d0e []\n",
					 0x2a7c0001, text));
	assert_false(kernel_line_is_view(KEY_LINE "TEE.rsa 0b0c0d0e []\n",
					 0x2a7c0002, text));
	assert_false(kernel_line_is_view(KEY_LINE "TEE.rsa 0b0c0d0e []\n",
					 0x2a7c0001, "O: CN: 0a0b"));
	/* a subject that pretends */
	assert_false(kernel_line_is_view(
		"2a7c0001 I------     1 perm 1f030000     0     0 asymmetri O: TEE.rsa: 0a0b: X509.rsa 0a0b []\n",
		0x2a7c0001, "O: TEE.rsa: 0a0b"));
}

static void descriptions(void **state)
{
	struct kernel_key key = { 0 };

	(void)state;
	kernel_parse_description("O: CN: 0a0b0c0d0e", &key);
	assert_int_equal(key.skid_len, 5);
	assert_memory_equal(key.skid, "\x0a\x0b\x0c\x0d\x0e", 5);
	assert_string_equal(key.description, "O: CN: 0a0b0c0d0e");
	kernel_parse_description("no skid", &key);
	assert_int_equal(key.skid_len, 0);
	kernel_parse_description("CN: 0a0b\033[2J", &key);
	assert_int_equal(key.skid_len, 0);
	assert_string_equal(key.description, "CN: 0a0b?[2J");
	kernel_parse_description("", &key);
	assert_int_equal(key.skid_len, 0);
}

static struct imatee_key tee_key(enum imatee_ring ring, const char *skid)
{
	struct imatee_key key = { .ring = ring, .skid_len = strlen(skid) };

	memcpy(key.skid, skid, key.skid_len);
	return key;
}

static struct kernel_key kernel_key(enum imatee_ring ring, const char *skid,
				    bool view)
{
	struct kernel_key key = { .ring = ring,
				  .skid_len = strlen(skid),
				  .view = view };

	memcpy(key.skid, skid, key.skid_len);
	return key;
}

static void honest_kernel(void **state)
{
	struct imatee_key tee[] = { tee_key(IMATEE_RING_IMA, "aaaa"),
				    tee_key(IMATEE_RING_EVM, "aaaa") };
	struct kernel_key keys[] = { kernel_key(IMATEE_RING_EVM, "aaaa", true),
				     kernel_key(IMATEE_RING_IMA, "aaaa",
						true) };
	struct kernel_view kernel = { keys, 2 };
	struct difference d[4];

	(void)state;
	assert_int_equal(diff_keys(&kernel, tee, 2, true, d), 0);
	/* in mode off the kernel has the keys themselves */
	keys[0].view = false;
	assert_int_equal(diff_keys(&kernel, tee, 2, false, d), 0);
	kernel.count = 0;
	assert_int_equal(diff_keys(&kernel, tee, 0, true, d), 0);
}

static void tampered_kernel(void **state)
{
	struct imatee_key tee[] = { tee_key(IMATEE_RING_IMA, "aaaa"),
				    tee_key(IMATEE_RING_IMA, "bbbb") };
	struct kernel_key keys[] = {
		kernel_key(IMATEE_RING_IMA, "aaaa", false), /* swapped */
		kernel_key(IMATEE_RING_IMA, "cccc", true), /* linked */
		kernel_key(IMATEE_RING_EVM, "bbbb", true), /* in another ring */
		kernel_key(IMATEE_RING_IMA, "aaaa", true), /* a second one */
		kernel_key(IMATEE_RING_IMA, "", true), /* without a name */
	};
	struct kernel_view kernel = { keys, 5 };
	struct difference d[7];

	(void)state;
	assert_int_equal(diff_keys(&kernel, tee, 2, true, d), 6);
	assert_int_equal(d[0].kind, DIFF_NOT_A_VIEW);
	assert_ptr_equal(d[0].kernel, &keys[0]);
	assert_ptr_equal(d[0].tee, &tee[0]);
	assert_int_equal(d[1].kind, DIFF_KERNEL_ONLY);
	assert_ptr_equal(d[1].kernel, &keys[1]);
	assert_int_equal(d[2].kind, DIFF_KERNEL_ONLY);
	assert_ptr_equal(d[2].kernel, &keys[2]);
	assert_int_equal(d[3].kind, DIFF_KERNEL_ONLY);
	assert_ptr_equal(d[3].kernel, &keys[3]);
	assert_int_equal(d[4].kind, DIFF_KERNEL_ONLY);
	assert_ptr_equal(d[4].kernel, &keys[4]);
	assert_int_equal(d[5].kind, DIFF_TEE_ONLY);
	assert_ptr_equal(d[5].tee, &tee[1]);
}

static void values_as_text(void **state)
{
	uint8_t bytes[70];
	char date[DATE_MAX], hex[HEX_MAX];

	(void)state;
	memset(bytes, 0xab, sizeof(bytes));
	assert_string_equal(format_hex(hex, bytes, 3), "ababab");
	assert_string_equal(format_hex(hex, bytes, 0), "");
	assert_int_equal(strlen(format_hex(hex, bytes, sizeof(bytes))), 128);
	assert_string_equal(format_date(date, 0), "1970-01-01");
	assert_string_equal(format_date(date, 253402300799), "9999-12-31");
	assert_string_equal(format_date(date, UINT64_MAX), "-");
	assert_string_equal(format_date(date, INT64_MAX), "-");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "tool: the forms of an ID", id_forms, NULL, NULL, NULL },
		{ "tool: what is no ID", not_an_id, NULL, NULL, NULL },
		{ "tool: keyrings in /proc/keys", keyring_lines, NULL, NULL,
		  NULL },
		{ "tool: views of TEE keys in /proc/keys", view_lines, NULL,
		  NULL, NULL },
		{ "tool: descriptions of keys", descriptions, NULL, NULL,
		  NULL },
		{ "tool: diff of an honest kernel is empty", honest_kernel,
		  NULL, NULL, NULL },
		{ "tool: diff finds keys added, swapped, doubled, missing",
		  tampered_kernel, NULL, NULL, NULL },
		{ "tool: dates and bytes as text", values_as_text, NULL, NULL,
		  NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
