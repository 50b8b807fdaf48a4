/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decoders, one for each form of request. Each takes the reader behind the
 * head, wants exactly its struct, and refuses reserved bytes that are not zero.
 * What they let through is in range; whether a key exists is another's matter.
 */
#ifndef IMATEE_REQUEST_H
#define IMATEE_REQUEST_H

#include "hash_algo.h"
#include "message.h"

/* The head: @size is what the memref holds. */
enum imatee_error request_decode_head(const struct imatee_request *head,
				      size_t size);

/* A request that is its head and nothing more. */
enum imatee_error request_decode_empty(struct reader *r);

enum imatee_error request_decode_hello(struct reader *r,
				       struct imatee_hello *hello);

enum imatee_error request_decode_attach(struct reader *r,
					struct imatee_attach *attach);

enum imatee_error request_decode_list(struct reader *r,
				      struct imatee_key_list *list);

/* @digest: .digest_len bytes of the request. */
enum imatee_error request_decode_select(struct reader *r,
					struct imatee_key_select *select,
					struct slice *digest);

/* @cert: .cert_len bytes of the request. TOO_LONG comes before their count. */
enum imatee_error request_decode_add(struct reader *r,
				     struct imatee_key_add *add,
				     const uint8_t **cert);

/*
 * @digests: that of the request, whatever made it; or with IMATEE_DIGEST_FILES all of
 * them, each of another algorithm and as long as that has it. @signature: .sig_len
 * bytes of the request. TOO_LONG comes before the count of bytes, BAD_VALUE (an
 * algorithm that there is not) behind it.
 */
enum imatee_error request_decode_verify(struct reader *r,
					struct imatee_verify *verify,
					struct digests *digests,
					struct slice *signature);

/* @message: PKCS #7. TOO_LONG comes before the count of its bytes. */
enum imatee_error request_decode_revoke(struct reader *r,
					struct slice *message);

enum imatee_error request_decode_revoked(struct reader *r, uint32_t *index);

/*
 * States that cannot be of a hash in progress are refused; whether they are ours is
 * another's matter. Errors: TOO_LONG, MALFORMED, BAD_VALUE.
 */
enum imatee_error request_decode_hash(struct reader *r,
				      struct imatee_hash_request *hash);

/* Errors: MALFORMED, TOO_LONG, BAD_VALUE (a bank that there is not). */
enum imatee_error request_decode_quote(struct reader *r,
				       struct imatee_quote *quote);

/* @signature: .sig_len bytes of the request. Errors: TOO_LONG, MALFORMED. */
enum imatee_error request_decode_trim(struct reader *r,
				      struct imatee_log_trim *trim,
				      struct slice *signature);

/* Only a test image has a use for it. */
enum imatee_error request_decode_fail(struct reader *r,
				      struct imatee_test_fail *fail);

#endif /* IMATEE_REQUEST_H */
