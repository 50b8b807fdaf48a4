// SPDX-License-Identifier: GPL-2.0-or-later
#include <getopt.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

/* Of options that have no letter. */
#define LONG_ONLY 256

/**
 * struct known - one option
 * @bit: its OPTION_*; 0 if every command takes it
 * @letter: of it, or a number from LONG_ONLY on
 * @name: of it
 * @argument: what it is called in the help, or NULL
 * @usage: as it is shown behind a command
 * @help: one line
 */
struct known {
	unsigned int bit;
	int letter;
	const char *name;
	const char *argument;
	const char *usage;
	const char *help;
};

static const struct known options[] = {
	{ OPTION_RING, 'r', "ring", "RING", "[--ring RING]",
	  "only this ring: ima, evm or platform" },
	{ OPTION_PEM, 'p', "pem", NULL, "[--pem]",
	  "PEM instead of DER; of ak: as it is without" },
	{ OPTION_TPM2B, LONG_ONLY, "tpm2b", NULL, "[--tpm2b]",
	  "a TPM's TPM2B_PUBLIC instead of PEM" },
	{ OPTION_CSR, LONG_ONLY + 1, "csr", NULL, "[--csr]",
	  "a certificate request that the key has signed" },
	{ OPTION_AK, LONG_ONLY + 2, "ak", "FILE", "--ak FILE",
	  "the key that must have signed, PEM" },
	{ OPTION_NONCE, 'n', "nonce", "HEX", "--nonce HEX",
	  "random bytes of whoever verifies: 16 or more, at most 64" },
	{ OPTION_BANK, 'b', "bank", "BANK", "[--bank BANK]",
	  "sha1, sha256 or sha384" },
	{ OPTION_STATE, LONG_ONLY + 3, "state", "FILE", "[--state FILE]",
	  "what was verified, for the next time to go on" },
	{ OPTION_POLICY, LONG_ONLY + 4, "policy", "FILE", "[--policy FILE]",
	  "what is allowed: see imatee-json(5)" },
	{ OPTION_DEVELOPMENT, LONG_ONLY + 5, "development", NULL,
	  "[--development]", "take quotes that anyone could have made" },
	{ OPTION_RECEIPT, LONG_ONLY + 6, "receipt", "FILE",
	  "[--receipt FILE --sign-key FILE]",
	  "write one there, for imatee log trim" },
	{ OPTION_SIGN_KEY, LONG_ONLY + 7, "sign-key", "FILE", NULL,
	  "private key for the receipt, PEM" },
	{ OPTION_FROM, LONG_ONLY + 8, "from", "BOOT_ID:N", "[--from BOOT_ID:N]",
	  "without the N entries that whoever verifies has seen" },
	{ OPTION_PCRS, 'P', "pcrs", "FILE", "[--pcrs [BANK,]FILE]...",
	  "write the PCRs there, for evmctl --pcrs" },
	{ OPTION_OUTPUT, 'o', "output", "FILE", "[--output FILE]",
	  "write there, not to standard output; of quote: a directory" },
	{ 0, 'j', "json", NULL, "[--json]",
	  "for programs: see imatee-json(5)" },
	{ 0, 'h', "help", NULL, NULL, "this text" },
	{ 0, 'V', "version", NULL, NULL, NULL },
};

#define OPTIONS (sizeof(options) / sizeof(options[0]))

void options_print_usage(FILE *out, const struct command *cmd)
{
	const struct known *o;

	fprintf(out, "imatee %s", cmd->name);
	if (cmd->operand)
		fprintf(out, " %s", cmd->operand);
	if (cmd->usage)
		fprintf(out, " %s", cmd->usage);
	for (o = options; o < options + OPTIONS && !cmd->usage; o++)
		if (o->usage && (!o->bit || cmd->options & o->bit))
			fprintf(out, " %s", o->usage);
	putc('\n', out);
}

void options_print_help(FILE *out)
{
	const struct known *o;
	char text[32];

	for (o = options; o < options + OPTIONS; o++) {
		if (!o->help)
			continue;
		snprintf(text, sizeof(text), "%s%s%s", o->name,
			 o->argument ? " " : "",
			 o->argument ? o->argument : "");
		if (o->letter < LONG_ONLY)
			fprintf(out, "  -%c, --%-14s %s\n", o->letter, text,
				o->help);
		else
			fprintf(out, "      --%-14s %s\n", text, o->help);
	}
}

enum exit_status options_usage(const char *problem, const char *what)
{
	fprintf(stderr, "imatee: %s%s; try \"imatee --help\"\n", problem, what);
	return EXIT_USAGE;
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
		return options_usage("there are not as many banks: --pcrs ",
				     text);
	args->pcrs[args->pcr_files++] = text;
	return EXIT_OK;
}

/* Where the name of a file, or another text, is kept as it is. */
static const char **text_of(struct arguments *args, unsigned int bit)
{
	switch (bit) {
	case OPTION_OUTPUT:
		return &args->output;
	case OPTION_NONCE:
		return &args->nonce;
	case OPTION_FROM:
		return &args->from;
	case OPTION_AK:
		return &args->ak;
	case OPTION_STATE:
		return &args->state;
	case OPTION_POLICY:
		return &args->policy;
	case OPTION_RECEIPT:
		return &args->receipt;
	case OPTION_SIGN_KEY:
		return &args->sign_key;
	default:
		return NULL;
	}
}

static enum exit_status take(struct arguments *args, unsigned int bit,
			     const char *text)
{
	const char **to = text_of(args, bit);

	args->options |= bit;
	if (to)
		*to = text;
	switch (bit) {
	case OPTION_BANK:
		return bank_parse(text, strlen(text), &args->bank) ?
			       EXIT_OK :
			       options_usage("no such bank: ", text);
	case OPTION_RING:
		return parse_ring(text, &args->ring) ?
			       EXIT_OK :
			       options_usage("no such ring: ", text);
	case OPTION_PCRS:
		return add_pcrs(args, text);
	case OPTION_PEM:
		args->pem = true;
		return EXIT_OK;
	default:
		return EXIT_OK;
	}
}

/* What getopt_long() wants. */
static void describe(struct option *longopts, char *letters)
{
	size_t i;

	for (i = 0; i < OPTIONS; i++) {
		longopts[i].name = options[i].name;
		longopts[i].has_arg = options[i].argument ? required_argument :
							    no_argument;
		longopts[i].val = options[i].letter;
		if (options[i].letter < LONG_ONLY) {
			*letters++ = (char)options[i].letter;
			if (options[i].argument)
				*letters++ = ':';
		}
	}
	*letters = '\0';
}

static const struct known *find(int letter)
{
	const struct known *o;

	for (o = options; o < options + OPTIONS; o++)
		if (o->letter == letter)
			return o;
	return NULL;
}

enum exit_status options_parse(int argc, char **argv, struct arguments *args,
			       bool *help)
{
	struct option longopts[OPTIONS + 1] = { 0 };
	char letters[2 * OPTIONS + 1];
	const struct known *option;
	int letter;

	describe(longopts, letters);
	while ((letter = getopt_long(argc, argv, letters, longopts, NULL)) !=
	       -1) {
		option = find(letter);
		/* getopt_long() has said what is wrong. */
		if (!option)
			return EXIT_USAGE;
		if (letter == 'V') {
			printf("imatee %s\n", imatee_lib_version());
			exit(EXIT_OK);
		}
		if (letter == 'h')
			*help = true;
		else if (letter == 'j')
			args->json = true;
		else if (take(args, option->bit, optarg))
			return EXIT_USAGE;
	}
	return EXIT_OK;
}
