// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "certificate.h"
#include "crypto.h"
#include "keeper_add.h"
#include "request.h"
#include "x509_library.h"

/* A key and, in the same allocation, its certificate. */
struct added_key {
	struct key key;
	uint8_t cert[];
};

static size_t added_size(const struct imatee_key_info *info)
{
	return sizeof(struct added_key) + info->cert_len;
}

static void free_key(struct added_key *added)
{
	platform_free(added, added_size(&added->key.info));
}

/* The key with a copy of what it was read from, in its future place. */
static struct added_key *new_key(const struct keeper *keeper, uint8_t ring,
				 const struct certificate *cert,
				 struct slice der)
{
	struct added_key *added = NULL;
	struct key *key = NULL;

	if (added_size(&cert->info) > KEEPER_ADDED_MAX - keeper->added_size)
		return NULL;
	added = platform_alloc(added_size(&cert->info));
	if (!added)
		return NULL;
	memcpy(added->cert, der.data, der.len);
	key = &added->key;
	key->info = cert->info;
	key->info.ring = ring;
	key->info.source = IMATEE_SOURCE_ADDED;
	key->cert = added->cert;
	key->pubkey = added->cert + (cert->key.key.data - der.data);
	key->tbs = cert->signed_part;
	key->tbs.data = added->cert + (cert->signed_part.data - der.data);
	key->spki = cert->spki;
	key->spki.data = added->cert + (cert->spki.data - der.data);
	return added;
}

/* The reply comes first: whoever is not answered must not have added a key. */
static enum imatee_error enrol(struct call *call, struct added_key *added)
{
	struct keeper *keeper = call->ta;
	struct imatee_key_info info = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (!writer_reserve(&call->out, sizeof(info)))
		return IMATEE_ERR_SHORT_BUFFER;
	error = keyring_add(&keeper->rings, &added->key);
	if (error)
		return error;
	info = keyring_describe(&keeper->rings, &added->key);
	keeper->added_size += added_size(&info);
	state_keys_changed(&keeper->state);
	platform_log("key %08x added to ring %u", (unsigned int)info.keyid,
		     info.ring);
	writer_put(&call->out, &info, sizeof(info));
	return IMATEE_OK;
}

/*
 * What looks deep into a certificate, and what takes long, comes behind the
 * signature: only who has a CA's word gets so far.
 */
static enum imatee_error check(const struct keeper *keeper, struct slice der,
			       struct certificate *cert)
{
	enum imatee_error error = certificate_parse(der, cert);
	bool covered = false;

	if (!error)
		error = certificate_check_issuer(cert, keeper->keytab,
						 &keeper->revoked);
	if (!error)
		error = revoked_covers(&keeper->revoked, cert->signed_part,
				       cert->spki, &covered);
	if (!error && covered)
		error = IMATEE_ERR_CERT_REVOKED;
	if (!error)
		error = x509_library_check(der, cert);
	if (!error)
		error = pubkey_check_sound(&cert->key);
	return error;
}

static enum imatee_error add(struct call *call, uint8_t ring, struct slice der,
			     struct certificate *cert)
{
	const struct keeper *keeper = call->ta;
	struct added_key *added = NULL;
	enum imatee_error error = check(keeper, der, cert);

	if (error)
		return error;
	added = new_key(keeper, ring, cert, der);
	if (!added)
		return IMATEE_ERR_RESOURCES;
	error = enrol(call, added);
	if (error)
		free_key(added);
	return error;
}

enum imatee_error keeper_key_add(struct call *call)
{
	struct imatee_key_add request = { 0 };
	struct certificate *cert = NULL;
	struct slice der = { 0 };
	enum imatee_error error =
		request_decode_add(&call->in, &request, &der.data);

	if (error)
		return error;
	der.len = request.cert_len;
	cert = platform_alloc(sizeof(*cert));
	if (!cert)
		return IMATEE_ERR_RESOURCES;
	/* What an earlier request was short of is no matter of this one. */
	crypto_memory_failed();
	error = add(call, request.ring, der, cert);
	platform_free(cert, sizeof(*cert));
	return error;
}

void keeper_forget_key(struct keeper *keeper, const struct key *key)
{
	if (key->info.source != IMATEE_SOURCE_ADDED)
		return;
	keeper->added_size -= added_size(&key->info);
	/* .key is the first member of the struct added_key. */
	free_key((struct added_key *)key);
}

void keeper_free_added(struct keeper *keeper)
{
	const struct key *key = NULL;
	size_t ring = 0;
	size_t i = 0;

	for (ring = 0; ring < IMATEE_RING_COUNT; ring++) {
		for (i = 0; i < IMATEE_KEYS_PER_RING; i++) {
			key = keeper->rings.keys[ring][i];
			if (key)
				keeper_forget_key(keeper, key);
		}
	}
}
