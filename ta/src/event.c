// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "event.h"
#include "file_hash.h"
#include "shared_hash.h"

const struct imatee_digest *event_digest(const struct event *event,
					 uint8_t role)
{
	const struct imatee_measure *request = &event->request;
	size_t i = 0;

	for (i = 0; i < request->digest_count; i++)
		if (request->digests[i].roles & role)
			return &request->digests[i];
	return NULL;
}

static bool is_from(const struct imatee_digest *digest, uint8_t source)
{
	return digest->source == source;
}

/* Fields that have no meaning with this source are zero. */
static bool is_clean(const struct imatee_digest *digest)
{
	const bool brings = is_from(digest, IMATEE_DIGEST_TICKET) ||
			    is_from(digest, IMATEE_DIGEST_GIVEN);
	const size_t len = brings && digest->digest_len <= IMATEE_DIGEST_MAX ?
				   digest->digest_len :
				   0;

	if (!is_from(digest, IMATEE_DIGEST_CONTENT) && digest->len)
		return false;
	if (!is_from(digest, IMATEE_DIGEST_TICKET) &&
	    !all_zero(digest->mac, sizeof(digest->mac)))
		return false;
	return all_zero(digest->digest + len, sizeof(digest->digest) - len);
}

/* Is there nothing where nothing is expected? */
static bool is_well_formed(const struct imatee_measure *request)
{
	size_t i = 0;

	if (request->reserved)
		return false;
	for (i = 0; i < IMATEE_EVENT_DIGESTS; i++)
		if (i < request->digest_count ?
			    !is_clean(&request->digests[i]) :
			    !all_zero(&request->digests[i],
				      sizeof(request->digests[i])))
			return false;
	/* Who wants no entry has no template. */
	if (request->flags & IMATEE_EVENT_NO_ENTRY)
		return !request->name_len && !request->format_len &&
		       !request->fields_len;
	return request->format_len;
}

/* What may be said of a digest that comes from there. */
static bool source_fits(const struct imatee_measure *request, size_t at)
{
	const struct imatee_digest *digest = &request->digests[at];
	const struct imatee_digest *before = at ? digest - 1 : NULL;

	switch (digest->source) {
	case IMATEE_DIGEST_CONTENT:
		return digest->len <= request->content_len;
	case IMATEE_DIGEST_TICKET:
		return true;
	case IMATEE_DIGEST_GIVEN:
		return (request->flags & IMATEE_EVENT_VERITY) &&
		       !(digest->roles & ~IMATEE_ROLE_FILE);
	case IMATEE_DIGEST_ZERO:
		return !(digest->roles & IMATEE_ROLE_BUFFER);
	case IMATEE_DIGEST_NESTED:
		return before && !(digest->roles & IMATEE_ROLE_BUFFER) &&
		       (is_from(before, IMATEE_DIGEST_CONTENT) ||
			is_from(before, IMATEE_DIGEST_TICKET));
	default:
		return false;
	}
}

static bool role_fits(const struct imatee_digest *digest)
{
	if (digest->roles & ~IMATEE_ROLE_KNOWN)
		return false;
	return !(digest->roles & IMATEE_ROLE_LEGACY) ||
	       digest->algo == IMATEE_HASH_MD5 ||
	       digest->algo == IMATEE_HASH_SHA1;
}

static enum imatee_error check_digests(const struct imatee_measure *request)
{
	const struct imatee_digest *digest = NULL;
	const struct hash_kind *kind = NULL;
	uint8_t roles = 0;
	bool given = false;
	size_t i = 0;

	for (i = 0; i < request->digest_count; i++) {
		digest = &request->digests[i];
		if (!source_fits(request, i) || !role_fits(digest) ||
		    digest->roles & roles)
			return IMATEE_ERR_BAD_VALUE;
		if (request->flags & IMATEE_EVENT_VIOLATION &&
		    !is_from(digest, IMATEE_DIGEST_ZERO))
			return IMATEE_ERR_BAD_VALUE;
		roles |= digest->roles;
		given |= is_from(digest, IMATEE_DIGEST_GIVEN);
	}
	if (given != !!(request->flags & IMATEE_EVENT_VERITY))
		return IMATEE_ERR_BAD_VALUE;
	for (i = 0; i < request->digest_count; i++) {
		kind = file_hash_find(request->digests[i].algo);
		if (!kind)
			return IMATEE_ERR_HASH_ALGO;
		if (request->digests[i].digest_len != kind->size)
			return IMATEE_ERR_BAD_VALUE;
	}
	return IMATEE_OK;
}

static enum imatee_error check(const struct imatee_measure *request)
{
	const uint8_t no_violation = IMATEE_EVENT_VERITY |
				     IMATEE_EVENT_NO_ENTRY;

	if (request->digest_count > IMATEE_EVENT_DIGESTS)
		return IMATEE_ERR_BAD_VALUE;
	if (!is_well_formed(request))
		return IMATEE_ERR_MALFORMED;
	if (request->pcr >= IMATEE_PCR_BINDING ||
	    request->flags & ~IMATEE_EVENT_KNOWN)
		return IMATEE_ERR_BAD_VALUE;
	if (request->flags & IMATEE_EVENT_VIOLATION &&
	    request->flags & no_violation)
		return IMATEE_ERR_BAD_VALUE;
	return check_digests(request);
}

enum imatee_error event_decode(struct call *call, struct event *event)
{
	const size_t head = sizeof(struct imatee_request);
	struct imatee_measure *request = &event->request;
	size_t len = 0;

	if (!reader_take(&call->in, (uint8_t *)request + head,
			 sizeof(*request) - head))
		return IMATEE_ERR_MALFORMED;
	if (request->name_len > IMATEE_TEMPLATE_MAX ||
	    request->format_len > IMATEE_TEMPLATE_MAX ||
	    request->fields_len > IMATEE_LOG_RECORD_MAX ||
	    request->content_len > IMATEE_MSG_MAX)
		return IMATEE_ERR_TOO_LONG;
	len = (size_t)request->name_len + request->format_len +
	      request->fields_len + request->content_len;
	if (call->rest.len != len)
		return IMATEE_ERR_MALFORMED;
	event->name = call->rest.shared;
	event->format = event->name + request->name_len;
	event->fields = event->format + request->format_len;
	event->content = event->fields + request->fields_len;
	return check(request);
}

/* Hashes the content, for all digests of it at once. */
static void hash_content(struct event *event)
{
	struct file_hash hashes[IMATEE_EVENT_DIGESTS] = { 0 };
	struct hash_part parts[IMATEE_EVENT_DIGESTS] = { 0 };
	struct imatee_digest *made[IMATEE_EVENT_DIGESTS] = { NULL };
	struct imatee_digest *digest = event->request.digests;
	size_t count = 0;
	size_t i = 0;

	for (i = 0; i < event->request.digest_count; i++, digest++) {
		if (!is_from(digest, IMATEE_DIGEST_CONTENT))
			continue;
		file_hash_init(&hashes[count], file_hash_find(digest->algo));
		parts[count] =
			(struct hash_part){ &hashes[count], digest->len };
		made[count++] = digest;
	}
	if (count)
		shared_hash(parts, count, event->content);
	for (i = 0; i < count; i++)
		file_hash_final(&hashes[i], made[i]->digest);
}

enum imatee_error event_make_digests(struct event *event,
				     const struct ticket_key *key)
{
	struct imatee_measure *request = &event->request;
	struct imatee_digest *digest = NULL;
	size_t i = 0;

	for (i = 0; i < request->digest_count; i++) {
		digest = &request->digests[i];
		if (is_from(digest, IMATEE_DIGEST_TICKET) &&
		    !ticket_holds_digest(key, request->identity, digest))
			return IMATEE_ERR_TICKET;
	}
	hash_content(event);
	for (i = 0; i < request->digest_count; i++) {
		digest = &request->digests[i];
		if (is_from(digest, IMATEE_DIGEST_GIVEN) ||
		    is_from(digest, IMATEE_DIGEST_ZERO))
			continue;
		if (is_from(digest, IMATEE_DIGEST_NESTED))
			file_hash_of(digest->algo, digest[-1].digest,
				     digest[-1].digest_len, digest->digest);
		if (!is_from(digest, IMATEE_DIGEST_TICKET))
			ticket_sign_digest(key, request->identity, digest);
		digest->source = IMATEE_DIGEST_TICKET;
		digest->len = 0;
	}
	return IMATEE_OK;
}
