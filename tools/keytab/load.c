// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * From a file to exactly one DER certificate.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <openssl/pem.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"

/* PEM and its comments take more room than the DER inside. */
#define INPUT_MAX  (4 * IMATEE_CERT_MAX)
#define CERT_LIMIT "16384 bytes of DER"

static_assert(IMATEE_CERT_MAX == 16384, "CERT_LIMIT says something else");

void cert_refuse(const char *path, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", path);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

unsigned char *cert_read_file(const char *path, size_t max, const char *limit,
			      size_t *len)
{
	unsigned char *buf = malloc(max + 1);
	FILE *file = fopen(path, "rb");

	if (!buf)
		errx(1, "out of memory");
	if (!file)
		cert_refuse(path, "cannot be opened: %s", strerror(errno));
	*len = fread(buf, 1, max + 1, file);
	if (ferror(file))
		cert_refuse(path, "cannot be read: %s", strerror(errno));
	fclose(file);
	if (*len > max)
		cert_refuse(path, "over %zu bytes; the limit is %s", max,
			    limit);
	return buf;
}

/* What is left behind the first block must be white space. */
static void refuse_rest(const char *path, BIO *bio)
{
	char *text = NULL;
	long len = BIO_get_mem_data(bio, &text);
	long i = 0;

	for (i = 0; i < len; i++) {
		if (isspace((unsigned char)text[i]))
			continue;
		if (len - i >= 10 && !memcmp(text + i, "-----BEGIN", 10))
			cert_refuse(
				path,
				"more than one block; put each certificate into a file of its own");
		cert_refuse(
			path,
			"trailing garbage behind the certificate; remove it");
	}
}

/* Takes the only block of a PEM file. */
static unsigned char *decode_pem(const char *path, const unsigned char *file,
				 size_t file_len, size_t *len)
{
	BIO *bio = BIO_new_mem_buf(file, (int)file_len);
	unsigned char *der = NULL;
	char *type = NULL;
	char *header = NULL;
	long der_len = 0;

	if (!bio)
		errx(1, "out of memory");
	if (!PEM_read_bio(bio, &type, &header, &der, &der_len))
		cert_refuse(
			path,
			"not a PEM certificate; replace it, or name it *.der if it is DER");
	if (strcmp(type, PEM_STRING_X509))
		cert_refuse(path, "holds a %s; only a certificate belongs here",
			    type);
	refuse_rest(path, bio);
	OPENSSL_free(type);
	OPENSSL_free(header);
	BIO_free(bio);
	*len = (size_t)der_len;
	return der;
}

static bool is_pem(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && !strcmp(name + len - 4, ".pem");
}

/* The whole of .der must be one certificate. */
static void parse_der(struct cert *cert)
{
	const unsigned char *end = cert->der;

	if (cert->der_len > IMATEE_CERT_MAX)
		cert_refuse(cert->path, "%zu bytes of DER; the limit is %u",
			    cert->der_len, IMATEE_CERT_MAX);
	cert->x509 = d2i_X509(NULL, &end, (long)cert->der_len);
	if (!cert->x509)
		cert_refuse(cert->path,
			    "not an X.509 certificate; replace it%s",
			    is_pem(cert->name) ?
				    "" :
				    ", or name it *.pem if it is PEM");
	if (end != cert->der + cert->der_len)
		cert_refuse(
			cert->path,
			"%zu bytes of trailing garbage behind the certificate; remove them",
			(size_t)(cert->der + cert->der_len - end));
}

struct cert *cert_load(const char *path, const char *name, unsigned int ring)
{
	struct cert *cert = calloc(1, sizeof(*cert));
	unsigned char *file = NULL;
	size_t len = 0;

	if (!cert)
		errx(1, "out of memory");
	cert->path = strdup(path);
	cert->name = strdup(name);
	if (!cert->path || !cert->name)
		errx(1, "out of memory");
	cert->info.ring = (imatee_u8)ring;

	file = cert_read_file(path, INPUT_MAX, CERT_LIMIT, &len);
	if (is_pem(name)) {
		cert->der = decode_pem(path, file, len, &cert->der_len);
	} else {
		cert->der = OPENSSL_memdup(file, len);
		cert->der_len = len;
	}
	free(file);
	parse_der(cert);
	return cert;
}

void cert_free(struct cert *cert)
{
	X509_free(cert->x509);
	OPENSSL_free(cert->der);
	free(cert->path);
	free(cert->name);
	free(cert);
}
