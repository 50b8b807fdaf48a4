// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel keyrings .ima, .evm and .platform as a view of the TEE's, for
 * keyctl and whoever else looks. No verdict rests on what is in them.
 */
#include <linux/cred.h>
#include <linux/delay.h>
#include <linux/device/driver.h>
#include <linux/err.h>
#include <linux/key-type.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <keys/asymmetric-subtype.h>

#include "tee.h"

#define WRITE_PERM	(KEY_POS_WRITE | KEY_USR_WRITE | \
			 KEY_GRP_WRITE | KEY_OTH_WRITE)

static struct key *keyrings[INTEGRITY_KEYRING_MAX] __ro_after_init;
/*
 * What stands there for the TEE's keys, each with a reference. Whoever adds a key fills
 * a slot that is empty; slots are emptied under imatee_keys_lock.
 */
static struct key *views[IMATEE_RING_COUNT + 1][IMATEE_KEYS_PER_RING];
static bool all_shown __ro_after_init;

/* Keys of the TEE that .blacklist named, or was not compared with, when they were shown. */
static u32 barred[IMATEE_RING_COUNT + 1][IMATEE_KEYS_PER_RING] __ro_after_init;
static unsigned int barred_count[IMATEE_RING_COUNT + 1] __ro_after_init;

/* Keys may come, before the seal; none ever goes. */
void __init imatee_adopt_keyring(unsigned int id, struct key *keyring)
{
	keyrings[id] = keyring;
	set_bit(KEY_FLAG_KEEP, &keyring->flags);
}

/* Return: enum imatee_ring, IMATEE_RING_ANY for a keyring that is not the TEE's. */
u8 imatee_ring_of(const struct key *keyring)
{
	unsigned int id;

	for (id = 0; id < INTEGRITY_KEYRING_MAX; id++)
		if (keyring && keyring == keyrings[id])
			return imatee_ring_from_id(id);
	return IMATEE_RING_ANY;
}

/**
 * imatee_keyring - does the TEE own this keyring?
 * @keyring: any key
 *
 * Return: true for .ima, .evm and .platform, but in mode "off".
 */
bool imatee_keyring(const struct key *keyring)
{
	return imatee_ring_of(keyring) != IMATEE_RING_ANY;
}

static void __init bar(u8 ring, u32 keyid)
{
	barred[ring][barred_count[ring]++] = keyid;
}

/**
 * imatee_key_is_barred - does the kernel's .blacklist name this key of the TEE?
 * @ring: enum imatee_ring
 * @keyid: its key id
 *
 * As in mainline, what comes into that keyring after a key was loaded does not
 * concern the key.
 *
 * Return: true if no signature of the key is valid.
 */
bool imatee_key_is_barred(u8 ring, u32 keyid)
{
	unsigned int i;

	for (i = 0; i < barred_count[ring]; i++)
		if (barred[ring][i] == keyid)
			return true;
	return false;
}

/* The same for any key of the ring. */
bool imatee_any_barred(u8 ring)
{
	return barred_count[ring];
}

static bool is_view(const struct key *key)
{
	return key->type == &key_type_asymmetric &&
	       key->payload.data[asym_subtype] == &imatee_key_subtype;
}

/**
 * imatee_keeps - is the TEE the only one to end this key?
 * @key: any key or keyring
 *
 * Return: true for the TEE's keyrings, and for the keys that stand for its keys, as
 * long as it holds them.
 */
bool imatee_keeps(const struct key *key)
{
	return imatee_keyring(key) || (is_view(key) && !imatee_key_is_gone(key));
}

/**
 * imatee_note_view - remember what stands for a key of the TEE's
 * @ring: enum imatee_ring
 * @key: that key; it takes a reference
 */
void imatee_note_view(u8 ring, struct key *key)
{
	unsigned int i;

	key_get(key);
	for (i = 0; i < IMATEE_KEYS_PER_RING; i++)
		if (!cmpxchg(&views[ring][i], NULL, key))
			return;
	key_put(key);
}

static void end_view(struct key **view)
{
	struct key *key = READ_ONCE(*view);

	/* One that is being added just now goes the next time. */
	if (!key || key_read_state(key) != KEY_IS_POSITIVE ||
	    !imatee_key_check_gone(key))
		return;
	pr_notice("'%s' is revoked\n", key->description);
	key_invalidate(key);
	WRITE_ONCE(*view, NULL);
	key_put(key);
}

/**
 * imatee_end_views - let keys vanish that the TEE does not hold any more
 *
 * With imatee_keys_lock held.
 */
void imatee_end_views(void)
{
	unsigned int ring, i;

	for (ring = 1; ring <= IMATEE_RING_COUNT; ring++)
		for (i = 0; i < IMATEE_KEYS_PER_RING; i++)
			end_view(&views[ring][i]);
}

/* One certificate out of the TEE: the description and the DER. */
struct exported {
	struct imatee_key_info info;
	size_t len;
	u8 der[];
};

/* @what is to be verified with it, or NULL. */
static struct exported *export_cert(u8 ring, u32 index,
				    const struct imatee_signed *what)
{
	struct imatee_channel *ch = imatee_keeper_get();
	const struct imatee_key_reply *reply;
	struct exported *cert;
	ssize_t len;

	if (IS_ERR(ch))
		return ERR_CAST(ch);
	reply = ch->msg;
	len = imatee_cmd_key_export(ch, ring, index, what);
	if (len < 0) {
		imatee_channel_unlock(ch);
		return ERR_PTR(len);
	}
	cert = kmalloc(struct_size(cert, der, len), GFP_KERNEL);
	if (cert) {
		cert->info = reply->info;
		cert->len = len;
		memcpy(cert->der, reply + 1, len);
	}
	imatee_channel_unlock(ch);
	return cert ?: ERR_PTR(-EIO);
}

/*
 * Make a key of the software subtype from a certificate. key_create_or_update()
 * would do it, but tells IMA of a key added to a keyring, which is not what
 * happens here. The credentials are the kernel's, and so is the security label,
 * as with the keys of mainline's keyrings: the task only opens a file.
 */
static struct key *key_from_cert(const struct exported *cert, key_perm_t perm)
{
	struct key_preparsed_payload prep = {
		.data = cert->der,
		.datalen = cert->len,
		.expiry = TIME64_MAX,
	};
	struct key *key;
	int rc;

	rc = key_type_asymmetric.preparse(&prep);
	if (rc)
		return ERR_PTR(rc);
	key = key_alloc(&key_type_asymmetric, prep.description,
			GLOBAL_ROOT_UID, GLOBAL_ROOT_GID, kernel_cred(),
			perm, KEY_ALLOC_NOT_IN_QUOTA | KEY_ALLOC_BUILT_IN,
			NULL);
	key_type_asymmetric.free_preparse(&prep);
	if (IS_ERR(key))
		return key;
	rc = key_instantiate_and_link(key, cert->der, cert->len, NULL, NULL);
	if (rc) {
		key_put(key);
		return ERR_PTR(rc);
	}
	return key;
}

static int link_software_key(struct key *keyring, const struct exported *cert)
{
	struct key *key = key_from_cert(cert, KEY_POS_SEARCH);
	int rc;

	if (key == ERR_PTR(-ENOMEM))
		return -ENOMEM;
	/*
	 * The kernel's own blacklist names the key, or the kernel cannot read
	 * the certificate: no reason to refuse what the other keys have signed.
	 */
	if (IS_ERR(key)) {
		pr_warn_ratelimited("key %08x is left out: %ld\n",
				    le32_to_cpu(cert->info.keyid),
				    PTR_ERR(key));
		return 0;
	}
	rc = key_link(keyring, key);
	key_put(key);
	return rc;
}

/* A keyring for one verification, to be given to key_put(), or ERR_PTR(-EIO). */
struct key *imatee_empty_ring(void)
{
	struct key *keyring;

	keyring = keyring_alloc(".imatee", GLOBAL_ROOT_UID, GLOBAL_ROOT_GID,
				kernel_cred(), KEY_POS_SEARCH,
				KEY_ALLOC_NOT_IN_QUOTA, NULL, NULL);
	return IS_ERR(keyring) ? ERR_PTR(-EIO) : keyring;
}

/**
 * imatee_snapshot_ring - a keyring made from the TEE's certificates
 * @what: ring, purpose and digest of what it is to verify
 *
 * Its keys are of the software subtype. It is linked nowhere, nobody but its
 * possessor, which is the caller, has a permission on it or on its keys, and
 * key_put() ends it with all that is in it.
 *
 * Return: the keyring, ERR_PTR(-EKEYREJECTED) if the digest is revoked, or
 * ERR_PTR(-EIO).
 */
struct key *imatee_snapshot_ring(const struct imatee_signed *what)
{
	struct exported *cert;
	struct key *keyring;
	u32 index;
	int rc;

	keyring = imatee_empty_ring();
	if (IS_ERR(keyring))
		return keyring;
	for (index = 0; index < IMATEE_KEYS_PER_RING; index++) {
		cert = export_cert(what->ring, index, what);
		if (cert == ERR_PTR(-ENOKEY))
			break;
		rc = IS_ERR(cert) ? PTR_ERR(cert) :
				    link_software_key(keyring, cert);
		if (!IS_ERR(cert))
			kfree(cert);
		if (rc) {
			key_put(keyring);
			return ERR_PTR(rc == -EKEYREJECTED ? rc : -EIO);
		}
	}
	return keyring;
}

/**
 * imatee_restrict_link - what may be linked into a keyring that the TEE owns
 * @dest_keyring: the keyring
 * @type: type of the key to link
 * @payload: its payload
 * @restriction_key: unused
 *
 * New keys do not come this way, but by imatee_key_add().
 *
 * Return: 0 while imatee_show_keys() links what stands for the TEE's keys, -EPERM
 * ever after, whatever it is.
 */
int imatee_restrict_link(struct key *dest_keyring, const struct key_type *type,
			 const union key_payload *payload,
			 struct key *restriction_key)
{
	if (type == &key_type_asymmetric &&
	    payload->data[asym_subtype] == &imatee_key_subtype && !all_shown)
		return 0;
	return -EPERM;
}

static int __init show_key(struct key *keyring, const struct exported *cert)
{
	/* Nobody sees it before it is a view of the TEE's key. */
	struct key *key = key_from_cert(cert, 0);
	struct imatee_key *tk;
	int rc;

	if (IS_ERR(key))
		return PTR_ERR(key);
	tk = imatee_key_prepare(&key->payload);
	rc = PTR_ERR_OR_ZERO(tk);
	if (!rc) {
		imatee_key_put_in(&key->payload, tk, &cert->info);
		/* The payload first: /proc/keys takes no lock. */
		smp_store_release(&key->perm, IMATEE_VIEW_PERM);
		rc = key_link(keyring, key);
	}
	if (!rc) {
		imatee_note_view(cert->info.ring, key);
		set_bit(KEY_FLAG_KEEP, &key->flags);
		security_key_post_create_or_update(keyring, key, cert->der,
						   cert->len,
						   KEY_ALLOC_BUILT_IN, true);
		pr_info("%s: '%s'\n", keyring->description, key->description);
	}
	key_put(key);
	return rc;
}

/* Memory may be short for a moment, here or in the TEE. */
static struct exported * __init export_patiently(u8 ring, u32 index)
{
	struct exported *cert = ERR_PTR(-EIO);
	unsigned int tries;

	for (tries = 0; tries < IMATEE_TRIES && imatee_usable(); tries++) {
		if (tries)
			msleep(IMATEE_PAUSE_MS);
		cert = export_cert(ring, index, NULL);
		if (!IS_ERR(cert) || PTR_ERR(cert) == -ENOKEY)
			break;
	}
	return cert;
}

static void __init fill(unsigned int id)
{
	u8 ring = imatee_ring_from_id(id);
	struct exported *cert;
	u32 index;
	int rc;

	for (index = 0; index < IMATEE_KEYS_PER_RING; index++) {
		cert = export_patiently(ring, index);
		if (IS_ERR(cert)) {
			if (PTR_ERR(cert) != -ENOKEY) {
				pr_err("key %u of ring %u: %ld\n", index, ring,
				       PTR_ERR(cert));
				imatee_die("the TEE's keys could not be compared with .blacklist");
			}
			return;
		}
		rc = show_key(keyrings[id], cert);
		/*
		 * With -ENOPKG the kernel lacks an algorithm, and can neither use the key
		 * nor compare it. Any other error may have come before it was compared.
		 */
		if (rc && rc != -ENOPKG)
			bar(ring, le32_to_cpu(cert->info.keyid));
		if (rc)
			pr_err("key %u of ring %u is not shown: %d\n", index,
			       ring, rc);
		kfree(cert);
	}
}

/*
 * Nobody else changes these permissions, as there is no setattr permission: they
 * need no lock. That of the keyring would wait for whoever adds a key.
 */

/* As mainline's: root may write, but not to .platform. */
void __init imatee_open_keyrings(void)
{
	static const unsigned int ids[] = {
		INTEGRITY_KEYRING_IMA, INTEGRITY_KEYRING_EVM
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ids); i++)
		if (keyrings[ids[i]])
			keyrings[ids[i]]->perm |= KEY_USR_WRITE;
}

void imatee_close_keyrings(void)
{
	unsigned int id;

	for (id = 0; id < INTEGRITY_KEYRING_MAX; id++)
		if (keyrings[id])
			WRITE_ONCE(keyrings[id]->perm,
				   keyrings[id]->perm & ~WRITE_PERM);
}

/**
 * imatee_show_keys - show the TEE's keys in the kernel's keyrings
 *
 * Called once, when the root file system is there and no process of user space
 * has been started by init. A TEE that is not here by now comes too late.
 */
void __init imatee_show_keys(void)
{
	/* In the order of mainline's, which shows in the list of measurements. */
	static const unsigned int ids[] = {
		INTEGRITY_KEYRING_IMA, INTEGRITY_KEYRING_EVM, INTEGRITY_KEYRING_PLATFORM
	};
	unsigned int i;

	if (!imatee_active())
		return;
	wait_for_device_probe();
	if (imatee_end_of_attach())
		for (i = 0; i < ARRAY_SIZE(ids); i++)
			if (keyrings[ids[i]])
				fill(ids[i]);
	all_shown = true;
}
