// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attacker's own keys: made by the kernel's own parser, in a keyring that
 * nothing restricts.
 */
#include <keys/asymmetric-type.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/kernel_read_file.h>
#include <linux/limits.h>
#include <linux/vmalloc.h>

#include "attack.h"

#define PERM	(KEY_POS_ALL | KEY_USR_VIEW | KEY_USR_READ | KEY_USR_SEARCH)

static struct key *forged;

struct key *forged_keyring(void)
{
	struct key *ring;

	if (forged)
		return forged;
	ring = keyring_alloc(".attacker", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID,
			     current_cred(), PERM, KEY_ALLOC_NOT_IN_QUOTA,
			     NULL, NULL);
	if (IS_ERR(ring))
		return NULL;
	forged = ring;
	return forged;
}

/* Return: the key with a reference, or NULL. */
struct key *forge_key(const char *cert)
{
	struct key *ring = forged_keyring();
	void *data = NULL;
	key_ref_t ref;
	ssize_t size;

	if (!ring || !cert)
		return NULL;
	size = kernel_read_file_from_path(cert, 0, &data, INT_MAX, NULL,
					  READING_X509_CERTIFICATE);
	if (size < 0) {
		pr_err("cannot read %s: %zd\n", cert, size);
		return NULL;
	}
	ref = key_create_or_update(make_key_ref(ring, true), "asymmetric", NULL,
				   data, size, PERM, KEY_ALLOC_NOT_IN_QUOTA);
	vfree(data);
	if (IS_ERR(ref)) {
		pr_err("cannot make a key of %s: %ld\n", cert, PTR_ERR(ref));
		return NULL;
	}
	return key_ref_to_ptr(ref);
}

void forget_forged(void)
{
	if (forged)
		key_put(forged);
	forged = NULL;
}
