/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rest of the integrity subsystem sees of imatee: the hooks that its
 * existing files call. All of them compile to nothing without CONFIG_IMATEE.
 */
#ifndef _SECURITY_INTEGRITY_IMATEE_H
#define _SECURITY_INTEGRITY_IMATEE_H

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/key.h>
#include <linux/types.h>

struct file;
struct key_preparsed_payload;
struct modsig;

#ifdef CONFIG_IMATEE

bool imatee_active(void);
bool imatee_owns_keyring(unsigned int id);
int imatee_digsig_verify(unsigned int id, const char *sig, int siglen,
			 const char *digest, int digestlen);
bool imatee_verifies(void);
int imatee_verity_verify(const char *sig, int siglen, u8 algo, const u8 *digest,
			 int digestlen);
int imatee_modsig_verify(unsigned int id, const struct modsig *modsig);
int imatee_restrict_link(struct key *dest_keyring, const struct key_type *type,
			 const union key_payload *payload,
			 struct key *restriction_key);
void __init imatee_adopt_keyring(unsigned int id, struct key *keyring);
bool imatee_keyring(const struct key *keyring);
bool imatee_keeps(const struct key *key);
int imatee_admit(const struct key *keyring, const struct key_type *type,
		 size_t len);
int imatee_key_add(const struct key *keyring, struct key *key,
		   struct key_preparsed_payload *prep);
void __init imatee_show_keys(void);
void __init imatee_end_of_load(void);
void imatee_exec_check(const struct file *file);
bool imatee_expects_evm(void);
unsigned int imatee_revocations(void);
bool imatee_digest_revoked(const u8 *digest, int len);

#else

static inline bool imatee_active(void)
{
	return false;
}

static inline bool imatee_owns_keyring(unsigned int id)
{
	return false;
}

static inline int imatee_digsig_verify(unsigned int id, const char *sig,
				       int siglen, const char *digest,
				       int digestlen)
{
	return -EOPNOTSUPP;
}

static inline bool imatee_verifies(void)
{
	return false;
}

static inline int imatee_verity_verify(const char *sig, int siglen, u8 algo,
				       const u8 *digest, int digestlen)
{
	return -EOPNOTSUPP;
}

static inline int imatee_modsig_verify(unsigned int id,
				       const struct modsig *modsig)
{
	return -EOPNOTSUPP;
}

static inline int imatee_restrict_link(struct key *dest_keyring,
				       const struct key_type *type,
				       const union key_payload *payload,
				       struct key *restriction_key)
{
	return -EPERM;
}

static inline void imatee_adopt_keyring(unsigned int id, struct key *keyring)
{
}

static inline bool imatee_keyring(const struct key *keyring)
{
	return false;
}

static inline bool imatee_keeps(const struct key *key)
{
	return false;
}

static inline int imatee_admit(const struct key *keyring,
			       const struct key_type *type, size_t len)
{
	return -EPERM;
}

static inline int imatee_key_add(const struct key *keyring, struct key *key,
				 struct key_preparsed_payload *prep)
{
	return 0;
}

static inline void imatee_show_keys(void)
{
}

static inline void imatee_end_of_load(void)
{
}

static inline void imatee_exec_check(const struct file *file)
{
}

static inline bool imatee_expects_evm(void)
{
	return false;
}

static inline unsigned int imatee_revocations(void)
{
	return 0;
}

static inline bool imatee_digest_revoked(const u8 *digest, int len)
{
	return false;
}

#endif /* CONFIG_IMATEE */

#endif /* _SECURITY_INTEGRITY_IMATEE_H */
