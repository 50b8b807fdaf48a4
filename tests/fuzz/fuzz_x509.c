// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The decoders that a certificate is taken apart with, each by itself: behind the
 * others, most bytes would never come to them. The first byte tells which one.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host.h"
#include "pubkey.h"
#include "signature.h"
#include "x509_extensions.h"
#include "x509_name.h"
#include "x509_time.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void name(struct slice in)
{
	uint8_t text[IMATEE_SUBJECT_MAX] = { 0 };
	uint8_t little[5] = { 0 };

	if (!x509_name_describe(in, text, sizeof(text)))
		return;
	fuzz_require(!text[sizeof(text) - 1], "the text has an end");
	fuzz_require(x509_name_describe(in, little, sizeof(little)),
		     "room does not decide whether it is a name");
	fuzz_require(!memcmp(text, little, strlen((char *)little)),
		     "with less room the text is a part of it");
}

static void time(struct slice in)
{
	uint64_t seconds = 0;

	if (x509_time_take(&in, &seconds))
		fuzz_require(seconds < 253402300800,
			     "the year has four digits");
}

static void extensions(struct slice in)
{
	struct x509_extensions found = { 0 };

	if (der_is_strict(in))
		x509_extensions_read(in, &found);
}

static void key(struct slice in)
{
	struct pubkey found = { 0 };

	if (!der_is_strict(in) || pubkey_read(in, &found))
		return;
	fuzz_require(found.bits >= 256 && found.bits <= 4096,
		     "the key has a size");
	pubkey_check_sound(&found);
}

static void strict(struct slice in)
{
	struct der_item item = { 0 };

	if (!der_is_strict(in))
		return;
	while (in.len)
		fuzz_require(der_next(&in, &item),
			     "what is strict can be read");
}

static void signature(struct slice in)
{
	static const struct slice nothing = { (const uint8_t *)"", 0 };
	const struct keytab_signer *ca = &keytab_builtin.cas[0];
	const struct slice raw = { ca->cert + ca->pubkey_offset,
				   ca->pubkey_len };
	struct signature_algo algo = { 0 };
	struct pubkey found = { 0 };

	algo.hash = hash_algo_find(IMATEE_HASH_SHA256);
	algo.rsa = ca->algo == IMATEE_ALGO_RSA;
	fuzz_require(!pubkey_read_raw(ca->algo, raw, &found),
		     "a built-in CA has a key");
	fuzz_require(signature_verify(&found, &algo, nothing, in) ==
			     IMATEE_ERR_CERT_SIGNATURE,
		     "nobody has signed this");
}

static void (*const decoders[])(struct slice in) = {
	name, time, extensions, key, strict, signature,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = NULL;

	host_reset();
	if (!size)
		return 0;
	/* Exactly so large, for the sanitizer to see a byte too many. */
	copy = malloc(size > 1 ? size - 1 : 1);
	fuzz_require(copy != NULL, "memory");
	memcpy(copy, data + 1, size - 1);
	decoders[data[0] % (sizeof(decoders) / sizeof(decoders[0]))](
		(struct slice){ copy, size - 1 });
	fuzz_require(!host.allocated, "no memory is lost");
	free(copy);
	return 0;
}
