// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tool's way from a binary list of measurements to text, and to PCRs. The list is
 * built here, in parts as the kernel's format has them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <openssl/evp.h>

#include "entry_text.h"
#include "replay.h"

/* The list that a test builds, and its log. */
static uint8_t bytes[65536];
static size_t used;
static struct imatee_log_status status;
static struct imatee_log_base base;
static enum bank bank;

static void begin(enum bank of)
{
	memset(&status, 0, sizeof(status));
	memset(&base, 0, sizeof(base));
	used = 0;
	bank = of;
}

static void put(const void *data, size_t len)
{
	assert_true(used + len <= sizeof(bytes));
	if (len)
		memcpy(bytes + used, data, len);
	used += len;
}

static void put_le32(uint32_t value)
{
	const uint8_t le[] = { (uint8_t)value, (uint8_t)(value >> 8),
			       (uint8_t)(value >> 16), (uint8_t)(value >> 24) };

	put(le, sizeof(le));
}

static void digest_of(enum bank of, const void *data, size_t len, uint8_t *out)
{
	const EVP_MD *md = EVP_get_digestbyname(bank_name(of));

	assert_int_equal(EVP_Digest(data, len, out, NULL, md, NULL), 1);
}

/* The entry's head, with the digest of @hashed; NULL: a violation. */
static void put_head(uint32_t pcr, const char *name, const void *hashed,
		     size_t len)
{
	uint8_t digest[64] = { 0 };
	uint8_t both[128];
	enum bank b;

	put_le32(pcr);
	if (hashed)
		digest_of(bank, hashed, len, digest);
	put(digest, bank_size(bank));
	put_le32((uint32_t)strlen(name));
	put(name, strlen(name));
	status.entries++;
	status.violations += !hashed;
	for (b = 0; b < BANK_COUNT; b++) {
		uint8_t *value = bank_value(&status.pcrs[pcr], b);

		memset(digest, 0xff, sizeof(digest));
		if (hashed)
			digest_of(b, hashed, len, digest);
		memcpy(both, value, bank_size(b));
		memcpy(both + bank_size(b), digest, bank_size(b));
		digest_of(b, both, 2 * bank_size(b), value);
	}
}

static void put_entry(uint32_t pcr, const char *name, const void *data,
		      size_t len, bool violation)
{
	put_head(pcr, name, violation ? NULL : data, len);
	put_le32((uint32_t)len);
	put(data, len);
}

/* "ima": digest and name are neither behind a length, nor hashed as they stand. */
static void put_ima(const void *digest, size_t len, const char *name)
{
	uint8_t hashed[20 + 256] = { 0 };

	memcpy(hashed, digest, len);
	memcpy(hashed + len, name, strlen(name));
	put_head(10, "ima", hashed, len + 256);
	put(digest, len);
	put_le32((uint32_t)strlen(name));
	put(name, strlen(name));
}

/* Template data of "ima-ng": "sha256:", a digest of ab.., "/a". */
static const char ng[] = "\x28\0\0\0sha256:\0"
			 "\xab\xab\xab\xab\xab\xab\xab\xab"
			 "\xab\xab\xab\xab\xab\xab\xab\xab"
			 "\xab\xab\xab\xab\xab\xab\xab\xab"
			 "\xab\xab\xab\xab\xab\xab\xab\xab"
			 "\x03\0\0\0/a";
#define NG_TEXT                                                       \
	"sha256:abababababababababababababababababababababababababab" \
	"abababababab /a"

/* A list with entries of many kinds. */
static void put_all(enum bank of)
{
	static const char sig[] = "\x07\0\0\0sha1:\0\x11\x03\0\0\0/b"
				  "\0\2\0\0\0\x03\x02";
	static const char custom[] = "\x03\0\0\0/c"
				     "\0\4\0\0\0\xe8\x03\0\0\2\0\0\0\xed\x81"
				     "\0\0\0\0\1\0\0\0\x7f";

	begin(of);
	put_entry(10, "ima-ng", ng, sizeof(ng), false);
	put_entry(10, "ima-sig", sig, sizeof(sig) - 1, false);
	put_entry(11, "ima-ng", ng, sizeof(ng), true);
	put_ima("12345678901234567890", 20, "/dir/file");
	put_ima("1234567890123456", 16, "x");
	put_ima("1234567890123456", 16, "/dir/file");
	put_entry(10, "n-ng|iuid|imode|d-modsig|new", custom,
		  sizeof(custom) - 1, false);
}

static enum verdict check(size_t *len)
{
	struct list list = { .bank = bank, .left = used };
	enum verdict verdict;
	uint8_t *copy = malloc(used ? used : 1);
	uint64_t position;

	assert_non_null(copy);
	memcpy(copy, bytes, used);
	list.pos = copy;
	verdict = replay(&status, &base, &list, &position);
	if (len)
		*len = list.left;
	free(copy);
	return verdict;
}

static void replays(void **state)
{
	enum bank b;
	size_t len;

	(void)state;
	for (b = 0; b < BANK_COUNT; b++) {
		put_all(b);
		assert_int_equal(check(&len), LIST_HOLDS);
		assert_int_equal(len, used);
	}
	begin(BANK_SHA1);
	assert_int_equal(check(&len), LIST_HOLDS);
	assert_int_equal(len, 0);
}

/* Entries that came after the question are cut off. */
static void cuts_what_came_later(void **state)
{
	struct imatee_log_status before;
	size_t end, len;

	(void)state;
	put_all(BANK_SHA256);
	before = status;
	end = used;
	put_entry(10, "ima-ng", ng, sizeof(ng), false);
	put_entry(12, "ima-ng", ng, sizeof(ng), true);
	status = before;
	assert_int_equal(check(&len), LIST_HOLDS);
	assert_int_equal(len, end);
	/* even if they are no entries */
	memset(bytes + end, 0xff, 8);
	assert_int_equal(check(&len), LIST_HOLDS);
	assert_int_equal(len, end);
	/* fewer than the log has: all before the last one must be there */
	used = end;
	status.entries++;
	assert_int_equal(check(NULL), LIST_SHORT);
}

/* The log as it is now is where another one begins. */
static void trim(void)
{
	base.trimmed = status.entries;
	memcpy(base.pcrs, status.pcrs, sizeof(base.pcrs));
	used = 0;
}

static void begins_later(void **state)
{
	size_t len;

	(void)state;
	put_all(BANK_SHA256);
	trim();
	assert_int_equal(check(&len), LIST_HOLDS);
	assert_int_equal(len, 0);
	put_entry(10, "ima-ng", ng, sizeof(ng), false);
	put_entry(11, "ima-ng", ng, sizeof(ng), true);
	assert_int_equal(check(&len), LIST_HOLDS);
	assert_int_equal(len, used);
	/* how many violations were before is not known, but that there were some */
	status.violations++;
	assert_int_equal(check(NULL), LIST_HOLDS);
	status.violations = 0;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
	status.violations = 2;
	/* other PCRs, or another position */
	base.pcrs[10].sha1[0] ^= 1;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
	base.pcrs[10].sha1[0] ^= 1;
	base.trimmed--;
	assert_int_equal(check(NULL), LIST_SHORT);
	base.trimmed += 2;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
}

/*
 * A PCR says nothing of the template's name, nor of what a violation is about.
 * (The TEE does, to the kernel: see IMATEE_CMD_LOG_CHECK.)
 */
static bool may_be_changed(size_t i)
{
	struct list list = { bytes, used, bank };
	struct entry entry;
	const uint8_t *name;

	do
		assert_int_equal(entry_next(&list, &entry), 1);
	while (bytes + i >= list.pos);
	name = entry.digest + bank_size(bank) + sizeof(uint32_t);
	return entry_is_violation(&entry, bank) ?
		       bytes + i >= name :
		       bytes + i >= name &&
			       bytes + i < name + strlen(entry.name);
}

static void finds_every_change(void **state)
{
	size_t changed = 0;
	size_t i;

	(void)state;
	put_all(BANK_SHA256);
	for (i = 0; i < used; i++) {
		if (may_be_changed(i))
			continue;
		changed++;
		bytes[i] ^= 1;
		assert_int_not_equal(check(NULL), LIST_HOLDS);
		bytes[i] ^= 1;
	}
	assert_true(changed > used / 2);
	assert_int_equal(check(NULL), LIST_HOLDS);
}

static void finds_what_the_list_cannot_tell(void **state)
{
	(void)state;
	put_all(BANK_SHA1);
	status.violations++;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
	/* another bank than the list's */
	put_all(BANK_SHA1);
	status.pcrs[11].sha384[0] ^= 1;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
	/* a PCR without an entry */
	put_all(BANK_SHA1);
	status.pcrs[0].sha1[0] = 1;
	assert_int_equal(check(NULL), LIST_DIFFERENT);
	/* digests of another bank */
	put_all(BANK_SHA1);
	bank = BANK_SHA256;
	assert_int_not_equal(check(NULL), LIST_HOLDS);
}

static void cut_anywhere(void **state)
{
	size_t all, verdict;

	(void)state;
	put_all(BANK_SHA384);
	all = used;
	for (used = 0; used < all; used++) {
		verdict = check(NULL);
		assert_true(verdict == LIST_MALFORMED || verdict == LIST_SHORT);
	}
}

static int first_entry(void)
{
	struct list list = { .bank = bank, .left = used };
	uint8_t *copy = malloc(used ? used : 1);
	struct entry entry;
	int rc;

	assert_non_null(copy);
	memcpy(copy, bytes, used);
	list.pos = copy;
	rc = entry_next(&list, &entry);
	free(copy);
	return rc;
}

static void is_refused(uint32_t pcr, uint32_t name_len, const char *name,
		       uint32_t data_len, const void *data, size_t len)
{
	begin(BANK_SHA1);
	put_le32(pcr);
	put("12345678901234567890", 20);
	put_le32(name_len);
	put(name, strlen(name));
	put_le32(data_len);
	put(data, len);
	assert_int_equal(first_entry(), -1);
}

static void refuses_malformed_entries(void **state)
{
	char fields[4 * 16] = { 0 };
	char name[257];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[256] = '\0';
	is_refused(IMATEE_PCR_BINDING, 6, "ima-ng", sizeof(ng), ng, sizeof(ng));
	is_refused(UINT32_MAX, 6, "ima-ng", sizeof(ng), ng, sizeof(ng));
	is_refused(10, 0, "", sizeof(ng), ng, sizeof(ng));
	is_refused(10, 256, name, sizeof(ng), ng, sizeof(ng));
	is_refused(10, UINT32_MAX, "ima-ng", sizeof(ng), ng, sizeof(ng));
	is_refused(10, 6, "ima-ng", UINT32_MAX, ng, sizeof(ng));
	is_refused(10, 6, "ima-ng", sizeof(ng) + 1, ng, sizeof(ng));
	is_refused(10, 6, "ima-ng", sizeof(ng) - 1, ng, sizeof(ng));
	is_refused(10, 6, "ima-ng", 4, "\xff\xff\xff\xff", 4);
	is_refused(10, 6, "ima-ng", 3, "\0\0\0", 3);
	/* sixteen fields */
	is_refused(10, 6, "ima-ng", sizeof(fields), fields, sizeof(fields));
	begin(BANK_SHA1);
	put_entry(10, "ima-ng", fields, sizeof(fields) - 4, false);
	assert_int_equal(first_entry(), 1);
}

static char *text_of(size_t i)
{
	struct list list = { bytes, used, bank };
	struct entry entry;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(out);
	do
		assert_int_equal(entry_next(&list, &entry), 1);
	while (i--);
	entry_print(out, &entry, bank);
	fclose(out);
	return text;
}

/* Behind the PCR and the digest, of which only the length is looked at. */
static void shows(size_t i, const char *pcr, const char *rest)
{
	const size_t head = strlen(pcr) + 1 + 2 * bank_size(bank);
	char *text = text_of(i);

	assert_memory_equal(text, pcr, strlen(pcr));
	assert_true(strlen(text) > head);
	assert_string_equal(text + head, rest);
	free(text);
}

static void shows_what_the_kernel_shows(void **state)
{
	(void)state;
	put_all(BANK_SHA256);
	shows(0, "10", " ima-ng " NG_TEXT "\n");
	shows(1, "10", " ima-sig sha1:11 /b 0302\n");
	shows(2, "11", " ima-ng " NG_TEXT "\n");
	shows(3, "10",
	      " ima 3132333435363738393031323334353637383930 /dir/file\n");
	shows(4, "10", " ima 31323334353637383930313233343536 x\n");
	shows(5, "10", " ima 31323334353637383930313233343536 /dir/file\n");
	shows(6, "10", " n-ng|iuid|imode|d-modsig|new /c 1000 33261  7f\n");
	begin(BANK_SHA1);
	put_entry(1, "ima-ng", ng, sizeof(ng), true);
	shows(0, " 1", " ima-ng " NG_TEXT "\n");
}

static void shows_nothing_that_drives_a_terminal(void **state)
{
	static const char evil[] = "\x14\0\0\0/x\n10 00 ima \x1b[2J\xff"
				   "ab\0";

	(void)state;
	begin(BANK_SHA1);
	put_entry(10, "n-ng", evil, 4 + 0x14, false);
	shows(0, "10", " n-ng /x?10 00 ima ?[2J?ab\n");
	begin(BANK_SHA1);
	put_entry(10, "x\n\x1b", evil, 4 + 0x14, false);
	shows(0, "10",
	      " x?? 2f780a3130203030"
	      "20696d61201b5b324aff6162\n");
}

static void names_fields(void **state)
{
	char id[FIELD_ID_MAX];
	struct entry entry = { .name = "ima-modsig" };

	(void)state;
	entry_field_id(&entry, 0, id);
	assert_string_equal(id, "d-ng");
	entry_field_id(&entry, 4, id);
	assert_string_equal(id, "modsig");
	entry_field_id(&entry, 5, id);
	assert_string_equal(id, "?");
	strcpy(entry.name, "a||"
			   "0123456789012345678901234567890123456789");
	entry_field_id(&entry, 0, id);
	assert_string_equal(id, "a");
	entry_field_id(&entry, 1, id);
	assert_string_equal(id, "?");
	entry_field_id(&entry, 2, id);
	assert_string_equal(id, "?");
}

static void names_banks(void **state)
{
	enum bank of = BANK_COUNT;

	(void)state;
	assert_true(bank_parse("sha384,x", 6, &of));
	assert_int_equal(of, BANK_SHA384);
	assert_false(bank_parse("sha384,x", 5, &of));
	assert_false(bank_parse("sha512", 6, &of));
	assert_false(bank_parse("", 0, &of));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		{ "log: a list that makes the TEE's PCRs, in each bank",
		  replays, NULL, NULL, NULL },
		{ "log: entries that came later are cut off",
		  cuts_what_came_later, NULL, NULL, NULL },
		{ "log: a list that begins where the log was trimmed",
		  begins_later, NULL, NULL, NULL },
		{ "log: a list with any bit changed does not hold",
		  finds_every_change, NULL, NULL, NULL },
		{ "log: nor does one for another log",
		  finds_what_the_list_cannot_tell, NULL, NULL, NULL },
		{ "log: a list that ends anywhere", cut_anywhere, NULL, NULL,
		  NULL },
		{ "log: entries that are none", refuses_malformed_entries, NULL,
		  NULL, NULL },
		{ "log: text as the kernel shows it",
		  shows_what_the_kernel_shows, NULL, NULL, NULL },
		{ "log: no control character of a name comes through",
		  shows_nothing_that_drives_a_terminal, NULL, NULL, NULL },
		{ "log: the names of fields", names_fields, NULL, NULL, NULL },
		{ "log: the names of banks", names_banks, NULL, NULL, NULL },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
