// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys export ID: the certificate of a key, as it was enrolled.
 */
#include <errno.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "find.h"
#include "json.h"

static bool write_cert(FILE *out, const struct arguments *args,
		       const uint8_t *der, size_t len)
{
	bool ok;

	if (args->pem)
		ok = PEM_write(out, PEM_STRING_X509, "", der, len) > 0;
	else
		ok = fwrite(der, 1, len, out) == len;
	return ok && !fflush(out);
}

static enum exit_status write_file(const struct arguments *args,
				   const uint8_t *der, size_t len)
{
	FILE *out = stdout;
	bool ok;

	if (args->output)
		out = fopen(args->output, "wb");
	ok = out && write_cert(out, args, der, len);
	if (out && args->output && fclose(out))
		ok = false;
	if (ok)
		return EXIT_OK;
	return fail(args, EXIT_FAILED, "io", "%s: %s",
		    args->output ? args->output : "standard output",
		    strerror(errno));
}

/* Standard output is for the certificate, or for the object that has it. */
static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_key *key,
				   const uint8_t *der, size_t len)
{
	BIO *bio = BIO_new(BIO_s_mem());
	enum exit_status result = EXIT_OK;
	json_t *object;
	char *pem;
	long size;

	if (!bio || PEM_write_bio(bio, PEM_STRING_X509, "", der, len) <= 0) {
		BIO_free(bio);
		return fail(args, EXIT_FAILED, "no_memory", "out of memory");
	}
	if (args->output)
		result = write_file(args, der, len);
	if (!result) {
		size = BIO_get_mem_data(bio, &pem);
		object = json_begin(args);
		json_set(object, "key", json_key(key));
		json_set(object, "certificate_pem", json_stringn(pem, size));
		result = json_end(args, object);
	}
	BIO_free(bio);
	return result;
}

static bool is_one_certificate(const struct imatee_key *keys, size_t count)
{
	size_t i;

	for (i = 1; i < count; i++)
		if (memcmp(keys[i].fingerprint, keys[0].fingerprint,
			   sizeof(keys[0].fingerprint)))
			return false;
	return true;
}

/* Not "export": clang-format takes that for a keyword of C++. */
static enum exit_status export_key(const struct arguments *args,
				   struct imatee *session)
{
	struct imatee_key keys[IMATEE_RING_COUNT];
	struct imatee_key_name name;
	enum exit_status result;
	uint8_t *der;
	size_t count;
	int rc;

	result = find_keys(args, session, keys, &count);
	if (result)
		return result;
	if (!is_one_certificate(keys, count))
		return fail(
			args, EXIT_REFUSED, "ambiguous",
			"%s is another certificate in another ring: add --ring",
			args->operand);
	name = find_name(&keys[0]);
	rc = imatee_export_key(session, &name, &keys[0], &der);
	if (rc)
		return fail_lib(args, rc);
	if (args->json)
		result = print_json(args, &keys[0], der, keys[0].cert_len);
	else
		result = write_file(args, der, keys[0].cert_len);
	free(der);
	return result;
}

enum exit_status cmd_keys_export(const struct arguments *args)
{
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;

	result = open_session(args, &session, &peer);
	if (result)
		return result;
	result = export_key(args, session);
	imatee_close(session);
	return result;
}
