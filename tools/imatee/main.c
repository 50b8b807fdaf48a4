// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee: shows and manages the keys that imatee holds in the TEE, and shows its log.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static const struct command commands[] = {
	{ "status", NULL, 0, "what the keeper in the TEE says of itself",
	  cmd_status },
	{ "keys list", NULL, OPTION_RING, "the keys that the TEE holds",
	  cmd_keys_list },
	{ "keys show", "ID", OPTION_RING,
	  "one key with all that is known of it", cmd_keys_show },
	{ "keys export", "ID", OPTION_RING | OPTION_PEM | OPTION_OUTPUT,
	  "the certificate of a key", cmd_keys_export },
	{ "keys add", "FILE", OPTION_RING,
	  "add a certificate (DER or PEM) before the seal", cmd_keys_add },
	{ "keys diff", NULL, OPTION_RING,
	  "where the kernel's keyrings differ from the TEE", cmd_keys_diff },
	{ "revoke", "FILE", 0,
	  "take keys, certificates and files out of force, by a signed list",
	  cmd_revoke },
	{ "revoked", NULL, 0, "what is out of force", cmd_revoked },
	{ "log status", NULL, 0, "how far the TEE's log of measurements is",
	  cmd_log_status },
	{ "log show", NULL, OPTION_BANK,
	  "the list of measurements, if it is the TEE's log", cmd_log_show },
	{ "log export", NULL, OPTION_BANK | OPTION_PCRS | OPTION_OUTPUT,
	  "the same in binary, with its PCRs, for evmctl", cmd_log_export },
	{ "seal", NULL, 0, "no key can be added until the machine is reset",
	  cmd_seal },
	{ "version", NULL, 0, "versions of tool, keeper and interface",
	  cmd_version },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *out, const struct command *cmd)
{
	fprintf(out, "imatee %s%s%s%s%s%s%s%s [--json]\n", cmd->name,
		cmd->operand ? " " : "", cmd->operand ? cmd->operand : "",
		cmd->options & OPTION_RING ? " [--ring RING]" : "",
		cmd->options & OPTION_PEM ? " [--pem]" : "",
		cmd->options & OPTION_BANK ? " [--bank BANK]" : "",
		cmd->options & OPTION_PCRS ? " [--pcrs [BANK,]FILE]..." : "",
		cmd->options & OPTION_OUTPUT ? " [--output FILE]" : "");
}

static void print_help(void)
{
	size_t i;

	puts("Shows and manages the IMA and EVM keys that imatee holds in the TEE, and shows\n"
	     "its log of measurements.\n");
	for (i = 0; i < COMMANDS; i++) {
		printf(i ? "       " : "usage: ");
		print_usage(stdout, &commands[i]);
	}
	puts("");
	for (i = 0; i < COMMANDS; i++)
		printf("  %-12s %s\n", commands[i].name, commands[i].summary);
	puts("\n"
	     "  -r, --ring RING    only this ring: ima, evm or platform\n"
	     "  -p, --pem          PEM instead of DER\n"
	     "  -b, --bank BANK    digests of the list: sha1, sha256 or sha384\n"
	     "  -P, --pcrs FILE    write the PCRs there, for evmctl --pcrs\n"
	     "  -o, --output FILE  write there, not to standard output\n"
	     "  -j, --json         for programs: see imatee-json(5)\n"
	     "  -h, --help         this text\n\n"
	     "ID is a key id of 8 hexadecimal digits, a whole subject key identifier, or\n"
	     "RING:INDEX. Exit status: 0 done, 1 no such key or refused, 2 usage, 3 no TEE,\n"
	     "4 no keeper in it, 5 no permission, 6 another interface version, 7 the keeper\n"
	     "is dead, 8 a difference, 9 failed otherwise.");
}

static void print_command_help(const struct command *cmd)
{
	printf("usage: ");
	print_usage(stdout, cmd);
	printf("%s\nSee imatee(1).\n", cmd->summary);
}

static enum exit_status usage(const char *problem, const char *what)
{
	fprintf(stderr, "imatee: %s%s; try \"imatee --help\"\n", problem, what);
	return EXIT_USAGE;
}

/* The command that the first operands name; *@words is set to their number. */
static const struct command *find_command(int argc, char **argv, int *words)
{
	char name[32];
	size_t i;

	for (*words = 1; *words <= 2 && *words <= argc; ++*words) {
		snprintf(name, sizeof(name), "%s%s%s", argv[0],
			 *words == 2 ? " " : "", *words == 2 ? argv[1] : "");
		for (i = 0; i < COMMANDS; i++)
			if (!strcmp(commands[i].name, name))
				return &commands[i];
	}
	return NULL;
}

static bool parse_ring(const char *text, enum imatee_ring *ring)
{
	enum imatee_ring r;

	for (r = IMATEE_RING_IMA; r <= IMATEE_RING_COUNT; r++) {
		if (!strcmp(text, imatee_ring_name(r))) {
			*ring = r;
			return true;
		}
	}
	return false;
}

static enum exit_status add_pcrs(struct arguments *args, const char *text)
{
	if (args->pcr_files == BANK_COUNT)
		return usage("there are not as many banks: --pcrs ", text);
	args->pcrs[args->pcr_files++] = text;
	return EXIT_OK;
}

/* An option with an argument; *@bit is set to its OPTION_*. */
static enum exit_status parse_argument(int option, const char *text,
				       struct arguments *args,
				       unsigned int *bit)
{
	switch (option) {
	case 'b':
		*bit = OPTION_BANK;
		return bank_parse(text, strlen(text), &args->bank) ?
			       EXIT_OK :
			       usage("no such bank: ", text);
	case 'o':
		*bit = OPTION_OUTPUT;
		args->output = text;
		return EXIT_OK;
	case 'P':
		*bit = OPTION_PCRS;
		return add_pcrs(args, text);
	case 'r':
		*bit = OPTION_RING;
		return parse_ring(text, &args->ring) ?
			       EXIT_OK :
			       usage("no such ring: ", text);
	default:
		/* getopt_long() has said what is wrong. */
		return EXIT_USAGE;
	}
}

static enum exit_status parse_options(int argc, char **argv,
				      struct arguments *args,
				      unsigned int *options, bool *help)
{
	static const struct option longopts[] = {
		{ "bank", required_argument, NULL, 'b' },
		{ "help", no_argument, NULL, 'h' },
		{ "json", no_argument, NULL, 'j' },
		{ "output", required_argument, NULL, 'o' },
		{ "pcrs", required_argument, NULL, 'P' },
		{ "pem", no_argument, NULL, 'p' },
		{ "ring", required_argument, NULL, 'r' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	unsigned int bit = 0;
	int option;

	while ((option = getopt_long(argc, argv, "b:hjo:pP:r:V", longopts,
				     NULL)) != -1) {
		switch (option) {
		case 'h':
			*help = true;
			break;
		case 'j':
			args->json = true;
			break;
		case 'p':
			args->pem = true;
			*options |= OPTION_PEM;
			break;
		case 'V':
			printf("imatee %s\n", imatee_lib_version());
			exit(EXIT_OK);
		default:
			if (parse_argument(option, optarg, args, &bit))
				return EXIT_USAGE;
			*options |= bit;
		}
	}
	return EXIT_OK;
}

/* What is printed must have arrived: a full disk is no success. */
static enum exit_status flush(enum exit_status status)
{
	if ((fflush(stdout) || ferror(stdout)) && status == EXIT_OK) {
		perror("imatee: standard output");
		return EXIT_FAILED;
	}
	return status;
}

int main(int argc, char **argv)
{
	struct arguments args = { 0 };
	const struct command *cmd;
	unsigned int options = 0;
	bool help = false;
	int words = 0;

	if (parse_options(argc, argv, &args, &options, &help) != EXIT_OK)
		return EXIT_USAGE;
	argc -= optind;
	argv += optind;
	if (help && !argc) {
		print_help();
		return flush(EXIT_OK);
	}
	if (!argc)
		return usage("no command", "");
	cmd = find_command(argc, argv, &words);
	if (!cmd)
		return usage("no such command: ", argv[0]);
	if (help) {
		print_command_help(cmd);
		return flush(EXIT_OK);
	}
	if (options & ~cmd->options)
		return usage("an option is not for the command ", cmd->name);
	if (argc - words != (cmd->operand ? 1 : 0))
		return usage(cmd->operand ? "exactly one operand is wanted: " :
					    "no operand is wanted by ",
			     cmd->operand ? cmd->operand : cmd->name);
	args.command = cmd->name;
	args.operand = argv[words];
	return flush(cmd->run(&args));
}
