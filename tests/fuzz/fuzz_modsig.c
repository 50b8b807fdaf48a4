// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Appended signatures. Nobody has the private keys any more, so no message is valid.
 */
#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "fuzz.h"
#include "host.h"
#include "modsig.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ring, and a bit for each hash that there is a digest by; behind them the message. */
#define HEAD 2

static const uint8_t algos[IMATEE_FILE_DIGESTS_MAX] = {
	IMATEE_HASH_SHA256,   IMATEE_HASH_SHA512,   IMATEE_HASH_SHA384,
	IMATEE_HASH_SHA224,   IMATEE_HASH_SHA1,	    IMATEE_HASH_SHA3_256,
	IMATEE_HASH_SHA3_384, IMATEE_HASH_SHA3_512,
};

static void make_digests(uint8_t bits, struct digests *digests)
{
	static const uint8_t value[IMATEE_DIGEST_MAX] = { 0xd1, 0x9e, 0x57 };
	size_t i = 0;

	for (i = 0; i < IMATEE_FILE_DIGESTS_MAX; i++)
		if (bits & 1 << i)
			digests->of[digests->count++] = (struct digest){
				algos[i],
				{ value, hash_algo_find(algos[i])->size },
			};
}

static struct keystore *make_store(void)
{
	struct keystore *store = keystore_new();
	struct keystore_issuer issuer = { 0 };
	const struct key *key = NULL;
	size_t i = 0;

	for (i = 0; i < keytab_builtin.key_count; i++) {
		key = &keytab_builtin.keys[i];
		issuer.known = true;
		fuzz_require(
			!certificate_issuer_serial(
				(struct slice){ key->cert, key->info.cert_len },
				issuer.digest),
			"a built-in certificate has a name");
		fuzz_require(!keystore_add(store, &key->info, key->pubkey,
					   &issuer),
			     "a built-in key can be parsed");
	}
	return store;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct keystore *store;
	struct imatee_verify request = { .purpose = IMATEE_PURPOSE_MODSIG,
					 .digest_kind = IMATEE_DIGEST_FILES };
	struct digests digests = { 0 };
	uint8_t *message = NULL;

	host_reset();
	if (!store)
		store = make_store();
	if (size < HEAD)
		return 0;
	request.ring = (uint8_t)(1 + data[0] % IMATEE_RING_COUNT);
	make_digests(data[1], &digests);
	/* Exactly so large, for the sanitizer to see a byte too many. */
	size -= HEAD;
	message = malloc(size ? size : 1);
	memcpy(message, data + HEAD, size);
	fuzz_require(modsig_verify(store, &request, &digests,
				   (struct slice){ message, size }) !=
			     IMATEE_OK,
		     "nobody has signed this");
	free(message);
	return 0;
}
