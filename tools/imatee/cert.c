// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"

/* PEM is a third longer, and may have text around it. */
#define FILE_MAX (8 * IMATEE_CERT_MAX)

static enum exit_status read_file(const struct arguments *args, char *buf,
				  size_t *len)
{
	FILE *file = fopen(args->operand, "rb");
	int err = errno;

	if (file) {
		errno = 0;
		*len = fread(buf, 1, FILE_MAX + 1, file);
		err = ferror(file) ? errno : 0;
		fclose(file);
	}
	if (err)
		return fail(args, EXIT_FAILED, "io", "%s: %s", args->operand,
			    strerror(err));
	return *len > FILE_MAX ? fail_lib(args, IMATEE_ERR_TOO_LONG) : EXIT_OK;
}

/* The first certificate of a PEM file; false if there is none. */
static bool decode_pem(const char *text, size_t len, struct cert *cert)
{
	BIO *bio = BIO_new_mem_buf(text, (int)len);
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	long size = 0;
	bool found = false;

	while (bio && !found &&
	       PEM_read_bio(bio, &name, &header, &data, &size)) {
		found = !strcmp(name, PEM_STRING_X509);
		cert->der = found ? malloc(size ? size : 1) : NULL;
		cert->len = size;
		if (cert->der)
			memcpy(cert->der, data, size);
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_free(data);
	}
	BIO_free(bio);
	return found && cert->der;
}

enum exit_status cert_read(const struct arguments *args, struct cert *cert)
{
	char *buf = malloc(FILE_MAX + 1);
	enum exit_status result;
	size_t len = 0;

	memset(cert, 0, sizeof(*cert));
	if (!buf)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	result = read_file(args, buf, &len);
	if (result || !memmem(buf, len, "-----BEGIN ", 11)) {
		if (result)
			free(buf);
		cert->der = result ? NULL : (unsigned char *)buf;
		cert->len = len;
		return result;
	}
	if (!decode_pem(buf, len, cert))
		result = fail(args, EXIT_REFUSED, "cert_malformed",
			      "%s: there is no certificate in this PEM file",
			      args->operand);
	free(buf);
	return result;
}
