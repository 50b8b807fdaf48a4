// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#ifndef NO_GCRYPT
#include <gcrypt.h>
#endif

#include "measuring.h"

const struct algo algos[ALGOS] = {
	{ IMATEE_HASH_MD5, "MD5", "md5" },
	{ IMATEE_HASH_SHA1, "SHA1", "sha1" },
	{ IMATEE_HASH_RMD160, "RIPEMD160", "rmd160" },
	{ IMATEE_HASH_SHA224, "SHA224", "sha224" },
	{ IMATEE_HASH_SHA256, "SHA256", "sha256" },
	{ IMATEE_HASH_SHA384, "SHA384", "sha384" },
	{ IMATEE_HASH_SHA512, "SHA512", "sha512" },
	{ IMATEE_HASH_SHA3_256, "SHA3-256", "sha3-256" },
	{ IMATEE_HASH_SHA3_384, "SHA3-384", "sha3-384" },
	{ IMATEE_HASH_SHA3_512, "SHA3-512", "sha3-512" },
	{ IMATEE_HASH_SM3, "SM3", "sm3" },
#ifndef NO_GCRYPT
	{ IMATEE_HASH_STREEBOG256, NULL, "streebog256", GCRY_MD_STRIBOG256 },
	{ IMATEE_HASH_STREEBOG512, NULL, "streebog512", GCRY_MD_STRIBOG512 },
	{ IMATEE_HASH_WP256, NULL, "wp256", GCRY_MD_WHIRLPOOL, 32 },
	{ IMATEE_HASH_WP384, NULL, "wp384", GCRY_MD_WHIRLPOOL, 48 },
	{ IMATEE_HASH_WP512, NULL, "wp512", GCRY_MD_WHIRLPOOL },
#endif
};

const struct algo *algo_of(uint8_t id)
{
	size_t i = 0;

	while (algos[i].id != id)
		i++;
	return &algos[i];
}

#ifndef NO_GCRYPT
static size_t gcrypt_digest(const struct algo *algo, const void *data,
			    size_t len, uint8_t *digest)
{
	const size_t size = algo->size ? algo->size :
					 gcry_md_get_algo_dlen(algo->gcrypt);
	uint8_t whole[IMATEE_DIGEST_MAX] = { 0 };

	gcry_md_hash_buffer(algo->gcrypt, whole, data, len);
	memcpy(digest, whole, size);
	return size;
}
#endif

size_t other_digest(uint8_t id, const void *data, size_t len, uint8_t *digest)
{
	const struct algo *algo = algo_of(id);
	unsigned int size = 0;
	const EVP_MD *md = NULL;

#ifndef NO_GCRYPT
	if (!algo->openssl)
		return gcrypt_digest(algo, data, len, digest);
#endif
	md = EVP_get_digestbyname(algo->openssl);
	assert_non_null(md);
	assert_int_equal(EVP_Digest(data, len, digest, &size, md, NULL), 1);
	return size;
}

void event_begin(struct message *m, const char *name, const char *format)
{
	memset(m, 0, sizeof(*m));
	m->head.pcr = 10;
	m->head.identity[0] = 1;
	strcpy(m->name, name);
	strcpy(m->format, format);
	m->head.name_len = (uint32_t)strlen(name);
	m->head.format_len = (uint32_t)strlen(format);
	event_set_content(m, "content", 7);
}

struct imatee_digest *event_add_digest(struct message *m, uint8_t algo,
				       uint8_t source, uint8_t roles)
{
	struct imatee_digest *digest = &m->head.digests[m->head.digest_count++];
	uint8_t made[IMATEE_DIGEST_MAX] = { 0 };

	digest->algo = algo;
	digest->source = source;
	digest->roles = roles;
	digest->digest_len = (uint8_t)other_digest(algo, "", 0, made);
	if (source == IMATEE_DIGEST_CONTENT)
		digest->len = m->head.content_len;
	if (source == IMATEE_DIGEST_GIVEN) {
		other_digest(algo, "verity", 6, digest->digest);
		m->head.flags |= IMATEE_EVENT_VERITY;
	}
	return digest;
}

void event_add_field(struct message *m, const void *data, size_t len)
{
	const uint32_t field_len = (uint32_t)len;
	uint8_t *to = m->fields + m->head.fields_len;

	memcpy(to, &field_len, sizeof(field_len));
	if (len)
		memcpy(to + sizeof(field_len), data, len);
	m->head.fields_len += sizeof(field_len) + field_len;
}

void event_set_content(struct message *m, const void *data, size_t len)
{
	memcpy(m->content, data, len);
	m->head.content_len = (uint32_t)len;
}

void event_number(struct message *m, uint32_t number)
{
	event_begin(m, "ima-ng", "d-ng|n-ng");
	event_set_content(m, &number, sizeof(number));
	event_add_digest(m, IMATEE_HASH_SHA256, IMATEE_DIGEST_CONTENT,
			 IMATEE_ROLE_FILE);
	event_add_field(m, "/bin/file", 10);
}

static uint8_t *append(uint8_t *to, const void *data, size_t len)
{
	memcpy(to, data, len);
	return to + len;
}

size_t event_bytes(const struct message *m, uint8_t *buf)
{
	uint8_t *to = append(buf, &m->head, sizeof(m->head));
	uint32_t len = 0;

	to = append(to, m->name, m->head.name_len);
	to = append(to, m->format, m->head.format_len);
	to = append(to, m->fields, m->head.fields_len);
	to = append(to, m->content, m->head.content_len);
	len = (uint32_t)(to - buf);
	memcpy(buf, &len, sizeof(len));
	return len;
}

struct imatee_measure_reply measured;
const uint8_t *record;
struct imatee_log_record record_head;
const uint8_t *template_data;

enum imatee_error event_send(struct fixture *f, const struct message *m,
			     struct answer *answer)
{
	static uint8_t buf[2 * IMATEE_MSG_MAX];
	const size_t len = event_bytes(m, buf);
	enum imatee_error error = IMATEE_OK;
	size_t size = 0;

	assert_in_range(len, sizeof(m->head), IMATEE_MSG_MAX);
	/* No larger than it must be: there are tests that send many. */
	size = sizeof(measured) + len + 1024;
	send_keeper(f, f->kernel, IMATEE_CMD_MEASURE, buf, len,
		    size < IMATEE_MSG_MAX ? size : IMATEE_MSG_MAX, answer);
	assert_int_equal(answer->status, PLATFORM_OK);
	error = answer->head.error;
	if (error) {
		assert_int_equal(answer->len, sizeof(answer->head));
		return error;
	}
	memcpy(&measured, answer->buf, sizeof(measured));
	assert_int_equal(answer->len, sizeof(measured) + measured.record_len);
	record = answer->buf + sizeof(measured);
	if (measured.record_len) {
		memcpy(&record_head, record, sizeof(record_head));
		template_data =
			record + sizeof(record_head) + record_head.name_len;
	}
	return IMATEE_OK;
}

/* The digest that each bank is extended with. */
static void bank_digest(uint8_t algo, const struct imatee_log_record *head,
			const uint8_t *body, uint8_t *digest)
{
	const uint8_t *data = body + head->name_len;
	uint8_t flat[1024] = { 0 };
	uint32_t len = 0;

	if (head->flags & IMATEE_EVENT_VIOLATION) {
		memset(digest, 0xff, IMATEE_DIGEST_MAX);
		return;
	}
	if (head->name_len != 3 || memcmp(body, "ima", 3)) {
		other_digest(algo, data, head->data_len, digest);
		return;
	}
	/* d and n, without their lengths, n in 256 bytes */
	memcpy(&len, data, 4);
	memcpy(flat, data + 4, len);
	memcpy(flat + len, data + 8 + len, head->data_len - 8 - len);
	other_digest(algo, flat, len + 256, digest);
}

static void extend_bank(uint8_t algo, uint8_t *value, size_t size,
			const struct imatee_log_record *head,
			const uint8_t *body)
{
	uint8_t both[2 * IMATEE_DIGEST_MAX] = { 0 };

	memcpy(both, value, size);
	bank_digest(algo, head, body, both + size);
	other_digest(algo, both, 2 * size, value);
}

void replay_records(struct replay *replay, const uint8_t *records, size_t len)
{
	struct imatee_log_record head = { 0 };
	struct imatee_pcr *pcr = NULL;
	const uint8_t *body = NULL;
	size_t at = 0;

	for (at = 0; at < len; at += head.len) {
		assert_in_range(len - at, sizeof(head), len);
		memcpy(&head, records + at, sizeof(head));
		assert_in_range(head.len, sizeof(head), len - at);
		assert_int_equal(head.len,
				 sizeof(head) + head.name_len + head.data_len);
		assert_int_equal(head.reserved, 0);
		body = records + at + sizeof(head);
		pcr = &replay->pcrs[head.pcr];
		extend_bank(IMATEE_HASH_SHA1, pcr->sha1, 20, &head, body);
		extend_bank(IMATEE_HASH_SHA256, pcr->sha256, 32, &head, body);
		extend_bank(IMATEE_HASH_SHA384, pcr->sha384, 48, &head, body);
		replay->entries++;
		replay->violations += head.flags & IMATEE_EVENT_VIOLATION;
	}
}

void log_status(struct fixture *f, struct imatee_log_status_reply *status)
{
	static struct answer answer;

	send_keeper(f, f->user, IMATEE_CMD_LOG_STATUS, &empty_request,
		    sizeof(empty_request), 4096, &answer);
	assert_int_equal(answer.head.error, IMATEE_OK);
	assert_int_equal(answer.len, sizeof(*status));
	memcpy(status, answer.buf, sizeof(*status));
}

void assert_replayed(struct fixture *f, const struct replay *replay)
{
	struct imatee_log_status_reply status = { 0 };

	log_status(f, &status);
	assert_int_equal(status.entries, replay->entries);
	assert_int_equal(status.violations, replay->violations);
	assert_memory_equal(status.pcrs, replay->pcrs, sizeof(replay->pcrs));
}

enum imatee_error log_check(struct fixture *f,
			    const struct imatee_log_segment *segment,
			    const uint8_t *records)
{
	static uint8_t buf[IMATEE_MSG_MAX];
	static struct answer answer;
	struct imatee_log_check check = { .segment = *segment };

	check.hdr.len = (uint32_t)sizeof(check) + segment->len;
	memcpy(buf, &check, sizeof(check));
	memcpy(buf + sizeof(check), records, segment->len);
	return ask_keeper(f, f->user, IMATEE_CMD_LOG_CHECK, buf, check.hdr.len,
			  &answer);
}

struct imatee_hash_request hash_first(uint8_t flags, size_t count,
				      const uint8_t *ids)
{
	struct imatee_hash_request request = { .hdr.len = sizeof(request),
					       .flags = IMATEE_HASH_FIRST |
							flags,
					       .count = (uint8_t)count,
					       .identity = { 9 } };
	size_t i = 0;

	for (i = 0; i < count; i++)
		request.states[i].algo = ids[i];
	return request;
}

enum imatee_error hash_send(struct fixture *f,
			    const struct imatee_hash_request *request,
			    const void *content, size_t len,
			    struct imatee_hash_reply *reply)
{
	static struct answer answer;
	uint8_t *copy = malloc(len ? len : 1);
	const struct block block = { copy, len, false };
	enum imatee_error error = IMATEE_OK;

	assert_non_null(copy);
	memcpy(copy, content, len);
	fixture_block = &block;
	error = ask_verifier(f, IMATEE_CMD_HASH, request, sizeof(*request),
			     &answer);
	free(copy);
	if (error) {
		assert_int_equal(answer.len, sizeof(answer.head));
		return error;
	}
	assert_int_equal(answer.len, sizeof(*reply));
	memcpy(reply, answer.buf, sizeof(*reply));
	return IMATEE_OK;
}

void hash_ticket(struct fixture *f, uint8_t algo, uint8_t identity,
		 const void *content, size_t len, struct imatee_digest *ticket)
{
	struct imatee_hash_request request = {
		.hdr.len = sizeof(request),
		.flags = IMATEE_HASH_FIRST | IMATEE_HASH_LAST,
		.count = 1,
		.content_len = (uint32_t)len,
		.identity = { identity },
		.states = { { .algo = algo } },
	};
	struct imatee_hash_reply reply = { 0 };

	assert_int_equal(hash_send(f, &request, content, len, &reply),
			 IMATEE_OK);
	*ticket = reply.digests[0];
}
