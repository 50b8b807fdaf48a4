// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee: shows and manages the keys that imatee holds in the TEE, and shows its log.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

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
	{ "log trim", "FILE", 0,
	  "let the log begin later, by a receipt of who has verified it",
	  cmd_log_trim },
	{ "quote", NULL,
	  OPTION_NONCE | OPTION_FROM | OPTION_BANK | OPTION_OUTPUT,
	  "a signed quote of the log, with all that verifies it", cmd_quote,
	  "--nonce HEX --output DIR [--from BOOT_ID:N] [--bank BANK] [--json]" },
	{ "ak", NULL, OPTION_PEM | OPTION_TPM2B | OPTION_CSR | OPTION_OUTPUT,
	  "the key that signs quotes", cmd_ak,
	  "[--pem | --tpm2b | --csr] [--output FILE] [--json]" },
	{ "verify-quote", "DIR",
	  OPTION_AK | OPTION_NONCE | OPTION_BANK | OPTION_STATE |
		  OPTION_POLICY | OPTION_DEVELOPMENT | OPTION_RECEIPT |
		  OPTION_SIGN_KEY,
	  "verify a quote and its log: on any machine", cmd_verify_quote },
	{ "seal", NULL, 0, "no key can be added until the machine is reset",
	  cmd_seal },
	{ "version", NULL, 0, "versions of tool, keeper and interface",
	  cmd_version },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(void)
{
	size_t i;

	puts("Shows and manages the IMA and EVM keys that imatee holds in the TEE, shows its\n"
	     "log of measurements, and quotes and verifies it.\n");
	for (i = 0; i < COMMANDS; i++) {
		printf(i ? "       " : "usage: ");
		options_print_usage(stdout, &commands[i]);
	}
	puts("");
	for (i = 0; i < COMMANDS; i++)
		printf("  %-13s %s\n", commands[i].name, commands[i].summary);
	puts("");
	options_print_help(stdout);
	puts("\n"
	     "ID is a key id of 8 hexadecimal digits, a whole subject key identifier, or\n"
	     "RING:INDEX. Exit status: 0 done, 1 no such key or refused, 2 usage, 3 no TEE,\n"
	     "4 no keeper in it, 5 no permission, 6 another interface version, 7 the keeper\n"
	     "is dead, 8 a difference, 9 failed otherwise, 10 not what the policy wants,\n"
	     "11 entries are missing.");
}

static void print_command_help(const struct command *cmd)
{
	printf("usage: ");
	options_print_usage(stdout, cmd);
	printf("%s\nSee imatee(1).\n", cmd->summary);
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
	bool help = false;
	int words = 0;

	if (options_parse(argc, argv, &args, &help))
		return EXIT_USAGE;
	argc -= optind;
	argv += optind;
	if (help && !argc) {
		print_help();
		return flush(EXIT_OK);
	}
	if (!argc)
		return options_usage("no command", "");
	cmd = find_command(argc, argv, &words);
	if (!cmd)
		return options_usage("no such command: ", argv[0]);
	if (help) {
		print_command_help(cmd);
		return flush(EXIT_OK);
	}
	if (args.options & ~cmd->options)
		return options_usage("an option is not for the command ",
				     cmd->name);
	if (argc - words != (cmd->operand ? 1 : 0))
		return options_usage(cmd->operand ?
					     "exactly one operand is wanted: " :
					     "no operand is wanted by ",
				     cmd->operand ? cmd->operand : cmd->name);
	args.command = cmd->name;
	args.operand = argv[words];
	return flush(cmd->run(&args));
}
