// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding one's way in kernel memory, as an attacker would.
 */
#include <keys/asymmetric-type.h>
#include <linux/key-type.h>
#include <linux/kprobes.h>
#include <linux/rbtree.h>
#include <linux/string.h>

#include "attack.h"

typedef unsigned long (*lookup_name_t)(const char *name);
typedef int (*each_match_t)(int (*fn)(void *data, unsigned long addr),
			    const char *name, void *data);

/* kallsyms_lookup_name() is not exported; a kprobe finds it all the same. */
static void *find_function(const char *name)
{
	struct kprobe kp = { .symbol_name = name };
	void *addr;

	if (register_kprobe(&kp))
		return NULL;
	addr = kp.addr;
	unregister_kprobe(&kp);
	return addr;
}

void *find_symbol(const char *name)
{
	static lookup_name_t lookup;

	if (!lookup)
		lookup = find_function("kallsyms_lookup_name");
	return lookup ? (void *)lookup(name) : NULL;
}

struct match {
	unsigned long start, end, addr;
	int count;
};

static int note_match(void *data, unsigned long addr)
{
	struct match *m = data;

	if (addr >= m->start && addr < m->end) {
		m->addr = addr;
		m->count++;
	}
	return 0;
}

/* A variable of that name in .data..ro_after_init, if there is just one. */
void *find_ro_after_init(const char *name)
{
	each_match_t each = find_symbol("kallsyms_on_each_match_symbol");
	struct match m = {
		.start = (unsigned long)find_symbol("__start_ro_after_init"),
		.end = (unsigned long)find_symbol("__end_ro_after_init"),
	};

	if (!each || !m.start)
		return NULL;
	each(note_match, name, &m);
	return m.count == 1 ? (void *)m.addr : NULL;
}

/* All keys stand in a tree by their serial numbers. */
struct key *find_keyring(const char *name)
{
	struct rb_root *keys = find_symbol("key_serial_tree");
	struct rb_node *node;
	struct key *key;

	for (node = keys ? rb_first(keys) : NULL; node; node = rb_next(node)) {
		key = rb_entry(node, struct key, serial_node);
		if (key->type == &key_type_keyring && key->description &&
		    !strcmp(key->description, name))
			return key;
	}
	pr_err("no keyring %s\n", name);
	return NULL;
}

/* Return: the key with a reference, or NULL. */
struct key *find_key(struct key *keyring, const char *id)
{
	char name[12];
	key_ref_t ref;

	snprintf(name, sizeof(name), "id:%s", id);
	ref = keyring_search(make_key_ref(keyring, true), &key_type_asymmetric,
			     name, true);
	if (IS_ERR(ref)) {
		pr_err("no key %s in %s: %ld\n", id, keyring->description,
		       PTR_ERR(ref));
		return NULL;
	}
	return key_ref_to_ptr(ref);
}

/* Write kernel memory; -EFAULT, and no oops, where the page is read-only. */
int poke(void *where, const void *what, size_t len)
{
	static long (*write)(void *dst, const void *src, size_t size);

	if (!write)
		write = find_symbol("copy_to_kernel_nofault");
	return write ? write(where, what, len) : -ENOENT;
}
