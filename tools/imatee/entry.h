/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Entries of a list of measurements, in the form of the kernel's files
 * binary_runtime_measurements_*. Nothing of it is taken on trust.
 */
#ifndef IMATEE_ENTRY_H
#define IMATEE_ENTRY_H

#include "bank.h"

/**
 * struct field - one field of an entry
 * @data: points into the list
 * @len: bytes of it
 */
struct field {
	const uint8_t *data;
	size_t len;
};

/**
 * struct entry - one entry
 * @pcr: that was extended, below IMATEE_PCR_BINDING: the TEE makes none for that one
 * @digest: in the list's bank; all zeros: a violation
 * @name: the template's, or its format if it has no name; not printable
 * @fields: of the template
 * @field_count: how many
 * @data: the fields with their lengths, of which the digests are made; NULL in the
 *	  template "ima", which has a way of its own
 * @data_len: bytes of it
 */
struct entry {
	uint32_t pcr;
	const uint8_t *digest;
	char name[IMATEE_TEMPLATE_MAX + 1];
	struct field fields[IMATEE_TEMPLATE_FIELDS];
	size_t field_count;
	const uint8_t *data;
	size_t data_len;
};

/**
 * struct list - what is left of a list
 * @pos: where the next entry begins
 * @left: bytes from there on
 * @bank: of its digests
 */
struct list {
	const uint8_t *pos;
	size_t left;
	enum bank bank;
};

/* Takes the next entry. Returns 1, 0 at the end, -1 if this is no list. */
int entry_next(struct list *list, struct entry *entry);

bool entry_is_violation(const struct entry *entry, enum bank bank);

#endif /* IMATEE_ENTRY_H */
