/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the commands of imatee share.
 */
#ifndef IMATEE_TOOL_H
#define IMATEE_TOOL_H

#include "bank.h"
#include "imatee.h"

/* Exit statuses: documented in imatee(1), and never given another meaning. */
enum exit_status {
	EXIT_OK = 0,
	EXIT_REFUSED = 1, /* no such key, or the keeper or kernel refused */
	EXIT_USAGE = 2,
	EXIT_NO_TEE = 3,
	EXIT_NO_TA = 4,
	EXIT_NO_PERMISSION = 5,
	EXIT_VERSION = 6, /* the keeper speaks another ABI version */
	EXIT_TA_DEAD = 7,
	/* keys diff found a difference, or a list is not the log */
	EXIT_DIFFERENT = 8,
	EXIT_FAILED = 9, /* anything else: I/O, memory, a broken reply */
	EXIT_POLICY =
		10, /* the quote is genuine, and not what the policy wants */
	EXIT_INCOMPLETE =
		11, /* the log lacks entries that were not seen before */
};

/* Version of the JSON that --json prints: see imatee-json(5). */
#define JSON_SCHEMA 1

/* Bits of struct command.options. */
#define OPTION_RING	   0x1
#define OPTION_PEM	   0x2
#define OPTION_OUTPUT	   0x4
#define OPTION_BANK	   0x8
#define OPTION_PCRS	   0x10
#define OPTION_NONCE	   0x20
#define OPTION_TPM2B	   0x40
#define OPTION_CSR	   0x80
#define OPTION_AK	   0x100
#define OPTION_STATE	   0x200
#define OPTION_POLICY	   0x400
#define OPTION_RECEIPT	   0x800
#define OPTION_SIGN_KEY	   0x1000
#define OPTION_DEVELOPMENT 0x2000
#define OPTION_FROM	   0x4000

/**
 * struct arguments - the command line, after parsing
 * @command: name of the command, for example "keys list"
 * @operand: what follows it, or NULL
 * @options: OPTION_* that were given
 * @ring: of --ring, or IMATEE_RING_ANY
 * @output: of --output, or NULL
 * @bank: of --bank, or BANK_SHA1
 * @pcrs: of --pcrs, which may be given for each bank
 * @pcr_files: how often it was given
 * @nonce: of --nonce, in hexadecimal, or NULL
 * @from: of --from, or NULL
 * @ak: of --ak, or NULL
 * @state: of --state, or NULL
 * @policy: of --policy, or NULL
 * @receipt: of --receipt, or NULL
 * @sign_key: of --sign-key, or NULL
 * @json: --json was given
 * @pem: --pem was given
 */
struct arguments {
	const char *command;
	const char *operand;
	unsigned int options;
	enum imatee_ring ring;
	const char *output;
	enum bank bank;
	const char *pcrs[BANK_COUNT];
	size_t pcr_files;
	const char *nonce;
	const char *from;
	const char *ak;
	const char *state;
	const char *policy;
	const char *receipt;
	const char *sign_key;
	bool json;
	bool pem;
};

/**
 * struct command - one command
 * @name: one or two words
 * @operand: name of its operand in the usage, or NULL if it takes none
 * @options: OPTION_* that it takes
 * @summary: one line for --help
 * @run: does it; returns an exit status
 * @usage: its options as the help shows them, or NULL if each is shown as always
 */
struct command {
	const char *name;
	const char *operand;
	unsigned int options;
	const char *summary;
	enum exit_status (*run)(const struct arguments *args);
	const char *usage;
};

enum exit_status cmd_status(const struct arguments *args);
enum exit_status cmd_version(const struct arguments *args);
enum exit_status cmd_seal(const struct arguments *args);
enum exit_status cmd_keys_list(const struct arguments *args);
enum exit_status cmd_keys_show(const struct arguments *args);
enum exit_status cmd_keys_export(const struct arguments *args);
enum exit_status cmd_keys_add(const struct arguments *args);
enum exit_status cmd_keys_diff(const struct arguments *args);
enum exit_status cmd_revoke(const struct arguments *args);
enum exit_status cmd_revoked(const struct arguments *args);
enum exit_status cmd_log_status(const struct arguments *args);
enum exit_status cmd_log_show(const struct arguments *args);
enum exit_status cmd_log_export(const struct arguments *args);
enum exit_status cmd_log_trim(const struct arguments *args);
enum exit_status cmd_quote(const struct arguments *args);
enum exit_status cmd_ak(const struct arguments *args);
enum exit_status cmd_verify_quote(const struct arguments *args);

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* report.c */

/*
 * Both say why on standard error; with --json an error object goes to standard
 * output as well. They return the exit status.
 */
enum exit_status fail(const struct arguments *args, enum exit_status status,
		      const char *name, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
enum exit_status fail_lib(const struct arguments *args, int error);

/**
 * struct refusal - what an errno of the kernel stands for
 * @err: the errno
 * @status: exit status
 * @error: what the keeper calls it, or 0 if it is not one refusal of the keeper's
 * @name: for programs; NULL: that of @error
 * @message: for people; NULL: that of @error
 */
struct refusal {
	int err;
	enum exit_status status;
	int error;
	const char *name;
	const char *message;
};

/* Says what the one of @count refusals means; @call names what has failed. */
enum exit_status fail_errno(const struct arguments *args,
			    const struct refusal *refusals, size_t count,
			    int err, const char *call);

/*
 * The same of what the kernel has refused to bring to the keeper; one that has died
 * meanwhile is a reason of its own.
 */
enum exit_status fail_brought(const struct arguments *args,
			      struct imatee *session,
			      const struct refusal *refusals, size_t count,
			      int err, const char *call);

/* imatee_open(), which tells the versions if they do not fit together. */
enum exit_status open_session(const struct arguments *args,
			      struct imatee **session,
			      struct imatee_peer *peer);

#endif /* IMATEE_TOOL_H */
