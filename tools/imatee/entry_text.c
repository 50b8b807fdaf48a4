// SPDX-License-Identifier: GPL-2.0-or-later
#include <endian.h>
#include <err.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "entry_text.h"
#include "tool.h"

/* The kernel's templates that have a name; of others the name is the format. */
static const struct {
	const char *name;
	const char *format;
} templates[] = {
	{ "ima", "d|n" },
	{ "ima-ng", "d-ng|n-ng" },
	{ "ima-ngv2", "d-ngv2|n-ng" },
	{ "ima-sig", "d-ng|n-ng|sig" },
	{ "ima-sigv2", "d-ngv2|n-ng|sig" },
	{ "ima-buf", "d-ng|n-ng|buf" },
	{ "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig" },
	{ "evm-sig",
	  "d-ng|n-ng|evmsig|xattrnames|xattrlengths|xattrvalues|iuid|igid|imode" },
};

static const char *format_of(const struct entry *entry)
{
	size_t i;

	for (i = 0; i < sizeof(templates) / sizeof(templates[0]); i++)
		if (!strcmp(entry->name, templates[i].name))
			return templates[i].format;
	return entry->name;
}

void entry_field_id(const struct entry *entry, size_t i, char id[FIELD_ID_MAX])
{
	const char *format = format_of(entry);
	size_t len;

	for (; i && format; i--) {
		format = strchr(format, '|');
		format = format ? format + 1 : NULL;
	}
	len = format ? strcspn(format, "|") : 0;
	if (!len || len >= FIELD_ID_MAX) {
		strcpy(id, "?");
		return;
	}
	imatee_printable(id, FIELD_ID_MAX, format, len);
}

static void print_hex(FILE *out, const uint8_t *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		putc(digits[data[i] >> 4], out);
		putc(digits[data[i] & 15], out);
	}
}

/* Up to the first NUL. It is not longer than what it is made from. */
static void print_text(FILE *out, const struct field *field)
{
	char *text = malloc(field->len + 1);

	if (!text)
		errx(EXIT_FAILED, "out of memory");
	imatee_printable(text, field->len + 1, field->data, field->len);
	fputs(text, out);
	free(text);
}

/* The algorithm's name with a colon, a NUL, and the digest. */
static void print_digest(FILE *out, const struct field *field)
{
	size_t len = strnlen((const char *)field->data, field->len);

	if (len == field->len) {
		print_hex(out, field->data, field->len);
		return;
	}
	if (len > 1)
		print_text(out, field);
	print_hex(out, field->data + len + 1, field->len - len - 1);
}

/* Integers of 8 to 64 bits. Whatever has another length shows nothing. */
static void print_number(FILE *out, const struct field *field)
{
	uint64_t value = 0;

	if (field->len != 1 && field->len != 2 && field->len != 4 &&
	    field->len != 8)
		return;
	memcpy(&value, field->data, field->len);
	fprintf(out, "%" PRIu64, le64toh(value));
}

static const struct {
	const char *id;
	void (*print)(FILE *out, const struct field *field);
} printers[] = {
	{ "d-ng", print_digest },     { "d-ngv2", print_digest },
	{ "d-modsig", print_digest }, { "n", print_text },
	{ "n-ng", print_text },	      { "xattrnames", print_text },
	{ "iuid", print_number },     { "igid", print_number },
	{ "imode", print_number },
};

void entry_print_field(FILE *out, const struct entry *entry, size_t i)
{
	const struct field *field = &entry->fields[i];
	char id[FIELD_ID_MAX];
	size_t p;

	entry_field_id(entry, i, id);
	for (p = 0; p < sizeof(printers) / sizeof(printers[0]); p++) {
		if (!strcmp(id, printers[p].id)) {
			printers[p].print(out, field);
			return;
		}
	}
	print_hex(out, field->data, field->len);
}

void entry_print(FILE *out, const struct entry *entry, enum bank bank)
{
	char name[sizeof(entry->name)];
	size_t i;

	imatee_printable(name, sizeof(name), entry->name, strlen(entry->name));
	fprintf(out, "%2" PRIu32 " ", entry->pcr);
	print_hex(out, entry->digest, bank_size(bank));
	fprintf(out, " %s", name);
	for (i = 0; i < entry->field_count; i++) {
		putc(' ', out);
		entry_print_field(out, entry, i);
	}
	putc('\n', out);
}
