// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "digsig.h"
#include "verify_key.h"

/* enum evm_ima_xattr_type, security/integrity/integrity.h of the kernel */
#define EVM_IMA_XATTR_DIGSIG	  3
#define EVM_XATTR_PORTABLE_DIGSIG 5
#define IMA_VERITY_DIGSIG	  6

/* struct signature_v2_hdr of the same, which comes before the signature. */
#define TYPE	     0
#define VERSION	     1
#define HASH_ALGO    2
#define KEYID	     3
#define SIG_SIZE     7
#define HEADER_BYTES 9

/* What goes together: see struct imatee_verify. */
static const struct form {
	uint8_t rings; /* a bit for each */
	uint8_t purpose;
	uint8_t digest_kind;
	uint8_t type;
	uint8_t version;
} forms[] = {
	{ 1 << IMATEE_RING_IMA | 1 << IMATEE_RING_PLATFORM, IMATEE_PURPOSE_IMA,
	  IMATEE_DIGEST_FILE, EVM_IMA_XATTR_DIGSIG, 2 },
	{ 1 << IMATEE_RING_IMA, IMATEE_PURPOSE_VERITY, IMATEE_DIGEST_VERITY,
	  IMA_VERITY_DIGSIG, 3 },
	{ 1 << IMATEE_RING_EVM, IMATEE_PURPOSE_EVM, IMATEE_DIGEST_METADATA,
	  EVM_IMA_XATTR_DIGSIG, 2 },
	{ 1 << IMATEE_RING_EVM, IMATEE_PURPOSE_EVM_PORTABLE,
	  IMATEE_DIGEST_METADATA, EVM_XATTR_PORTABLE_DIGSIG, 2 },
};

static const struct form *find_form(const struct imatee_verify *request)
{
	const struct form *form = NULL;
	size_t i = 0;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		form = &forms[i];
		if (form->rings & 1 << request->ring &&
		    form->purpose == request->purpose &&
		    form->digest_kind == request->digest_kind)
			return form;
	}
	return NULL;
}

static enum imatee_error check_header(const struct form *form,
				      struct slice attribute)
{
	const uint8_t *header = attribute.data;

	if (attribute.len <= VERSION || header[TYPE] != form->type)
		return IMATEE_ERR_SIG_MALFORMED;
	if (header[VERSION] != form->version)
		return IMATEE_ERR_SIG_VERSION;
	if (attribute.len <= HEADER_BYTES)
		return IMATEE_ERR_SIG_MALFORMED;
	if (attribute.len - HEADER_BYTES !=
	    ((size_t)header[SIG_SIZE] << 8 | header[SIG_SIZE + 1]))
		return IMATEE_ERR_SIG_MALFORMED;
	return IMATEE_OK;
}

static const struct key *find_key(const struct keystore *store, uint8_t ring,
				  const uint8_t *id)
{
	const struct imatee_key_select select = {
		.ring = ring,
		.select = IMATEE_SELECT_KEYID,
		.value = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
			 (uint32_t)id[2] << 8 | id[3],
	};

	return keyring_find(&store->rings, &select);
}

/*
 * The digest of struct ima_file_id (calc_file_id_hash() of the kernel): the type
 * of the signature, the algorithm and the fs-verity digest, hashed by the same
 * algorithm.
 */
static enum imatee_error hash_file_id(const struct hash_algo *algo,
				      uint8_t digest[IMATEE_DIGEST_MAX])
{
	uint8_t file_id[2 + IMATEE_DIGEST_MAX] = { IMA_VERITY_DIGSIG,
						   algo->id };
	const struct slice whole = { file_id, 2 + (size_t)algo->size };

	memcpy(file_id + 2, digest, algo->size);
	return hash_algo_compute(algo, whole, digest);
}

static enum imatee_error verify(const struct keystore *store,
				const struct imatee_verify *request,
				const struct hash_algo *algo,
				struct slice given, struct slice attribute)
{
	const struct key *key =
		find_key(store, request->ring, attribute.data + KEYID);
	const struct slice signature = { attribute.data + HEADER_BYTES,
					 attribute.len - HEADER_BYTES };
	uint8_t digest[IMATEE_DIGEST_MAX] = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (!key)
		return IMATEE_ERR_NO_KEY;
	if (given.len != algo->size || request->digest_algo != algo->id)
		return IMATEE_ERR_SIG_INVALID;
	memcpy(digest, given.data, given.len);
	if (request->digest_kind == IMATEE_DIGEST_VERITY)
		error = hash_file_id(algo, digest);
	if (error)
		return error;
	return verify_key_check(keystore_parsed(key), algo, digest, signature);
}

enum imatee_error digsig_verify(const struct keystore *store,
				const struct imatee_verify *request,
				struct slice digest, struct slice signature)
{
	const struct form *form = find_form(request);
	const struct hash_algo *algo = NULL;
	enum imatee_error error = IMATEE_OK;

	if (!form)
		return IMATEE_ERR_BAD_VALUE;
	error = check_header(form, signature);
	if (error)
		return error;
	algo = hash_algo_find(signature.data[HASH_ALGO]);
	if (!algo || (request->digest_kind == IMATEE_DIGEST_VERITY &&
		      !hash_algo_is_computed(algo)))
		return IMATEE_ERR_SIG_HASH;
	return verify(store, request, algo, digest, signature);
}
