// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "file_hash.h"
#include "pcr.h"
#include "platform.h"
#include "template.h"

#define FIELD_NAME_MAX 16
/* Bytes of the field "n" as template "ima" hashes it. */
#define NAME_FIELD     256

/*
 * A record does not say its format. So a name stands for one format, and who has another
 * one shows it in the place of a name: else a field of the kernel's could pass for
 * one with a digest that was made here.
 */
static const struct {
	const char *name;
	const char *format;
} known[] = {
	{ "ima", "d|n" },
	{ "ima-ng", "d-ng|n-ng" },
	{ "ima-sig", "d-ng|n-ng|sig" },
	{ "ima-ngv2", "d-ngv2|n-ng" },
	{ "ima-sigv2", "d-ngv2|n-ng|sig" },
	{ "ima-buf", "d-ng|n-ng|buf" },
	{ "ima-modsig", "d-ng|n-ng|sig|d-modsig|modsig" },
	{ "evm-sig",
	  "d-ng|n-ng|evmsig|xattrnames|xattrlengths|xattrvalues|iuid|igid|imode" },
};

/* A record on its way. */
struct builder {
	const struct event *event;
	uint8_t *room;
	size_t len;
	const uint8_t *fields; /* in shared memory, what is left of them */
	size_t fields_left;
	char name[IMATEE_TEMPLATE_MAX + 1];
	char format[IMATEE_TEMPLATE_MAX + 1];
};

static bool has_room(const struct builder *b, size_t len)
{
	return len <= IMATEE_LOG_RECORD_MAX - b->len;
}

static void put(struct builder *b, const void *data, size_t len)
{
	memcpy(b->room + b->len, data, len);
	b->len += len;
}

static bool name_fits(const struct builder *b)
{
	const char *shown = *b->name ? b->name : b->format;
	size_t i = 0;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (!strcmp(known[i].name, shown))
			return *b->name && !strcmp(known[i].format, b->format);
	return !*b->name;
}

/* Name and format into private memory, and what is shown of them into the record. */
static enum imatee_error begin(struct builder *b)
{
	const struct imatee_measure *request = &b->event->request;
	const size_t name_len = request->name_len;
	const size_t format_len = request->format_len;

	platform_copy_in(b->name, b->event->name, name_len);
	platform_copy_in(b->format, b->event->format, format_len);
	/* No NUL within them. What else is no name of a field, add_fields() sees. */
	if (strlen(b->name) != name_len || strlen(b->format) != format_len ||
	    !name_fits(b))
		return IMATEE_ERR_TEMPLATE;
	b->len = sizeof(struct imatee_log_record);
	if (name_len)
		put(b, b->name, name_len);
	else
		put(b, b->format, format_len);
	return IMATEE_OK;
}

/* A field that the kernel has filled. */
static enum imatee_error take_field(struct builder *b, bool is_legacy_name)
{
	uint32_t len = 0;

	if (b->fields_left < sizeof(len))
		return IMATEE_ERR_TEMPLATE;
	platform_copy_in(&len, b->fields, sizeof(len));
	if (len > b->fields_left - sizeof(len) ||
	    (is_legacy_name && len > NAME_FIELD))
		return IMATEE_ERR_TEMPLATE;
	if (!has_room(b, sizeof(len) + len))
		return IMATEE_ERR_TOO_LONG;
	put(b, &len, sizeof(len));
	platform_copy_in(b->room + b->len, b->fields + sizeof(len), len);
	b->len += len;
	b->fields += sizeof(len) + len;
	b->fields_left -= sizeof(len) + len;
	return IMATEE_OK;
}

/*
 * A field with a digest, as ima_eventdigest_init_common() makes it. Before the digest
 * stands "<type><algorithm>:" with its NUL, but if there is no @type.
 */
static enum imatee_error make_field(struct builder *b, const char *type,
				    const struct imatee_digest *digest)
{
	const char *name = NULL;
	size_t len = 0;
	uint32_t field_len = 0;

	if (!digest)
		return IMATEE_ERR_TEMPLATE;
	name = file_hash_find(digest->algo)->name;
	len = digest->digest_len;
	if (type)
		len += strlen(type) + strlen(name) + sizeof(":");
	if (!has_room(b, sizeof(field_len) + len))
		return IMATEE_ERR_TOO_LONG;
	field_len = (uint32_t)len;
	put(b, &field_len, sizeof(field_len));
	if (type) {
		put(b, type, strlen(type));
		put(b, name, strlen(name));
		put(b, ":", sizeof(":"));
	}
	put(b, digest->digest, digest->digest_len);
	return IMATEE_OK;
}

static enum imatee_error make_empty_field(struct builder *b)
{
	const uint32_t len = 0;

	if (!has_room(b, sizeof(len)))
		return IMATEE_ERR_TOO_LONG;
	put(b, &len, sizeof(len));
	return IMATEE_OK;
}

/* IMATEE_OK also for what is not made here: *@made tells. */
static enum imatee_error make(struct builder *b, const char *id, bool *made)
{
	const struct event *event = b->event;
	const bool verity = event->request.flags & IMATEE_EVENT_VERITY;
	const struct imatee_digest *file =
		event_digest(event, IMATEE_ROLE_FILE);
	const struct imatee_digest *digest = NULL;

	*made = true;
	if (!strcmp(id, "d"))
		return make_field(b, NULL,
				  event_digest(event, IMATEE_ROLE_LEGACY));
	if (!strcmp(id, "d-ng"))
		return make_field(b, "", file);
	if (!strcmp(id, "d-ngv2"))
		return make_field(b, verity ? "verity:" : "ima:", file);
	if (!strcmp(id, "d-modsig")) {
		digest = event_digest(event, IMATEE_ROLE_MODSIG);
		return digest ? make_field(b, "", digest) : make_empty_field(b);
	}
	digest = event_digest(event, IMATEE_ROLE_BUFFER);
	if (!strcmp(id, "buf") && digest)
		return make_field(b, NULL, digest);
	*made = false;
	return IMATEE_OK;
}

static bool is_field_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* Takes the next field's name off *@format. */
static bool next_field(const char **format, char id[FIELD_NAME_MAX + 1])
{
	size_t len = 0;

	while (len < FIELD_NAME_MAX && is_field_char((*format)[len])) {
		id[len] = (*format)[len];
		len++;
	}
	id[len] = '\0';
	*format += len;
	if (!len || (**format && **format != '|'))
		return false;
	if (**format == '|') {
		++*format;
		/* Behind a bar there is a field. */
		return **format;
	}
	return true;
}

static enum imatee_error add_fields(struct builder *b)
{
	const bool legacy = !strcmp(b->name, "ima");
	char id[FIELD_NAME_MAX + 1] = "";
	const char *format = b->format;
	enum imatee_error error = IMATEE_OK;
	bool made = false;
	size_t count = 0;

	for (count = 0; *format; count++) {
		if (!next_field(&format, id) || count == IMATEE_TEMPLATE_FIELDS)
			return IMATEE_ERR_TEMPLATE;
		error = make(b, id, &made);
		if (!error && !made)
			error = take_field(b, legacy);
		if (error)
			return error;
	}
	return b->fields_left ? IMATEE_ERR_TEMPLATE : IMATEE_OK;
}

enum imatee_error template_build(const struct event *event, uint8_t *room,
				 uint32_t *len)
{
	struct builder b = { .event = event,
			     .room = room,
			     .fields = event->fields,
			     .fields_left = event->request.fields_len };
	struct imatee_log_record record = { 0 };
	enum imatee_error error = begin(&b);
	size_t name_len = 0;

	if (!error)
		name_len = b.len - sizeof(record);
	if (!error)
		error = add_fields(&b);
	if (error)
		return error;
	record.len = (uint32_t)b.len;
	record.pcr = event->request.pcr;
	record.flags = event->request.flags & IMATEE_EVENT_VIOLATION;
	record.name_len = (uint8_t)name_len;
	record.data_len = (uint32_t)(b.len - sizeof(record) - name_len);
	memcpy(room, &record, sizeof(record));
	*len = record.len;
	return IMATEE_OK;
}

/* Of template "ima": the fields without their lengths, "n" in as much as it can be. */
static void legacy_digest(const uint8_t *data, struct imatee_pcr *digest)
{
	uint8_t both[IMATEE_DIGEST_MAX + NAME_FIELD] = { 0 };
	uint32_t digest_len = 0;
	uint32_t len = 0;

	memcpy(&digest_len, data, sizeof(digest_len));
	data += sizeof(digest_len);
	memcpy(both, data, digest_len);
	data += digest_len;
	memcpy(&len, data, sizeof(len));
	memcpy(both + digest_len, data + sizeof(len), len);
	pcr_digest(both, digest_len + NAME_FIELD, digest);
}

void template_digest(const uint8_t *record, struct imatee_pcr *digest)
{
	struct imatee_log_record head = { 0 };
	const uint8_t *name = record + sizeof(head);

	memcpy(&head, record, sizeof(head));
	if (head.name_len == 3 && !memcmp(name, "ima", 3))
		legacy_digest(name + head.name_len, digest);
	else
		pcr_digest(name + head.name_len, head.data_len, digest);
}
