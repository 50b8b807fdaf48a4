// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Signatures in extended attributes. Nobody has the private keys any more, so none
 * of them is valid.
 */
#include <stdlib.h>
#include <string.h>

#include "digsig.h"
#include "fuzz.h"
#include "host.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What goes together, and what does not. */
static const struct imatee_verify forms[] = {
	{ .ring = IMATEE_RING_IMA,
	  .purpose = IMATEE_PURPOSE_IMA,
	  .digest_kind = IMATEE_DIGEST_FILE },
	{ .ring = IMATEE_RING_IMA,
	  .purpose = IMATEE_PURPOSE_VERITY,
	  .digest_kind = IMATEE_DIGEST_VERITY },
	{ .ring = IMATEE_RING_EVM,
	  .purpose = IMATEE_PURPOSE_EVM,
	  .digest_kind = IMATEE_DIGEST_METADATA },
	{ .ring = IMATEE_RING_EVM,
	  .purpose = IMATEE_PURPOSE_EVM_PORTABLE,
	  .digest_kind = IMATEE_DIGEST_METADATA },
	{ .ring = IMATEE_RING_PLATFORM,
	  .purpose = IMATEE_PURPOSE_IMA,
	  .digest_kind = IMATEE_DIGEST_FILE },
	{ .ring = IMATEE_RING_EVM,
	  .purpose = IMATEE_PURPOSE_VERITY,
	  .digest_kind = IMATEE_DIGEST_FILE },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

/* Behind the form, the digest's algorithm and its length: the attribute. */
#define HEAD	3
#define KEY_ID	3 /* in the attribute */
#define KEY_END 7

static struct keystore *make_store(void)
{
	struct keystore *store = keystore_new();
	const struct keystore_issuer nobody = { 0 };
	const struct key *key = NULL;
	size_t i = 0;

	for (i = 0; i < keytab_builtin.key_count; i++) {
		key = &keytab_builtin.keys[i];
		fuzz_require(!keystore_add(store, &key->info, key->pubkey,
					   &nobody),
			     "a built-in key can be parsed");
	}
	return store;
}

/* A key id is hard to find: its first byte chooses one. */
static void put_key_id(uint8_t *attribute)
{
	const size_t i = attribute[KEY_ID];
	uint32_t id = 0;

	if (i >= keytab_builtin.key_count)
		return;
	id = keytab_builtin.keys[i].info.keyid;
	attribute[KEY_ID] = (uint8_t)(id >> 24);
	attribute[KEY_ID + 1] = (uint8_t)(id >> 16);
	attribute[KEY_ID + 2] = (uint8_t)(id >> 8);
	attribute[KEY_ID + 3] = (uint8_t)id;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t digest[IMATEE_DIGEST_MAX] = { 0xd1, 0x9e, 0x57 };
	static struct keystore *store;
	struct imatee_verify request = { 0 };
	uint8_t *attribute = NULL;
	struct slice given = { digest, 0 };

	host_reset();
	if (!store)
		store = make_store();
	if (size < HEAD)
		return 0;
	request = forms[data[0] % FORMS];
	request.digest_algo = data[1];
	given.len = data[2] % (sizeof(digest) + 1);
	/* Exactly so large, for the sanitizer to see a byte too many. */
	size -= HEAD;
	attribute = malloc(size ? size : 1);
	memcpy(attribute, data + HEAD, size);
	if (size >= KEY_END)
		put_key_id(attribute);
	fuzz_require(digsig_verify(store, &request, given,
				   (struct slice){ attribute, size }) !=
			     IMATEE_OK,
		     "nobody has signed this");
	free(attribute);
	return 0;
}
