/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the portable sources need from the environment they run in. OP-TEE's is
 * ta/optee/platform.c, the host's (unit tests, fuzzing) is ta/host/platform.c.
 * Another TEE needs one more such file and its entry points, nothing else.
 */
#ifndef IMATEE_PLATFORM_H
#define IMATEE_PLATFORM_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	      "the messages are little-endian and used in place");

/* Who opened a session, as the TEE itself attests it. */
enum platform_caller {
	PLATFORM_CALLER_PUBLIC = 0, /* user space, or a stranger among TAs */
	PLATFORM_CALLER_KERNEL = 1, /* TEE_LOGIN_REE_KERNEL */
	PLATFORM_CALLER_VERIFIER = 2, /* TEE_LOGIN_TRUSTED_APP, and its UUID */
};

/* Outcome of what leaves no room for a reply; each maps to a TEE_Result. */
enum platform_status {
	PLATFORM_OK = 0,
	PLATFORM_BAD_PARAMETERS, /* TEE_ERROR_BAD_PARAMETERS */
	PLATFORM_ACCESS_DENIED, /* TEE_ERROR_ACCESS_DENIED */
	PLATFORM_BUSY, /* TEE_ERROR_BUSY */
	PLATFORM_OUT_OF_MEMORY, /* TEE_ERROR_OUT_OF_MEMORY */
	PLATFORM_COMMUNICATION, /* TEE_ERROR_COMMUNICATION */
};

/* Zeroed memory of the TA, or NULL. */
void *platform_alloc(size_t size);

/* Wipes @size bytes and gives them back. @ptr may be NULL. */
void platform_free(void *ptr, size_t size);

/* Fills @buf from the TEE's random generator; panics if it cannot. */
void platform_random(void *buf, size_t size);

/*
 * A key of this device and this TA, the same at each boot, and another one for each
 * @label. *@development: anybody can make it, for the device has no key of its own in its
 * hardware. OUT_OF_MEMORY, or COMMUNICATION if the TEE has no such key.
 */
enum platform_status platform_device_key(const void *label, size_t len,
					 uint8_t key[32], bool *development);

/* Ends this instance for good; every later call answers TARGET_DEAD. */
void platform_panic(const char *why) __attribute__((noreturn));

/* One line in the secure world's log. */
void platform_log(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/*
 * The only ways to touch memory that the caller shares with the TA, but for content
 * that is hashed and nothing else: shared_hash.h.
 *
 * They are functions of another translation unit, so that the compiler can
 * neither repeat a read nor read back a write: what stands in shared memory may
 * change at any moment.
 */
void platform_copy_in(void *priv, const void *shared, size_t size);
void platform_copy_out(void *shared, const void *priv, size_t size);

/*
 * The same of a counter, at a multiple of 8 bytes, that the caller changes or watches
 * during the call: at once, and in the order of acquire and release.
 */
uint64_t platform_load(const void *shared);
void platform_store(void *shared, uint64_t value);

/*
 * A session with the keeper, for the verifier. @buf is memory of the calling
 * TA; it holds the request and then the reply, of which @reply_len tells the
 * size. A status other than PLATFORM_OK means that no reply came.
 */
struct platform_keeper;

enum platform_status platform_keeper_open(struct platform_keeper **keeper);
enum platform_status platform_keeper_call(struct platform_keeper *keeper,
					  uint32_t command, void *buf,
					  size_t size, size_t *reply_len);
void platform_keeper_close(struct platform_keeper *keeper);

#endif /* IMATEE_PLATFORM_H */
