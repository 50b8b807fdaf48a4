/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The digest that an entry is about.
 */
#ifndef IMATEE_DIGEST_H
#define IMATEE_DIGEST_H

#include "entry.h"
#include "hash_name.h"

enum digest_kind {
	DIGEST_ANY, /* the entry does not say which of the two */
	DIGEST_CONTENT,
	DIGEST_VERITY, /* fs-verity */
};

/**
 * struct file_digest - one
 * @kind: enum digest_kind
 * @algo: enum imatee_hash
 * @digest: zero beyond the algorithm's size
 *
 * Has no padding, to be compared as bytes.
 */
struct file_digest {
	uint8_t kind;
	uint8_t algo;
	uint8_t digest[IMATEE_DIGEST_MAX];
};

/* "[verity:]ALGORITHM:HEX", in lower case. */
bool digest_parse(const char *text, struct file_digest *digest);

/*
 * The digest with which the entry begins; false if it does not. What the entry's template
 * is called does not matter, since nobody has signed that; its data must say it.
 */
bool digest_of(const struct entry *entry, struct file_digest *digest);

/* Is it all zeros? */
bool digest_is_zero(const struct file_digest *digest);

/* What security.ima begins with, as the kernel's enum evm_ima_xattr_type. */
enum ima_xattr_type {
	IMA_XATTR_DIGSIG = 3,
	IMA_XATTR_EVM_PORTABLE = 5,
	IMA_XATTR_VERITY_DIGSIG = 6,
};

#endif /* IMATEE_DIGEST_H */
