// SPDX-License-Identifier: GPL-2.0-only
/*
 * KUnit: where in a ring there is space, and when.
 */
#include <kunit/test.h>

#define SIZE		SZ_128K
#define PART		SZ_64K

static struct imatee_room *make_room(struct kunit *test, size_t size)
{
	struct imatee_room *room = kunit_kzalloc(test, sizeof(*room), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, room);
	room->ring = kunit_kzalloc(test, IMATEE_HASH_RING_DATA + size, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, room->ring);
	room->size = size;
	return room;
}

static void *data_of(const struct imatee_room *room)
{
	return (u8 *)room->ring + IMATEE_HASH_RING_DATA;
}

/* Parts go one behind the other, and at the end to the beginning. */
static void parts_in_turn(struct kunit *test)
{
	struct imatee_room *room = make_room(test, SIZE);
	void *data = data_of(room);
	loff_t pos = 0;
	int round;

	for (round = 0; round < 3; round++) {
		KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, pos, PART), data);
		pos += PART;
		KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, pos, PART), data + PART);
		pos += PART;
		room->ring->consumed = cpu_to_le64(pos);
	}
}

/* No space before all that the part would lie on was hashed. */
static void full(struct kunit *test)
{
	struct imatee_room *room = make_room(test, SIZE);
	void *data = data_of(room);

	KUNIT_EXPECT_NULL(test, imatee_room_space(room, SIZE, PART));
	room->ring->consumed = cpu_to_le64(PART - 1);
	KUNIT_EXPECT_NULL(test, imatee_room_space(room, SIZE, PART));
	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, SIZE, PART - 1), data);
	room->ring->consumed = cpu_to_le64(PART);
	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, SIZE, PART), data);
}

/* A TEE that has hashed what it was not given. */
static void ahead(struct kunit *test)
{
	struct imatee_room *room = make_room(test, SIZE);

	room->ring->consumed = cpu_to_le64(PART + 1);
	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, PART, PART), ERR_PTR(-EIO));
	room->ring->consumed = cpu_to_le64(U64_MAX);
	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, PART, PART), ERR_PTR(-EIO));
}

/* A ring that is as large as its content, which need not be a number of parts. */
static void content_of_its_size(struct kunit *test)
{
	struct imatee_room *room = make_room(test, PART + 7);

	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, 0, PART), data_of(room));
	KUNIT_EXPECT_PTR_EQ(test, imatee_room_space(room, PART, 7), data_of(room) + PART);
}

static void filled(struct kunit *test)
{
	struct imatee_room *room = make_room(test, SIZE);

	KUNIT_EXPECT_EQ(test, imatee_room_filled(room), 0);
	imatee_room_fill(room, PART);
	KUNIT_EXPECT_EQ(test, imatee_room_filled(room), PART);
	KUNIT_EXPECT_EQ(test, le64_to_cpu(room->ring->produced), PART);
	/* what stands in memory that the TEE writes to is not believed */
	room->ring->produced = cpu_to_le64(2 * PART);
	KUNIT_EXPECT_EQ(test, imatee_room_filled(room), PART);
}

static void emptied(struct kunit *test)
{
	struct imatee_room *room = make_room(test, SIZE);

	KUNIT_EXPECT_TRUE(test, imatee_room_emptied(room, 0));
	room->ring->consumed = cpu_to_le64(PART);
	KUNIT_EXPECT_FALSE(test, imatee_room_emptied(room, PART - 1));
	KUNIT_EXPECT_TRUE(test, imatee_room_emptied(room, PART));
	KUNIT_EXPECT_FALSE(test, imatee_room_emptied(room, PART + 1));
}

static struct kunit_case rooms_cases[] = {
	KUNIT_CASE(parts_in_turn),
	KUNIT_CASE(full),
	KUNIT_CASE(ahead),
	KUNIT_CASE(content_of_its_size),
	KUNIT_CASE(filled),
	KUNIT_CASE(emptied),
	{}
};

static struct kunit_suite rooms_suite = {
	.name = "imatee-rooms",
	.test_cases = rooms_cases,
};

kunit_test_suite(rooms_suite);
