/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * imatee: everything that crosses the boundary between the normal world and
 * the trusted applications (TAs).
 *
 * This is the only definition: the kernel, the TAs, the library and the tests
 * include this very file. abi/PROTOCOL.md tells the same in prose.
 *
 * Conventions
 *
 *   - Integers are little-endian, fixed width; there are no pointers and no
 *     padding; every struct's size is asserted below.
 *   - One invocation carries one message: parameter 0 is a MEMREF_INOUT,
 *     parameters 1 to 3 are NONE, but for parameter 1 of IMATEE_CMD_HASH. The request stands at
 *     offset 0 of the memref, the reply replaces it. One memref means one mapping a
 *     call.
 *   - The TA copies each byte of the request to its own memory, once, before it
 *     looks at it, but for content and records that it hashes and nothing else, and
 *     writes the reply once. What it reads and writes meanwhile are the two counters of a ring.
 *     Reserved fields must be zero and trailing bytes are refused
 *     (IMATEE_ERR_MALFORMED), so that they can be given a meaning.
 *   - A call that could be answered returns TEE_SUCCESS, and the verdict is
 *     imatee_reply.error. Only what leaves no room for a reply is a TEE_Result:
 *     TEE_ERROR_BAD_PARAMETERS (wrong parameter types, a memref smaller than
 *     struct imatee_reply or larger than IMATEE_MSG_MAX, two that overlap),
 *     TEE_ERROR_TARGET_DEAD (the TA panicked; the keeper stays dead until the
 *     machine is reset).
 *   - The first command of a session is IMATEE_CMD_HELLO. Its request and its
 *     reply keep their layout in all versions.
 */
#ifndef IMATEE_ABI_H
#define IMATEE_ABI_H

#ifdef __KERNEL__
#include <linux/build_bug.h>
#include <linux/types.h>
typedef __u8 imatee_u8;
typedef __le32 imatee_le32;
typedef __le64 imatee_le64;
#else
#include <assert.h>
#include <stdint.h>
typedef uint8_t imatee_u8;
/* Little-endian in memory: read through the accessors of each side. */
typedef uint32_t imatee_le32;
typedef uint64_t imatee_le64;
#endif

/*
 * Version of this interface. A different major number is refused at
 * IMATEE_CMD_HELLO by both sides; a higher minor number only adds to it.
 */
#define IMATEE_ABI_MAJOR	2
#define IMATEE_ABI_MINOR	2
/* The first with all that the kernel asks for. */
#define IMATEE_ABI_MINOR_KERNEL	0

/*
 * The two trusted applications, as the eleven fields of a UUID (RFC 9562):
 * IMATEE_APPLY(UUID_INIT, IMATEE_KEEPER_UUID_FIELDS) in the kernel,
 * TEE_UUID uuid = IMATEE_KEEPER_UUID; with the GlobalPlatform API.
 *
 * keeper: d96a5b40-c3e2-4af2-8f1b-6e1f8ef0a1d5, single instance, holds the
 * keyrings and the seal.
 * verifier: 4b1c8f0e-7a35-4d6b-9c52-2f7d0b93e846, one instance a session, works
 * with the keeper's sealed keys.
 */
#define IMATEE_KEEPER_UUID_FIELDS \
	0xd96a5b40, 0xc3e2, 0x4af2, \
	0x8f, 0x1b, 0x6e, 0x1f, 0x8e, 0xf0, 0xa1, 0xd5
#define IMATEE_VERIFIER_UUID_FIELDS \
	0x4b1c8f0e, 0x7a35, 0x4d6b, \
	0x9c, 0x52, 0x2f, 0x7d, 0x0b, 0x93, 0xe8, 0x46

#define IMATEE_APPLY(macro, ...)	macro(__VA_ARGS__)
#define IMATEE_GP_UUID(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7) \
	{ a, b, c, { d0, d1, d2, d3, d4, d5, d6, d7 } }
#define IMATEE_KEEPER_UUID \
	IMATEE_APPLY(IMATEE_GP_UUID, IMATEE_KEEPER_UUID_FIELDS)
#define IMATEE_VERIFIER_UUID \
	IMATEE_APPLY(IMATEE_GP_UUID, IMATEE_VERIFIER_UUID_FIELDS)

/*
 * Limits. A request beyond one is refused with the error named beside it.
 */
#define IMATEE_KEYS_PER_RING	32	/* IMATEE_ERR_RING_FULL */
#define IMATEE_CERT_MAX		16384	/* bytes of DER; IMATEE_ERR_TOO_LONG */
#define IMATEE_PUBKEY_MAX	4096	/* bytes; ML-DSA-87 needs 2592 */
#define IMATEE_SIG_MAX		8192	/* bytes; ML-DSA-87 needs 4627 */
#define IMATEE_PKCS7_MAX	32768	/* bytes of one appended signature */
#define IMATEE_DIGEST_MAX	64	/* bytes */
#define IMATEE_FILE_DIGESTS_MAX	8	/* of one file: one for each hash of signatures */
#define IMATEE_SKID_MAX		64	/* bytes of subject key identifier */
#define IMATEE_SUBJECT_MAX	128	/* bytes, the final NUL included */
#define IMATEE_BOOT_ID_SIZE	16	/* bytes, random, one a machine reset */
#define IMATEE_FINGERPRINT_SIZE	32	/* bytes: SHA-256 of the certificate */
#define IMATEE_MSG_MAX		65536	/* bytes of one message */
#define IMATEE_REVOKE_MAX	16384	/* bytes of one request to revoke */
#define IMATEE_REVOKED_MAX	256	/* entries; IMATEE_ERR_REVOKED_FULL */
#define IMATEE_HASH_CONTENT_MAX	1048576	/* bytes of one IMATEE_CMD_HASH, or of its ring */
#define IMATEE_HASH_RING_MAX	16777216 /* bytes of one that go through a ring */
#define IMATEE_HASH_STATE_MAX	448	/* bytes of a hash that is not finished */
#define IMATEE_HASHES		2	/* made at once of one content */
#define IMATEE_EVENT_DIGESTS	3	/* of one event */
#define IMATEE_TEMPLATE_MAX	255	/* bytes of a template's name, and of its format */
#define IMATEE_TEMPLATE_FIELDS	15	/* as in the kernel's ima_template.c */
/*
 * The log is kept in segments: one is closed when it has this many bytes, so that it
 * fits into four pages unless its last record is a long one. A record is
 * at most as long as fits behind one byte less in a message with its check.
 */
#define IMATEE_LOG_SEGMENT	15872
#define IMATEE_LOG_RECORD_MAX	45056	/* bytes; IMATEE_ERR_TOO_LONG */
#define IMATEE_PCRS		24
/*
 * No entry is for this one: a quote has the digest of struct imatee_binding in it. A
 * policy's pcr= is below.
 */
#define IMATEE_PCR_BINDING	23
#define IMATEE_NONCE_MAX	64	/* bytes of a quote's nonce */
#define IMATEE_RECEIPT_SIG_MAX	1024	/* bytes of a receipt's signature */
/*
 * Sessions with the keeper open at once by others than the kernel and the
 * verifier; one more is refused with TEE_ERROR_BUSY.
 */
#define IMATEE_PUBLIC_SESSIONS	16

/* Keyrings of the TEE, after the kernel keyrings of the same names. */
enum imatee_ring {
	IMATEE_RING_ANY		= 0,	/* only where a command says so */
	IMATEE_RING_IMA		= 1,	/* .ima: security.ima, appended signatures */
	IMATEE_RING_EVM		= 2,	/* .evm: security.evm */
	IMATEE_RING_PLATFORM	= 3,	/* .platform: kexec images */
	IMATEE_RING_COUNT	= 3,
};

/* What a key or signature is wanted for. */
enum imatee_purpose {
	IMATEE_PURPOSE_QUERY		= 0,	/* keyctl, tools: no verdict of IMA or EVM */
	IMATEE_PURPOSE_IMA		= 1,	/* security.ima, version 2 */
	IMATEE_PURPOSE_VERITY		= 2,	/* security.ima, version 3 (fs-verity) */
	IMATEE_PURPOSE_EVM		= 3,	/* security.evm, bound to the inode */
	IMATEE_PURPOSE_EVM_PORTABLE	= 4,	/* security.evm, portable */
	IMATEE_PURPOSE_MODSIG		= 5,	/* appended PKCS#7 signature */
	IMATEE_PURPOSE_COUNT		= 6,
};

/* What the digest of a request is a digest of. */
enum imatee_digest_kind {
	IMATEE_DIGEST_NONE	= 0,	/* the request carries no digest */
	IMATEE_DIGEST_FILE	= 1,	/* of the file's contents */
	IMATEE_DIGEST_VERITY	= 2,	/* fs-verity file digest */
	IMATEE_DIGEST_FILE_ID	= 3,	/* of struct ima_file_id */
	IMATEE_DIGEST_METADATA	= 4,	/* EVM: of the protected metadata */
	/* several of the file's contents; only with IMATEE_CMD_VERIFY */
	IMATEE_DIGEST_FILES	= 5,
	IMATEE_DIGEST_KIND_COUNT = 6,
};

/* Public key algorithms. */
enum imatee_key_algo {
	IMATEE_ALGO_RSA		= 1,	/* key: RSAPublicKey, DER (RFC 8017 A.1.1) */
	IMATEE_ALGO_ECDSA_P256	= 2,	/* key: uncompressed point (SEC 1 2.3.3) */
	IMATEE_ALGO_ECDSA_P384	= 3,
	IMATEE_ALGO_ECDSA_P521	= 4,
};

/*
 * Hash algorithms, numbered as in the kernel's <linux/hash_info.h>, which is what
 * extended attributes have.
 */
enum imatee_hash {
	IMATEE_HASH_MD5		= 1,	/* for measurement only */
	IMATEE_HASH_SHA1	= 2,
	IMATEE_HASH_RMD160	= 3,	/* for measurement only */
	IMATEE_HASH_SHA256	= 4,
	IMATEE_HASH_SHA384	= 5,
	IMATEE_HASH_SHA512	= 6,
	IMATEE_HASH_SHA224	= 7,
	/* Whirlpool (256, 384: its first bytes), SM3, Streebog: since minor number 1 */
	IMATEE_HASH_WP256	= 11,	/* for measurement only */
	IMATEE_HASH_WP384	= 12,	/* for measurement only */
	IMATEE_HASH_WP512	= 13,	/* for measurement only */
	IMATEE_HASH_SM3		= 17,	/* for measurement only */
	IMATEE_HASH_STREEBOG256	= 18,	/* for measurement only */
	IMATEE_HASH_STREEBOG512	= 19,	/* for measurement only */
	IMATEE_HASH_SHA3_256	= 20,
	IMATEE_HASH_SHA3_384	= 21,
	IMATEE_HASH_SHA3_512	= 22,
};

/* Where a key came from. */
enum imatee_key_source {
	IMATEE_SOURCE_BUILTIN	= 1,	/* part of the TA's image */
	/* IMATEE_CMD_KEY_ADD, before the seal; of an entry: IMATEE_CMD_REVOKE */
	IMATEE_SOURCE_ADDED	= 2,
};

/* Seal state. It only ever goes up, until the machine is reset. */
enum imatee_seal {
	IMATEE_SEAL_OPEN	= 1,
	IMATEE_SEAL_SEALED	= 2,
};

/* Bits of imatee_reply.flags. */
#define IMATEE_FLAG_TEST_IMAGE	0x00000001	/* built with IMATEE_TEST_IMAGE=y */
/*
 * Of the keeper: a key of .evm is revoked. EVM stays on, though the ring may be empty.
 */
#define IMATEE_FLAG_EVM_REVOKED	0x00000002
#define IMATEE_FLAG_DIGEST_REVOKED 0x00000004	/* of the keeper: a digest is */
#define IMATEE_FLAG_KNOWN	(IMATEE_FLAG_TEST_IMAGE | \
				 IMATEE_FLAG_EVM_REVOKED | \
				 IMATEE_FLAG_DIGEST_REVOKED)

/*
 * imatee_reply.error: each refusal has its own number. The text beside it is
 * what the tools and the kernel log tell the user to do.
 */
enum imatee_error {
	IMATEE_OK			= 0,
	/* protocol */
	IMATEE_ERR_MALFORMED		= 1,	/* lengths, reserved or trailing bytes are wrong */
	IMATEE_ERR_NO_HELLO		= 2,	/* first send IMATEE_CMD_HELLO */
	IMATEE_ERR_VERSION		= 3,	/* kernel and TA differ in ABI: update one */
	IMATEE_ERR_UNKNOWN_COMMAND	= 4,	/* the TA is older than the caller */
	IMATEE_ERR_SHORT_BUFFER		= 5,	/* give imatee_reply.needed bytes */
	IMATEE_ERR_RESOURCES		= 6,	/* secure memory is used up: try again */
	IMATEE_ERR_NOT_PERMITTED	= 7,	/* this caller may not send this command */
	IMATEE_ERR_BAD_RING		= 8,	/* no such ring */
	IMATEE_ERR_BAD_VALUE		= 9,	/* an enum is out of its range */
	IMATEE_ERR_TOO_LONG		= 10,	/* beyond a limit of this header */
	/* state */
	IMATEE_ERR_SEALED		= 20,	/* no write until the machine is reset */
	IMATEE_ERR_NOT_SEALED		= 21,	/* the verifier loads sealed keys only */
	IMATEE_ERR_NOT_SYNCED		= 22,	/* first send IMATEE_CMD_SYNC */
	IMATEE_ERR_KEEPER		= 23,	/* the verifier cannot reach the keeper */
	/* keys */
	IMATEE_ERR_NO_KEY		= 40,	/* the ring holds no such key */
	IMATEE_ERR_RING_FULL		= 41,	/* IMATEE_KEYS_PER_RING keys are in it */
	IMATEE_ERR_KEY_EXISTS		= 42,	/* the same certificate is in the ring */
	IMATEE_ERR_KEYID_TAKEN		= 43,	/* another key of the ring has this id */
	IMATEE_ERR_CERT_MALFORMED	= 44,	/* not one DER X.509 certificate */
	IMATEE_ERR_CERT_UNTRUSTED	= 45,	/* its issuer is no built-in CA */
	/* no digitalSignature, a CA's certificate, an unknown critical extension */
	IMATEE_ERR_CERT_USAGE		= 46,
	IMATEE_ERR_CERT_KEY		= 47,	/* algorithm or size is not supported */
	IMATEE_ERR_CERT_NO_SKID		= 48,	/* no subject key identifier */
	IMATEE_ERR_CERT_SIGNATURE	= 49,	/* the CA that it names did not sign it */
	IMATEE_ERR_CERT_REVOKED		= 50,	/* the certificate or its key is revoked */
	/* signatures */
	IMATEE_ERR_SIG_MALFORMED	= 60,	/* not a signature in its extended attribute */
	IMATEE_ERR_SIG_VERSION		= 61,	/* sign anew: version 2, or 3 for fs-verity */
	IMATEE_ERR_SIG_HASH		= 62,	/* hash algorithm is not supported */
	IMATEE_ERR_SIG_INVALID		= 63,	/* this key did not sign this digest */
	IMATEE_ERR_DIGEST_REVOKED	= 64,	/* nobody's signature of it is valid any more */
	/* requests to revoke */
	IMATEE_ERR_REVOKE_MALFORMED	= 70,	/* not a list as PROTOCOL.md has it */
	IMATEE_ERR_REVOKE_UNTRUSTED	= 71,	/* its signer is no built-in CA */
	IMATEE_ERR_REVOKE_SIGNATURE	= 72,	/* the CA that it names did not sign it */
	IMATEE_ERR_REVOKED_FULL		= 73,	/* build the next image with the list */
	/* measurement */
	IMATEE_ERR_HASH_ALGO		= 80,	/* not computed here: choose another ima_hash= */
	IMATEE_ERR_TICKET		= 81,	/* of another file or boot: hash it anew */
	IMATEE_ERR_TEMPLATE		= 82,	/* the event lacks what its template wants */
	IMATEE_ERR_LOG_MISMATCH		= 83,	/* not what the log has there */
	IMATEE_ERR_HASH_RING		= 87,	/* .produced is behind, or beyond the ring */
	/* attestation */
	IMATEE_ERR_CHECKPOINT		= 84,	/* of another boot's log: quote it anew */
	IMATEE_ERR_RECEIPT		= 85,	/* no key of keys/receipt/ has signed it */
	IMATEE_ERR_NO_DEVICE_KEY	= 86,	/* OP-TEE derives none: see docs/boards.md */
};

/*
 * Commands.
 *
 * K: keeper, V: verifier.
 * Callers: "anyone" is any normal-world client and any TA; "kernel" is a
 * session opened with TEE_LOGIN_REE_KERNEL (user space cannot claim it, a
 * compromised kernel can: no guarantee rests on it). The keeper takes sessions
 * from anyone, the verifier from the kernel only.
 * All commands may answer with the "protocol" errors above; what a command adds
 * is listed with it. The order is UNKNOWN_COMMAND, NO_HELLO, SEALED,
 * NOT_PERMITTED; only then is a byte of the request read.
 */
enum imatee_cmd {
	/*
	 * K V. Caller: anyone. First command of each session.
	 * [in] struct imatee_hello  [out] struct imatee_hello_reply
	 * Errors: VERSION (the reply is filled all the same).
	 */
	IMATEE_CMD_HELLO		= 1,
	/*
	 * K. Caller: anyone.
	 * [in] struct imatee_request  [out] struct imatee_status_reply
	 */
	IMATEE_CMD_STATUS		= 2,
	/*
	 * K. Caller: kernel, once a boot of it. Counts the attach and notes the
	 * mode that the kernel says it runs in.
	 * [in] struct imatee_attach  [out] struct imatee_reply
	 * Errors: NOT_PERMITTED, BAD_VALUE.
	 */
	IMATEE_CMD_ATTACH		= 3,
	/*
	 * K. Caller: kernel. Ends all writing until the machine is reset.
	 * Sealing what is sealed is no error.
	 * [in] struct imatee_request  [out] struct imatee_reply
	 * Errors: NOT_PERMITTED.
	 */
	IMATEE_CMD_SEAL			= 4,
	/*
	 * K. Caller: anyone. Keys of one ring or of all, from position
	 * .index on in the order (ring, index); as many as the memref holds,
	 * and SHORT_BUFFER if there are more but none fits.
	 * [in] struct imatee_key_list (ring ANY allowed)
	 * [out] struct imatee_key_list_reply + .count * struct imatee_key_info
	 */
	IMATEE_CMD_KEY_LIST		= 5,
	/*
	 * K. Caller: anyone. Describes one key.
	 * [in] struct imatee_key_select  [out] struct imatee_key_reply
	 * Errors: NO_KEY.
	 */
	IMATEE_CMD_KEY_DESCRIBE		= 6,
	/*
	 * K V. Caller: anyone (K), kernel (V). One key with its public key:
	 * this is the hot path of mode "keys".
	 * [in] struct imatee_key_select + .digest_len bytes
	 * [out] struct imatee_key_reply + .info.pubkey_len bytes
	 * Errors: NO_KEY, DIGEST_REVOKED, NOT_SYNCED (V).
	 */
	IMATEE_CMD_KEY_GET		= 7,
	/*
	 * K. Caller: anyone. One key with its certificate as it was enrolled.
	 * [in] struct imatee_key_select + .digest_len bytes
	 * [out] struct imatee_key_reply + .info.cert_len bytes of DER
	 * Errors: NO_KEY, DIGEST_REVOKED.
	 */
	IMATEE_CMD_KEY_EXPORT		= 8,
	/*
	 * K. Caller: kernel, before the seal. Adds the key of a certificate
	 * that a CA built into the TA has signed.
	 * [in] struct imatee_key_add + .cert_len bytes of DER
	 * [out] struct imatee_key_reply
	 * Errors, checked in this order: SEALED (before anything else is looked
	 * at), NOT_PERMITTED, BAD_RING, TOO_LONG, CERT_MALFORMED, CERT_KEY,
	 * CERT_NO_SKID, CERT_USAGE, CERT_UNTRUSTED, CERT_SIGNATURE; behind the
	 * signature once more CERT_MALFORMED and CERT_KEY, for what takes a
	 * deeper look; KEY_EXISTS, KEYID_TAKEN, RING_FULL. RESOURCES, at any
	 * point: added certificates have 256 KiB of secure memory for them all.
	 * CERT_REVOKED comes behind CERT_SIGNATURE.
	 */
	IMATEE_CMD_KEY_ADD		= 9,
	/*
	 * V. Caller: kernel. Loads the sealed keys from the keeper, and which
	 * digests are revoked, anew each time. If it fails, the verifier has no
	 * keys at all.
	 * [in] struct imatee_request  [out] struct imatee_reply
	 * Errors: NOT_SEALED, KEEPER.
	 */
	IMATEE_CMD_SYNC			= 10,
	/*
	 * V. Caller: kernel. Is this extended attribute, or this PKCS #7
	 * message, a signature of this digest by a key of the ring? The hot
	 * path of mode "verify".
	 * [in] struct imatee_verify + .digest_len bytes + .sig_len bytes
	 * [out] struct imatee_reply
	 * Errors, checked in this order: NOT_SYNCED, BAD_RING, TOO_LONG,
	 * DIGEST_REVOKED, BAD_VALUE, SIG_VERSION and SIG_MALFORMED, SIG_HASH,
	 * NO_KEY, SIG_INVALID. A list of digests is MALFORMED or of a BAD_VALUE
	 * before one of them is DIGEST_REVOKED; of several signers, one that is
	 * SIG_INVALID comes before others that have NO_KEY or SIG_HASH.
	 */
	IMATEE_CMD_VERIFY		= 11,
	/*
	 * K. Caller: anyone. How PKCS #7 names the signer of a key.
	 * [in] struct imatee_key_select  [out] struct imatee_key_issuer_reply
	 * Errors: NO_KEY; CERT_MALFORMED (its certificate is not strict DER).
	 */
	IMATEE_CMD_KEY_ISSUER		= 12,
	/*
	 * K. Caller: kernel, before the seal or after it. Revokes what a list
	 * names that a built-in CA has signed; what is revoked stays so until the
	 * machine is reset. The kernel then has each verifier SYNC before it
	 * answers. All of the list or nothing; what is on it already is no error.
	 * [in] struct imatee_revoke + .len bytes of PKCS #7, with its content
	 * [out] struct imatee_revoke_reply
	 * Errors, checked in this order: NOT_PERMITTED, TOO_LONG, SIG_MALFORMED,
	 * REVOKE_UNTRUSTED, SIG_HASH, REVOKE_SIGNATURE, REVOKE_MALFORMED,
	 * REVOKED_FULL; RESOURCES at any point.
	 */
	IMATEE_CMD_REVOKE		= 13,
	/*
	 * K. Caller: anyone. What is revoked, from position .index on, in the
	 * order in which it was; as many entries as the memref holds, and
	 * SHORT_BUFFER if there are more but none fits.
	 * [in] struct imatee_revoked_list
	 * [out] struct imatee_revoked_list_reply + .count * struct imatee_revoked
	 */
	IMATEE_CMD_REVOKED_LIST		= 14,
	/*
	 * V. Caller: kernel, before the seal or after it. Hashes content that is
	 * too long for IMATEE_CMD_MEASURE, in blocks; what is not finished
	 * travels with the caller, authenticated. Parameter 1 is a MEMREF_INPUT
	 * that begins with the block, at most IMATEE_HASH_CONTENT_MAX bytes of it,
	 * which are read once, in place; or NONE, for a block of no bytes.
	 * With IMATEE_HASH_RING it is a MEMREF_INOUT with a struct imatee_hash_ring
	 * and a ring, which the caller fills while it is emptied: up to
	 * IMATEE_HASH_RING_MAX bytes go through it in a call, which ends before if
	 * it finds the ring empty.
	 * [in] struct imatee_hash_request  [out] struct imatee_hash_reply
	 * Errors, checked in this order: KEEPER, TOO_LONG, MALFORMED, BAD_VALUE,
	 * MALFORMED (parameter 1), HASH_ALGO, TICKET (a state that is not of this boot
	 * and this identity), HASH_RING (nothing of the call holds).
	 */
	IMATEE_CMD_HASH			= 15,
	/*
	 * K. Caller: kernel, before the seal or after it. Takes or makes the
	 * digests of an event, builds its entry, and appends it to the log, if it
	 * is not among the last that were. One call for each event.
	 * [in] struct imatee_measure + .name_len + .format_len + .fields_len
	 *	+ .content_len bytes
	 * [out] struct imatee_measure_reply + .record_len bytes
	 * Errors, checked in this order: TOO_LONG, MALFORMED, BAD_VALUE,
	 * HASH_ALGO, TICKET, RESOURCES (with the first entry only), TEMPLATE and
	 * TOO_LONG, of the record. With an error nothing was logged.
	 */
	IMATEE_CMD_MEASURE		= 16,
	/*
	 * K. Caller: anyone. How far the log is, and what its PCRs are: of one
	 * moment.
	 * [in] struct imatee_request  [out] struct imatee_log_status_reply
	 */
	IMATEE_CMD_LOG_STATUS		= 17,
	/*
	 * K. Caller: anyone. The records of the open segment: all, or
	 * SHORT_BUFFER.
	 * [in] struct imatee_request
	 * [out] struct imatee_log_read_reply + .segment.len bytes
	 */
	IMATEE_CMD_LOG_READ		= 18,
	/*
	 * K. Caller: anyone. Are these the records of a closed segment, or the
	 * first of the open one?
	 * [in] struct imatee_log_check + .segment.len bytes
	 * [out] struct imatee_reply
	 * Errors, checked in this order: TOO_LONG, MALFORMED, LOG_MISMATCH.
	 */
	IMATEE_CMD_LOG_CHECK		= 19,
	/*
	 * K. Caller: a verifier, which needs it for IMATEE_CMD_HASH. The key of
	 * this boot for tickets and states: it never leaves the secure world.
	 * [in] struct imatee_request  [out] struct imatee_ticket_key_reply
	 * Errors: NOT_PERMITTED.
	 */
	IMATEE_CMD_TICKET_KEY		= 20,
	/*
	 * K. Caller: anyone. Quotes the log, and the state, of one moment.
	 * [in] struct imatee_quote
	 * [out] struct imatee_quote_reply + .attest_len + .sig_len bytes
	 * Errors, checked in this order: MALFORMED (length, reserved bytes),
	 * TOO_LONG, MALFORMED (what is behind the nonce), BAD_VALUE,
	 * NO_DEVICE_KEY; RESOURCES at any point.
	 */
	IMATEE_CMD_QUOTE		= 21,
	/*
	 * K. Caller: anyone. The key that signs quotes, and a certificate request
	 * for it. It is the same at each boot of this device and this TA.
	 * [in] struct imatee_request
	 * [out] struct imatee_ak_reply + .public_len + .csr_len bytes
	 * Errors: NO_DEVICE_KEY, RESOURCES.
	 */
	IMATEE_CMD_AK			= 22,
	/*
	 * K. Caller: kernel, which forgets the entries then. The log begins at a
	 * later position, up to which a verifier has taken it: the key of a
	 * certificate that is built in for this purpose has signed that. What
	 * was trimmed before is no error.
	 * [in] struct imatee_log_trim + .sig_len bytes
	 * [out] struct imatee_reply
	 * Errors, checked in this order: NOT_PERMITTED, MALFORMED (less than the
	 * struct, reserved bytes), TOO_LONG, MALFORMED (all else), CHECKPOINT,
	 * RECEIPT; RESOURCES at any point.
	 */
	IMATEE_CMD_LOG_TRIM		= 23,
	/*
	 * K. Caller: anyone. Where the log begins, and from which PCRs.
	 * [in] struct imatee_request  [out] struct imatee_log_base_reply
	 */
	IMATEE_CMD_LOG_BASE		= 24,
	/*
	 * K. Caller: a verifier, for IMATEE_CMD_SYNC. Keys as in
	 * IMATEE_CMD_KEY_LIST, each with all that a verifier wants of it. Since minor
	 * number 2.
	 * [in] struct imatee_key_list (ring ANY allowed)
	 * [out] struct imatee_key_list_reply + .count times struct imatee_key_record
	 * and .info.pubkey_len bytes, one behind the other
	 * Errors: NOT_PERMITTED; RESOURCES at any point.
	 */
	IMATEE_CMD_KEY_LOAD		= 25,
	/*
	 * K V. Caller: anyone. Only in a test image (elsewhere
	 * UNKNOWN_COMMAND): the TA panics.
	 * [in] struct imatee_request
	 */
	IMATEE_CMD_TEST_PANIC		= 0x7f00,
	/*
	 * K V. Caller: anyone. Only in a test image (elsewhere
	 * UNKNOWN_COMMAND): the next calls of one command, by anyone, do
	 * nothing and end without a reply, as if the TEE had failed.
	 * [in] struct imatee_test_fail  [out] struct imatee_reply
	 * Errors: BAD_VALUE.
	 */
	IMATEE_CMD_TEST_FAIL		= 0x7f01,
};

/* Head of every request. .len counts the whole request, this head included. */
struct imatee_request {
	imatee_le32 len;
	imatee_le32 reserved;
};

/*
 * Head of every reply, refusals included.
 * A verifier answers boot id, epoch, seal and attach count as they were when it
 * last loaded the keys (zero before).
 */
struct imatee_reply {
	imatee_le32 len;	/* whole reply, this head included */
	imatee_le32 error;	/* enum imatee_error */
	imatee_u8 boot_id[IMATEE_BOOT_ID_SIZE];
	imatee_le64 epoch;	/* of keys and revocations: 1 at start, +1 at each change */
	imatee_le32 seal;	/* enum imatee_seal */
	imatee_le32 attach_count;
	imatee_le32 flags;	/* IMATEE_FLAG_* */
	imatee_le32 needed;	/* with SHORT_BUFFER: bytes of memref wanted */
};

struct imatee_hello {
	struct imatee_request hdr;
	imatee_le32 abi_major;
	imatee_le32 abi_minor;
};

struct imatee_hello_reply {
	struct imatee_reply hdr;
	imatee_le32 abi_major;
	imatee_le32 abi_minor;
	imatee_u8 version[32];		/* of the software, NUL-terminated ASCII */
	/*
	 * SHA-256 over the built-in certificates, and what is revoked from the start;
	 * the verifier refuses a keeper with another one, so both must come from one
	 * build.
	 */
	imatee_u8 keys_digest[32];
};

struct imatee_attach {
	struct imatee_request hdr;
	imatee_u8 mode;			/* enum imatee_mode */
	imatee_u8 reserved[7];
};

/* Modes of the kernel: the parameter imatee.mode=. */
enum imatee_mode {
	IMATEE_MODE_OFF		= 0,
	IMATEE_MODE_KEYS	= 1,
	IMATEE_MODE_VERIFY	= 2,
	IMATEE_MODE_FULL	= 3,
	IMATEE_MODE_COUNT	= 4,
};

struct imatee_status_reply {
	struct imatee_reply hdr;
	imatee_le32 keys[4];		/* by enum imatee_ring; [0] is their sum */
	imatee_le32 capacity;		/* keys a ring can hold */
	imatee_le32 ca_count;		/* built-in CA certificates */
	imatee_le32 sessions;		/* open now, this one included */
	imatee_u8 mode;			/* of the last attach */
	imatee_u8 reserved[3];
	/* KEY_GET and KEY_EXPORT that the keeper answered, by enum imatee_purpose */
	imatee_le64 lookups[8];
	imatee_le64 refused_writes;	/* answered with SEALED */
};

/* How a key is named in struct imatee_key_select. */
enum imatee_select {
	IMATEE_SELECT_INDEX	= 1,	/* .value: 0 to keys of the ring - 1 */
	IMATEE_SELECT_KEYID	= 2,	/* .value: last 4 bytes of the SKID, as */
					/* be32_to_cpu(signature_v2_hdr.keyid) */
	IMATEE_SELECT_SKID	= 3,	/* .skid, whole */
};

struct imatee_key_select {
	struct imatee_request hdr;
	imatee_u8 ring;			/* enum imatee_ring, not ANY */
	imatee_u8 select;		/* enum imatee_select */
	imatee_u8 purpose;		/* enum imatee_purpose: what the key is for */
	imatee_u8 digest_kind;		/* enum imatee_digest_kind: what it will verify */
	imatee_le32 value;		/* zero with SELECT_SKID */
	imatee_u8 skid_len;		/* zero but with SELECT_SKID */
	/*
	 * Bytes of digest behind this struct, at most IMATEE_DIGEST_MAX: what the
	 * key is to verify a signature of. A revoked one gets no key. Whoever has
	 * no digest gets none either, once there are revoked ones, but for
	 * IMATEE_PURPOSE_QUERY.
	 */
	imatee_u8 digest_len;
	imatee_u8 reserved[6];
	imatee_u8 skid[IMATEE_SKID_MAX]; /* zero beyond .skid_len */
};

struct imatee_key_list {
	struct imatee_request hdr;
	imatee_u8 ring;			/* enum imatee_ring */
	imatee_u8 reserved[3];
	imatee_le32 index;		/* how many keys of the selection to skip */
};

/* One key, without its public key and certificate. */
struct imatee_key_info {
	imatee_u8 ring;			/* enum imatee_ring */
	imatee_u8 algo;			/* enum imatee_key_algo */
	imatee_u8 source;		/* enum imatee_key_source */
	imatee_u8 skid_len;
	imatee_le32 index;		/* in its ring; holds within an epoch */
	imatee_le32 keyid;		/* as in IMATEE_SELECT_KEYID */
	imatee_le32 key_bits;
	imatee_le32 pubkey_len;
	imatee_le32 cert_len;
	imatee_le64 not_before;		/* seconds since 1970-01-01T00:00:00Z */
	imatee_le64 not_after;
	imatee_u8 skid[IMATEE_SKID_MAX];	/* zero beyond .skid_len */
	imatee_u8 fingerprint[IMATEE_FINGERPRINT_SIZE];
	imatee_u8 subject[IMATEE_SUBJECT_MAX];	/* UTF-8, NUL-terminated, for people */
};

struct imatee_key_list_reply {
	struct imatee_reply hdr;
	imatee_le32 total;		/* keys in the selection */
	imatee_le32 count;		/* keys in this reply */
};

struct imatee_key_reply {
	struct imatee_reply hdr;
	struct imatee_key_info info;
};

struct imatee_key_issuer_reply {
	struct imatee_reply hdr;
	/* SHA-256 of issuer and serial number, as IssuerAndSerialNumber has them */
	imatee_u8 issuer_serial[IMATEE_FINGERPRINT_SIZE];
};

/* In IMATEE_CMD_KEY_LOAD; where it begins is not aligned. */
struct imatee_key_record {
	struct imatee_key_info info;
	imatee_u8 issuer_known;		/* 0: its certificate is not strict DER */
	imatee_u8 reserved[7];
	/* as in struct imatee_key_issuer_reply; zeros if it is not known */
	imatee_u8 issuer_serial[IMATEE_FINGERPRINT_SIZE];
};

struct imatee_key_add {
	struct imatee_request hdr;
	imatee_u8 ring;			/* enum imatee_ring: IMA or EVM */
	imatee_u8 reserved[3];
	imatee_le32 cert_len;
};

/*
 * One signature to verify. Ring, purpose and kind of digest must go together:
 *
 *   ring		purpose		digest		the signature is
 *   IMA, PLATFORM	IMA		FILE		version 2, type 3
 *   IMA		VERITY		VERITY		version 3, type 6
 *   EVM		EVM		METADATA	version 2, type 3
 *   EVM		EVM_PORTABLE	METADATA	version 2, type 5
 *   IMA, PLATFORM	MODSIG		FILE, FILES	PKCS #7, detached
 *
 * But for the last row, the signature is the whole value of the extended attribute:
 * its type (enum evm_ima_xattr_type of the kernel), then struct signature_v2_hdr from
 * its version on. For fs-verity the TEE makes the digest of struct ima_file_id by itself.
 */
struct imatee_verify {
	struct imatee_request hdr;
	imatee_u8 ring;			/* enum imatee_ring */
	imatee_u8 purpose;		/* enum imatee_purpose */
	imatee_u8 digest_kind;		/* enum imatee_digest_kind */
	/* enum imatee_hash: what made the digest; zero with DIGEST_FILES */
	imatee_u8 digest_algo;
	/* at most IMATEE_DIGEST_MAX; with DIGEST_FILES structs imatee_file_digest */
	imatee_le32 digest_len;
	imatee_le32 sig_len;		/* at most IMATEE_SIG_MAX, or _PKCS7_MAX */
	imatee_le32 reserved;
};

/*
 * One digest of several: the signers of a message may each have hashed the file in
 * their own way. One to IMATEE_FILE_DIGESTS_MAX of these stand in the place of the
 * digest, no two of one algorithm.
 */
struct imatee_file_digest {
	imatee_u8 algo;			/* enum imatee_hash */
	imatee_u8 len;			/* as the algorithm has it */
	imatee_u8 reserved[6];
	imatee_u8 digest[IMATEE_DIGEST_MAX]; /* zero beyond .len */
};

/* What an entry of the list of revoked things names, by a hash of it. */
enum imatee_revoked_kind {
	/*
	 * A certificate, by SHA-224, SHA-256, SHA-384 or SHA-512 of its
	 * TBSCertificate: "tbs:" as in the kernel's .blacklist.
	 */
	IMATEE_REVOKED_TBS	= 1,
	/* A key in whatever certificate, by SHA-256 of its SubjectPublicKeyInfo. */
	IMATEE_REVOKED_SPKI	= 2,
	/*
	 * What signatures are made of, by the digest that would be in a request:
	 * "bin:" as in the kernel's .blacklist. 20 to 64 bytes.
	 */
	IMATEE_REVOKED_BIN	= 3,
};

struct imatee_revoke {
	struct imatee_request hdr;
	imatee_le32 len;		/* at most IMATEE_REVOKE_MAX */
	imatee_le32 reserved;
};

struct imatee_revoke_reply {
	struct imatee_reply hdr;
	imatee_le32 entries;		/* that were not on the list before */
	imatee_le32 keys;		/* that left the rings */
};

struct imatee_revoked {
	imatee_u8 kind;			/* enum imatee_revoked_kind */
	imatee_u8 hash_len;
	imatee_u8 source;		/* enum imatee_key_source */
	imatee_u8 reserved[5];
	imatee_u8 hash[IMATEE_DIGEST_MAX]; /* zero beyond .hash_len */
};

struct imatee_revoked_list {
	struct imatee_request hdr;
	imatee_le32 index;		/* how many entries to skip */
	imatee_le32 reserved;
};

struct imatee_revoked_list_reply {
	struct imatee_reply hdr;
	imatee_le32 total;		/* entries of the list */
	imatee_le32 count;		/* entries in this reply */
};

/* What the TEE answers in the place of a reply: its TEE_Result. */
enum imatee_test_failure {
	IMATEE_TEST_BUSY		= 1,	/* TEE_ERROR_BUSY */
	IMATEE_TEST_OUT_OF_MEMORY	= 2,	/* TEE_ERROR_OUT_OF_MEMORY */
};

/*
 * The kernel's verifiers take no command of user space. So in a test image a
 * signature with one of these key ids (.value: big-endian, as in its header) makes
 * the verifier that gets it fail: the next VERIFY as enum imatee_test_failure says;
 * the next SYNC or HASH, or each one from then on, with TEE_ERROR_OUT_OF_MEMORY; or a
 * panic at once. The last such signature counts.
 */
#define IMATEE_TEST_KEYID_BUSY		0x7e570001
#define IMATEE_TEST_KEYID_OUT_OF_MEMORY	0x7e570002
#define IMATEE_TEST_KEYID_PANIC		0x7e570003
#define IMATEE_TEST_KEYID_SYNC_ONCE	0x7e570004
#define IMATEE_TEST_KEYID_SYNC		0x7e570005
#define IMATEE_TEST_KEYID_HASH_ONCE	0x7e570006
#define IMATEE_TEST_KEYID_HASH		0x7e570007

struct imatee_test_fail {
	struct imatee_request hdr;
	imatee_le32 command;		/* enum imatee_cmd, not TEST_FAIL */
	imatee_le32 failure;		/* enum imatee_test_failure */
	imatee_le32 count;		/* how often; replaces what is left */
	imatee_le32 reserved;
};

/* What of an event a digest is: bits of imatee_digest.roles. */
#define IMATEE_ROLE_FILE	0x01	/* the fields d-ng, d-ngv2 */
#define IMATEE_ROLE_LEGACY	0x02	/* d: MD5 or SHA-1 */
#define IMATEE_ROLE_MODSIG	0x04	/* d-modsig */
#define IMATEE_ROLE_BUFFER	0x08	/* buf, of a buffer of which the hash is measured */
#define IMATEE_ROLE_KNOWN	0x0f

/* Where a digest comes from. */
enum imatee_digest_source {
	/* Made here, of the first .len bytes of the request's content. */
	IMATEE_DIGEST_CONTENT	= 1,
	/* Made here or by a verifier before, of this boot and this identity: .mac. */
	IMATEE_DIGEST_TICKET	= 2,
	/*
	 * The kernel's word, and shown as such by d-ngv2 (IMATEE_EVENT_VERITY): of
	 * a file that has fs-verity. For IMATEE_ROLE_FILE only.
	 */
	IMATEE_DIGEST_GIVEN	= 3,
	/* Zeros: violations, which have no others, and a boot_aggregate without a TPM. */
	IMATEE_DIGEST_ZERO	= 4,
	/* Made here, of the digest before this one, which is CONTENT or a TICKET. */
	IMATEE_DIGEST_NESTED	= 5,
};

/*
 * A digest of an event. With a .mac it is a ticket: that the TEE has made this digest, of
 * something that had the identity of the request, in this boot. Only in a reply, and
 * with IMATEE_DIGEST_TICKET, .mac is not zero.
 */
struct imatee_digest {
	imatee_u8 algo;			/* enum imatee_hash */
	imatee_u8 source;		/* enum imatee_digest_source */
	imatee_u8 roles;		/* IMATEE_ROLE_*; not in a ticket's .mac */
	imatee_u8 digest_len;		/* bytes; with CONTENT, NESTED, ZERO: of the result */
	imatee_le32 len;		/* bytes of content; zero but with CONTENT */
	imatee_u8 digest[IMATEE_DIGEST_MAX];	/* zero beyond .digest_len */
	imatee_u8 mac[32];
};

/* Bits of imatee_measure.flags. */
#define IMATEE_EVENT_VIOLATION	0x01	/* the entry's template digests are zeros */
#define IMATEE_EVENT_VERITY	0x02	/* d-ngv2 says "verity" */
#define IMATEE_EVENT_NO_ENTRY	0x04	/* digests and tickets only: nothing is logged */
#define IMATEE_EVENT_KNOWN	0x07

/*
 * What identifies a file, or whatever else is hashed, while it does not change. Chosen
 * by the kernel; the TEE compares it.
 */
#define IMATEE_IDENTITY_SIZE	32

/*
 * One event. Behind it come the template's name (empty, or one of the kernel's, with its
 * format), its format, the fields, and the content.
 *
 * The fields are those of the format, in its order, but for those that the TEE makes:
 * d, d-ng, d-ngv2, d-modsig, and buf if a digest has IMATEE_ROLE_BUFFER. Each is a
 * le32 with its length, and as many bytes: what ima_template_entry has for it. A
 * d-modsig without a digest is empty.
 */
struct imatee_measure {
	struct imatee_request hdr;
	imatee_u8 pcr;			/* below IMATEE_PCR_BINDING */
	imatee_u8 flags;		/* IMATEE_EVENT_* */
	imatee_u8 digest_count;		/* at most IMATEE_EVENT_DIGESTS */
	imatee_u8 reserved;
	imatee_le32 name_len;		/* at most IMATEE_TEMPLATE_MAX */
	imatee_le32 format_len;		/* the same; zero, as the others, with NO_ENTRY only */
	imatee_le32 fields_len;
	imatee_le32 content_len;
	imatee_u8 identity[IMATEE_IDENTITY_SIZE];
	struct imatee_digest digests[IMATEE_EVENT_DIGESTS]; /* zero beyond the count */
};

/*
 * An entry as it is kept. Behind it come the name that the lists show (the template's, or
 * its format if that is empty), and the template data: for each field a le32 with its
 * length, and as many bytes. All digests of the entry are made from that, as the kernel's
 * ima_calc_field_array_hash() does.
 */
struct imatee_log_record {
	imatee_le32 len;		/* of the record, this struct included */
	imatee_u8 pcr;
	imatee_u8 flags;		/* IMATEE_EVENT_VIOLATION */
	imatee_u8 name_len;
	imatee_u8 reserved;
	imatee_le32 data_len;
};

/*
 * Some records in a row. Of a closed segment, .mac says that the log has these records at
 * this place; of the open one it is zero.
 */
struct imatee_log_segment {
	imatee_le64 first;		/* position of its first record */
	imatee_le32 count;		/* records */
	imatee_le32 len;		/* bytes */
	imatee_u8 mac[32];
};

enum imatee_outcome {
	IMATEE_OUTCOME_ADDED		= 1,
	IMATEE_OUTCOME_EXISTS		= 2,	/* it is among the last entries */
	IMATEE_OUTCOME_NO_ENTRY		= 3,	/* as was asked for */
};

struct imatee_measure_reply {
	struct imatee_reply hdr;
	imatee_le64 position;		/* of the entry: the first is 0; with ADDED only */
	imatee_u8 outcome;		/* enum imatee_outcome */
	imatee_u8 reserved[3];
	imatee_le32 record_len;		/* with ADDED only */
	/* The segment that this entry was the last of; else zeros. */
	struct imatee_log_segment closed;
	/* As in the request, with what was made: as tickets, but for GIVEN and ZERO. */
	struct imatee_digest digests[IMATEE_EVENT_DIGESTS];
};

struct imatee_log_read_reply {
	struct imatee_reply hdr;
	struct imatee_log_segment segment;
};

struct imatee_log_check {
	struct imatee_request hdr;
	struct imatee_log_segment segment;
};

/* A PCR in each bank, as a TPM's would be after the same entries. */
struct imatee_pcr {
	imatee_u8 sha1[20];
	imatee_u8 sha256[32];
	imatee_u8 sha384[48];
	imatee_u8 reserved[4];
};

struct imatee_log_status_reply {
	struct imatee_reply hdr;
	imatee_le64 entries;		/* ever appended */
	imatee_le64 violations;
	imatee_le64 open_first;		/* position of the open segment's first record */
	imatee_le32 open_count;
	imatee_le32 open_len;
	imatee_le32 secure_bytes;	/* of memory that the log takes: constant */
	imatee_le32 pcrs_used;		/* bit n: there is an entry for PCR n */
	struct imatee_pcr pcrs[IMATEE_PCRS];
};

/* Bits of imatee_binding.flags, beside those of imatee_reply.flags. */
/*
 * The device has no key of its own: anyone can sign as this one does. Without it, the key
 * is not derived from OP-TEE's stub of zeros; how secret it is, only the board's maker knows.
 */
#define IMATEE_BINDING_DEVELOPMENT	0x80000000

/*
 * What a quote says beside the PCRs of the log. IMATEE_PCR_BINDING is what a PCR of
 * zeros becomes that is extended with the digest of this struct, in each bank.
 *
 * The order of a log is 32 bytes that each record changes, whatever PCR it is for: zeros
 * of an empty one, and then SHA-256 of the order before the record, and the record, with
 * its name and data.
 */
#define IMATEE_BINDING_MAGIC	"imateeB2"
struct imatee_binding {
	imatee_u8 magic[8];		/* IMATEE_BINDING_MAGIC, without its NUL */
	imatee_u8 boot_id[IMATEE_BOOT_ID_SIZE];
	imatee_le64 entries;		/* that the PCRs are made of, from 0 on */
	imatee_le64 violations;		/* among them */
	imatee_le64 trimmed;		/* position of the first one that is kept */
	imatee_le64 epoch;
	imatee_le32 seal;		/* enum imatee_seal */
	imatee_le32 attach_count;
	imatee_le32 flags;		/* IMATEE_FLAG_*, IMATEE_BINDING_* */
	imatee_u8 mode;			/* enum imatee_mode, of the last attach */
	imatee_u8 reserved[3];
	/*
	 * SHA-256 of what is in the rings: for each key its ring, one byte, and its
	 * certificate's fingerprint, in the order of IMATEE_CMD_KEY_LIST.
	 */
	imatee_u8 keys[32];
	imatee_u8 keys_digest[32];	/* as in struct imatee_hello_reply */
	/* SHA-256 of imatee_quote_reply.base. */
	imatee_u8 base[32];
	imatee_u8 order[32];		/* of the log, after .entries */
	imatee_u8 base_order[32];	/* after .trimmed entries */
};

struct imatee_quote {
	struct imatee_request hdr;
	imatee_u8 bank;			/* SHA-1, SHA-256 or SHA-384 */
	imatee_u8 nonce_len;		/* at most IMATEE_NONCE_MAX */
	imatee_u8 reserved[6];
	imatee_u8 nonce[IMATEE_NONCE_MAX]; /* zero beyond .nonce_len */
};

/*
 * Behind it come a TPMS_ATTEST, which is signed, and its TPMT_SIGNATURE (TPM 2.0
 * Library, Part 2): ECDSA on P-256 with SHA-256. The PCRs of the quote are those that
 * have entries, PCR 10, and IMATEE_PCR_BINDING.
 */
struct imatee_quote_reply {
	struct imatee_reply hdr;
	struct imatee_binding binding;
	imatee_le32 pcrs_used;		/* as in struct imatee_log_status_reply */
	imatee_le32 attest_len;
	imatee_le32 sig_len;
	imatee_le32 reserved;
	/*
	 * That this boot's log had these PCRs, but for the last, and .binding.order, after
	 * .binding.entries.
	 */
	imatee_u8 checkpoint[32];
	struct imatee_pcr pcrs[IMATEE_PCRS];
	struct imatee_pcr base[IMATEE_PCRS]; /* after .binding.trimmed entries */
};

/*
 * Behind it come the TPMT_PUBLIC of the key, and a CertificationRequest in DER (RFC
 * 2986) that it has signed. Its subject is of the common name "imatee", a space, and
 * the first 16 hexadecimal digits of the SHA-256 of the TPMT_PUBLIC.
 */
struct imatee_ak_reply {
	struct imatee_reply hdr;
	imatee_le32 flags;		/* IMATEE_BINDING_DEVELOPMENT or none */
	imatee_le32 public_len;
	imatee_le32 csr_len;
	imatee_le32 reserved;
};

/*
 * What a verifier signs when it has the log up to a position: by RSA PKCS #1 v1.5, or
 * ECDSA as DER has it, over the SHA-256 of this struct.
 */
#define IMATEE_RECEIPT_MAGIC	"imateeR2"
struct imatee_receipt {
	imatee_u8 magic[8];		/* IMATEE_RECEIPT_MAGIC, without its NUL */
	imatee_u8 boot_id[IMATEE_BOOT_ID_SIZE];
	imatee_le64 position;		/* of the first entry that is to be kept */
	imatee_u8 pcrs[32];		/* SHA-256 of .pcrs of struct imatee_log_trim */
	imatee_u8 order[32];		/* .order of it */
};

/*
 * A quote's checkpoint, and a receipt for it. In .pcrs, which are a quote's,
 * IMATEE_PCR_BINDING is zero.
 */
struct imatee_log_trim {
	struct imatee_request hdr;
	struct imatee_receipt receipt;
	imatee_u8 checkpoint[32];
	struct imatee_pcr pcrs[IMATEE_PCRS];
	imatee_u8 order[32];		/* the quote's .binding.order */
	imatee_le32 sig_len;		/* at most IMATEE_RECEIPT_SIG_MAX */
	imatee_le32 reserved;
};

struct imatee_log_base_reply {
	struct imatee_reply hdr;
	imatee_le64 trimmed;		/* position of the first entry that is kept */
	struct imatee_pcr base[IMATEE_PCRS]; /* after the entries before it */
};

/* Bits of imatee_hash_request.flags. */
#define IMATEE_HASH_FIRST	0x01	/* .states are empty: begin */
#define IMATEE_HASH_LAST	0x02	/* nothing is behind it: tickets, once it is hashed */
#define IMATEE_HASH_RING	0x04	/* parameter 1 is a ring */
#define IMATEE_HASH_KNOWN	0x07

/* A hash that is not finished. Zero but for .algo with HASH_FIRST. */
struct imatee_hash_state {
	imatee_u8 algo;			/* enum imatee_hash */
	imatee_u8 reserved[3];
	imatee_le32 state_len;
	imatee_le64 length;		/* bytes hashed so far */
	imatee_u8 state[IMATEE_HASH_STATE_MAX]; /* opaque; zero beyond .state_len */
	imatee_u8 mac[32];
};

struct imatee_hash_request {
	struct imatee_request hdr;
	imatee_u8 flags;		/* IMATEE_HASH_* */
	imatee_u8 count;		/* of .states in use, 1 to IMATEE_HASHES */
	imatee_u8 reserved[2];
	imatee_le32 content_len;	/* bytes of parameter 1; at most, with HASH_RING */
	imatee_u8 identity[IMATEE_IDENTITY_SIZE];
	struct imatee_hash_state states[IMATEE_HASHES];
};

/*
 * How a ring of content is filled and emptied, at the beginning of parameter 1, which is
 * at a multiple of 8 bytes. The ring itself begins at IMATEE_HASH_RING_DATA and goes to the
 * end, at most IMATEE_HASH_CONTENT_MAX bytes: the byte at position p of the content is at
 * p modulo their number. Both counters are positions in the content. Before its first call
 * the caller sets both to 0, or to .length of the states to go on with another ring; then
 * it writes .produced alone, and the TA .consumed alone. Neither falls, and .produced
 * is ahead by the ring's size at most. Each side writes its counter after
 * it has written or read the bytes that it covers (release), and reads the other one before it
 * touches those (acquire). The padding gives each a cache line of its own; nobody looks
 * at it, so it will never mean anything.
 */
struct imatee_hash_ring {
	imatee_le64 produced;		/* caller: what is before it was put into the ring */
	imatee_u8 pad0[56];
	imatee_le64 consumed;		/* TA: what is before it was hashed */
	imatee_u8 pad1[56];
};

#define IMATEE_HASH_RING_DATA	4096	/* so that content is in pages of its own */

struct imatee_hash_reply {
	struct imatee_reply hdr;
	/* Zeros if .digests are there; else .length says how far it came. */
	struct imatee_hash_state states[IMATEE_HASHES];
	/* With HASH_LAST, if all was hashed; else zeros. Tickets, .roles are zero. */
	struct imatee_digest digests[IMATEE_HASHES];
};

struct imatee_ticket_key_reply {
	struct imatee_reply hdr;
	imatee_u8 key[32];
};

#define IMATEE_ASSERT_SIZE(type, size) \
	static_assert(sizeof(struct type) == (size), #type " has padding")
IMATEE_ASSERT_SIZE(imatee_request, 8);
IMATEE_ASSERT_SIZE(imatee_reply, 48);
IMATEE_ASSERT_SIZE(imatee_hello, 16);
IMATEE_ASSERT_SIZE(imatee_hello_reply, 120);
IMATEE_ASSERT_SIZE(imatee_attach, 16);
IMATEE_ASSERT_SIZE(imatee_status_reply, 152);
IMATEE_ASSERT_SIZE(imatee_key_select, 88);
IMATEE_ASSERT_SIZE(imatee_key_list, 16);
IMATEE_ASSERT_SIZE(imatee_key_info, 264);
IMATEE_ASSERT_SIZE(imatee_key_list_reply, 56);
IMATEE_ASSERT_SIZE(imatee_key_reply, 312);
IMATEE_ASSERT_SIZE(imatee_key_issuer_reply, 80);
IMATEE_ASSERT_SIZE(imatee_key_record, 304);
IMATEE_ASSERT_SIZE(imatee_key_add, 16);
IMATEE_ASSERT_SIZE(imatee_verify, 24);
IMATEE_ASSERT_SIZE(imatee_file_digest, 72);
IMATEE_ASSERT_SIZE(imatee_revoke, 16);
IMATEE_ASSERT_SIZE(imatee_revoke_reply, 56);
IMATEE_ASSERT_SIZE(imatee_revoked, 72);
IMATEE_ASSERT_SIZE(imatee_revoked_list, 16);
IMATEE_ASSERT_SIZE(imatee_revoked_list_reply, 56);
IMATEE_ASSERT_SIZE(imatee_test_fail, 24);
IMATEE_ASSERT_SIZE(imatee_digest, 104);
IMATEE_ASSERT_SIZE(imatee_measure, 372);
IMATEE_ASSERT_SIZE(imatee_log_record, 12);
IMATEE_ASSERT_SIZE(imatee_log_segment, 48);
IMATEE_ASSERT_SIZE(imatee_measure_reply, 424);
IMATEE_ASSERT_SIZE(imatee_log_read_reply, 96);
IMATEE_ASSERT_SIZE(imatee_log_check, 56);
IMATEE_ASSERT_SIZE(imatee_pcr, 104);
IMATEE_ASSERT_SIZE(imatee_log_status_reply, 2584);
IMATEE_ASSERT_SIZE(imatee_binding, 232);
IMATEE_ASSERT_SIZE(imatee_quote, 80);
IMATEE_ASSERT_SIZE(imatee_quote_reply, 5320);
IMATEE_ASSERT_SIZE(imatee_ak_reply, 64);
IMATEE_ASSERT_SIZE(imatee_receipt, 96);
IMATEE_ASSERT_SIZE(imatee_log_trim, 2672);
IMATEE_ASSERT_SIZE(imatee_log_base_reply, 2552);
IMATEE_ASSERT_SIZE(imatee_hash_state, 496);
IMATEE_ASSERT_SIZE(imatee_hash_request, 1040);
IMATEE_ASSERT_SIZE(imatee_hash_ring, 128);
IMATEE_ASSERT_SIZE(imatee_hash_reply, 1248);
IMATEE_ASSERT_SIZE(imatee_ticket_key_reply, 80);

#endif /* IMATEE_ABI_H */
