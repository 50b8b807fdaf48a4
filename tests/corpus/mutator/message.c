// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "message.h"

#define MARKER	      "~Module signature appended~\n"
#define MARKER_BYTES  (sizeof(MARKER) - 1)
/* struct module_signature */
#define TRAILER_BYTES 12
#define ID_TYPE	      2
#define SIZE	      8

static void write_size(uint8_t *trailer, size_t size)
{
	size_t i = 0;

	for (i = 0; i < 4; i++)
		trailer[SIZE + i] = (uint8_t)(size >> (8 * (3 - i)));
}

static void append_trailer(struct bytes *appended)
{
	uint8_t trailer[TRAILER_BYTES] = { [ID_TYPE] = 2 };

	write_size(trailer, appended->len);
	bytes_append(appended, trailer, sizeof(trailer));
	bytes_append(appended, MARKER, MARKER_BYTES);
}

static void another_trailer(struct bytes *appended)
{
	static const int off[] = { -256, -2, -1, 1, 2, 12, 28, 100 };
	size_t len = appended->len - MARKER_BYTES - TRAILER_BYTES;
	uint8_t *trailer = appended->data + len;
	size_t kind = random_below(6);
	size_t at = 0;

	if (kind < 2) {
		at = random_below(SIZE);
		trailer[at] = (uint8_t)random_below(8);
		note("trailer-%zu-%u", at, trailer[at]);
	} else if (kind < 4) {
		at = random_below(sizeof(off) / sizeof(off[0]));
		note("size-off-%zu", at);
		write_size(trailer, len + (size_t)off[at]);
	} else if (kind == 4) {
		note("marker");
		appended->data[appended->len - 1 - random_below(MARKER_BYTES)] ^=
			1;
	} else {
		note("behind-marker");
		bytes_append(appended, "\n", 1);
	}
}

static void another_der(const struct key *key, struct bytes *message)
{
	struct der *tree = der_read(message->data, message->len);
	size_t count = 1 + random_below(8) / 7;

	if (random_below(2)) {
		meaning_mutate(key, tree);
		count -= 1;
	}
	while (count--)
		element_mutate(&tree);
	bytes_set(message, NULL, 0);
	der_write(tree, message);
	der_free(tree);
}

void message_mutate(const struct key *key, struct bytes *appended)
{
	size_t kind = random_below(20);
	struct bytes message = { 0 };
	size_t count = 1 + random_below(8);

	if (kind == 0) {
		note("nothing");
		return;
	}
	if (kind == 1) {
		another_trailer(appended);
		return;
	}
	bytes_set(&message, appended->data,
		  appended->len - MARKER_BYTES - TRAILER_BYTES);
	if (kind < 5) {
		note("flip");
		random_flip(&message);
	} else if (kind == 5) {
		note("behind-%zu", count);
		random_append(&message, count);
	} else if (kind == 6) {
		note("cut-%zu", count);
		bytes_splice(&message, message.len - count, count, NULL, 0);
	} else {
		another_der(key, &message);
	}
	append_trailer(&message);
	bytes_set(appended, message.data, message.len);
	bytes_free(&message);
}
