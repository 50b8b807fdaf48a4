/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * imatee: internal interfaces of security/integrity/tee/.
 */
#ifndef _SECURITY_INTEGRITY_TEE_TEE_H
#define _SECURITY_INTEGRITY_TEE_TEE_H

#ifdef pr_fmt
#undef pr_fmt
#endif
#define pr_fmt(fmt) "imatee: " fmt

#include <linux/atomic.h>
#include <linux/mutex.h>
#include <linux/sizes.h>
#include <linux/types.h>
#include <crypto/hash_info.h>
#include <crypto/public_key.h>

/* ima.h includes integrity.h, which cannot be included twice. */
#ifndef __LINUX_IMA_H
#include "../integrity.h"
#endif
#include "imatee.h"
#include "imatee_abi.h"

struct imatee_key;
struct key;
struct tee_context;
struct tee_shm;

/* mode.c */
const char *imatee_mode_name(void);
u8 imatee_mode_number(void);
bool imatee_mode_verifies(void);
const char *imatee_mode_refusal(void);
bool imatee_seal_by_user(void);
unsigned int imatee_seal_timeout(void);
u8 imatee_ring_from_id(unsigned int id);

/* state.c */

/**
 * enum imatee_state - what became of the TEE
 * @IMATEE_ABSENT: it has not been found (yet); nothing verifies
 * @IMATEE_ATTACHED: it answers, its key set may still grow
 * @IMATEE_SEALED: it answers, its key set is sealed
 * @IMATEE_STOPPED: this kernel is going down and has let go of it
 * @IMATEE_DEAD: it failed; nothing verifies until the machine is reset
 *
 * The order is that of time: a state only ever goes up.
 */
enum imatee_state {
	IMATEE_ABSENT,
	IMATEE_ATTACHED,
	IMATEE_SEALED,
	IMATEE_STOPPED,
	IMATEE_DEAD,
};

enum imatee_state imatee_state(void);
const char *imatee_state_name(void);
const char *imatee_state_reason(void);
bool imatee_usable(void);
bool imatee_advance(enum imatee_state to, const char *reason);
void imatee_die(const char *reason);

/* channel.c */

/**
 * struct imatee_channel - one session with one shared buffer
 * @lock: one caller at a time; held from filling @msg until the reply is read.
 *	  Two callers of one trusted application would only contend inside the
 *	  TEE, so they wait here, where a signal can end the wait.
 * @ctx: the TEE, NULL if the channel has never been opened
 * @session: identifier of the session in @ctx
 * @shm: the buffer, registered with the TEE once
 * @msg: its address in the kernel: the request goes in, the reply comes out
 * @size: its size in bytes
 * @keeper: this is the keeper's, else a verifier's
 *
 * Opened while the kernel initialises and never changed after, so that it can
 * be __ro_after_init: where requests go and replies come from is nothing that
 * an attacker who writes data shall choose. Hence @lock stands elsewhere, and
 * imatee_state() tells whether the channel may (still) be used.
 */
struct imatee_channel {
	struct mutex *lock;	/* see above */
	struct tee_context *ctx;
	u32 session;
	struct tee_shm *shm;
	void *msg;
	size_t size;
	bool keeper;
};

int imatee_channel_open(struct imatee_channel *ch, struct tee_context *ctx,
			bool keeper, size_t size);
void imatee_channel_close(struct imatee_channel *ch);
int imatee_channel_lock(struct imatee_channel *ch);
int imatee_channel_trylock(struct imatee_channel *ch);
int imatee_channel_lock_always(struct imatee_channel *ch);
void imatee_channel_unlock(struct imatee_channel *ch);
int imatee_exchange(struct imatee_channel *ch, u32 cmd, size_t request_len,
		    u32 *error);
int imatee_exchange_short(struct imatee_channel *ch, u32 cmd, size_t request_len,
			  u32 *error);
int imatee_exchange_in(struct imatee_channel *ch, u32 cmd, size_t request_len,
		       size_t size, u32 *error);

/**
 * struct imatee_block - content that a call takes beside its message
 * @shm: registered memory that it is at the beginning of, or NULL
 * @copy: where it is else, at most IMATEE_BLOCK_SMALL bytes of it
 * @len: its size in bytes
 * @writable: the TEE writes to it as well
 */
struct imatee_block {
	struct tee_shm *shm;
	const void *copy;
	size_t len;
	bool writable;
};

/* What goes through a channel's own buffer, and where it begins there. */
#define IMATEE_BLOCK_SMALL	SZ_32K
#define IMATEE_BLOCK_OFFSET	SZ_4K

int imatee_exchange_block(struct imatee_channel *ch, u32 cmd, size_t request_len,
			  size_t size, const struct imatee_block *block, u32 *error);
int imatee_call(struct imatee_channel *ch, u32 cmd, size_t request_len);

/**
 * struct imatee_signed - a signature, and what it is to have signed
 * @ring: enum imatee_ring
 * @purpose: enum imatee_purpose
 * @digest_kind: enum imatee_digest_kind
 * @digest_algo: HASH_ALGO_*
 * @digest: the digest, or with IMATEE_DIGEST_FILES structs imatee_file_digest
 * @digest_len: its size in bytes
 * @sig: the whole value of the extended attribute, or a PKCS#7 message
 * @sig_len: its size in bytes
 */
struct imatee_signed {
	u8 ring;
	u8 purpose;
	u8 digest_kind;
	u8 digest_algo;
	const void *digest;
	size_t digest_len;
	const void *sig;
	size_t sig_len;
};

/* command.c: all of them want @ch locked and leave the reply in ch->msg */
int imatee_cmd_hello(struct imatee_channel *ch);
int imatee_cmd_status(struct imatee_channel *ch);
int imatee_cmd_attach(struct imatee_channel *ch, u8 mode);
int imatee_cmd_seal(struct imatee_channel *ch);
int imatee_cmd_sync(struct imatee_channel *ch, u32 *error);
int imatee_cmd_key_list(struct imatee_channel *ch, u32 index);
ssize_t imatee_cmd_key_export(struct imatee_channel *ch, u8 ring, u32 index,
			      const struct imatee_signed *what);
int imatee_select_digest(struct imatee_channel *ch, const void *digest,
			 size_t len);
struct imatee_key_select *imatee_select_init(struct imatee_channel *ch,
					     u8 ring, u8 purpose, u8 digest_kind);
ssize_t imatee_cmd_key_get(struct imatee_channel *ch);
int imatee_cmd_verify(struct imatee_channel *ch,
		      const struct imatee_signed *what, u32 *error);
int imatee_cmd_key_add(struct imatee_channel *ch, u8 ring, const void *der,
		       u32 len, u32 *error, struct imatee_key_info *info);

int imatee_cmd_revoke(struct imatee_channel *ch, const void *request, u32 len,
		      u32 *error, struct imatee_revoke_reply *reply);
int imatee_cmd_revoked_list(struct imatee_channel *ch, u32 index);
int imatee_cmd_log_trim(struct imatee_channel *ch, const void *request, u32 len,
			u32 *error);
int imatee_cmd_log_base(struct imatee_channel *ch);
int imatee_cmd_log_status(struct imatee_channel *ch);

/* decode.c */
int imatee_decode_head(const struct imatee_reply *reply, size_t size,
		       size_t len);
int imatee_decode_hello(const struct imatee_hello_reply *reply);
int imatee_decode_key_list(const struct imatee_key_list_reply *reply);
int imatee_decode_revoked_list(const struct imatee_revoked_list_reply *reply);
ssize_t imatee_decode_key(const struct imatee_key_reply *reply, size_t size,
			  u32 cmd);

int imatee_decode_measure(const struct imatee_measure_reply *reply);
int imatee_decode_log_read(const struct imatee_log_read_reply *reply);

/* client.c */

/**
 * struct imatee_identity - the TEE that this kernel attached to
 * @boot_id: random, drawn at the machine's last reset
 * @attach_count: kernels that have attached since then, this one included
 * @evm_keys: it holds keys for EVM at the attach, or held some that are revoked
 * @version: of the trusted applications, for people
 * @test_image: they are a test image, which can be told to panic
 * @sealed: a kernel before this one sealed it
 * @digest_revoked: it has a digest on its list of what is revoked
 */
struct imatee_identity {
	u8 boot_id[IMATEE_BOOT_ID_SIZE];
	u32 attach_count;
	bool evm_keys;
	char version[32];
	bool test_image;
	bool sealed;
	bool digest_revoked;
};

const struct imatee_identity *imatee_identity(void);
int imatee_check_identity(const struct imatee_channel *ch,
			  const struct imatee_reply *reply);
struct imatee_channel *imatee_keeper_get(void);
struct imatee_channel *imatee_keeper_get_always(void);
struct imatee_channel *imatee_lookup_channel_get(void);
bool __init imatee_end_of_attach(void);
void imatee_seal_tee(const char *reason);
void imatee_seal_given_up(void);
void imatee_note_evm_key(void);

/* workers.c */
struct work_struct;

void imatee_start_workers(void);
bool imatee_have_workers(void);
void imatee_queue_work(struct work_struct *work);

/* verifiers.c */

/* Others may use up the TEE's memory for a moment: how often, and when, to ask again. */
#define IMATEE_TRIES	20
#define IMATEE_PAUSE_MS	50

extern atomic64_t imatee_waits;

void imatee_open_verifiers(struct tee_context *ctx);
void imatee_gather_verifiers(void);
void imatee_close_verifiers(void);
struct imatee_channel *imatee_verifier_get(void);
struct imatee_channel *imatee_hasher_get(bool always);
unsigned int imatee_verifier_count(void);
int imatee_sync_all(u64 epoch);

/* refusal.c */

/**
 * struct imatee_refusal - why the TEE does not do it
 * @error: enum imatee_error
 * @rc: what the caller gets
 * @cause: for the audit record
 * @advice: for the log
 */
struct imatee_refusal {
	u32 error;
	int rc;
	const char *cause;
	const char *advice;
};

const struct imatee_refusal *
imatee_refusal_of(const struct imatee_refusal *refusals, u32 error);

/* add.c */
int imatee_add_errno(u32 error);

/* seal.c */
extern struct mutex imatee_keys_lock;

int imatee_seal(const char *reason);

/* verify.c */
void imatee_note_digest_revoked(void);

/* revoke.c */
int imatee_revoke(const void *request, size_t len);

/* stats.c */

/* Counted for securityfs; @ns_* is the time from request to reply. */
struct imatee_stats {
	atomic64_t calls;
	atomic64_t no_key;
	atomic64_t refused;
	atomic64_t failures;
	atomic64_t ns_total;
	atomic64_t ns_max;
};

extern atomic64_t imatee_calls;

void imatee_count(struct imatee_stats *stats, int error, u64 ns);
u64 imatee_stats_mean(const struct imatee_stats *stats);

/* verdict.c */
extern struct imatee_stats imatee_verdicts;

bool imatee_verify_from_now(void);
bool imatee_may_verify(void);
int imatee_verdict(const struct imatee_signed *what);

/* lookup.c */

/**
 * struct imatee_public_key - a public key for the length of one call
 * @pub: as the crypto code wants it; @pub.key points to @data
 * @data: the public key's bytes
 */
struct imatee_public_key {
	struct public_key pub;
	u8 data[];
};

extern struct imatee_stats imatee_lookups;

struct imatee_public_key *imatee_get_by_keyid(const struct imatee_signed *what,
					      u32 keyid);
struct imatee_public_key *imatee_get_by_skid(u8 ring, const u8 *skid,
					     u8 skid_len, u8 purpose);
void imatee_put_public_key(struct imatee_public_key *key);

/* event.c, log.c, hash.c, rooms.c, buffer.c: mode "full"; more of it in measure.h */
extern struct imatee_stats imatee_events;
extern struct imatee_stats imatee_blocks;
extern atomic64_t imatee_without_room;

void imatee_refuse_gap(void);
int imatee_log_reserve(struct imatee_channel *ch);
int imatee_log_append(struct imatee_channel *ch,
		      const struct imatee_measure_reply *reply);
u64 imatee_log_trimmed(void);
int __init imatee_create_segments(struct dentry *dir);
int __init imatee_create_store(struct dentry *dir);
int __init imatee_create_trim(struct dentry *dir);
void imatee_open_rooms(struct tee_context *ctx);
void imatee_close_rooms(void);

/* subtype.c */
extern struct asymmetric_key_subtype imatee_key_subtype;
struct imatee_key *imatee_key_prepare(const union key_payload *payload);
void imatee_key_put_in(union key_payload *payload, struct imatee_key *tk,
		       const struct imatee_key_info *info);
bool imatee_key_is_gone(const struct key *key);
bool imatee_key_check_gone(const struct key *key);

/* keyring.c */

/* What the keys that stand for the TEE's permit, and to whom. */
#define IMATEE_VIEW_PERM	(KEY_POS_VIEW | KEY_POS_READ | KEY_POS_SEARCH | \
				 KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH)

u8 imatee_ring_of(const struct key *keyring);
void __init imatee_open_keyrings(void);
void imatee_close_keyrings(void);
struct key *imatee_empty_ring(void);
struct key *imatee_snapshot_ring(const struct imatee_signed *what);
void imatee_note_view(u8 ring, struct key *key);
void imatee_end_views(void);
bool imatee_key_is_barred(u8 ring, u32 keyid);
bool imatee_any_barred(u8 ring);

/* ima/ima_modsig.c, for who does not include ima.h. */
#ifdef __LINUX_IMA_H
#elif defined(CONFIG_IMA_APPRAISE_MODSIG)
int ima_get_modsig_digest(const struct modsig *modsig, enum hash_algo *algo,
			  const u8 **digest, u32 *digest_size);
int ima_get_raw_modsig(const struct modsig *modsig, const void **data,
		       u32 *data_len);
int ima_get_modsig_content(const struct modsig *modsig, const void **data,
			   size_t *len);
#else
static inline int ima_get_modsig_digest(const struct modsig *modsig,
					enum hash_algo *algo,
					const u8 **digest, u32 *digest_size)
{
	return -EOPNOTSUPP;
}

static inline int ima_get_raw_modsig(const struct modsig *modsig,
				     const void **data, u32 *data_len)
{
	return -EOPNOTSUPP;
}

static inline int ima_get_modsig_content(const struct modsig *modsig,
					 const void **data, size_t *len)
{
	return -EOPNOTSUPP;
}
#endif

#endif /* _SECURITY_INTEGRITY_TEE_TEE_H */
