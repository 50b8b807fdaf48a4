// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee verify-quote: files that are signed.
 */
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "judging.h"

/* A key with its certificate, as NAME.pem */
static void signer(struct prover *q, const char *name, const char *key)
{
	prover_run(q,
		   "openssl genpkey %s -out %s.key 2>/dev/null && openssl req "
		   "-new -x509 -key %s.key -subj /CN=%s -addext "
		   "subjectKeyIdentifier=hash -out %s.pem",
		   key, name, name, name, name);
}

static EVP_PKEY *read_key(const struct prover *q, const char *name)
{
	char path[128];
	EVP_PKEY *key;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s.key", q->dir, name);
	file = fopen(path, "r");
	assert_non_null(file);
	key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	assert_non_null(key);
	fclose(file);
	return key;
}

static void read_keyid(struct prover *q, const char *name, uint8_t *keyid)
{
	char line[256];
	FILE *pipe;

	snprintf(line, sizeof(line),
		 "openssl x509 -in %s/%s.pem -noout -ext subjectKeyIdentifier |"
		 " tail -n 1 | tr -d ' :\\n' | tail -c 8",
		 q->dir, name);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%2hhx%2hhx%2hhx%2hhx", keyid, keyid + 1,
				keyid + 2, keyid + 3),
			 4);
	pclose(pipe);
}

/*
 * As evmctl makes it: the type, and struct signature_v2_hdr, for this content. Version 3 is
 * of struct ima_file_id.
 */
static size_t sign(struct prover *q, const char *name, uint8_t version,
		   const char *algorithm, uint8_t algo, const char *content,
		   uint8_t *sig)
{
	EVP_PKEY *key = read_key(q, name);
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
	uint8_t id[2 + 64] = { 6, algo };
	uint8_t digest[64];
	size_t len = 1024;
	size_t size;

	size = prover_hash(algorithm, content, strlen(content), digest);
	memcpy(id + 2, digest, size);
	if (version == 3)
		prover_hash(algorithm, id, 2 + size, digest);
	assert_int_equal(EVP_PKEY_sign_init(ctx), 1);
	assert_int_equal(EVP_PKEY_CTX_set_signature_md(
				 ctx, EVP_get_digestbyname(algorithm)),
			 1);
	assert_int_equal(EVP_PKEY_sign(ctx, sig + 9, &len, digest, size), 1);
	EVP_PKEY_CTX_free(ctx);
	EVP_PKEY_free(key);
	sig[0] = version == 3 ? 6 : 3;
	sig[1] = version;
	sig[2] = algo;
	read_keyid(q, name, sig + 3);
	sig[7] = (uint8_t)(len >> 8);
	sig[8] = (uint8_t)len;
	return 9 + len;
}

/* Behind its length, as a field. */
static size_t sign_field(struct prover *q, const char *name, uint8_t version,
			 const char *content, char *field)
{
	const uint32_t len = (uint32_t)sign(q, name, version, "sha256", 4,
					    content, (uint8_t *)field + 4);

	memcpy(field, &len, sizeof(len));
	return 4 + len;
}

static void signatures(void **state)
{
	struct prover *q = *state;
	uint8_t sig[1100];
	size_t len;

	signer(q, "rsa", "-algorithm RSA");
	signer(q, "ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384");
	signer(q, "other", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
	prover_run(q, "openssl x509 -in ec.pem -outform DER -out ec.der");
	prover_file(q, "/bin/a", "a", sig,
		    sign(q, "rsa", 2, "sha256", 4, "a", sig));
	prover_file(q, "/bin/b", "b", sig,
		    sign(q, "ec", 2, "sha256", 4, "b", sig));
	prover_make(q);
	policy(q, "'signers': ['rsa.pem', 'ec.der', 'other.pem']");
	allows(q);
	/* beside the policy, wherever that is */
	prover_run(
		q,
		"mkdir -p sub && mv *.pem *.der policy sub && mv sub/ak.pem .");
	prover_verify(q, 0, NULL, "--policy sub/policy");
	prover_run(q, "mv sub/* .");
	policy(q, "'signers': ['%s/rsa.pem', 'ec.der']", q->dir);
	allows(q);
	policy(q, "'signers': ['ec.der', 'other.pem']");
	refuses(q, "entry 0: its digest is not allowed, nor is its signer");
	policy(q, "'signers': ['ec.der'], 'digests': ['sha256:%s']",
	       hex("sha256", "a"));
	allows(q);
	/* a signature of something else */
	policy(q, "'signers': ['rsa.pem', 'ec.der']");
	prover_file(q, "/bin/c", "c", sig,
		    sign(q, "rsa", 2, "sha256", 4, "d", sig));
	prover_make(q);
	refuses(q, "entry 2: its signature is wrong");
	/* by somebody who says that he is somebody else */
	prover_reset(q);
	len = sign(q, "other", 2, "sha256", 4, "a", sig);
	read_keyid(q, "ec", sig + 3);
	prover_file(q, "/bin/a", "a", sig, len);
	prover_make(q);
	refuses(q, "entry 0: its signature is wrong");
}

static void malformed_signatures(void **state)
{
	struct prover *q = *state;
	uint8_t sig[1100];
	size_t len, i;

	signer(q, "ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
	policy(q, "'signers': ['ec.pem']");
	len = sign(q, "ec", 2, "sha256", 4, "a", sig);
	for (i = 0; i < len; i += i < 12 ? 1 : 20) {
		prover_reset(q);
		sig[i] ^= 1;
		prover_file(q, "/bin/a", "a", sig, len);
		prover_make(q);
		refuses(q, "entry 0: ");
		sig[i] ^= 1;
	}
	for (i = 1; i < len; i += i < 12 ? 1 : 20) {
		prover_reset(q);
		prover_file(q, "/bin/a", "a", sig, i);
		prover_make(q);
		refuses(q, "entry 0: ");
	}
	prover_reset(q);
	prover_file(q, "/bin/a", "a", sig, len + 1);
	prover_make(q);
	refuses(q, "signature is malformed");
	/* with another hash than the entry's */
	prover_reset(q);
	prover_file(q, "/bin/a", "a", sig,
		    sign(q, "ec", 2, "sha512", 6, "a", sig));
	prover_make(q);
	refuses(q, "is not of such a digest");
}

/* Version 2 is of a file's content, version 3 of what fs-verity makes of it. */
static void verity(void **state)
{
	struct prover *q = *state;
	char field[1100];
	size_t len;

	signer(q, "ec", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256");
	policy(q, "'signers': ['ec.pem']");
	len = sign_field(q, "ec", 2, "a", field);
	put_v2(q, "ima-sigv2", "ima:", "a", field, len);
	put_v2(q, "ima-sig", "", "a", field, len);
	len = sign_field(q, "ec", 3, "a", field);
	put_v2(q, "ima-sigv2", "verity:", "a", field, len);
	put_v2(q, "ima-sig", "", "a", field, len);
	prover_make(q);
	allows(q);
	prover_reset(q);
	put_v2(q, "ima-sigv2", "ima:", "a", field, len);
	prover_make(q);
	refuses(q, "is not of such a digest");
	prover_reset(q);
	len = sign_field(q, "ec", 2, "a", field);
	put_v2(q, "ima-sigv2", "verity:", "a", field, len);
	prover_make(q);
	refuses(q, "is not of such a digest");
	/* a version in the place of another */
	prover_reset(q);
	field[5] = 3;
	put_v2(q, "ima-sigv2", "ima:", "a", field, len);
	prover_make(q);
	refuses(q, "is not of such a digest");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		PROVER_TEST("signer: of RSA and ECDSA", signatures),
		PROVER_TEST("signer: signatures that are none",
			    malformed_signatures),
		PROVER_TEST("signer: versions of signatures", verity),
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
