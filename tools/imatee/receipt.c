// SPDX-License-Identifier: GPL-2.0-or-later
#include <endian.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "receipt.h"

#define KEY_FILE_MAX 65536

/* Nobody is asked for a passphrase: this runs where nobody is. */
static int no_passphrase(char *buf, int size, int writing, void *data)
{
	(void)buf;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

static enum exit_status read_key(const struct arguments *args, EVP_PKEY **pkey)
{
	enum exit_status result;
	unsigned char *data;
	size_t len;
	BIO *bio;

	*pkey = NULL;
	result = file_load(args, args->sign_key, KEY_FILE_MAX, &data, &len);
	if (result)
		return result;
	bio = BIO_new_mem_buf(data, (int)len);
	if (bio)
		*pkey = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	OPENSSL_cleanse(data, len);
	free(data);
	ERR_clear_error();
	if (*pkey &&
	    (EVP_PKEY_is_a(*pkey, "RSA") || EVP_PKEY_is_a(*pkey, "EC")))
		return EXIT_OK;
	EVP_PKEY_free(*pkey);
	return fail(
		args, EXIT_FAILED, "key_malformed",
		"%s: this is no private key of RSA or ECDSA in PEM, without a passphrase",
		args->sign_key);
}

/* RSA PKCS #1 v1.5, or ECDSA as DER has it: OpenSSL's defaults. */
static bool sign(EVP_PKEY *pkey, const struct imatee_receipt *receipt,
		 uint8_t *sig, size_t *len)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok;

	*len = IMATEE_RECEIPT_SIG_MAX;
	ok = ctx &&
	     EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, pkey) == 1 &&
	     EVP_DigestSign(ctx, sig, len, (const unsigned char *)receipt,
			    sizeof(*receipt)) == 1;
	EVP_MD_CTX_free(ctx);
	ERR_clear_error();
	return ok;
}

static void fill(struct imatee_log_trim *trim, const struct quote *quote,
		 const struct log_point *point)
{
	struct imatee_receipt *receipt = &trim->receipt;

	memset(trim, 0, sizeof(*trim));
	memcpy(trim->checkpoint, quote->checkpoint, sizeof(trim->checkpoint));
	memcpy(trim->pcrs, point->pcrs, sizeof(trim->pcrs));
	memcpy(receipt->magic, IMATEE_RECEIPT_MAGIC, sizeof(receipt->magic));
	memcpy(receipt->boot_id, quote->info.boot_id, sizeof(receipt->boot_id));
	receipt->position = htole64(point->position);
	replay_hash(BANK_SHA256, trim->pcrs, sizeof(trim->pcrs), receipt->pcrs);
	memcpy(trim->order, point->order, sizeof(trim->order));
	memcpy(receipt->order, point->order, sizeof(receipt->order));
}

enum exit_status receipt_make(const struct arguments *args,
			      const struct quote *quote,
			      const struct log_point *point,
			      struct receipt *receipt)
{
	uint8_t *sig = receipt->file + RECEIPT_MIN;
	struct imatee_log_trim trim;
	enum exit_status result;
	EVP_PKEY *pkey;
	size_t len;
	bool ok;

	result = read_key(args, &pkey);
	if (result)
		return result;
	fill(&trim, quote, point);
	ok = sign(pkey, &trim.receipt, sig, &len);
	EVP_PKEY_free(pkey);
	if (!ok)
		return fail(args, EXIT_FAILED, "key_failed",
			    "%s: OpenSSL does not sign with this key",
			    args->sign_key);
	trim.sig_len = htole32(len);
	memcpy(receipt->file, (uint8_t *)&trim + sizeof(trim.hdr), RECEIPT_MIN);
	receipt->len = RECEIPT_MIN + len;
	return EXIT_OK;
}

enum exit_status receipt_write(const struct arguments *args,
			       const struct receipt *receipt)
{
	return file_replace(args, args->receipt, receipt->file, receipt->len);
}
