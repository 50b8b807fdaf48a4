// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rooms: memory that the TEE knows since the kernel started, for content that is read
 * while the TEE hashes it. Each is a ring (struct imatee_hash_ring), and has one who fills
 * it. Who finds none, or reads from a file system in user space, which could keep one
 * for ever, does without.
 */
#include <linux/bitops.h>
#include <linux/err.h>
#include <linux/kexec.h>
#include <linux/math64.h>
#include <linux/sizes.h>
#include <linux/tee_drv.h>

#include "measure.h"

/*
 * Each page that a call lends costs the TEE two invalidations of TLBs, in all CPUs; and
 * a ring is large enough if it is not empty before its reader is awake again.
 */
#define RING		SZ_256K
#define ROOMS_MAX	4

/* Set while the kernel initialises, like the channels. */
static struct tee_shm *rooms[ROOMS_MAX] __ro_after_init;
static unsigned int rooms_open __ro_after_init;
static unsigned long rooms_used;
static bool rooms_closing;

/**
 * imatee_open_rooms - share the rooms with the TEE
 * @ctx: the TEE
 *
 * Once, while the kernel initialises, after imatee_start_workers(), who empty them. Fewer
 * are slower, and no failure.
 */
void imatee_open_rooms(struct tee_context *ctx)
{
	unsigned int want = min(num_possible_cpus(), ROOMS_MAX);
	struct tee_shm *shm;

	if (!imatee_measures() || !imatee_have_workers())
		return;
	while (rooms_open < want) {
		shm = tee_shm_alloc_kernel_buf(ctx, IMATEE_HASH_RING_DATA + RING);
		if (IS_ERR(shm))
			break;
		rooms[rooms_open++] = shm;
	}
}

/*
 * When no call is admitted any more. Somebody may still read into a room: see
 * imatee_room_put().
 */
void imatee_close_rooms(void)
{
	unsigned int i;

	WRITE_ONCE(rooms_closing, true);
	smp_mb(); /* with imatee_room_put(): either side sees what the other has done */
	for (i = 0; i < rooms_open; i++)
		if (!test_and_set_bit_lock(i, &rooms_used))
			tee_shm_free(rooms[i]);
}

static int find(const struct imatee_content *content)
{
	unsigned int i;

	if (READ_ONCE(rooms_closing) ||
	    (content->file && file_inode(content->file)->i_sb->s_iflags &
			      SB_I_IMA_UNVERIFIABLE_SIGNATURE))
		return -EBUSY;
	for (i = 0; i < rooms_open; i++)
		if (!test_and_set_bit_lock(i, &rooms_used))
			return i;
	return -EBUSY;
}

/**
 * imatee_room_get - get a room for a content
 * @room: the room, empty
 * @content: the content, not empty
 *
 * Return: true, or false if there is none for it.
 */
bool imatee_room_get(struct imatee_room *room, const struct imatee_content *content)
{
	int index = find(content);

	if (index < 0)
		return false;
	room->index = index;
	room->shm = rooms[index];
	room->ring = tee_shm_get_va(room->shm, 0);
	room->size = min_t(loff_t, content->size, RING);
	room->filled = 0;
	memset(room->ring, 0, sizeof(*room->ring));
	return true;
}

/*
 * Gives a room back, when neither a call nor the worker is in it any more. Before another
 * kernel, which would wait for ever for a call that was cut off, it stays registered: its
 * reader may have come back when all CPUs but one are to stop.
 */
void imatee_room_put(struct imatee_room *room)
{
	clear_bit_unlock(room->index, &rooms_used);
	smp_mb(); /* with imatee_close_rooms() */
	if (READ_ONCE(rooms_closing) && !kexec_in_progress &&
	    !test_and_set_bit_lock(room->index, &rooms_used))
		tee_shm_free(room->shm);
}

/**
 * imatee_room_space - find space for a part of the content
 * @room: the room
 * @pos: where the part begins: what is before it was put into the room
 * @len: its bytes; it must not lie across the end of the ring
 *
 * Return: where it goes; NULL as long as there is no space; or -EIO as a pointer, if the TEE
 * says to have hashed what it was not given.
 */
void *imatee_room_space(const struct imatee_room *room, loff_t pos, size_t len)
{
	u64 consumed;
	u32 offset;

	/* The TEE has read what is before it. */
	consumed = le64_to_cpu(smp_load_acquire(&room->ring->consumed));
	if (consumed > pos)
		return ERR_PTR(-EIO);
	if (pos + len - consumed > room->size)
		return NULL;
	div_u64_rem(pos, room->size, &offset);
	if (WARN_ON_ONCE(offset + len > room->size))
		return ERR_PTR(-EIO);
	return (u8 *)room->ring + IMATEE_HASH_RING_DATA + offset;
}

/* Tells the TEE that the content up to @end is in the ring. */
void imatee_room_fill(struct imatee_room *room, loff_t end)
{
	/* The TEE reads it as soon as it sees the number. */
	smp_store_release(&room->ring->produced, cpu_to_le64(end));
	/* So does the worker, in imatee_room_filled(). */
	smp_store_release(&room->filled, end);
}

/* Up to where it is. */
loff_t imatee_room_filled(const struct imatee_room *room)
{
	/* With imatee_room_fill(): the content is there, too. */
	return smp_load_acquire(&room->filled);
}

/* Whether the TEE says, now that no call is in it, to have hashed what is before @pos. */
bool imatee_room_emptied(const struct imatee_room *room, loff_t pos)
{
	return le64_to_cpu(READ_ONCE(room->ring->consumed)) == pos;
}

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "rooms_test.c"
#endif
