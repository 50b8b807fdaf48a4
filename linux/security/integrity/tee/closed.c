// SPDX-License-Identifier: GPL-2.0-only
/*
 * The closed segments of the log that this kernel has, by their position. log.c guards
 * them: who calls these functions has its lock.
 */
#include <linux/lockdep.h>

#include "measure.h"

/* No two of them have the same entry. */
static struct rb_root log_closed = RB_ROOT;
/* Changed with the lock, read without. */
static unsigned int in_memory, in_files;

static struct imatee_stored *stored_of(struct rb_node *node)
{
	return node ? rb_entry(node, struct imatee_stored, node) : NULL;
}

static void count(const struct imatee_stored *stored, int by)
{
	unsigned int *counter = stored->file ? &in_files : &in_memory;

	WRITE_ONCE(*counter, *counter + by);
}

/* How many have their records in memory. */
unsigned int imatee_closed_in_memory(void)
{
	return READ_ONCE(in_memory);
}

/* How many have them in a file. */
unsigned int imatee_closed_in_files(void)
{
	return READ_ONCE(in_files);
}

/* The first one, or NULL. */
struct imatee_stored *imatee_closed_first(void)
{
	lockdep_assert_held(&imatee_log_lock);
	return stored_of(rb_first(&log_closed));
}

/* The one that @position is in, or the first behind it, or NULL. */
struct imatee_stored *imatee_closed_find(u64 position)
{
	struct rb_node *node = log_closed.rb_node;
	struct imatee_stored *found = NULL;

	lockdep_assert_held(&imatee_log_lock);
	while (node) {
		struct imatee_stored *stored = stored_of(node);

		if (imatee_segment_end(&stored->segment) > position) {
			found = stored;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	return found;
}

/**
 * imatee_closed_insert - store a segment
 * @new: the segment; with a return of 0 a reference of the caller's is the tree's
 *
 * Return: 0, or -EEXIST if there is one that has some of its entries.
 */
int imatee_closed_insert(struct imatee_stored *new)
{
	struct rb_node **link = &log_closed.rb_node, *parent = NULL;
	const struct imatee_segment *segment = &new->segment;

	lockdep_assert_held(&imatee_log_lock);
	while (*link) {
		struct imatee_stored *stored = stored_of(*link);

		parent = *link;
		if (imatee_segment_end(segment) <= imatee_segment_first(&stored->segment))
			link = &parent->rb_left;
		else if (imatee_segment_first(segment) >= imatee_segment_end(&stored->segment))
			link = &parent->rb_right;
		else
			return -EEXIST;
	}
	rb_link_node(&new->node, parent, link);
	rb_insert_color(&new->node, &log_closed);
	count(new, 1);
	return 0;
}

/**
 * imatee_closed_replace - store the same segment in another way
 * @old: as it is stored; who is copying it goes on
 * @new: as it is to be stored; a reference of the caller's is the tree's then
 */
void imatee_closed_replace(struct imatee_stored *old, struct imatee_stored *new)
{
	lockdep_assert_held(&imatee_log_lock);
	rb_replace_node(&old->node, &new->node, &log_closed);
	count(old, -1);
	count(new, 1);
	imatee_stored_put(old);
}

/* Who is copying it goes on. */
void imatee_closed_remove(struct imatee_stored *stored)
{
	lockdep_assert_held(&imatee_log_lock);
	rb_erase(&stored->node, &log_closed);
	count(stored, -1);
	imatee_stored_put(stored);
}
