/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel shows of its keyrings .ima, .evm and .platform.
 */
#ifndef IMATEE_KERNEL_H
#define IMATEE_KERNEL_H

#include "imatee.h"

/**
 * struct kernel_key - one key of a kernel keyring
 * @ring: the ring that the keyring stands for
 * @serial: of the key
 * @skid: that its description ends with
 * @skid_len: bytes of it; 0 if the description does not end with one
 * @view: it stands for a key of the TEE and holds none itself
 * @description: printable
 */
struct kernel_key {
	enum imatee_ring ring;
	int32_t serial;
	uint8_t skid[IMATEE_SKID_MAX];
	size_t skid_len;
	bool view;
	char description[256];
};

/**
 * struct kernel_view - all keys of the keyrings that were asked for
 * @keys: the keys
 * @count: how many there are
 */
struct kernel_view {
	struct kernel_key *keys;
	size_t count;
};

/*
 * Reads the keyrings of @ring, or of all rings. Returns 0 or an errno: EACCES
 * if the caller may not see them. kernel_free() in either case.
 */
int kernel_read(enum imatee_ring ring, struct kernel_view *view);
void kernel_free(struct kernel_view *view);

/* The serial number of the keyring of @ring, or 0 if the caller sees none. */
int32_t kernel_keyring(enum imatee_ring ring);

/* kernel_parse.c: the text of /proc/keys, without the system calls */

/* Does @line of /proc/keys show the keyring @name? Sets *@serial if so. */
bool kernel_line_is_keyring(const char *line, const char *name,
			    int32_t *serial);

/* Does @line show an asymmetric key of that number? */
bool kernel_line_is_key(const char *line, int32_t serial);

/*
 * Does @line show the key @serial, of that description, as one that lives in the
 * TEE?
 */
bool kernel_line_is_view(const char *line, int32_t serial,
			 const char *description);

/* Fills @key from a description as the kernel gives keys of certificates. */
void kernel_parse_description(const char *description, struct kernel_key *key);

#endif /* IMATEE_KERNEL_H */
