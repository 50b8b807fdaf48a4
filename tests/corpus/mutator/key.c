// SPDX-License-Identifier: GPL-2.0-or-later
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "key.h"

#define EVM_KEY	     "evm-rsa2048"
#define PATH_SIZE    512
#define HASH_SHA256  4 /* enum hash_algo */
#define EVM_PORTABLE 5 /* enum evm_ima_xattr_type */

static struct key keys[] = {
	{ .name = "ima-rsa2048" }, { .name = "ima-rsa3072" },
	{ .name = "ima-rsa4096" }, { .name = "ima-p256" },
	{ .name = "ima-p384" },	   { .name = "ima-p521" },
	{ .name = "evm-rsa2048" }, { .name = "evm-p256" },
	{ .name = "late-p256" },
};

static EVP_PKEY *evm_key;

/* What hmac_add_misc() of the kernel hashes behind the attributes. */
struct misc {
	uint64_t ino;
	uint32_t generation;
	uint32_t uid;
	uint32_t gid;
	uint16_t mode;
	uint16_t padding;
};

static FILE *open_key(const char *dir, const char *name, const char *suffix)
{
	char path[PATH_SIZE];
	FILE *file = NULL;

	snprintf(path, sizeof(path), "%s/%s.%s", dir, name, suffix);
	file = fopen(path, "r");
	if (!file)
		die(path);
	return file;
}

static void load(const char *dir, struct key *key)
{
	FILE *file = open_key(dir, key->name, "pem");
	const ASN1_OCTET_STRING *skid = NULL;
	EVP_PKEY *pkey = NULL;
	int length = 0;

	key->cert = PEM_read_X509(file, NULL, NULL, NULL);
	fclose(file);
	pkey = key->cert ? X509_get0_pubkey(key->cert) : NULL;
	skid = key->cert ? X509_get0_subject_key_id(key->cert) : NULL;
	if (!pkey || !skid)
		die(key->name);
	length = ASN1_STRING_length(skid);
	memcpy(key->id, ASN1_STRING_get0_data(skid) + length - 4, 4);
	key->rsa = EVP_PKEY_base_id(pkey) == EVP_PKEY_RSA;
	if (!EVP_PKEY_get_bn_param(pkey,
				   key->rsa ? OSSL_PKEY_PARAM_RSA_N :
					      OSSL_PKEY_PARAM_EC_ORDER,
				   &key->n))
		die(key->name);
	key->size = (size_t)BN_num_bytes(key->n);
}

void keys_load(const char *dir)
{
	FILE *file = open_key(dir, EVM_KEY, "key");
	size_t i = 0;

	evm_key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
	fclose(file);
	if (!evm_key)
		die(EVM_KEY);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		load(dir, &keys[i]);
}

const struct key *key_find(const char *name)
{
	size_t i = 0;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strcmp(keys[i].name, name))
			return &keys[i];
	die(name);
}

const struct key *key_any(void)
{
	return &keys[random_below(sizeof(keys) / sizeof(keys[0]))];
}

void evm_sign(const struct bytes *ima, uint32_t uid, struct bytes *evm)
{
	const struct misc misc = { .uid = uid, .mode = S_IFREG | 0644 };
	const uint8_t header[] = { EVM_PORTABLE, 2, HASH_SHA256 };
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t signature[512];
	size_t len = sizeof(signature);

	if (EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, evm_key) != 1 ||
	    EVP_DigestSignUpdate(ctx, ima->data, ima->len) != 1 ||
	    EVP_DigestSignUpdate(ctx, &misc, sizeof(misc)) != 1 ||
	    EVP_DigestSignFinal(ctx, signature, &len) != 1)
		die("EVM signature");
	EVP_MD_CTX_free(ctx);
	bytes_set(evm, header, sizeof(header));
	bytes_append(evm, key_find(EVM_KEY)->id, 4);
	bytes_append_byte(evm, (uint8_t)(len >> 8));
	bytes_append_byte(evm, (uint8_t)len);
	bytes_append(evm, signature, len);
}
