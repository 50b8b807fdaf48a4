/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * DER as a tree, whose elements can be written in other ways than DER's.
 */
#ifndef DER_H
#define DER_H

#include <stdbool.h>

#include "bytes.h"

enum der_tag {
	DER_INTEGER = 0x02,
	DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_CONSTRUCTED = 0x20,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80, /* and [n] */
	DER_NUMBER = 0x1f, /* of a tag, all of its bits */
};

/* How the length is written. */
enum der_form {
	DER_SHORTEST,
	DER_LONG_1,
	DER_LONG_2,
	DER_LONG_3,
	DER_INDEFINITE
};
#define DER_FORMS 5

struct der {
	uint8_t tag;
	enum der_form form;
	int off; /* by how much the length is not what it should be */
	struct bytes value; /* behind the children, if there are any */
	struct der *children;
	struct der *next;
};

/* Is @in DER, and in no other way than DER has it? */
bool der_is_strict(const uint8_t *in, size_t len);

/* All of @in, which is DER. */
struct der *der_read(const uint8_t *in, size_t len);
void der_write(const struct der *list, struct bytes *out);
void der_free(struct der *list);

struct der *der_new(uint8_t tag, const void *value, size_t len);
struct der *der_copy(const struct der *element);

/* The @n-th child, or NULL. */
struct der *der_child(struct der *element, size_t n);

/* How many elements there are, and where the @n-th of them is linked. */
size_t der_count(const struct der *list);
struct der **der_link(struct der **list, size_t *n);

/* At @link; the list may be empty. */
void der_insert(struct der **link, struct der *list);
void der_remove(struct der **link);

#endif /* DER_H */
