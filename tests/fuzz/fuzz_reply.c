// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * libimatee under any replies. The first byte chooses a decoder, which gets the
 * rest as one reply; or a session, which gets it as a sequence of replies, each
 * behind its length in two bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"
#include "decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* More replies than any one question may take: eight lists of all keys. */
#define CALLS_MAX	  (8 * (KEYS_MAX + 1))
/* The same of what is revoked. */
#define REVOKED_CALLS_MAX (8 * (IMATEE_REVOKED_MAX + 1))

static const uint8_t *next;
static size_t left;
static unsigned int calls, calls_max;

static void require(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "violated: %s\n", what);
	abort();
}

static void check_text(const char *text, size_t size)
{
	size_t len = strnlen(text, size);
	size_t i;

	require(len < size, "text has an end");
	for (i = 0; i < len; i++)
		require((uint8_t)text[i] >= 0x20 && text[i] != 0x7f,
			"no control character comes through");
}

static void check_key(const struct imatee_key *key)
{
	require(key->ring >= IMATEE_RING_IMA && key->ring <= IMATEE_RING_COUNT,
		"a key is in a ring");
	require(key->skid_len <= IMATEE_SKID_MAX, "a key id fits");
	require(key->cert_len <= IMATEE_CERT_MAX, "a certificate fits");
	require(key->pubkey_len <= IMATEE_PUBKEY_MAX, "a public key fits");
	check_text(key->subject, sizeof(key->subject));
}

static void check_revoked(const struct imatee_revoked_entry *entry)
{
	static const uint8_t zero[IMATEE_DIGEST_MAX];

	require(entry->hash_len && entry->hash_len <= IMATEE_DIGEST_MAX,
		"a hash fits");
	require(!memcmp(entry->hash + entry->hash_len, zero,
			sizeof(zero) - entry->hash_len),
		"nothing is behind a hash");
}

static void check_log(const struct imatee_log_status *log)
{
	require(log->violations <= log->entries, "a violation is an entry");
	require(log->open_first + log->open_count == log->entries,
		"the open segment is the end of the log");
	require(!(log->pcrs_used >> IMATEE_PCRS), "there are 24 PCRs");
}

static void check_base(const struct imatee_log_base *base)
{
	static const struct imatee_pcr zero[IMATEE_PCRS];

	require(!base->trimmed == !memcmp(base->pcrs, zero, sizeof(zero)),
		"PCRs are zeros until there is an entry");
}

static void check_quote(const struct imatee_quote_result *quote)
{
	const struct imatee_binding_info *info = &quote->info;

	require(info->violations <= info->entries, "a violation is an entry");
	require(info->trimmed <= info->entries, "what was trimmed was there");
	require(info->mode < IMATEE_MODE_COUNT, "there is such a mode");
	require(!(quote->pcrs_used >> IMATEE_PCR_BINDING),
		"no entry is for the PCR of the binding");
	require(quote->attest_len && quote->attest_len <= IMATEE_TPM_MAX &&
			quote->sig_len && quote->sig_len <= IMATEE_TPM_MAX,
		"a quote fits");
}

static void check_ak(const struct imatee_ak *ak)
{
	require(ak->pub_len && ak->pub_len <= IMATEE_TPM_MAX, "a key fits");
	require(ak->csr_len && ak->csr_len <= IMATEE_CSR_MAX, "a request fits");
}

static void decode_attestation(uint8_t which, const uint8_t *reply, size_t size)
{
	struct imatee_quote_result quote;
	struct imatee_log_base base;
	struct imatee_ak ak;

	switch (which) {
	case 9:
		if (!decode_quote(reply, size, &quote))
			check_quote(&quote);
		break;
	case 10:
		if (!decode_ak(reply, size, &ak))
			check_ak(&ak);
		break;
	default:
		if (!decode_log_base(reply, size, &base))
			check_base(&base);
	}
}

static void decode_keys(const uint8_t *reply, size_t size, enum key_data kind)
{
	static volatile uint8_t sink;
	const uint8_t *data = NULL;
	struct imatee_key key;
	size_t len = 0;
	size_t i;

	if (decode_key(reply, size, kind, &key, &data))
		return;
	check_key(&key);
	if (kind == KEY_DATA_PUBKEY)
		len = key.pubkey_len;
	if (kind == KEY_DATA_CERT)
		len = key.cert_len;
	for (i = 0; i < len; i++)
		sink = data[i]; /* the sanitizer's to judge */
	(void)sink;
}

static void decode(uint8_t which, const uint8_t *reply, size_t size)
{
	static struct imatee_revoked_entry entries[IMATEE_REVOKED_MAX];
	static struct imatee_key keys[KEYS_MAX];
	struct page page = { .entries = which == 6 ? (void *)entries : keys };
	struct imatee_log_status log;
	struct imatee_status status;
	struct imatee_peer peer;
	uint32_t i;

	switch (which) {
	case 0:
		if (!decode_hello(reply, size, &peer))
			check_text(peer.version, sizeof(peer.version));
		break;
	case 1:
		decode_status(reply, size, &status);
		break;
	case 2:
		if (decode_list(reply, size, &page))
			break;
		for (i = 0; i < page.count; i++)
			check_key(&keys[i]);
		break;
	case 6:
		if (decode_revoked(reply, size, &page))
			break;
		for (i = 0; i < page.count; i++)
			check_revoked(&entries[i]);
		break;
	case 8:
		if (!decode_log_status(reply, size, &log))
			check_log(&log);
		break;
	case 9:
	case 10:
	case 11:
		decode_attestation(which, reply, size);
		break;
	default:
		decode_keys(reply, size, which - 3);
	}
}

static int fuzz_open(void **link)
{
	*link = NULL;
	return 0;
}

static int fuzz_invoke(void *link, uint32_t command, void *msg, size_t size,
		       size_t *len)
{
	size_t n;

	(void)link;
	(void)command;
	require(++calls < calls_max, "a question comes to an end");
	if (left < 2)
		return IMATEE_LIB_TEE_FAILED;
	n = next[0] | (size_t)next[1] << 8;
	next += 2;
	left -= 2;
	*len = n; /* the keeper may say more than there is room for */
	n = n > left ? left : n;
	n = n > size ? size : n;
	memcpy(msg, next, n);
	next += n;
	left -= n;
	return 0;
}

static void fuzz_close(void *link)
{
	(void)link;
}

static void ask_revoked(struct imatee *session)
{
	struct imatee_revoked_entry *entries = NULL;
	size_t count = 0;
	size_t i;

	calls = 0;
	calls_max = REVOKED_CALLS_MAX;
	if (imatee_list_revoked(session, &entries, &count))
		return;
	require(count <= IMATEE_REVOKED_MAX, "a list has an end");
	for (i = 0; i < count; i++)
		check_revoked(&entries[i]);
	free(entries);
}

static void ask_attestation(struct imatee *session)
{
	struct imatee_quote_result quote;
	struct imatee_log_base base;
	struct imatee_ak ak;

	if (!imatee_log_base(session, &base))
		check_base(&base);
	if (!imatee_quote(session, IMATEE_HASH_SHA256, "nonce", 5, &quote))
		check_quote(&quote);
	if (!imatee_get_ak(session, &ak))
		check_ak(&ak);
}

static void ask(struct imatee *session)
{
	struct imatee_log_status log;
	struct imatee_key_name name = { .ring = IMATEE_RING_IMA,
					.select = IMATEE_SELECT_INDEX };
	struct imatee_key *keys = NULL;
	struct imatee_status status;
	struct imatee_key key;
	uint8_t *data = NULL;
	size_t count = 0;
	size_t i;

	imatee_get_status(session, &status);
	calls = 0;
	if (!imatee_list_keys(session, IMATEE_RING_ANY, &keys, &count)) {
		require(count <= KEYS_MAX, "a list has an end");
		for (i = 0; i < count; i++)
			check_key(&keys[i]);
		free(keys);
	}
	calls = 0;
	if (!imatee_describe_key(session, &name, &key))
		check_key(&key);
	if (!imatee_export_key(session, &name, &key, &data))
		free(data);
	data = NULL;
	if (!imatee_get_key(session, &name, &key, &data))
		free(data);
	ask_revoked(session);
	if (!imatee_log_status(session, &log))
		check_log(&log);
	ask_attestation(session);
}

static void run_session(const uint8_t *data, size_t size)
{
	static const struct transport transport = {
		.open = fuzz_open,
		.invoke = fuzz_invoke,
		.close = fuzz_close,
	};
	struct imatee *session;
	struct imatee_peer peer;

	next = data;
	left = size;
	calls = 0;
	calls_max = CALLS_MAX;
	if (client_open(&session, &peer, &transport))
		return;
	ask(session);
	imatee_close(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *reply;

	if (!size)
		return 0;
	if (data[0] % 12 == 7) {
		run_session(data + 1, size - 1);
		return 0;
	}
	reply = malloc(size > 1 ? size - 1 : 1);
	require(reply != NULL, "memory");
	memcpy(reply, data + 1, size - 1);
	decode(data[0] % 12, reply, size - 1);
	free(reply);
	return 0;
}
