// SPDX-License-Identifier: GPL-2.0-only
/*
 * imatee_caller: a caller inside the kernel, no attacker, that uses the interface
 * of the key service on a keyring and on one of its keys:
 *
 *   insmod imatee_caller.ko ring=.ima id=11111111 cert=/keys/a.der
 *
 * The log has a line with the error number of each call. Those that return nothing
 * have "void".
 */
#include <keys/asymmetric-type.h>
#include <linux/err.h>
#include <linux/kernel_read_file.h>
#include <linux/key-type.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

#include "attack.h"

static char *ring;
module_param(ring, charp, 0);

static char *id;
module_param(id, charp, 0);

static char *cert;
module_param(cert, charp, 0);

static void tell(const char *call, long rc)
{
	pr_info("caller: %s %s %ld\n", ring, call, rc);
}

static void tell_void(const char *call)
{
	pr_info("caller: %s %s void\n", ring, call);
}

static void tell_ref(const char *call, key_ref_t ref)
{
	tell(call, PTR_ERR_OR_ZERO(ref));
	if (!IS_ERR(ref))
		key_ref_put(ref);
}

static int create(struct key *keyring)
{
	key_ref_t ref = make_key_ref(keyring, true);
	void *data = NULL;
	ssize_t size;

	size = kernel_read_file_from_path(cert, 0, &data, INT_MAX, NULL,
					  READING_X509_CERTIFICATE);
	if (size < 0)
		return size;
	tell_ref("key_create_or_update",
		 key_create_or_update(ref, "asymmetric", NULL, data, size,
				      KEY_POS_ALL, KEY_ALLOC_NOT_IN_QUOTA));
	tell_ref("key_create",
		 key_create(ref, "asymmetric", NULL, data, size, KEY_POS_ALL,
			    KEY_ALLOC_NOT_IN_QUOTA));
	tell_ref("key_create,bypass",
		 key_create(ref, "asymmetric", NULL, data, size, KEY_POS_ALL,
			    KEY_ALLOC_BYPASS_RESTRICTION | KEY_ALLOC_BUILT_IN));
	tell_ref("key_create,user",
		 key_create(ref, "user", "a", "b", 1, KEY_POS_ALL, 0));
	vfree(data);
	return 0;
}

static void call_all(struct key *keyring, struct key *key, struct key *own)
{
	struct key *elsewhere = forged_keyring();

	tell("key_link", key_link(keyring, own));
	tell("key_link,same", key_link(keyring, key));
	tell("key_move,in", key_move(own, elsewhere, keyring, 0));
	tell("key_move,out", key_move(key, keyring, elsewhere, 0));
	tell("key_unlink", key_unlink(keyring, key));
	tell("keyring_clear", keyring_clear(keyring));
	tell("keyring_restrict",
	     keyring_restrict(make_key_ref(keyring, true), NULL, NULL));
	tell("key_update", key_update(make_key_ref(key, true), "x", 1));
	tell("key_instantiate_and_link",
	     key_instantiate_and_link(key, "x", 1, keyring, NULL));
	key_set_timeout(key, 1);
	tell_void("key_set_timeout");
	key_revoke(key);
	tell_void("key_revoke");
	key_invalidate(key);
	tell_void("key_invalidate");
	key_revoke(keyring);
	tell_void("key_revoke,ring");
	key_invalidate(keyring);
	tell_void("key_invalidate,ring");
}

static int __init caller_init(void)
{
	struct key *keyring = ring ? find_keyring(ring) : NULL;
	struct key *key = keyring && id ? find_key(keyring, id) : NULL;
	struct key *own = cert ? forge_key(cert) : NULL;
	int rc = -ENOENT;

	if (key && own)
		rc = create(keyring);
	if (!rc)
		call_all(keyring, key, own);
	key_put(own);
	key_put(key);
	forget_forged();
	return rc;
}
module_init(caller_init);

static void __exit caller_exit(void)
{
}
module_exit(caller_exit);

MODULE_DESCRIPTION("Uses the key service on a keyring");
MODULE_LICENSE("GPL");
