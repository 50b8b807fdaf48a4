// SPDX-License-Identifier: GPL-2.0-or-later
#include "keeper_keys.h"
#include "certificate.h"
#include "common.h"
#include "keeper.h"
#include "request.h"

/* What follows the head in the reply to IMATEE_CMD_KEY_LIST. */
struct list_body {
	uint32_t total;
	uint32_t count;
};

static_assert(sizeof(struct imatee_reply) + sizeof(struct list_body) ==
		      sizeof(struct imatee_key_list_reply),
	      "struct list_body is not the end of the reply");

/* How many keys from @index on find room in the reply? */
static enum imatee_error fit_list(struct writer *out, uint32_t index,
				  struct list_body *body)
{
	const size_t one = sizeof(struct imatee_key_info);
	uint32_t left = index < body->total ? body->total - index : 0;
	size_t room = 0;

	/* Not even one: an empty page would make the caller ask forever. */
	if (!writer_reserve(out, sizeof(*body) + (left ? one : 0)))
		return IMATEE_ERR_SHORT_BUFFER;
	room = (out->size - out->pos - sizeof(*body)) / one;
	body->count = left < room ? left : room;
	return IMATEE_OK;
}

enum imatee_error keeper_key_list(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct imatee_key_list list = { 0 };
	struct list_body body = { 0 };
	struct imatee_key_info info = { 0 };
	const struct key *key = NULL;
	enum imatee_error error = request_decode_list(&call->in, &list);
	uint32_t i = 0;

	if (error)
		return error;
	body.total = keeper->rings.count[list.ring];
	error = fit_list(&call->out, list.index, &body);
	if (error)
		return error;

	writer_put(&call->out, &body, sizeof(body));
	for (i = 0; i < body.count; i++) {
		key = keyring_at(&keeper->rings, list.ring, list.index + i);
		info = keyring_describe(&keeper->rings, key);
		writer_put(&call->out, &info, sizeof(info));
	}
	return IMATEE_OK;
}

static enum imatee_error find_key(struct call *call,
				  struct imatee_key_select *select,
				  const struct key **key)
{
	const struct keeper *keeper = call->ta;

	return common_find_key(call, &keeper->rings, &keeper->revoked, select,
			       key);
}

enum imatee_error keeper_key_describe(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct imatee_key_select select = { 0 };
	const struct key *key = NULL;
	enum imatee_error error = find_key(call, &select, &key);

	if (error)
		return error;
	return common_key_reply(call, &keeper->rings, key, NULL, 0);
}

enum imatee_error keeper_key_get(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct imatee_key_select select = { 0 };
	enum imatee_error error = IMATEE_OK;

	error = common_key_get(call, &keeper->rings, &keeper->revoked, &select);
	if (!error)
		state_count_lookup(&keeper->state, select.purpose);
	return error;
}

enum imatee_error keeper_key_export(struct call *call)
{
	struct keeper *keeper = call->ta;
	struct imatee_key_select select = { 0 };
	const struct key *key = NULL;
	enum imatee_error error = find_key(call, &select, &key);

	if (error)
		return error;
	error = common_key_reply(call, &keeper->rings, key, key->cert,
				 key->info.cert_len);
	if (!error)
		state_count_lookup(&keeper->state, select.purpose);
	return error;
}

/* The certificate is the keeper's own bytes: built in, or checked before it was taken. */
static enum imatee_error
issuer_of(const struct key *key, uint8_t issuer_serial[IMATEE_FINGERPRINT_SIZE])
{
	return certificate_issuer_serial(
		(struct slice){ key->cert, key->info.cert_len }, issuer_serial);
}

enum imatee_error keeper_key_issuer(struct call *call)
{
	struct imatee_key_issuer_reply reply = { 0 };
	struct imatee_key_select select = { 0 };
	const struct key *key = NULL;
	enum imatee_error error = find_key(call, &select, &key);

	if (error)
		return error;
	error = issuer_of(key, reply.issuer_serial);
	if (error)
		return error;
	if (!writer_reserve(&call->out, sizeof(reply.issuer_serial)))
		return IMATEE_ERR_SHORT_BUFFER;
	writer_put(&call->out, reply.issuer_serial,
		   sizeof(reply.issuer_serial));
	return IMATEE_OK;
}

static size_t record_size(const struct key *key)
{
	return sizeof(struct imatee_key_record) + key->info.pubkey_len;
}

/* How many keys from those of @list on find room in the reply? */
static enum imatee_error fit_records(struct call *call,
				     const struct imatee_key_list *list,
				     struct list_body *body)
{
	const struct keyring *rings = &((const struct keeper *)call->ta)->rings;
	const struct key *key = keyring_at(rings, list->ring, list->index);
	size_t room = 0;

	if (!writer_reserve(&call->out,
			    sizeof(*body) + (key ? record_size(key) : 0)))
		return IMATEE_ERR_SHORT_BUFFER;
	room = call->out.size - call->out.pos - sizeof(*body);
	while (key && record_size(key) <= room) {
		room -= record_size(key);
		body->count++;
		key = keyring_at(rings, list->ring, list->index + body->count);
	}
	return IMATEE_OK;
}

static enum imatee_error put_record(struct call *call, const struct key *key)
{
	const struct keeper *keeper = call->ta;
	struct imatee_key_record record = { 0 };
	enum imatee_error error = issuer_of(key, record.issuer_serial);

	/* A certificate that is no strict DER has no name in PKCS #7, and its key does. */
	if (error && error != IMATEE_ERR_CERT_MALFORMED)
		return error;
	record.issuer_known = !error;
	record.info = keyring_describe(&keeper->rings, key);
	writer_put(&call->out, &record, sizeof(record));
	writer_put(&call->out, key->pubkey, key->info.pubkey_len);
	return IMATEE_OK;
}

enum imatee_error keeper_key_load(struct call *call)
{
	const struct keeper *keeper = call->ta;
	struct imatee_key_list list = { 0 };
	struct list_body body = { 0 };
	enum imatee_error error = request_decode_list(&call->in, &list);
	uint32_t i = 0;

	if (error)
		return error;
	body.total = keeper->rings.count[list.ring];
	error = fit_records(call, &list, &body);
	if (error)
		return error;
	writer_put(&call->out, &body, sizeof(body));
	for (i = 0; !error && i < body.count; i++)
		error = put_record(call, keyring_at(&keeper->rings, list.ring,
						    list.index + i));
	return error;
}
