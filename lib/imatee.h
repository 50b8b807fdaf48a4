/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libimatee: ask imatee's keeper, in the TEE, which keys it holds, what is revoked, and
 * what was measured, and have it quote that.
 *
 * The answers come from the TEE, not from the kernel's keyrings: a kernel whose
 * keyrings were tampered with does not change them. (The kernel passes them on,
 * though. Who controls the kernel controls what its user space sees.)
 *
 * Every function that can fail returns 0 or an error number: one of enum
 * imatee_error (imatee_abi.h), which is the keeper's refusal, or one of enum
 * imatee_lib_error. imatee_strerror() says what to do about it.
 *
 * Any process that may open /dev/tee* may call; nothing here changes the TEE.
 * Times are seconds since 1970-01-01T00:00:00Z, lengths are bytes. A session
 * may be used by one thread at a time.
 */
#ifndef IMATEE_H
#define IMATEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "imatee_abi.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What keeps a question from being answered. */
enum imatee_lib_error {
	IMATEE_LIB_NO_TEE = 256, /* there is no TEE device */
	IMATEE_LIB_NO_TA = 257, /* the TEE has no imatee keeper */
	IMATEE_LIB_NO_PERMISSION = 258, /* the TEE device may not be opened */
	IMATEE_LIB_TA_DEAD = 259, /* the keeper panicked */
	IMATEE_LIB_BUSY = 260, /* IMATEE_PUBLIC_SESSIONS are open */
	IMATEE_LIB_TEE_MEMORY = 261, /* the TEE's memory is used up */
	IMATEE_LIB_TEE_FAILED = 262, /* any other failure of the call */
	IMATEE_LIB_BAD_REPLY = 263, /* the reply is not what the ABI says */
	IMATEE_LIB_NO_MEMORY = 264, /* malloc() failed */
};

/**
 * struct imatee_state - what the head of every reply tells
 * @boot_id: random, drawn at the machine's last reset
 * @epoch: of keys and revocations: 1 at start, one more at each change
 * @attach_count: kernels that have attached since the reset
 * @sealed: no key can be added until the machine is reset
 * @test_image: the trusted application can be told to panic
 */
struct imatee_state {
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	uint64_t epoch;
	uint32_t attach_count;
	bool sealed;
	bool test_image;
};

/**
 * struct imatee_peer - who answers
 * @abi_major: version of the interface that the keeper speaks
 * @abi_minor: the same
 * @version: of its software, printable ASCII
 * @keys_digest: SHA-256 over the certificates, and the revocations, built into it
 */
struct imatee_peer {
	uint32_t abi_major;
	uint32_t abi_minor;
	char version[32];
	uint8_t keys_digest[32];
};

/**
 * struct imatee_status - the keeper's state in numbers
 * @state: as in every reply
 * @keys: keys held, by enum imatee_ring; [0] is their sum
 * @capacity: keys that a ring can hold
 * @ca_count: built-in authorities, which may vouch for added keys
 * @sessions: open now, this one included
 * @mode: enum imatee_mode that the last kernel said it runs in
 * @lookups: keys that the keeper itself handed out, by enum imatee_purpose;
 *	     after the seal the kernel asks the verifiers
 * @refused_writes: how often something was refused because of the seal
 */
struct imatee_status {
	struct imatee_state state;
	uint32_t keys[IMATEE_RING_COUNT + 1];
	uint32_t capacity;
	uint32_t ca_count;
	uint32_t sessions;
	enum imatee_mode mode;
	uint64_t lookups[IMATEE_PURPOSE_COUNT];
	uint64_t refused_writes;
};

/**
 * struct imatee_key - one key
 * @ring: that holds it
 * @algo: of the key
 * @source: built in, or added before the seal
 * @index: in its ring; holds as long as the epoch does
 * @keyid: last four bytes of the subject key identifier, as a number: what
 *	   evmctl writes into a signature
 * @key_bits: size of the key
 * @pubkey_len: bytes that imatee_get_key() gives
 * @cert_len: bytes that imatee_export_key() gives
 * @not_before: start of the certificate's validity
 * @not_after: its end
 * @skid: subject key identifier
 * @skid_len: bytes of it
 * @fingerprint: SHA-256 of the certificate
 * @subject: for people: printable UTF-8, in which '?' stands for what is not
 */
struct imatee_key {
	enum imatee_ring ring;
	enum imatee_key_algo algo;
	enum imatee_key_source source;
	uint32_t index;
	uint32_t keyid;
	uint32_t key_bits;
	size_t pubkey_len;
	size_t cert_len;
	uint64_t not_before;
	uint64_t not_after;
	uint8_t skid[IMATEE_SKID_MAX];
	size_t skid_len;
	uint8_t fingerprint[IMATEE_FINGERPRINT_SIZE];
	char subject[IMATEE_SUBJECT_MAX];
};

/**
 * struct imatee_revoked_entry - one thing that is revoked
 * @kind: what @hash is a hash of
 * @source: built in, or brought by a request
 * @hash: of it
 * @hash_len: bytes of it, 1 to IMATEE_DIGEST_MAX
 */
struct imatee_revoked_entry {
	enum imatee_revoked_kind kind;
	enum imatee_key_source source;
	uint8_t hash[IMATEE_DIGEST_MAX];
	size_t hash_len;
};

/**
 * struct imatee_log_status - the log of measurements, at one moment
 * @state: as in every reply
 * @entries: appended since the machine's reset; the first one's position is 0
 * @violations: those among them that tell that something could not be measured
 * @open_first: position of the first entry whose record is in the TEE; all before it
 *		are in normal memory, where the TEE knows them again
 * @open_count: entries whose records are in the TEE
 * @open_len: bytes of these records
 * @secure_bytes: of the TEE's memory that the log takes, however long it is
 * @pcrs_used: bit n: there is an entry for PCR n
 * @pcrs: as a TPM's would be after the same entries; one without any is all zeros
 */
struct imatee_log_status {
	struct imatee_state state;
	uint64_t entries;
	uint64_t violations;
	uint64_t open_first;
	uint32_t open_count;
	uint32_t open_len;
	uint32_t secure_bytes;
	uint32_t pcrs_used;
	struct imatee_pcr pcrs[IMATEE_PCRS];
};

/**
 * struct imatee_log_base - where the log of measurements begins
 * @state: as in every reply
 * @trimmed: position of the first entry that is kept; 0 if nothing was trimmed
 * @pcrs: after the entries before it
 */
struct imatee_log_base {
	struct imatee_state state;
	uint64_t trimmed;
	struct imatee_pcr pcrs[IMATEE_PCRS];
};

/**
 * struct imatee_binding_info - what a quote says beside the PCRs of the log
 * @boot_id: random, drawn at the machine's last reset
 * @entries: that the PCRs are made of, from position 0 on
 * @violations: among them
 * @trimmed: position of the first one that is kept
 * @epoch: of keys and revocations
 * @attach_count: kernels that have attached since the reset
 * @sealed: no key can be added until the machine is reset
 * @mode: enum imatee_mode that the last kernel said it runs in
 * @flags: IMATEE_FLAG_*, IMATEE_BINDING_*; a later version may know more of them
 * @keys: SHA-256 of what is in the rings, as imatee_abi.h says
 * @keys_digest: SHA-256 over the certificates, and the revocations, built into the keeper
 * @base: SHA-256 of the PCRs before @trimmed
 * @order: of all entries, as imatee_abi.h says
 * @base_order: of those before @trimmed
 */
struct imatee_binding_info {
	uint8_t boot_id[IMATEE_BOOT_ID_SIZE];
	uint64_t entries;
	uint64_t violations;
	uint64_t trimmed;
	uint64_t epoch;
	uint32_t attach_count;
	bool sealed;
	enum imatee_mode mode;
	uint32_t flags;
	uint8_t keys[32];
	uint8_t keys_digest[32];
	uint8_t base[32];
	uint8_t order[32];
	uint8_t base_order[32];
};

/* Bytes of a TPM's structures that this library takes; the keeper's are shorter. */
#define IMATEE_TPM_MAX 512
/* Bytes of a certificate request. */
#define IMATEE_CSR_MAX 2048

/**
 * struct imatee_quote_result - a quote
 * @state: as in every reply
 * @binding: of which IMATEE_PCR_BINDING is made, in the bank of the quote
 * @info: what @binding says
 * @pcrs_used: bit n: there is an entry for PCR n
 * @checkpoint: what a receipt for @pcrs needs, see struct imatee_log_trim
 * @pcrs: of the log, after @info.entries; IMATEE_PCR_BINDING is not one of it
 * @base: of the log, after @info.trimmed
 * @attest: TPMS_ATTEST, which is signed
 * @attest_len: bytes of it
 * @sig: TPMT_SIGNATURE
 * @sig_len: bytes of it
 *
 * Nothing of it is verified here.
 */
struct imatee_quote_result {
	struct imatee_state state;
	struct imatee_binding binding;
	struct imatee_binding_info info;
	uint32_t pcrs_used;
	uint8_t checkpoint[32];
	struct imatee_pcr pcrs[IMATEE_PCRS];
	struct imatee_pcr base[IMATEE_PCRS];
	uint8_t attest[IMATEE_TPM_MAX];
	size_t attest_len;
	uint8_t sig[IMATEE_TPM_MAX];
	size_t sig_len;
};

/**
 * struct imatee_ak - the key that signs quotes
 * @state: as in every reply
 * @development: the device has no key of its own: anyone can sign as this one does
 * @pub: TPMT_PUBLIC
 * @pub_len: bytes of it
 * @csr: certificate request that the key has signed, DER
 * @csr_len: bytes of it
 */
struct imatee_ak {
	struct imatee_state state;
	bool development;
	uint8_t pub[IMATEE_TPM_MAX];
	size_t pub_len;
	uint8_t csr[IMATEE_CSR_MAX];
	size_t csr_len;
};

/**
 * struct imatee_key_name - which key is meant
 * @ring: IMATEE_RING_IMA, _EVM or _PLATFORM
 * @select: which of the following fields names it
 * @index: with IMATEE_SELECT_INDEX
 * @keyid: with IMATEE_SELECT_KEYID
 * @skid: with IMATEE_SELECT_SKID
 * @skid_len: the same; 1 to IMATEE_SKID_MAX
 */
struct imatee_key_name {
	enum imatee_ring ring;
	enum imatee_select select;
	uint32_t index;
	uint32_t keyid;
	uint8_t skid[IMATEE_SKID_MAX];
	size_t skid_len;
};

struct imatee;

/**
 * imatee_open - open a session with the keeper
 * @session: is set to the session, to be given to imatee_close()
 * @peer: if not NULL, is filled on success and with IMATEE_ERR_VERSION
 *
 * Return: 0; IMATEE_ERR_VERSION if keeper and library have different major
 * versions of the interface; another error of the two enums.
 */
int imatee_open(struct imatee **session, struct imatee_peer *peer);

/**
 * imatee_close - end a session
 * @session: of imatee_open(), or NULL
 */
void imatee_close(struct imatee *session);

/**
 * imatee_get_status - what the keeper says of itself
 * @session: an open session
 * @status: is filled on success
 *
 * Return: 0 or an error.
 */
int imatee_get_status(struct imatee *session, struct imatee_status *status);

/**
 * imatee_list_keys - all keys of one ring, or of all rings
 * @session: an open session
 * @ring: the ring, or IMATEE_RING_ANY
 * @keys: is set to an array in the order (ring, index), to be given to free()
 * @count: is set to its length
 *
 * The list is of one epoch: if a key comes or goes meanwhile, it is read anew.
 *
 * Return: 0, IMATEE_ERR_BAD_RING, or another error.
 */
int imatee_list_keys(struct imatee *session, enum imatee_ring ring,
		     struct imatee_key **keys, size_t *count);

/**
 * imatee_describe_key - one key
 * @session: an open session
 * @name: which one
 * @key: is filled on success
 *
 * Return: 0, IMATEE_ERR_NO_KEY, IMATEE_ERR_BAD_RING, or another error.
 */
int imatee_describe_key(struct imatee *session,
			const struct imatee_key_name *name,
			struct imatee_key *key);

/**
 * imatee_get_key - one key with its public key
 * @session: an open session
 * @name: which one
 * @key: is filled on success
 * @data: is set to @key->pubkey_len bytes in the form that enum imatee_key_algo
 *	  tells, to be given to free()
 *
 * Return: as imatee_describe_key().
 */
int imatee_get_key(struct imatee *session, const struct imatee_key_name *name,
		   struct imatee_key *key, uint8_t **data);

/**
 * imatee_export_key - one key with its certificate
 * @session: an open session
 * @name: which one
 * @key: is filled on success
 * @data: is set to @key->cert_len bytes of DER, as they were enrolled, to be
 *	  given to free()
 *
 * Return: as imatee_describe_key().
 */
int imatee_export_key(struct imatee *session,
		      const struct imatee_key_name *name,
		      struct imatee_key *key, uint8_t **data);

/**
 * imatee_list_revoked - what is revoked
 * @session: an open session
 * @entries: is set to an array in the order in which it was revoked, to be given
 *	     to free()
 * @count: is set to its length
 *
 * The list is of one epoch: if it grows meanwhile, it is read anew.
 *
 * Return: 0, IMATEE_ERR_UNKNOWN_COMMAND if the keeper is of a release that revokes
 * nothing, or another error.
 */
int imatee_list_revoked(struct imatee *session,
			struct imatee_revoked_entry **entries, size_t *count);

/**
 * imatee_log_status - how far the log of measurements is, and what its PCRs are
 * @session: an open session
 * @status: is filled on success
 *
 * A list of measurements that makes these PCRs, entry by entry, is the log.
 *
 * Return: 0, IMATEE_ERR_UNKNOWN_COMMAND if the keeper is of a release that measures
 * nothing, or another error.
 */
int imatee_log_status(struct imatee *session, struct imatee_log_status *status);

/**
 * imatee_log_base - where the log of measurements begins
 * @session: an open session
 * @base: is filled on success
 *
 * Return: 0, IMATEE_ERR_UNKNOWN_COMMAND if the keeper is of a release that trims
 * nothing: its log begins at 0; or another error.
 */
int imatee_log_base(struct imatee *session, struct imatee_log_base *base);

/**
 * imatee_quote - have the keeper quote the log and its state
 * @session: an open session
 * @bank: of the PCRs: IMATEE_HASH_SHA1, _SHA256 or _SHA384
 * @nonce: of whoever will verify it
 * @nonce_len: at most IMATEE_NONCE_MAX
 * @quote: is filled on success
 *
 * Return: 0, IMATEE_ERR_TOO_LONG, IMATEE_ERR_BAD_VALUE if there is no such bank,
 * IMATEE_ERR_NO_DEVICE_KEY, IMATEE_ERR_UNKNOWN_COMMAND if the keeper is of a release
 * that quotes nothing, or another error.
 */
int imatee_quote(struct imatee *session, enum imatee_hash bank,
		 const void *nonce, size_t nonce_len,
		 struct imatee_quote_result *quote);

/**
 * imatee_get_ak - the key that signs quotes
 * @session: an open session
 * @ak: is filled on success
 *
 * Return: as imatee_quote().
 */
int imatee_get_ak(struct imatee *session, struct imatee_ak *ak);

/**
 * imatee_decode_binding - what a quote says beside the PCRs
 * @data: struct imatee_binding
 * @size: bytes of it
 * @info: is filled on success
 *
 * This is for whoever verifies a quote, and needs no session.
 *
 * Return: 0, or IMATEE_LIB_BAD_REPLY if this is none.
 */
int imatee_decode_binding(const void *data, size_t size,
			  struct imatee_binding_info *info);

/**
 * imatee_strerror - what an error means and what to do
 * @error: of any function of this library
 *
 * Return: one line without a full stop, never NULL.
 */
const char *imatee_strerror(int error);

/**
 * imatee_error_name - the name of an error for programs
 * @error: of any function of this library
 *
 * Return: as in the enum, in lower case without its prefix, for example
 * "no_key"; "unknown" for a number that this library does not know.
 */
const char *imatee_error_name(int error);

/* Names of enum values as the kernel and the tools write them, "?" if unknown. */
const char *imatee_ring_name(enum imatee_ring ring);
const char *imatee_algo_name(enum imatee_key_algo algo);
const char *imatee_source_name(enum imatee_key_source source);
const char *imatee_mode_name(enum imatee_mode mode);
const char *imatee_purpose_name(enum imatee_purpose purpose);
const char *imatee_revoked_kind_name(enum imatee_revoked_kind kind);

/**
 * imatee_printable - make text fit for a terminal
 * @dst: where it goes, NUL-terminated
 * @size: bytes of @dst, at least 1; what does not fit is cut at a character
 * @src: text of unknown origin
 * @len: bytes of it; a NUL ends it before
 *
 * Keeps well-formed UTF-8. Control characters, those that change the direction
 * of the text, and bytes that are no UTF-8 become '?'.
 */
void imatee_printable(char *dst, size_t size, const void *src, size_t len);

/**
 * imatee_lib_version - version of this library
 *
 * Return: for example "0.1.0".
 */
const char *imatee_lib_version(void);

#ifdef __cplusplus
}
#endif

#endif /* IMATEE_H */
