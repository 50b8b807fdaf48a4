// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"
#include "file.h"

/* The first certificate of a PEM file; false if there is none. */
static bool decode_pem(const unsigned char *text, size_t len, struct cert *cert)
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

bool cert_decode(const unsigned char *buf, size_t len, struct cert *cert)
{
	memset(cert, 0, sizeof(*cert));
	if (memmem(buf, len, "-----BEGIN ", 11))
		return decode_pem(buf, len, cert);
	cert->der = malloc(len ? len : 1);
	if (!cert->der)
		return false;
	memcpy(cert->der, buf, len);
	cert->len = len;
	return true;
}

enum exit_status cert_read(const struct arguments *args, struct cert *cert)
{
	enum exit_status result;
	unsigned char *buf;
	size_t len;

	memset(cert, 0, sizeof(*cert));
	result = file_read(args, CERT_FILE_MAX, &buf, &len);
	if (result)
		return result;
	if (!cert_decode(buf, len, cert))
		result = fail(args, EXIT_REFUSED, "cert_malformed",
			      "%s: there is no certificate in this PEM file",
			      args->operand);
	free(buf);
	return result;
}
