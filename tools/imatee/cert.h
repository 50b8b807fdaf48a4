/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_CERT_H
#define IMATEE_CERT_H

#include "tool.h"

/**
 * struct cert - a certificate from a file
 * @der: its bytes, to be given to free()
 * @len: how many; never more than the file had
 */
struct cert {
	unsigned char *der;
	size_t len;
};

/* PEM is a third longer, and may have text around it. */
#define CERT_FILE_MAX (8 * IMATEE_CERT_MAX)

/*
 * What is in a file: its first certificate, if it is PEM, or all of it. False if there
 * is none.
 */
bool cert_decode(const unsigned char *buf, size_t len, struct cert *cert);

/*
 * Reads args->operand, PEM or DER. What is in it is for the TEE to judge: only a
 * file that is much too large is refused here.
 */
enum exit_status cert_read(const struct arguments *args, struct cert *cert);

#endif /* IMATEE_CERT_H */
