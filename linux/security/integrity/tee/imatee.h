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

struct dentry;
struct evm_ima_xattr_data;
struct file;
struct ima_iint_cache;
struct ima_template_desc;
struct key_preparsed_payload;
struct modsig;

/**
 * struct imatee_file_event - a file that IMA collects a digest of, and may measure
 * @iint: what IMA knows of it; its mutex is held
 * @file: the file
 * @pathname: as it is shown in the list
 * @buf: its content, if it has been read, or NULL
 * @size: of @buf in bytes
 * @algo: HASH_ALGO_*, of its digest
 * @modsig: its appended signature, or NULL
 * @xattr_value: its security.ima, or NULL
 * @xattr_len: bytes of it
 * @template: of its entry
 * @pcr: to be extended
 * @measure: an entry is wanted
 * @logged: it is in the TEE's log
 * @exists: it was before
 */
struct imatee_file_event {
	struct ima_iint_cache *iint;
	struct file *file;
	const unsigned char *pathname;
	void *buf;
	loff_t size;
	u8 algo;
	struct modsig *modsig;
	struct evm_ima_xattr_data *xattr_value;
	int xattr_len;
	struct ima_template_desc *template;
	int pcr;
	bool measure;
	bool logged;
	bool exists;
};

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
bool imatee_measures(void);
bool imatee_has_pcr(int pcr);
bool imatee_buffer_fits(const struct ima_template_desc *template);
int imatee_measure_file(struct imatee_file_event *what);
int imatee_measure_violation(struct file *file, const unsigned char *filename,
			     struct ima_iint_cache *iint, const char *cause);
int imatee_measure_buffer(const void *buf, int size, const char *name,
			  const struct ima_template_desc *template, int pcr,
			  bool hash, u8 *digest);
void imatee_lose_event(const char *what, int rc);
void __init imatee_measure_boot_aggregate(void);
int __init imatee_create_lists(struct dentry *dir);

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

static inline bool imatee_measures(void)
{
	return false;
}

static inline bool imatee_has_pcr(int pcr)
{
	return true;
}

static inline bool
imatee_buffer_fits(const struct ima_template_desc *template)
{
	return true;
}

static inline int imatee_measure_file(struct imatee_file_event *what)
{
	return -EOPNOTSUPP;
}

static inline int imatee_measure_violation(struct file *file,
					   const unsigned char *filename,
					   struct ima_iint_cache *iint,
					   const char *cause)
{
	return -EOPNOTSUPP;
}

static inline int
imatee_measure_buffer(const void *buf, int size, const char *name,
		      const struct ima_template_desc *template, int pcr,
		      bool hash, u8 *digest)
{
	return -EOPNOTSUPP;
}

static inline void imatee_lose_event(const char *what, int rc)
{
}

static inline void imatee_measure_boot_aggregate(void)
{
}

static inline int imatee_create_lists(struct dentry *dir)
{
	return -EOPNOTSUPP;
}

#endif /* CONFIG_IMATEE */

#endif /* _SECURITY_INTEGRITY_IMATEE_H */
