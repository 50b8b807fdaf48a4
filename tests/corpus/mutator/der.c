// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdlib.h>

#include "der.h"

struct der *der_new(uint8_t tag, const void *value, size_t len)
{
	struct der *new = calloc(1, sizeof(*new));

	if (!new)
		die("out of memory");
	new->tag = tag;
	bytes_set(&new->value, value, len);
	return new;
}

/* Returns the length of the contents, and moves @pos to them. */
static size_t read_length(const uint8_t *in, size_t len, size_t *pos)
{
	size_t count = 0;
	size_t value = 0;

	if (*pos >= len)
		die("no DER");
	value = in[(*pos)++];
	if (value < 0x80)
		return value;
	count = value & 0x7f;
	for (value = 0; count; count--) {
		if (*pos >= len)
			die("no DER");
		value = value << 8 | in[(*pos)++];
	}
	return value;
}

struct der *der_read(const uint8_t *in, size_t len)
{
	struct der *first = NULL;
	struct der **last = &first;
	size_t pos = 0;
	size_t size = 0;
	uint8_t tag = 0;

	while (pos < len) {
		tag = in[pos++];
		size = read_length(in, len, &pos);
		if (size > len - pos)
			die("no DER");
		if (tag & DER_CONSTRUCTED) {
			*last = der_new(tag, NULL, 0);
			(*last)->children = der_read(in + pos, size);
		} else {
			*last = der_new(tag, in + pos, size);
		}
		last = &(*last)->next;
		pos += size;
	}
	return first;
}

static void write_length(const struct der *element, size_t len,
			 struct bytes *out)
{
	if (element->form == DER_INDEFINITE) {
		bytes_append_byte(out, 0x80);
		return;
	}
	len += (size_t)element->off;
	if (element->form == DER_LONG_3)
		bytes_append(out, "\x83\x00", 2);
	else if (element->form == DER_LONG_2 || len > 0xff)
		bytes_append_byte(out, 0x82);
	else if (element->form == DER_LONG_1 || len > 0x7f)
		bytes_append_byte(out, 0x81);
	if (element->form >= DER_LONG_2 || len > 0xff)
		bytes_append_byte(out, (uint8_t)(len >> 8));
	bytes_append_byte(out, (uint8_t)len);
}

void der_write(const struct der *list, struct bytes *out)
{
	static const uint8_t end[2];
	struct bytes body = { 0 };

	for (; list; list = list->next) {
		der_write(list->children, &body);
		bytes_append(&body, list->value.data, list->value.len);
		bytes_append_byte(out, list->tag);
		write_length(list, body.len, out);
		bytes_append(out, body.data, body.len);
		if (list->form == DER_INDEFINITE)
			bytes_append(out, end, sizeof(end));
		bytes_free(&body);
	}
}

void der_free(struct der *list)
{
	struct der *next = NULL;

	for (; list; list = next) {
		next = list->next;
		der_free(list->children);
		bytes_free(&list->value);
		free(list);
	}
}

struct der *der_copy(const struct der *element)
{
	struct der *new =
		der_new(element->tag, element->value.data, element->value.len);
	struct der **last = &new->children;
	const struct der *child = NULL;

	for (child = element->children; child; child = child->next) {
		*last = der_copy(child);
		last = &(*last)->next;
	}
	return new;
}

struct der *der_child(struct der *element, size_t n)
{
	struct der *child = element ? element->children : NULL;

	while (child && n--)
		child = child->next;
	return child;
}

size_t der_count(const struct der *list)
{
	size_t count = 0;

	for (; list; list = list->next)
		count += 1 + der_count(list->children);
	return count;
}

struct der **der_link(struct der **list, size_t *n)
{
	struct der **found = NULL;

	for (; *list; list = &(*list)->next) {
		if (!(*n)--)
			return list;
		found = der_link(&(*list)->children, n);
		if (found)
			return found;
	}
	return NULL;
}

void der_insert(struct der **link, struct der *list)
{
	struct der *last = list;

	if (!list)
		return;
	while (last->next)
		last = last->next;
	last->next = *link;
	*link = list;
}

void der_remove(struct der **link)
{
	struct der *gone = *link;

	*link = gone->next;
	gone->next = NULL;
	der_free(gone);
}
