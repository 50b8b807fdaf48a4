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

/*
 * Reads args->operand, PEM or DER. What is in it is for the TEE to judge: only a
 * file that is much too large is refused here.
 */
enum exit_status cert_read(const struct arguments *args, struct cert *cert);

#endif /* IMATEE_CERT_H */
