// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>

#include "revoking.h"

static const char *const ca_names[CAS] = { "a-p256",	"b-rsa2048",
					   "c-rsa3072", "d-rsa4096",
					   "e-p384",	"f-p521" };

struct mkcert_ca cas[CAS];

void revoke_sign_by(struct message *message, const struct mkcert_ca *ca,
		    size_t count, const char *text, const EVP_MD *md,
		    unsigned int flags)
{
	BIO *bio = BIO_new_mem_buf(text, -1);
	CMS_ContentInfo *cms =
		CMS_sign(NULL, NULL, NULL, NULL, flags | CMS_PARTIAL);
	uint8_t *der = message->der;
	size_t i = 0;

	for (i = 0; i < count; i++)
		assert_non_null(
			CMS_add1_signer(cms, ca[i].cert, ca[i].key, md, flags));
	assert_int_equal(CMS_final(cms, bio, NULL, flags), 1);
	memset(&message->head, 0, sizeof(message->head));
	assert_true(i2d_CMS_ContentInfo(cms, NULL) < (int)sizeof(message->der));
	message->len = (size_t)i2d_CMS_ContentInfo(cms, &der);
	message->head.len = (uint32_t)message->len;
	message->head.hdr.len =
		(uint32_t)(sizeof(message->head) + message->len);
	BIO_free(bio);
	CMS_ContentInfo_free(cms);
}

void revoke_sign(struct message *message, const struct mkcert_ca *ca,
		 const char *text, const EVP_MD *md, unsigned int flags)
{
	revoke_sign_by(message, ca, 1, text, md, flags);
}

enum imatee_error revoke_send(struct fixture *f, struct message *message,
			      struct answer *answer)
{
	return ask_keeper(f, f->kernel, IMATEE_CMD_REVOKE, message,
			  sizeof(message->head) + message->len, answer);
}

struct imatee_revoke_reply reply;

enum imatee_error revoke(struct fixture *f, const char *text)
{
	static struct message message;
	static struct answer answer;
	enum imatee_error error = IMATEE_OK;

	revoke_sign(&message, &cas[0], text, EVP_sha256(), ATTACHED);
	error = revoke_send(f, &message, &answer);
	memcpy(&reply, answer.buf, sizeof(reply));
	return error;
}

void hex(char *text, const uint8_t *bytes, size_t len)
{
	size_t i = 0;

	for (i = 0; i < len; i++)
		sprintf(text + 2 * i, "%02x", bytes[i]);
}

/* A list of one entry: what a built-in key or an added one is named by. */
const char *list_of(const char *prefix, struct slice what, const EVP_MD *md)
{
	static char text[256];
	uint8_t hash[EVP_MAX_MD_SIZE] = { 0 };
	unsigned int len = 0;

	EVP_Digest(what.data, what.len, hash, &len, md, NULL);
	strcpy(text, REVOCATION_LIST_HEAD);
	strcat(text, prefix);
	hex(text + strlen(text), hash, len);
	return strcat(text, "\n");
}

/* TBSCertificate and SubjectPublicKeyInfo, as OpenSSL sees them. */
struct slice tbs_of(X509 *cert)
{
	static unsigned char *der;
	struct slice tbs = { 0 };

	OPENSSL_free(der);
	der = NULL;
	tbs.len = (size_t)i2d_re_X509_tbs(cert, &der);
	tbs.data = der;
	return tbs;
}

struct slice spki_of(X509 *cert, unsigned char **der)
{
	struct slice spki = { 0 };

	*der = NULL;
	spki.len = (size_t)i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), der);
	spki.data = *der;
	return spki;
}

X509 *issue(const struct mkcert_ca *ca)
{
	struct mkcert spec = mkcert_good;
	const unsigned char *p = NULL;
	unsigned char *der = NULL;
	X509 *cert = NULL;
	size_t len = 0;

	spec.issuer = ca;
	der = mkcert_der(&spec, &len);
	p = der;
	cert = d2i_X509(NULL, &p, (long)len);
	assert_non_null(cert);
	OPENSSL_free(der);
	return cert;
}

static void look(struct fixture *f, struct view *view)
{
	const struct imatee_key_list list = make_list(IMATEE_RING_ANY, 0);
	const struct imatee_revoked_list revoked = { .hdr.len =
							     sizeof(revoked) };

	memset(view, 0, sizeof(*view));
	get_status(f, &view->status);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_KEY_LIST, &list,
				    sizeof(list), &view->keys),
			 IMATEE_OK);
	assert_int_equal(ask_keeper(f, f->user, IMATEE_CMD_REVOKED_LIST,
				    &revoked, sizeof(revoked), &view->revoked),
			 IMATEE_OK);
}

static struct view before;
static size_t allocated_before;

void begin(struct fixture *f)
{
	look(f, &before);
	allocated_before = host.allocated;
}

void assert_unchanged(struct fixture *f)
{
	static struct view after;

	look(f, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(host.allocated, allocated_before);
}

void refused(struct fixture *f, struct message *message,
	     enum imatee_error error)
{
	static struct answer answer;

	begin(f);
	assert_int_equal(revoke_send(f, message, &answer), error);
	assert_int_equal(answer.len, sizeof(struct imatee_reply));
	assert_unchanged(f);
}

int revoke_setup(void **state)
{
	return fixture_setup_with(state, &keytab_builtin,
				  keytab_builtin_digest);
}

int revoke_read_cas(void **state)
{
	char cert[4096] = "";
	char key[4096] = "";
	size_t i = 0;

	(void)state;
	for (i = 0; i < CAS; i++) {
		snprintf(cert, sizeof(cert), "%s/keys/ca/%s.pem", BUILTIN_DIR,
			 ca_names[i]);
		snprintf(key, sizeof(key), "%s/private/%s.key", BUILTIN_DIR,
			 ca_names[i]);
		mkcert_read_ca(cert, key, &cas[i]);
	}
	return 0;
}

int revoke_free_cas(void **state)
{
	size_t i = 0;

	(void)state;
	for (i = 0; i < CAS; i++)
		mkcert_free_ca(&cas[i]);
	return 0;
}
