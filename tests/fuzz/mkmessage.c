// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Seeds that are PKCS #7 messages, and the lists that some of them carry.
 */
#include <err.h>
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

#include "mkcorpus.h"
#include "revocation_list.h"

/* A certificate, with a key made for it in the place of its own. */
static X509 *read_cert(const char *path, EVP_PKEY *key)
{
	BIO *bio = BIO_new_file(path, "rb");
	X509 *cert = NULL;

	if (bio)
		cert = !strcmp(strrchr(path, '.'), ".pem") ?
			       PEM_read_bio_X509(bio, NULL, NULL, NULL) :
			       d2i_X509_bio(bio, NULL);
	if (!cert || !X509_set_pubkey(cert, key))
		errx(1, "%s", path);
	BIO_free(bio);
	return cert;
}

/* With another serial number, if @serial is not 0: nobody knows that one. */
static void add_signer(CMS_ContentInfo *cms, const char *path,
		       const char *curve, long serial, const EVP_MD *md,
		       unsigned int flags)
{
	EVP_PKEY *key = curve ? EVP_EC_gen(curve) : EVP_RSA_gen(2048);
	X509 *cert = read_cert(path, key);

	if (serial)
		ASN1_INTEGER_set(X509_get_serialNumber(cert), serial);
	if (!CMS_add1_signer(cms, cert, key, md, flags))
		errx(1, "CMS");
	X509_free(cert);
	EVP_PKEY_free(key);
}

/* Ends a message of @text; two bytes stand before it. */
static void finish(CMS_ContentInfo *cms, const char *dir, const char *target,
		   const char *name, const char *text, const uint8_t *before,
		   unsigned int flags)
{
	uint8_t seed[8192] = { before[0], before[1] };
	BIO *bio = BIO_new_mem_buf(text, -1);
	unsigned char *der = NULL;
	size_t len = 0;

	if (!CMS_final(cms, bio, NULL, flags))
		errx(1, "CMS");
	len = (size_t)i2d_CMS_ContentInfo(cms, &der);
	if (len > sizeof(seed) - 2)
		errx(1, "CMS");
	memcpy(seed + 2, der, len);
	seed_raw(dir, target, name, -1, seed, 2 + len);
	OPENSSL_free(der);
	CMS_ContentInfo_free(cms);
	BIO_free(bio);
}

#define MESSAGE (CMS_BINARY | CMS_NOSMIMECAP)

/*
 * A message with the name of a built-in certificate, signed with a key made for it:
 * all is right but the signature.
 */
static void message_seed(const char *dir, const char *target, const char *name,
			 const char *path, const char *curve, const char *text,
			 const uint8_t *before, unsigned int flags)
{
	CMS_ContentInfo *cms =
		CMS_sign(NULL, NULL, NULL, NULL, MESSAGE | CMS_PARTIAL | flags);

	add_signer(cms, path, curve, 0, NULL, MESSAGE | flags);
	finish(cms, dir, target, name, text, before, MESSAGE | flags);
}

/* The bit of SHA-256, and that one and the one of SHA-512: see fuzz_modsig.c. */
static const uint8_t one_digest[2] = { 0, 1 };
static const uint8_t two_digests[2] = { 0, 3 };

static void modsig_seed(const char *dir, const char *keys, const char *name,
			const char *cert_name, const char *curve,
			unsigned int flags)
{
	char path[4096] = "";

	snprintf(path, sizeof(path), "%s/keys/ima/%s", keys, cert_name);
	message_seed(dir, "modsig", name, path, curve, "file", one_digest,
		     CMS_DETACHED | flags);
}

/* Of two signers, each with a hash of its own: a stranger, and one whose key there is. */
static void signers_seed(const char *dir, const char *keys)
{
	const unsigned int flags = MESSAGE | CMS_DETACHED | CMS_NOATTR |
				   CMS_NOCERTS;
	CMS_ContentInfo *cms =
		CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | flags);
	char path[4096] = "";

	snprintf(path, sizeof(path), "%s/keys/ima/c-p256.der", keys);
	add_signer(cms, path, "P-256", 0x6666, EVP_sha256(), flags);
	snprintf(path, sizeof(path), "%s/keys/ima/b-rsa4096.der", keys);
	add_signer(cms, path, NULL, 0, EVP_sha512(), flags);
	finish(cms, dir, "modsig", "signers", "file", two_digests, flags);
}

/* Lists, and messages with them by a CA. */
void revoke_seeds(const char *dir, const char *keys)
{
	static const char list[] = REVOCATION_LIST_HEAD
		"tbs:0123456789abcdef0123456789abcdef0123456789abcdef01234567\n"
		"bin:0123456789abcdef0123456789abcdef01234567\n";
	static const uint8_t before[2] = { 1, 0 };
	uint8_t text[2 + sizeof(list)] = { 0 };
	char path[4096] = "";

	memcpy(text + 2, list, sizeof(list));
	seed_raw(dir, "revoke", "list", -1, text, sizeof(text) - 1);
	snprintf(path, sizeof(path), "%s/keys/ca/a-p256.pem", keys);
	message_seed(dir, "revoke", "ecdsa", path, "P-256", list, before,
		     CMS_NOATTR | CMS_NOCERTS);
	message_seed(dir, "revoke", "keyid", path, "P-256", list, before,
		     CMS_NOATTR | CMS_NOCERTS | CMS_USE_KEYID);
	message_seed(dir, "revoke", "attributes", path, "P-256", list, before,
		     0);
	snprintf(path, sizeof(path), "%s/keys/ca/b-rsa2048.pem", keys);
	message_seed(dir, "revoke", "rsa", path, NULL, list, before,
		     CMS_NOATTR);
}

void modsig_seeds(const char *dir, const char *keys)
{
	const unsigned int plain = CMS_NOATTR | CMS_NOCERTS;

	modsig_seed(dir, keys, "p256", "c-p256.der", "P-256", plain);
	modsig_seed(dir, keys, "rsa4096", "b-rsa4096.der", NULL, plain);
	modsig_seed(dir, keys, "keyid", "c-p256.der", "P-256",
		    plain | CMS_USE_KEYID);
	modsig_seed(dir, keys, "cert", "c-p256.der", "P-256", CMS_NOATTR);
	modsig_seed(dir, keys, "attributes", "c-p256.der", "P-256", 0);
	signers_seed(dir, keys);
}
