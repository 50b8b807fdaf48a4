/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The options of the command line.
 */
#ifndef IMATEE_OPTIONS_H
#define IMATEE_OPTIONS_H

#include <stdio.h>

#include "tool.h"

/* Parses them; leaves optind at the first operand. */
enum exit_status options_parse(int argc, char **argv, struct arguments *args,
			       bool *help);

/* Tells what is wrong with the command line; returns EXIT_USAGE. */
enum exit_status options_usage(const char *problem, const char *what);

/* The command with what it takes, on one line. */
void options_print_usage(FILE *out, const struct command *cmd);

/* What the options are, one on a line. */
void options_print_help(FILE *out);

#endif /* IMATEE_OPTIONS_H */
