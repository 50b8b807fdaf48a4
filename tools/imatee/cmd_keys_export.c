// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee keys export ID: the certificate of a key, as it was enrolled.
 */
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "find.h"
#include "json.h"

/* For BIO_free(), or NULL. */
static BIO *make_pem(const uint8_t *der, size_t len)
{
	BIO *pem = BIO_new(BIO_s_mem());

	if (pem && PEM_write_bio(pem, PEM_STRING_X509, "", der, len) > 0)
		return pem;
	BIO_free(pem);
	return NULL;
}

static enum exit_status write_cert(const struct arguments *args,
				   const uint8_t *der, size_t len, BIO *pem)
{
	char *text;
	long size = BIO_get_mem_data(pem, &text);

	return args->pem ? file_output(args, text, size) :
			   file_output(args, der, len);
}

static enum exit_status print_json(const struct arguments *args,
				   const struct imatee_key *key, BIO *pem)
{
	json_t *object = json_begin(args);
	char *text;
	long size = BIO_get_mem_data(pem, &text);

	json_set(object, "key", json_key(key));
	json_set(object, "certificate_pem", json_stringn(text, size));
	return json_end(args, object);
}

/* Standard output is for the certificate, or for the object that has it. */
static enum exit_status tell(const struct arguments *args,
			     const struct imatee_key *key, const uint8_t *der)
{
	BIO *pem = make_pem(der, key->cert_len);
	enum exit_status result = EXIT_OK;

	if (!pem)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	if (!args->json || args->output)
		result = write_cert(args, der, key->cert_len, pem);
	if (!result && args->json)
		result = print_json(args, key, pem);
	BIO_free(pem);
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
	result = tell(args, &keys[0], der);
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
