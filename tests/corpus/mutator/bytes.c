// SPDX-License-Identifier: GPL-2.0-or-later
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"

static uint64_t state;

void die(const char *what)
{
	fprintf(stderr, "mutator: %s\n", what);
	exit(2);
}

void bytes_free(struct bytes *b)
{
	free(b->data);
	b->data = NULL;
	b->len = 0;
}

void bytes_splice(struct bytes *b, size_t pos, size_t gone, const void *data,
		  size_t len)
{
	uint8_t *new = malloc(b->len + len + 1);

	if (!new)
		die("out of memory");
	if (pos > b->len)
		pos = b->len;
	if (gone > b->len - pos)
		gone = b->len - pos;
	if (pos)
		memcpy(new, b->data, pos);
	if (len)
		memcpy(new + pos, data, len);
	if (b->len - pos - gone)
		memcpy(new + pos + len, b->data + pos + gone,
		       b->len - pos - gone);
	free(b->data);
	b->data = new;
	b->len += len - gone;
}

void bytes_set(struct bytes *b, const void *data, size_t len)
{
	bytes_splice(b, 0, b->len, data, len);
}

void bytes_append(struct bytes *b, const void *data, size_t len)
{
	bytes_splice(b, b->len, 0, data, len);
}

void bytes_append_byte(struct bytes *b, uint8_t byte)
{
	bytes_append(b, &byte, 1);
}

void bytes_from_hex(struct bytes *b, const char *hex)
{
	char digits[3] = { 0 };

	if (!strcmp(hex, "-"))
		hex = "";
	for (bytes_set(b, NULL, 0); hex[0] && hex[1]; hex += 2) {
		memcpy(digits, hex, 2);
		bytes_append_byte(b, (uint8_t)strtoul(digits, NULL, 16));
	}
}

void bytes_print(const struct bytes *b)
{
	size_t i = 0;

	if (!b->len)
		putchar('-');
	for (i = 0; i < b->len; i++)
		printf("%02x", b->data[i]);
}

void random_seed(uint64_t seed)
{
	state = seed;
}

/* splitmix64 */
uint64_t random_number(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

size_t random_below(size_t n)
{
	return n ? (size_t)(random_number() % n) : 0;
}

void random_append(struct bytes *b, size_t len)
{
	while (len--)
		bytes_append_byte(b, (uint8_t)random_number());
}

void random_flip(struct bytes *b)
{
	size_t count = 1 + random_below(3);
	size_t pos = 0;

	while (b->len && count--) {
		pos = random_below(b->len);
		b->data[pos] ^= (uint8_t)(1 << random_below(8));
		note("-%zu", pos);
	}
}
