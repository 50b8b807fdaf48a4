// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": what ima_collect_measurement() and ima_store_measurement() do, in one
 * call of the TEE. The digest that IMA keeps of a file is the TEE's, with a ticket for
 * the next time that it is wanted.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fsverity.h>
#include <linux/module_signature.h>
#include <linux/slab.h>

#include "measure.h"

/* What stands behind the digest in struct ima_iint_cache. */
struct ticket {
	u8 source;	/* enum imatee_digest_source */
	u8 mac[32];
} __packed;

/* What a ticket holds for: while none of it changes, neither does the content. */
struct identity {
	__le64 dev;
	__le64 ino;
	__le64 version;
	__le64 generation;
} __packed;

static_assert(sizeof(struct identity) == IMATEE_IDENTITY_SIZE);

/**
 * struct measurement - one file on its way through the TEE
 * @what: what IMA wants to be done
 * @event: what the TEE is told
 * @content: what is hashed; its .file may be another instance of the file
 * @copy: of a small file's content
 * @version: of the inode, before it was read
 * @enter: an entry is wanted
 * @fresh: a digest is to be made of the content
 */
struct measurement {
	struct imatee_file_event *what;
	struct imatee_event event;
	struct imatee_content content;
	void *copy;
	u64 version;
	bool enter;
	bool fresh;
};

static struct ticket *ticket_of(const struct ima_digest_data *hash)
{
	return (struct ticket *)(hash->digest + hash->length);
}

/* Is it one that fits into the field "d"? */
bool imatee_is_legacy(u8 algo)
{
	return algo == HASH_ALGO_SHA1 || algo == HASH_ALGO_MD5;
}

bool imatee_template_has(const struct ima_template_desc *template, const char *id)
{
	int i;

	for (i = 0; i < template->num_fields; i++)
		if (!strcmp(template->fields[i]->field_id, id))
			return true;
	return false;
}

/*
 * What is to be hashed, and how it is told from another one. A ticket that there is
 * must hold for this file as it was when IMA collected it: it is not asked what it is for.
 */
static void identify(struct measurement *m)
{
	struct inode *inode = file_inode(m->what->file);
	struct identity *id = (struct identity *)m->event.identity;
	struct kstat stat;

	/* Without i_version IMA takes the file for changed, and so do we. */
	if (m->what->iint->flags & IMA_COLLECTED)
		m->version = m->what->iint->real_inode.version;
	else if (!vfs_getattr_nosec(&m->what->file->f_path, &stat, STATX_CHANGE_COOKIE,
				    AT_STATX_SYNC_AS_STAT) &&
		 stat.result_mask & STATX_CHANGE_COOKIE)
		m->version = stat.change_cookie;
	/* Later than the version: what is appended in between changes that. */
	m->content.buf = m->what->buf;
	m->content.size = m->what->buf ? m->what->size : i_size_read(inode);
	m->content.always = !m->enter;
	id->dev = cpu_to_le64(inode->i_sb->s_dev);
	id->ino = cpu_to_le64(inode->i_ino);
	id->version = cpu_to_le64(m->version);
	id->generation = cpu_to_le64(inode->i_generation);
}

/* The digest that IMA has: the TEE's own, or that of fs-verity. */
static void add_collected(struct measurement *m, u8 roles)
{
	const struct ima_digest_data *hash = m->what->iint->ima_hash;
	u8 source = ticket_of(hash)->source;
	struct imatee_digest *digest;

	digest = imatee_event_digest(&m->event, roles, source, hash->algo, 0);
	memcpy(digest->digest, hash->digest, hash->length);
	if (source == IMATEE_DIGEST_GIVEN) {
		m->event.flags |= IMATEE_EVENT_VERITY;
		return;
	}
	memcpy(digest->mac, ticket_of(hash)->mac, sizeof(digest->mac));
}

/* Return: -ENODATA, and a digest of zeros, if the file has no fs-verity. */
static int add_verity(struct measurement *m, u8 roles)
{
	u8 bytes[HASH_MAX_DIGESTSIZE];
	struct imatee_digest *digest;
	enum hash_algo algo;
	int len;

	len = fsverity_get_digest(file_inode(m->what->file), bytes, NULL, &algo);
	if (!len) {
		imatee_event_digest(&m->event, roles, IMATEE_DIGEST_ZERO,
				    m->what->algo, 0);
		return -ENODATA;
	}
	digest = imatee_event_digest(&m->event, roles, IMATEE_DIGEST_GIVEN, algo, 0);
	memcpy(digest->digest, bytes, len);
	m->event.flags |= IMATEE_EVENT_VERITY;
	return 0;
}

/* The first digest of the event: the file's. Return: what IMA thinks of it. */
static int add_file_digest(struct measurement *m, u8 roles)
{
	const struct imatee_file_event *what = m->what;

	if (what->iint->flags & IMA_COLLECTED) {
		add_collected(m, roles);
		return 0;
	}
	if (what->iint->flags & IMA_VERITY_REQUIRED)
		return add_verity(m, roles);
	if (!what->buf && what->file->f_flags & O_DIRECT) {
		imatee_event_digest(&m->event, roles, IMATEE_DIGEST_ZERO,
				    ima_hash_algo, 0);
		return -EINVAL;
	}
	imatee_event_digest(&m->event, roles, IMATEE_DIGEST_CONTENT, what->algo,
			    m->content.size);
	m->fresh = true;
	return 0;
}

/* For the template "ima", which has no room for more than SHA-1. */
static void add_legacy_digest(struct measurement *m, int collected)
{
	u8 algo = imatee_is_legacy(ima_hash_algo) ? ima_hash_algo : HASH_ALGO_SHA1;
	bool unreadable = collected == -EINVAL || (!m->what->buf &&
			  m->what->file->f_flags & O_DIRECT);
	struct imatee_digest *file = &m->event.digests[0];

	if (imatee_is_legacy(file->algo) && file->source != IMATEE_DIGEST_GIVEN) {
		file->roles |= IMATEE_ROLE_LEGACY;
		return;
	}
	imatee_event_digest(&m->event, IMATEE_ROLE_LEGACY,
			    unreadable ? IMATEE_DIGEST_ZERO : IMATEE_DIGEST_CONTENT,
			    algo, unreadable ? 0 : m->content.size);
	m->fresh |= !unreadable;
}

/* What an appended signature has signed. A message of several signers has none. */
static void add_modsig_digest(struct measurement *m)
{
	size_t tail = strlen(MODULE_SIG_STRING) + sizeof(struct module_signature);
	enum hash_algo algo = HASH_ALGO__LAST;
	const void *raw;
	const u8 *bytes;
	u32 len, raw_len;

	if (ima_get_modsig_digest(m->what->modsig, &algo, &bytes, &len) ||
	    algo >= HASH_ALGO__LAST || !len ||
	    ima_get_raw_modsig(m->what->modsig, &raw, &raw_len))
		return;
	imatee_event_digest(&m->event, IMATEE_ROLE_MODSIG, IMATEE_DIGEST_CONTENT,
			    algo, m->content.size - raw_len - tail);
	m->fresh = true;
}

/* Return: what IMA's ima_collect_measurement() would. */
static int add_digests(struct measurement *m)
{
	const struct imatee_file_event *what = m->what;
	int collected = add_file_digest(m, IMATEE_ROLE_FILE);

	if (m->enter && imatee_template_has(what->template, "d"))
		add_legacy_digest(m, collected);
	if (m->enter && what->modsig &&
	    imatee_template_has(what->template, "d-modsig"))
		add_modsig_digest(m);
	return collected;
}

/* A file that was opened for writing only is opened once more. */
static int open_content(struct measurement *m)
{
	struct file *file = m->what->file;
	unsigned int flags;

	if (m->content.buf)
		return 0;
	if (!(file->f_mode & FMODE_READ)) {
		flags = file->f_flags & ~(O_WRONLY | O_APPEND | O_TRUNC | O_CREAT |
					  O_NOCTTY | O_EXCL);
		file = dentry_open(&file->f_path, flags | O_RDONLY, file->f_cred);
		if (IS_ERR(file))
			return PTR_ERR(file);
	}
	m->content.file = file;
	return 0;
}

static void close_content(struct measurement *m)
{
	if (m->content.file && m->content.file != m->what->file)
		fput(m->content.file);
	kvfree(m->copy);
}

static int hash_part(struct measurement *m, u8 roles, loff_t size)
{
	struct imatee_content part = m->content;
	struct imatee_digest *digests[IMATEE_HASHES];
	struct imatee_digest tickets[IMATEE_HASHES];
	u8 algos[IMATEE_HASHES];
	unsigned int count = 0, i;
	int rc;

	for (i = 0; i < m->event.digest_count; i++) {
		struct imatee_digest *digest = &m->event.digests[i];

		if (digest->source != IMATEE_DIGEST_CONTENT ||
		    !(digest->roles & roles) || count == IMATEE_HASHES)
			continue;
		digests[count] = digest;
		algos[count++] = digest->algo;
	}
	part.size = size;
	rc = count ? imatee_hash(&part, m->event.identity, algos, count, tickets) : 0;
	for (i = 0; i < count && !rc; i++) {
		tickets[i].roles = digests[i]->roles;
		*digests[i] = tickets[i];
	}
	return rc;
}

/*
 * Content that does not fit into the event's call is hashed before it; once for all
 * digests of the whole.
 */
static int hash_before(struct measurement *m)
{
	unsigned int i;
	int rc = hash_part(m, IMATEE_ROLE_FILE | IMATEE_ROLE_LEGACY, m->content.size);

	for (i = 0; i < m->event.digest_count && !rc; i++)
		if (m->event.digests[i].roles & IMATEE_ROLE_MODSIG)
			rc = hash_part(m, IMATEE_ROLE_MODSIG,
				       le32_to_cpu(m->event.digests[i].len));
	return rc;
}

/* Content that fits goes along with the event. */
static int bring_content(struct measurement *m)
{
	size_t size = m->content.size;
	int rc = m->fresh ? open_content(m) : 0;

	if (rc || !m->fresh)
		return rc;
	if (m->content.size > imatee_event_room(&m->event))
		return hash_before(m);
	m->event.content_len = size;
	m->event.content = m->content.buf;
	if (m->content.buf)
		return 0;
	m->copy = kvmalloc(size, GFP_NOFS);
	if (!m->copy)
		return -ENOMEM;
	rc = imatee_read_content(&m->content, 0, m->copy, size);
	m->event.content = m->copy;
	return rc;
}

/* What cannot be read is measured as zeros, as IMA does. */
static void give_zeros(struct measurement *m)
{
	unsigned int i;

	for (i = 0; i < m->event.digest_count; i++) {
		struct imatee_digest *digest = &m->event.digests[i];

		if (digest->source != IMATEE_DIGEST_CONTENT &&
		    digest->source != IMATEE_DIGEST_TICKET)
			continue;
		digest->source = IMATEE_DIGEST_ZERO;
		digest->digest_len = hash_digest_size[digest->algo];
		digest->len = 0;
		memset(digest->digest, 0, sizeof(digest->digest));
		memset(digest->mac, 0, sizeof(digest->mac));
	}
	m->event.content = NULL;
	m->event.content_len = 0;
}

/* What IMA keeps of the file. */
static int keep(struct measurement *m, int collected)
{
	const struct imatee_digest *digest = &m->event.digests[0];
	struct ima_iint_cache *iint = m->what->iint;
	struct inode *inode = file_inode(m->what->file);
	struct inode *real_inode = d_real_inode(file_dentry(m->what->file));
	struct ima_digest_data *hash;
	size_t len = digest->digest_len;

	hash = krealloc(iint->ima_hash,
			sizeof(hash->hdr) + len + sizeof(struct ticket), GFP_NOFS);
	if (!hash)
		return -ENOMEM;
	memset(&hash->hdr, 0, sizeof(hash->hdr));
	hash->algo = digest->algo;
	hash->length = len;
	memcpy(hash->digest, digest->digest, len);
	ticket_of(hash)->source = m->event.flags & IMATEE_EVENT_VERITY ?
				  IMATEE_DIGEST_GIVEN : IMATEE_DIGEST_TICKET;
	memcpy(ticket_of(hash)->mac, digest->mac, sizeof(digest->mac));
	iint->ima_hash = hash;
	if (real_inode == inode)
		iint->real_inode.version = m->version;
	else
		integrity_inode_attrs_store(&iint->real_inode, m->version, real_inode);
	if (!collected)
		iint->flags |= IMA_COLLECTED;
	return collected;
}

/*
 * A file whose path is not known, of a mount that is gone for example, is shown by its bare
 * name, and so is a long path in the template "ima". With zeros for a digest, such an entry
 * would be that of a boot to whoever reads the list; and it would be in the log already.
 */
static bool poses_as_boot(const struct imatee_file_event *what)
{
	if (!strcmp(what->pathname, boot_aggregate_name))
		return true;
	return strlen(what->pathname) > IMA_EVENT_NAME_LEN_MAX &&
	       !strcmp(what->file->f_path.dentry->d_name.name, boot_aggregate_name);
}

/* Return: what ima_collect_measurement() would; .logged says how the entry went. */
static int send(struct measurement *m)
{
	struct imatee_file_event *what = m->what;
	struct ima_event_data data = {
		.iint = what->iint,
		.file = what->file,
		.filename = what->pathname,
		.xattr_value = what->xattr_value,
		.xattr_len = what->xattr_len,
		.modsig = what->modsig,
	};
	bool fresh = !(what->iint->flags & IMA_COLLECTED);
	int collected, rc;

	if (m->enter && poses_as_boot(what))
		return -EACCES;
	collected = add_digests(m);
	if (!m->enter)
		m->event.flags |= IMATEE_EVENT_NO_ENTRY;
	rc = m->enter ? imatee_event_fields(&m->event, &data, what->template) : 0;
	if (rc)
		return rc;
	rc = bring_content(m);
	if (rc == -EINVAL || rc == -EBADF) {
		give_zeros(m);
		collected = rc;
		rc = 0;
	}
	rc = rc ?: imatee_event_send(&m->event, !m->enter);
	if (rc && rc != -EEXIST)
		return rc;
	what->logged = m->enter;
	what->exists = rc;
	/* A file without fs-verity has no digest: it may have one later. */
	return fresh && collected != -ENODATA ? keep(m, collected) : collected;
}

static int measure(struct imatee_file_event *what, bool enter)
{
	struct measurement *m = kzalloc(sizeof(*m), GFP_NOFS);
	int rc;

	if (!m)
		return -ENOMEM;
	m->what = what;
	m->enter = enter;
	m->event.pcr = what->pcr;
	identify(m);
	rc = send(m);
	close_content(m);
	imatee_event_free(&m->event);
	kfree(m);
	return rc;
}

static void audit(const struct imatee_file_event *what, bool enter, int rc)
{
	const char *cause = what->exists ? "hash_exists" : "hash_added";

	if (!enter && !rc)
		return;
	if (!what->logged)
		cause = enter ? "not_logged" : "failed";
	integrity_audit_msg(enter ? AUDIT_INTEGRITY_PCR : AUDIT_INTEGRITY_DATA,
			    file_inode(what->file), what->pathname,
			    enter ? "add_template_measure" : "collect_data", cause,
			    what->exists ? -EEXIST : rc, what->logged);
}

/**
 * imatee_measure_file - collect a file's digest in the TEE, and measure it there
 * @what: the file, and what is to be done; .logged is set if it is, or was, in the log
 *
 * In the place of ima_collect_measurement() and ima_store_measurement(), with the
 * mutex of the file's iint held.
 *
 * Return: as ima_collect_measurement(); with an entry that was wanted and is not
 * .logged, the caller has to deny the access.
 */
int imatee_measure_file(struct imatee_file_event *what)
{
	struct ima_iint_cache *iint = what->iint;
	bool enter = what->measure && (what->modsig ||
				       !(iint->measured_pcrs & BIT(what->pcr)));
	bool verity = iint->flags & IMA_VERITY_REQUIRED;
	int rc;

	what->logged = what->measure && !enter;
	if (what->modsig)
		ima_collect_modsig(what->modsig, what->buf, what->size);
	/* Another rule may have wanted the other kind of digest. */
	if (iint->flags & IMA_COLLECTED &&
	    verity != (ticket_of(iint->ima_hash)->source == IMATEE_DIGEST_GIVEN))
		iint->flags &= ~IMA_COLLECTED;
	if (iint->flags & IMA_COLLECTED && !enter)
		return 0;
	rc = measure(what, enter);
	if (rc == -ESTALE && iint->flags & IMA_COLLECTED) {
		iint->flags &= ~IMA_COLLECTED;
		rc = measure(what, enter);
	}
	audit(what, enter, rc);
	if (enter && what->logged && rc != -ENODATA &&
	    !(what->file->f_flags & O_DIRECT)) {
		iint->flags |= IMA_MEASURED;
		iint->measured_pcrs |= BIT(what->pcr);
	}
	return rc;
}
