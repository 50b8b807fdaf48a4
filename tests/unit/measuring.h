/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of measurement share: messages for IMATEE_CMD_MEASURE and
 * IMATEE_CMD_HASH, and a log that is computed by OpenSSL.
 */
#ifndef IMATEE_MEASURING_H
#define IMATEE_MEASURING_H

#include <openssl/evp.h>

#include "fixture.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A hash algorithm as others have it. */
struct algo {
	uint8_t id; /* enum imatee_hash */
	const char *openssl; /* NULL if it has none */
	const char *kernel; /* in its hash_algo_name */
	int gcrypt; /* libgcrypt's, in the place of OpenSSL's */
	size_t size; /* bytes of that, if not all */
};

/* What the TEE has, and of these what the tests have from somebody else as well. */
#define ALGOS_ALL 16
#ifdef NO_GCRYPT
#define ALGOS 11
#else
#define ALGOS ALGOS_ALL
#endif
extern const struct algo algos[ALGOS];
const struct algo *algo_of(uint8_t id);

/* By OpenSSL or libgcrypt. Returns the size of the digest. */
size_t other_digest(uint8_t id, const void *data, size_t len, uint8_t *digest);

/* One event; .tail is put together when it is sent. */
struct message {
	struct imatee_measure head;
	char name[256];
	char format[256];
	uint8_t fields[IMATEE_MSG_MAX];
	uint8_t content[IMATEE_MSG_MAX];
};

/* An event of a template, with the digests that it wants to have of "content". */
void event_begin(struct message *m, const char *name, const char *format);
struct imatee_digest *event_add_digest(struct message *m, uint8_t algo,
				       uint8_t source, uint8_t roles);
void event_add_field(struct message *m, const void *data, size_t len);
void event_set_content(struct message *m, const void *data, size_t len);

/* An ima-ng event of content that is @number. */
void event_number(struct message *m, uint32_t number);

/* The bytes that are sent; returns how many. */
size_t event_bytes(const struct message *m, uint8_t *buf);
enum imatee_error event_send(struct fixture *f, const struct message *m,
			     struct answer *answer);

/* Reply of the last event_send() that was answered. */
extern struct imatee_measure_reply measured;
/* Its record, and the template data in it. */
extern const uint8_t *record;
extern struct imatee_log_record record_head;
extern const uint8_t *template_data;

/* A log that is replayed from its records alone. */
struct replay {
	uint64_t entries;
	uint64_t violations;
	struct imatee_pcr pcrs[IMATEE_PCRS];
};

/* Extends by all of @len bytes of records; fails on what is no record. */
void replay_records(struct replay *replay, const uint8_t *records, size_t len);
void log_status(struct fixture *f, struct imatee_log_status_reply *status);
/* The TEE's PCRs and counts are those of @replay. */
void assert_replayed(struct fixture *f, const struct replay *replay);

/* IMATEE_CMD_LOG_CHECK. */
enum imatee_error log_check(struct fixture *f,
			    const struct imatee_log_segment *segment,
			    const uint8_t *records);

/* The first IMATEE_CMD_HASH, of an identity that begins with 9, for as many algorithms. */
struct imatee_hash_request hash_first(uint8_t flags, size_t count,
				      const uint8_t *ids);

/* IMATEE_CMD_HASH with this block, in a memref that ends with it. */
enum imatee_error hash_send(struct fixture *f,
			    const struct imatee_hash_request *request,
			    const void *content, size_t len,
			    struct imatee_hash_reply *reply);

/* Hashes all of @content at once, for a ticket. */
void hash_ticket(struct fixture *f, uint8_t algo, uint8_t identity,
		 const void *content, size_t len, struct imatee_digest *ticket);

#endif /* IMATEE_MEASURING_H */
