// SPDX-License-Identifier: GPL-2.0-or-later
#include <err.h>
#include <libgen.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

#include "cert.h"
#include "file.h"
#include "policy.h"

/* That is half a million digests. */
#define POLICY_MAX ((size_t)64 << 20)

#define ALL_PCRS ((1u << IMATEE_PCRS) - 1)

/* One more, if there is none: calloc() of nothing may be NULL. */
static void *need(size_t count, size_t size)
{
	void *array = calloc(count + 1, size);

	if (!array)
		errx(EXIT_FAILED, "out of memory");
	return array;
}

void policy_default(struct policy *policy)
{
	memset(policy, 0, sizeof(*policy));
	policy->modes = 1u << IMATEE_MODE_FULL;
	policy->kernels = UINT64_MAX;
	policy->pcrs = ALL_PCRS;
	policy->violations = true;
}

static bool mode_of(const json_t *value, uint32_t *modes)
{
	const char *text = json_string_value(value);
	enum imatee_mode mode;

	for (mode = 0; text && mode < IMATEE_MODE_COUNT; mode++) {
		if (!strcmp(text, imatee_mode_name(mode))) {
			*modes |= 1u << mode;
			return true;
		}
	}
	return false;
}

static void take_modes(struct json_in *in, struct policy *policy)
{
	size_t count, i;
	const json_t *array = json_in_array(in, "modes", &count);

	if (array)
		policy->modes = 0;
	for (i = 0; i < count; i++)
		if (!mode_of(json_array_get(array, i), &policy->modes))
			json_in_fail(in, "\"modes\" has one that is no mode");
}

static void take_pcrs(struct json_in *in, struct policy *policy)
{
	size_t count, i;
	const json_t *array = json_in_array(in, "pcrs", &count);
	const json_t *value;

	if (array)
		policy->pcrs = 0;
	for (i = 0; i < count; i++) {
		value = json_array_get(array, i);
		if (!json_is_integer(value) || json_integer_value(value) < 0 ||
		    json_integer_value(value) >= IMATEE_PCRS)
			json_in_fail(in, "\"pcrs\" has one that is no PCR");
		else
			policy->pcrs |= 1u << json_integer_value(value);
	}
}

static int compare_digests(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct file_digest));
}

static bool take_digests(struct json_in *in, struct policy *policy)
{
	size_t count, i;
	const json_t *array = json_in_array(in, "digests", &count);
	const char *text;

	policy->digests = need(count, sizeof(*policy->digests));
	policy->digest_count = count;
	for (i = 0; i < count; i++) {
		text = json_string_value(json_array_get(array, i));
		if (!text || !digest_parse(text, &policy->digests[i]))
			json_in_fail(
				in,
				"\"digests\" has one that is not ALGORITHM:HEX, in lower case, at position %zu",
				i);
		else if (digest_is_zero(&policy->digests[i]))
			json_in_fail(
				in,
				"\"digests\" has zeros, which are of whatever could not be hashed, at position %zu",
				i);
	}
	qsort(policy->digests, count, sizeof(*policy->digests),
	      compare_digests);
	return array;
}

static bool take_signers(struct json_in *in, struct policy *policy)
{
	size_t count, i;
	const json_t *array = json_in_array(in, "signers", &count);
	const char *text;

	policy->signers = need(count, sizeof(*policy->signers));
	policy->signer_count = count;
	for (i = 0; i < count; i++) {
		text = json_string_value(json_array_get(array, i));
		if (!text)
			json_in_fail(in, "\"signers\" has one that is no text");
		policy->signers[i].path = text ? strdup(text) : NULL;
		if (text && !policy->signers[i].path)
			errx(EXIT_FAILED, "out of memory");
	}
	return array;
}

static void take_sums(struct json_in *in, const char *name, struct sums *sums)
{
	size_t count, i;
	const json_t *array = json_in_array(in, name, &count);

	sums->given = array;
	sums->sum = need(count, sizeof(*sums->sum));
	sums->count = count;
	for (i = 0; i < count; i++)
		if (!json_in_is_hex(json_array_get(array, i), sums->sum[i],
				    sizeof(sums->sum[i])))
			json_in_fail(
				in,
				"\"%s\" has one that is not 32 bytes in hexadecimal",
				name);
}

bool policy_parse(const void *text, size_t len, struct policy *policy,
		  char problem[PROBLEM_MAX])
{
	struct json_in in;
	bool digests, signers;

	policy_default(policy);
	json_in_begin(&in, text, len);
	if (json_in_u64(&in, "policy") != 1)
		json_in_fail(&in, "\"policy\" is not 1");
	policy->unsealed = json_in_bool(&in, "unsealed", false);
	policy->trimmed = json_in_bool(&in, "trimmed", false);
	take_modes(&in, policy);
	policy->kernels = json_in_maybe_u64(&in, "kernels", policy->kernels);
	take_sums(&in, "keys", &policy->keys);
	take_sums(&in, "keys_digest", &policy->keys_digest);
	digests = take_digests(&in, policy);
	signers = take_signers(&in, policy);
	policy->judges = digests || signers;
	policy->violations = json_in_bool(&in, "violations", !policy->judges);
	policy->buffers = json_in_bool(&in, "buffers", false);
	take_pcrs(&in, policy);
	if (json_in_end(&in))
		return true;
	strcpy(problem, in.problem);
	return false;
}

/* Beside the policy, unless it says where. Returns text for free(). */
static char *beside(const char *policy, const char *path)
{
	char *copy = strdup(policy);
	char *full = NULL;

	if (!copy ||
	    (*path == '/' ? asprintf(&full, "%s", path) :
			    asprintf(&full, "%s/%s", dirname(copy), path)) < 0)
		errx(EXIT_FAILED, "out of memory");
	free(copy);
	return full;
}

/* Which key a signature names. */
static bool take_keyid(X509 *cert, uint32_t *keyid)
{
	const ASN1_OCTET_STRING *skid = X509_get0_subject_key_id(cert);
	const uint8_t *end;

	if (!skid || ASN1_STRING_length(skid) < 4)
		return false;
	end = ASN1_STRING_get0_data(skid) + ASN1_STRING_length(skid);
	*keyid = (uint32_t)end[-4] << 24 | (uint32_t)end[-3] << 16 |
		 (uint32_t)end[-2] << 8 | end[-1];
	return true;
}

static void take_signer(struct signer *signer, const struct cert *cert)
{
	const uint8_t *der = cert->der;
	X509 *x509 = d2i_X509(NULL, &der, (long)cert->len);

	if (x509 && der == cert->der + cert->len &&
	    take_keyid(x509, &signer->keyid))
		signer->pkey = X509_get_pubkey(x509);
	X509_free(x509);
	ERR_clear_error();
}

static enum exit_status load_signer(const struct arguments *args,
				    struct signer *signer)
{
	char *path = beside(args->policy, signer->path);
	enum exit_status result;
	unsigned char *buf;
	struct cert cert;
	size_t len;

	result = file_load(args, path, CERT_FILE_MAX, &buf, &len);
	free(path);
	if (result)
		return result;
	if (cert_decode(buf, len, &cert))
		take_signer(signer, &cert);
	free(cert.der);
	free(buf);
	if (signer->pkey)
		return EXIT_OK;
	return fail(
		args, EXIT_FAILED, "policy_malformed",
		"%s: the signer %s is not one certificate with a subject key identifier",
		args->policy, signer->path);
}

enum exit_status policy_read(const struct arguments *args,
			     struct policy *policy)
{
	char problem[PROBLEM_MAX];
	enum exit_status result;
	unsigned char *text;
	size_t len, i;
	bool ok;

	policy_default(policy);
	if (!args->policy)
		return EXIT_OK;
	result = file_load(args, args->policy, POLICY_MAX, &text, &len);
	if (result)
		return result;
	ok = policy_parse(text, len, policy, problem);
	free(text);
	if (!ok)
		return fail(args, EXIT_FAILED, "policy_malformed",
			    "%s: this is no policy: %s", args->policy, problem);
	for (i = 0; i < policy->signer_count && !result; i++)
		result = load_signer(args, &policy->signers[i]);
	return result;
}

void policy_free(struct policy *policy)
{
	size_t i;

	for (i = 0; i < policy->signer_count; i++) {
		free(policy->signers[i].path);
		EVP_PKEY_free(policy->signers[i].pkey);
	}
	free(policy->signers);
	free(policy->digests);
	free(policy->keys.sum);
	free(policy->keys_digest.sum);
	memset(policy, 0, sizeof(*policy));
}
