/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_QUOTE_JSON_H
#define IMATEE_QUOTE_JSON_H

#include "json.h"
#include "quote.h"

/* The object of args->command, with what a quote says. */
json_t *quote_json(const struct arguments *args, const struct quote *quote,
		   const struct ak *ak);

#endif /* IMATEE_QUOTE_JSON_H */
