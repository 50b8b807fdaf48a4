// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * mutator: make malformed signatures of good ones, with knowledge of what they are
 * made of.
 *
 *   mutator KEYS SEED ATTRIBUTES MESSAGES UID VERITY-UID <LIST
 *
 * LIST is the corpus; its good rows count. KEYS has the keys that they are by. So many
 * extended attributes are made, and so many appended signatures; one line goes out for
 * each, like those of LIST. Its name says what was done, and why the TEE may refuse it
 * though Linux does not (docs/threat-model.md): "mutant-NUMBER-ROW-WHAT+REASON".
 *
 * A row whose security.ima is changed gets a security.evm that is valid for it, by a
 * key that the kernel verifies by fast; otherwise EVM would refuse it first. The same
 * seed makes the same bytes of the same list.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attribute.h"
#include "message.h"
#include "reason.h"

#define ROWS_MAX  1024
#define LINE_SIZE 262144
#define NOTE_SIZE 200

/* A good one. */
struct row {
	char *name;
	char *contents;
	char *ima;
	char *evm;
	char *appended;
	const struct key *key;
	int of_evm; /* it is security.evm that is to be changed */
};

static struct row attributes[ROWS_MAX];
static struct row messages[ROWS_MAX];
static size_t attribute_count;
static size_t message_count;
static char notes[NOTE_SIZE];

void note(const char *format, ...)
{
	const size_t len = strlen(notes);
	va_list args;

	va_start(args, format);
	vsnprintf(notes + len, sizeof(notes) - len, format, args);
	va_end(args);
}

/* From "verity-p256-sha256-good": "ima-p256". */
static const struct key *find_key(const char *row)
{
	char name[NOTE_SIZE];
	const char *ring = "ima";

	if (!strncmp(row, "verity-", 7) || !strncmp(row, "modsig-", 7)) {
		row += 7;
	} else if (!strncmp(row, "evm-", 4)) {
		ring = "evm";
		row += 4;
	}
	snprintf(name, sizeof(name), "%s-%.*s", ring, (int)strcspn(row, "-"),
		 row);
	return key_find(name);
}

static int is_good(const char *name)
{
	const size_t len = strlen(name);

	return len > 5 && !strcmp(name + len - 5, "-good") &&
	       strncmp(name, "digest-", 7) &&
	       /* of these nobody knows who comes first */
	       strncmp(name, "modsig-two", 10) &&
	       /* without the other signer, Linux takes this one and the TEE does not */
	       !strstr(name, "-issued-") &&
	       strncmp(name, "modsig-stranger", 15);
}

static void take_line(char *line)
{
	struct row row = { .name = strtok(line, " \n") };

	row.contents = strtok(NULL, " \n");
	row.ima = strtok(NULL, " \n");
	row.evm = strtok(NULL, " \n");
	row.appended = strtok(NULL, " \n");
	if (!row.evm)
		die("malformed list");
	if (!is_good(row.name)) {
		free(line);
		return;
	}
	row.key = find_key(row.name);
	row.of_evm = !strncmp(row.name, "evm-", 4);
	if (row.appended && message_count < ROWS_MAX)
		messages[message_count++] = row;
	else if (!row.appended && attribute_count < ROWS_MAX)
		attributes[attribute_count++] = row;
}

static void read_list(void)
{
	static char line[LINE_SIZE];

	while (fgets(line, sizeof(line), stdin))
		take_line(strdup(line));
	if (!attribute_count || !message_count)
		die("nothing good in the list");
}

static void print_attribute(size_t n, const struct row *row,
			    const struct bytes *ima, const struct bytes *evm)
{
	printf("mutant-%05zu-%s-%s %s ", n, row->name, notes, row->contents);
	bytes_print(ima);
	putchar(' ');
	bytes_print(evm);
	putchar('\n');
}

/* Larger keys cost much time: of curves one in four, of RSA one in two. */
static const struct row *any_row(const struct row *rows, size_t count)
{
	const struct row *row = NULL;
	size_t one_in = 0;

	do {
		row = &rows[random_below(count)];
		if (row->key->rsa)
			one_in = row->key->size > 256 ? 2 : 1;
		else
			one_in = row->key->size > 32 ? 4 : 1;
	} while (random_below(one_in));
	return row;
}

static void make_attribute(size_t n, const uint32_t uids[2])
{
	const struct row *row = any_row(attributes, attribute_count);
	struct bytes ima = { 0 };
	struct bytes evm = { 0 };

	notes[0] = '\0';
	bytes_from_hex(&ima, row->ima);
	bytes_from_hex(&evm, row->evm);
	attribute_mutate(row->key, row->of_evm ? &evm : &ima);
	if (row->of_evm)
		evm_reason(row->key, &evm);
	else
		ima_reason(row->key, &ima, row->ima);
	if (!row->of_evm)
		evm_sign(&ima, uids[!strncmp(row->name, "verity-", 7)], &evm);
	print_attribute(n, row, &ima, &evm);
	bytes_free(&ima);
	bytes_free(&evm);
}

static void make_message(size_t n)
{
	const struct row *row = any_row(messages, message_count);
	struct bytes appended = { 0 };

	notes[0] = '\0';
	bytes_from_hex(&appended, row->appended);
	message_mutate(row->key, &appended);
	message_reason(&appended);
	printf("mutant-%05zu-%s-%s %s - - ", n, row->name, notes,
	       row->contents);
	bytes_print(&appended);
	putchar('\n');
	bytes_free(&appended);
}

int main(int argc, char **argv)
{
	uint32_t uids[2] = { 0 };
	size_t count = 0;
	size_t all = 0;
	size_t n = 0;

	if (argc != 7)
		die("usage: mutator KEYS SEED ATTRIBUTES MESSAGES UID VERITY-UID <LIST");
	keys_load(argv[1]);
	random_seed(strtoull(argv[2], NULL, 0));
	count = strtoul(argv[3], NULL, 0);
	all = count + strtoul(argv[4], NULL, 0);
	uids[0] = (uint32_t)strtoul(argv[5], NULL, 0);
	uids[1] = (uint32_t)strtoul(argv[6], NULL, 0);
	read_list();
	for (n = 0; n < count; n++)
		make_attribute(n, uids);
	for (; n < all; n++)
		make_message(n);
	return 0;
}
