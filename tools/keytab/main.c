// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * keytab: makes the table of built-in keys from a directory of certificates.
 *
 *   keytab --table FILE.c --digest FILE.c [--now SECONDS] KEYS_DIR
 *
 * KEYS_DIR/{ima,evm,platform}/ hold the keys of the rings, KEYS_DIR/ca/ the
 * authorities, KEYS_DIR/receipt/ the keys of verifiers whose receipts shorten the log;
 * each file is one certificate, *.pem or *.der. KEYS_DIR/revoked/ says what is revoked
 * from the start. What is not fit to be built in stops the
 * build. The same certificates make the same files.
 */
#include <err.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "emit.h"

struct arguments {
	const char *table;
	const char *digest;
	const char *keys_dir;
	time_t now;
};

static void usage(void)
{
	fprintf(stderr,
		"usage: keytab --table FILE.c --digest FILE.c [--now SECONDS] KEYS_DIR\n");
	exit(2);
}

static time_t parse_seconds(const char *text)
{
	char *end = NULL;
	long long seconds = strtoll(text, &end, 10);

	if (!*text || *end || seconds < 0)
		usage();
	return (time_t)seconds;
}

static void parse(int argc, char **argv, struct arguments *args)
{
	static const struct option options[] = {
		{ "table", required_argument, NULL, 't' },
		{ "digest", required_argument, NULL, 'd' },
		{ "now", required_argument, NULL, 'n' },
		{ NULL, 0, NULL, 0 },
	};
	int option = 0;

	args->now = time(NULL);
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 't':
			args->table = optarg;
			break;
		case 'd':
			args->digest = optarg;
			break;
		case 'n':
			args->now = parse_seconds(optarg);
			break;
		default:
			usage();
		}
	}
	if (optind + 1 != argc || !args->table || !args->digest)
		usage();
	args->keys_dir = argv[optind];
}

int main(int argc, char **argv)
{
	struct arguments args = { 0 };
	struct table table = { 0 };
	unsigned int ring = 0;
	size_t keys = 0;

	parse(argc, argv, &args);
	table_read(&table, args.keys_dir, args.now);
	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++)
		keys += table.count[ring];
	if (!keys)
		warnx("%s: warning: no keys at all, nothing will verify",
		      args.keys_dir);
	emit_table(&table, args.table);
	emit_digest(&table, args.digest);
	table_free(&table);
	return 0;
}
