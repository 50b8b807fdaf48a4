// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee ak: the key that signs quotes. It is the same at each boot.
 */
#include <stdlib.h>
#include <string.h>

#include "ak.h"
#include "file.h"
#include "json.h"
#include "quote.h"

/* Bytes to be written; .data is for free(). */
struct form {
	char *data;
	size_t len;
};

static struct form form_of(const struct arguments *args, const struct ak *ak,
			   const struct imatee_ak *answer)
{
	struct form form = { 0 };

	if (args->options & OPTION_TPM2B) {
		form.len = AK_TPM2B_SIZE;
		form.data = malloc(form.len);
		if (form.data)
			ak_tpm2b(ak, (uint8_t *)form.data);
		return form;
	}
	form.data = args->options & OPTION_CSR ?
			    ak_request_pem(answer->csr, answer->csr_len) :
			    ak_pem(ak);
	form.len = strlen(form.data);
	return form;
}

static enum exit_status print_json(const struct arguments *args,
				   const struct ak *ak,
				   const struct imatee_ak *answer)
{
	char *csr = ak_request_pem(answer->csr, answer->csr_len);
	json_t *object = json_begin(args);
	char *pem = ak_pem(ak);

	json_set(object, "name", json_hex(ak->name, sizeof(ak->name)));
	json_set(object, "development", json_boolean(answer->development));
	json_set(object, "public_key_pem", json_string(pem));
	json_set(object, "request_pem", json_string(csr));
	free(csr);
	free(pem);
	return json_end(args, object);
}

static enum exit_status tell(const struct arguments *args, const struct ak *ak,
			     const struct imatee_ak *answer)
{
	struct form form = form_of(args, ak, answer);
	enum exit_status result = EXIT_OK;

	if (!form.data)
		return fail_lib(args, IMATEE_LIB_NO_MEMORY);
	/* Standard output is for the key, or for the object that has it. */
	if (!args->json || args->output)
		result = file_output(args, form.data, form.len);
	free(form.data);
	if (!result && args->json)
		result = print_json(args, ak, answer);
	return result;
}

enum exit_status cmd_ak(const struct arguments *args)
{
	const unsigned int forms = args->options &
				   (OPTION_PEM | OPTION_TPM2B | OPTION_CSR);
	struct imatee_ak answer;
	enum exit_status result;
	struct imatee *session;
	struct imatee_peer peer;
	struct ak ak;
	int rc;

	if (forms & (forms - 1))
		return fail(args, EXIT_USAGE, "usage",
			    "only one of --pem, --tpm2b and --csr is wanted");
	result = open_session(args, &session, &peer);
	if (result)
		return result;
	rc = imatee_get_ak(session, &answer);
	imatee_close(session);
	if (!rc && !ak_from_public(answer.pub, answer.pub_len, &ak))
		rc = IMATEE_LIB_BAD_REPLY;
	if (rc)
		return fail_lib(args, rc);
	if (answer.development)
		quote_warn_development();
	result = tell(args, &ak, &answer);
	ak_free(&ak);
	return result;
}
