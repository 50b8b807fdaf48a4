// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": one event, from what IMA knows of it to the TEE and back. IMA's own
 * functions tell the fields of its template; digests are the TEE's business.
 */
#include <linux/err.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "measure.h"

/* A field that the TEE makes: its length, "verity:", an algorithm's name, a digest. */
#define FIELD_MADE_MAX	(sizeof(__le32) + 8 + CRYPTO_MAX_ALG_NAME + IMATEE_DIGEST_MAX)

struct imatee_stats imatee_events;

static bool has_role(const struct imatee_event *event, u8 role)
{
	unsigned int i;

	for (i = 0; i < event->digest_count; i++)
		if (event->digests[i].roles & role)
			return true;
	return false;
}

/* Does the TEE make this field? Else its bytes come from IMA. */
static bool is_made(const struct imatee_event *event, const char *field)
{
	static const char * const made[] = { "d", "d-ng", "d-ngv2", "d-modsig" };

	return match_string(made, ARRAY_SIZE(made), field) >= 0 ||
	       (!strcmp(field, "buf") && has_role(event, IMATEE_ROLE_BUFFER));
}

/**
 * imatee_event_digest - say where a digest of the event comes from
 * @event: the event
 * @roles: IMATEE_ROLE_*
 * @source: enum imatee_digest_source
 * @algo: HASH_ALGO_*
 * @len: with IMATEE_DIGEST_CONTENT: bytes of content that it is of
 *
 * Return: the digest, for the caller to add what else its source needs.
 */
struct imatee_digest *imatee_event_digest(struct imatee_event *event, u8 roles,
					  u8 source, u8 algo, size_t len)
{
	struct imatee_digest *digest = &event->digests[event->digest_count];

	if (WARN_ON_ONCE(event->digest_count == IMATEE_EVENT_DIGESTS))
		return &event->digests[0];
	event->digest_count++;
	memset(digest, 0, sizeof(*digest));
	digest->algo = algo;
	digest->source = source;
	digest->roles = roles;
	digest->digest_len = hash_digest_size[algo];
	digest->len = cpu_to_le32(len);
	return digest;
}

/* Room for @len bytes of fields, which has those that there are. */
static u8 *grow_fields(struct imatee_event *event, size_t len)
{
	u8 *grown;

	if (len <= sizeof(event->few))
		return event->few;
	if (event->fields != event->few)
		return krealloc(event->fields, len, GFP_NOFS);
	grown = kmalloc(len, GFP_NOFS);
	if (grown)
		memcpy(grown, event->few, event->fields_len);
	return grown;
}

static int append_field(struct imatee_event *event,
			const struct ima_field_data *field)
{
	size_t len = event->fields_len + sizeof(__le32) + field->len;
	u8 *grown;

	if (field->len > IMATEE_LOG_RECORD_MAX || len > IMATEE_LOG_RECORD_MAX)
		return -E2BIG;
	grown = grow_fields(event, len);
	if (!grown)
		return -ENOMEM;
	event->fields = grown;
	grown += event->fields_len;
	put_unaligned_le32(field->len, grown);
	memcpy(grown + sizeof(__le32), field->data, field->len);
	event->fields_len = len;
	return 0;
}

/**
 * imatee_event_fields - have IMA fill the template's fields
 * @event: the event, with all its digests
 * @data: what IMA knows of it
 * @template: whose fields
 *
 * Return: 0, -E2BIG if no record of the log would hold it, or another errno.
 */
int imatee_event_fields(struct imatee_event *event, struct ima_event_data *data,
			const struct ima_template_desc *template)
{
	int rc = 0, i;

	event->template = template;
	for (i = 0; i < template->num_fields && !rc; i++) {
		const struct ima_template_field *field = template->fields[i];
		struct ima_field_data bytes = {};

		if (is_made(event, field->field_id))
			continue;
		rc = field->field_init(data, &bytes);
		if (!rc)
			rc = append_field(event, &bytes);
		kfree(bytes.data);
	}
	return rc;
}

void imatee_event_free(struct imatee_event *event)
{
	if (event->fields != event->few)
		kfree(event->fields);
	event->fields = NULL;
}

static void put(u8 **to, const void *from, size_t len)
{
	memcpy(*to, from, len);
	*to += len;
}

static void fill(const struct imatee_event *event, struct imatee_channel *ch)
{
	static const struct ima_template_desc none = { .name = "", .fmt = "" };
	const struct ima_template_desc *template = event->template ?: &none;
	struct imatee_measure *request = ch->msg;
	size_t name_len = strlen(template->name);
	size_t format_len = strlen(template->fmt);
	u8 *to = (u8 *)(request + 1);

	memset(request, 0, sizeof(*request));
	request->pcr = event->pcr;
	request->flags = event->flags;
	request->digest_count = event->digest_count;
	request->name_len = cpu_to_le32(name_len);
	request->format_len = cpu_to_le32(format_len);
	request->fields_len = cpu_to_le32(event->fields_len);
	request->content_len = cpu_to_le32(event->content_len);
	memcpy(request->identity, event->identity, sizeof(request->identity));
	memcpy(request->digests, event->digests,
	       event->digest_count * sizeof(request->digests[0]));
	put(&to, template->name, name_len);
	put(&to, template->fmt, format_len);
	put(&to, event->fields, event->fields_len);
	put(&to, event->content, event->content_len);
}

static size_t size_of(const struct imatee_event *event)
{
	size_t size = sizeof(struct imatee_measure) + event->fields_len +
		      event->content_len;

	if (event->template)
		size += strlen(event->template->name) +
			strlen(event->template->fmt);
	return size;
}

/**
 * imatee_event_room - how much more content goes into the call with an event
 * @event: the event, with its fields
 *
 * Return: bytes.
 */
size_t imatee_event_room(const struct imatee_event *event)
{
	size_t used = size_of(event);

	return used < IMATEE_MSG_MAX ? IMATEE_MSG_MAX - used : 0;
}

static int event_errno(u32 error)
{
	switch (error) {
	case IMATEE_OK:
		return 0;
	case IMATEE_ERR_TOO_LONG:
		return -E2BIG;
	case IMATEE_ERR_RESOURCES:
		return -ENOMEM;
	case IMATEE_ERR_HASH_ALGO:
		return -ENOPKG;
	case IMATEE_ERR_TICKET:
		return -ESTALE;
	default:
		pr_err_ratelimited("event not measured: error %u (see imatee_abi.h)\n",
				   error);
		return -EIO;
	}
}

/* Are these the digests that were asked for? */
static bool same_digests(const struct imatee_event *event,
			 const struct imatee_measure_reply *reply)
{
	unsigned int i;

	for (i = 0; i < event->digest_count; i++)
		if (reply->digests[i].algo != event->digests[i].algo ||
		    reply->digests[i].digest_len != event->digests[i].digest_len)
			return false;
	return true;
}

/* @ch is locked. What counts of the reply is read once: the buffer is shared. */
static int take(struct imatee_event *event, struct imatee_channel *ch)
{
	bool enter = !(event->flags & IMATEE_EVENT_NO_ENTRY);
	struct imatee_measure_reply reply;

	memcpy(&reply, ch->msg, sizeof(reply));
	if (imatee_decode_measure(&reply) || !same_digests(event, &reply))
		return -EIO;
	memcpy(event->digests, reply.digests, sizeof(event->digests));
	switch (reply.outcome) {
	case IMATEE_OUTCOME_ADDED:
		return enter ? imatee_log_append(ch, &reply) : -EIO;
	case IMATEE_OUTCOME_EXISTS:
		return enter ? -EEXIST : -EIO;
	case IMATEE_OUTCOME_NO_ENTRY:
		return enter ? -EIO : 0;
	default:
		return -EIO;
	}
}

/* Bytes of a reply with a record, at most: the TEE makes some fields. */
static size_t reply_max(const struct imatee_event *event)
{
	return sizeof(struct imatee_measure_reply) +
	       sizeof(struct imatee_log_record) + IMATEE_TEMPLATE_MAX +
	       event->fields_len + IMATEE_TEMPLATE_FIELDS * FIELD_MADE_MAX;
}

static int exchange(struct imatee_event *event, struct imatee_channel *ch)
{
	size_t len = size_of(event);
	u32 error;
	int rc;

	if (len > ch->size)
		return -E2BIG;
	/* What this kernel cannot store must not come into the TEE's log. */
	rc = event->flags & IMATEE_EVENT_NO_ENTRY ? 0 : imatee_log_reserve(ch);
	if (rc)
		return rc;
	fill(event, ch);
	rc = imatee_exchange_in(ch, IMATEE_CMD_MEASURE, len,
				min(max(len, reply_max(event)), ch->size), &error);
	if (rc || error)
		return rc ?: event_errno(error);
	return take(event, ch);
}

/**
 * imatee_event_send - have the TEE measure an event
 * @event: the event; its digests are the TEE's after it
 * @always: no signal ends the wait for the TEE: nobody could be told
 *
 * One call of the TEE.
 *
 * Return: 0, -EEXIST if the log has had the same entry just now, -E2BIG, -ENOPKG
 * (the TEE does not know a hash algorithm), -ESTALE (a ticket does not hold),
 * -ENOMEM, or -EIO.
 */
int imatee_event_send(struct imatee_event *event, bool always)
{
	u64 start = ktime_get_ns();
	struct imatee_channel *ch;
	unsigned int flags;
	int rc;

	ch = always ? imatee_keeper_get_always() : imatee_keeper_get();
	if (IS_ERR(ch))
		return PTR_ERR(ch);
	flags = memalloc_nofs_save();
	rc = exchange(event, ch);
	memalloc_nofs_restore(flags);
	imatee_channel_unlock(ch);
	imatee_count(&imatee_events, rc == -EEXIST ? 0 : rc,
		     ktime_get_ns() - start);
	return rc;
}
