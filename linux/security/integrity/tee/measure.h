/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imatee: internal interfaces of measurement, for files that know IMA's ima.h.
 */
#ifndef _SECURITY_INTEGRITY_TEE_MEASURE_H
#define _SECURITY_INTEGRITY_TEE_MEASURE_H

#include <linux/mutex.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>

#include "../ima/ima.h"
#include "tee.h"

/* event.c */

/**
 * struct imatee_event - an event on its way to the TEE
 * @template: of its entry; NULL with IMATEE_EVENT_NO_ENTRY
 * @pcr: to be extended
 * @flags: IMATEE_EVENT_*
 * @digest_count: of @digests in use
 * @digests: what is to be made or taken; after the call, what was
 * @identity: of what is hashed
 * @fields: what IMA says, as struct imatee_measure wants it: @few, or kmalloc()ed
 * @fields_len: bytes of it
 * @few: room for a path and little more
 * @content: what is hashed
 * @content_len: bytes of it
 */
struct imatee_event {
	const struct ima_template_desc *template;
	u8 pcr;
	u8 flags;
	u8 digest_count;
	struct imatee_digest digests[IMATEE_EVENT_DIGESTS];
	u8 identity[IMATEE_IDENTITY_SIZE];
	void *fields;
	size_t fields_len;
	u8 few[160];
	const void *content;
	size_t content_len;
};

struct imatee_digest *imatee_event_digest(struct imatee_event *event, u8 roles,
					  u8 source, u8 algo, size_t len);
int imatee_event_fields(struct imatee_event *event, struct ima_event_data *data,
			const struct ima_template_desc *template);
size_t imatee_event_room(const struct imatee_event *event);
int imatee_event_send(struct imatee_event *event, bool always);
void imatee_event_free(struct imatee_event *event);

/* hash.c */

/**
 * struct imatee_content - what is to be hashed
 * @file: a file that can be read, or NULL
 * @buf: its content, if @file is NULL
 * @size: in bytes
 * @always: no signal ends the wait for the TEE: nobody could be told
 */
struct imatee_content {
	struct file *file;
	const void *buf;
	loff_t size;
	bool always;
};

int imatee_read_content(const struct imatee_content *content, loff_t pos,
			void *to, size_t len);
int imatee_hash(const struct imatee_content *content, const u8 *identity,
		const u8 *algos, unsigned int count, struct imatee_digest *tickets);

/* rooms.c */

/**
 * struct imatee_room - a ring in memory that the TEE knows
 * @shm: that memory
 * @ring: the same, as the TEE sees it
 * @size: bytes of content that the ring has room for
 * @filled: the position up to which content is in it: what the kernel goes by
 * @index: which one it is
 */
struct imatee_room {
	struct tee_shm *shm;
	struct imatee_hash_ring *ring;
	size_t size;
	loff_t filled;
	unsigned int index;
};

bool imatee_room_get(struct imatee_room *room, const struct imatee_content *content);
void imatee_room_put(struct imatee_room *room);
void *imatee_room_space(const struct imatee_room *room, loff_t pos, size_t len);
void imatee_room_fill(struct imatee_room *room, loff_t end);
loff_t imatee_room_filled(const struct imatee_room *room);
bool imatee_room_emptied(const struct imatee_room *room, loff_t pos);

/* measure.c */
bool imatee_template_has(const struct ima_template_desc *template, const char *id);
bool imatee_is_legacy(u8 algo);

/* log.c */

struct imatee_stored;

/* Bytes of a segment, at most. */
#define IMATEE_SEGMENT_MAX	(IMATEE_LOG_SEGMENT - 1 + IMATEE_LOG_RECORD_MAX)

/**
 * struct imatee_segment - a copy of some records of the log
 * @head: where they are; of a closed segment with the TEE's word for it
 * @data: the records
 */
struct imatee_segment {
	struct imatee_log_segment head;
	u8 *data;
};

static inline u64 imatee_segment_first(const struct imatee_segment *segment)
{
	return le64_to_cpu(segment->head.first);
}

/* The position behind its last record. */
static inline u64 imatee_segment_end(const struct imatee_segment *segment)
{
	return imatee_segment_first(segment) + le32_to_cpu(segment->head.count);
}

u64 imatee_log_first(void);
u64 imatee_log_own(void);
u64 imatee_log_end(void);
int imatee_log_copy(u64 position, struct imatee_segment *copy);
int imatee_log_check(const struct imatee_segment *segment);
int imatee_log_restore(const struct imatee_segment *segment);
int imatee_log_take(struct imatee_stored *new);
int imatee_log_trim(const void *request, size_t len, u32 *error);

extern struct mutex imatee_log_lock;

/* ends.c */
int imatee_log_ask_begin(u64 *stored, u64 *trimmed);
int imatee_log_ask_end(u64 *stored, u64 *entries);

/* records.c */

/**
 * struct imatee_place - a record in its segment
 * @index: how many are before it
 * @offset: bytes that these have
 */
struct imatee_place {
	u32 index;
	u32 offset;
};

/**
 * struct imatee_tally - what some records count for
 * @entries: in runtime_measurements_count
 * @violations: in violations
 */
struct imatee_tally {
	u32 entries;
	u32 violations;
};

bool imatee_segment_sound(const struct imatee_log_segment *head);
bool imatee_record_at(const struct imatee_segment *segment, u32 offset,
		      struct imatee_log_record *record);
bool imatee_record_skip(const struct imatee_segment *segment, u64 position,
			struct imatee_place *place);
struct imatee_tally imatee_segment_tally(const struct imatee_segment *segment,
					 u64 from, u64 to);

/* closed.c */

/**
 * struct imatee_stored - a closed segment, as it is stored
 * @node: its place in the tree
 * @refs: one of the tree's, and one of each who copies it
 * @segment: its .data is NULL if the records are in a file
 * @file: that file, or NULL
 * @offset: where the records begin there
 * @violation_count: with @file, entries of @violations
 * @next: for who makes several before any is stored
 * @violations: which of the records are some, ascending; the first record is 0
 *
 * From @segment on nothing changes but @next, so that a reference is enough to read it.
 */
struct imatee_stored {
	struct rb_node node;
	refcount_t refs;
	struct imatee_segment segment;
	struct file *file;
	loff_t offset;
	struct imatee_stored *next;
	u16 violation_count;
	u16 violations[] __counted_by(violation_count);
};

struct imatee_stored *imatee_closed_first(void);
struct imatee_stored *imatee_closed_find(u64 position);
int imatee_closed_insert(struct imatee_stored *new);
void imatee_closed_replace(struct imatee_stored *old, struct imatee_stored *new);
void imatee_closed_remove(struct imatee_stored *stored);
unsigned int imatee_closed_in_memory(void);
unsigned int imatee_closed_in_files(void);

/* stored.c */
struct imatee_stored *imatee_stored_copy_of(const struct imatee_segment *segment);
struct imatee_stored *imatee_stored_in_file(const struct imatee_segment *segment,
					    struct file *file, loff_t offset);
ssize_t imatee_file_read(struct file *file, loff_t pos, void *to, size_t len);
int imatee_stored_read(const struct imatee_stored *stored, struct imatee_segment *copy);
struct imatee_tally imatee_stored_tally(const struct imatee_stored *stored, u64 from,
					u64 to);
void imatee_stored_put(struct imatee_stored *stored);
unsigned int imatee_stored_files(void);

/* spill.c */

/**
 * struct imatee_store - the file that closed segments move to
 * @file: it, or NULL
 * @name: as root has named it
 * @end: where the last segment ends
 * @error: of the last attempt to write
 */
struct imatee_store {
	struct file *file;
	char *name;
	loff_t end;
	int error;
};

extern struct mutex imatee_store_lock;
extern struct imatee_store imatee_store;

void imatee_store_kick(u64 position);
void imatee_store_set(const struct imatee_store *store);
int imatee_store_wait(void);
int imatee_store_cut(struct file *file, loff_t end);
void imatee_store_replace(struct imatee_stored *old, struct imatee_stored *new);

#endif /* _SECURITY_INTEGRITY_TEE_MEASURE_H */
