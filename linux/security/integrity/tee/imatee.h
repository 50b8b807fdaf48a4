/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rest of the integrity subsystem sees of imatee: the hooks that its
 * existing files call. All of them compile to nothing without CONFIG_IMATEE.
 */
#ifndef _SECURITY_INTEGRITY_IMATEE_H
#define _SECURITY_INTEGRITY_IMATEE_H

#include <linux/init.h>
#include <linux/key.h>
#include <linux/types.h>

struct modsig;

#ifdef CONFIG_IMATEE

bool imatee_active(void);
bool imatee_owns_keyring(unsigned int id);
int imatee_digsig_verify(unsigned int id, const char *sig, int siglen,
			 const char *digest, int digestlen);
int imatee_modsig_verify(unsigned int id, const struct modsig *modsig);
int imatee_restrict_link(struct key *dest_keyring, const struct key_type *type,
			 const union key_payload *payload,
			 struct key *restriction_key);
void __init imatee_adopt_keyring(unsigned int id, struct key *keyring);
void __init imatee_load_keys(void);
bool imatee_expects_evm(void);

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

static inline void imatee_load_keys(void)
{
}

static inline bool imatee_expects_evm(void)
{
	return false;
}

#endif /* CONFIG_IMATEE */

#endif /* _SECURITY_INTEGRITY_IMATEE_H */
