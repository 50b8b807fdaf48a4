// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "bank.h"

static const struct {
	const char *name;
	size_t size;
} banks[BANK_COUNT] = {
	[BANK_SHA1] = { "sha1", sizeof(((struct imatee_pcr *)0)->sha1) },
	[BANK_SHA256] = { "sha256", sizeof(((struct imatee_pcr *)0)->sha256) },
	[BANK_SHA384] = { "sha384", sizeof(((struct imatee_pcr *)0)->sha384) },
};

const char *bank_name(enum bank bank)
{
	return banks[bank].name;
}

size_t bank_size(enum bank bank)
{
	return banks[bank].size;
}

uint8_t *bank_value(struct imatee_pcr *pcr, enum bank bank)
{
	switch (bank) {
	case BANK_SHA256:
		return pcr->sha256;
	case BANK_SHA384:
		return pcr->sha384;
	default:
		return pcr->sha1;
	}
}

bool bank_parse(const char *text, size_t len, enum bank *bank)
{
	enum bank b;

	for (b = 0; b < BANK_COUNT; b++) {
		if (strlen(banks[b].name) == len &&
		    !memcmp(banks[b].name, text, len)) {
			*bank = b;
			return true;
		}
	}
	return false;
}
