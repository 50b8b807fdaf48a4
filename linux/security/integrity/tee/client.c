// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver on the kernel's TEE bus: attach to the keeper, seal, and let go of the
 * TEE before another kernel takes over.
 */
#include <linux/delay.h>
#include <linux/jump_label.h>
#include <linux/kexec.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/string.h>
#include <linux/suspend.h>
#include <linux/tee_drv.h>
#include <linux/uuid.h>

#include "tee.h"

#define KEEPER_BUFFER	PAGE_ALIGN(sizeof(struct imatee_key_reply) + IMATEE_CERT_MAX)
/* Where events are measured, small files come along. */
#define KEEPER_BUFFER_FULL	IMATEE_MSG_MAX

static DEFINE_MUTEX(keeper_lock);

/* Set while the kernel initialises: see struct imatee_channel. */
static struct tee_context *tee_ctx __ro_after_init;
static struct imatee_channel keeper __ro_after_init = { .lock = &keeper_lock };
static struct imatee_identity identity __ro_after_init;
static bool identity_known __ro_after_init;
/*
 * A key for EVM came after the attach. Which way it is stands in the kernel's
 * code, out of reach of an attacker who writes data.
 */
static DEFINE_STATIC_KEY_FALSE(evm_key_added);

/* Held while attaching, and while deciding that it is too late for that. */
static DEFINE_MUTEX(attach_lock);
static DEFINE_MUTEX(unattached_lock);
/* Held while letting go: two events may ask for it, both must wait for it. */
static DEFINE_MUTEX(let_go_lock);
static bool let_go_done;	/* set under keeper_lock, too */
/*
 * There is a keeper, whether or not it is of use; and it has said that it is sealed, or
 * will say nothing until the machine is reset.
 */
static bool keeper_seen;
static bool keeper_sealed;

const struct imatee_identity *imatee_identity(void)
{
	return identity_known ? &identity : NULL;
}

/**
 * imatee_check_identity - does the TEE that attached still answer?
 * @ch: the channel the reply came through
 * @reply: its head
 *
 * A keeper that forgot its boot id or its seal has been started anew without a
 * reset of the machine: it is not to be believed again. (A verifier answers what
 * it knew when it loaded the keys.)
 *
 * Return: 0 or -EIO.
 */
int imatee_check_identity(const struct imatee_channel *ch,
			  const struct imatee_reply *reply)
{
	if (!identity_known || (!ch->keeper && imatee_state() < IMATEE_SEALED))
		return 0;
	if (memcmp(reply->boot_id, identity.boot_id, sizeof(identity.boot_id)))
		imatee_die("the TEE started anew behind the kernel's back");
	else if (imatee_state() >= IMATEE_SEALED &&
		 le32_to_cpu(reply->seal) != IMATEE_SEAL_SEALED)
		imatee_die("the TEE lost its seal");
	else
		return 0;
	return -EIO;
}

/**
 * imatee_expects_evm - must EVM check security.evm?
 *
 * EVM is off until a key is loaded, and IMA then takes its verdict "unknown" for
 * a pass. So it is on from the start, unless the TEE that attached says that
 * there is no key that EVM could use; then it is on from the moment that somebody
 * tries to add one. What this rests on is read-only after init.
 *
 * Return: true if EVM is on, whatever evm_initialized says.
 */
bool imatee_expects_evm(void)
{
	return imatee_active() && (!identity_known || identity.evm_keys ||
				   static_branch_unlikely(&evm_key_added));
}

/* EVM has a key, or was to have one, from here on. */
void imatee_note_evm_key(void)
{
	static_branch_enable(&evm_key_added);
	/* Data that claim it was done before keep it from being done. */
	if (!static_branch_unlikely(&evm_key_added))
		imatee_die("a static key was tampered with");
}

/**
 * imatee_keeper_get - lock the keeper's channel
 *
 * Return: the channel, to be given to imatee_channel_unlock(), or ERR_PTR(-EIO).
 */
struct imatee_channel *imatee_keeper_get(void)
{
	int rc = imatee_channel_lock(&keeper);

	return rc ? ERR_PTR(rc) : &keeper;
}

/* The same; no signal ends the wait. */
struct imatee_channel *imatee_keeper_get_always(void)
{
	int rc = imatee_channel_lock_always(&keeper);

	return rc ? ERR_PTR(rc) : &keeper;
}

/**
 * imatee_lookup_channel_get - lock some channel that answers KEY_GET
 *
 * After the seal a verifier; before it, and if none started, the keeper.
 *
 * Return: as imatee_keeper_get().
 */
struct imatee_channel *imatee_lookup_channel_get(void)
{
	return imatee_verifier_count() ? imatee_verifier_get() :
					 imatee_keeper_get();
}

/* @keeper.lock is held. */
static int seal_keeper(void)
{
	const struct imatee_reply *reply = keeper.msg;
	int rc = imatee_cmd_seal(&keeper);

	if (!rc && le32_to_cpu(reply->seal) != IMATEE_SEAL_SEALED)
		rc = -EIO;
	if (!rc)
		WRITE_ONCE(keeper_sealed, true);
	return rc;
}

static int seal_keeper_patiently(void)
{
	unsigned int tries;
	int rc = -EIO;

	for (tries = 0; tries < IMATEE_TRIES; tries++) {
		if (tries)
			msleep(IMATEE_PAUSE_MS);
		if (imatee_channel_lock_always(&keeper))
			return -EIO;
		rc = seal_keeper();
		imatee_channel_unlock(&keeper);
		if (!rc)
			return 0;
	}
	return rc;
}

/**
 * imatee_seal_tee - end all writing to the TEE's keyrings until the machine resets
 * @reason: when or why, for the log and securityfs
 *
 * Then loads the sealed keys into the verifiers. One that fails is left out, and
 * with none left the keeper answers, but in mode "verify" nobody does. Without a
 * seal the TEE is given up, and no other kernel is started beside it: see
 * imatee_reboot(). For imatee_seal(), once.
 */
void imatee_seal_tee(const char *reason)
{
	if (seal_keeper_patiently()) {
		/* A kernel that is going down meanwhile seals by itself. */
		if (imatee_state() < IMATEE_STOPPED)
			imatee_die("the TEE did not seal its keyrings");
		return;
	}
	/* None has older keys: they are the first that it loads. */
	imatee_sync_all(0);
	if (imatee_mode_verifies()) {
		if (!imatee_verifier_count()) {
			imatee_die("no verifier started in the TEE");
			return;
		}
		if (!imatee_verify_from_now()) {
			imatee_die("a static key was tampered with");
			return;
		}
	}
	imatee_advance(IMATEE_SEALED, reason);
	pr_info("keyrings %s, %u verifiers\n", reason, imatee_verifier_count());
}

static int match_gp(struct tee_ioctl_version_data *version, const void *data)
{
	return !!(version->gen_caps & TEE_GEN_CAP_GP);
}

/* @keeper.lock is held. */
static int attach(void)
{
	const struct imatee_hello_reply *hello = keeper.msg;
	const struct imatee_status_reply *status = keeper.msg;
	const struct imatee_reply *reply = keeper.msg;
	int rc;

	rc = imatee_cmd_hello(&keeper);
	if (rc)
		return rc;
	strscpy(identity.version, hello->version);
	rc = imatee_cmd_status(&keeper);
	if (rc)
		return rc;
	/* Revoking EVM's last key must not turn it off. */
	identity.evm_keys = le32_to_cpu(status->keys[IMATEE_RING_EVM]) ||
			    le32_to_cpu(status->hdr.flags) & IMATEE_FLAG_EVM_REVOKED;
	rc = imatee_cmd_attach(&keeper, imatee_mode_number());
	if (rc)
		return rc;
	memcpy(identity.boot_id, reply->boot_id, sizeof(identity.boot_id));
	identity.attach_count = le32_to_cpu(reply->attach_count);
	identity.test_image = le32_to_cpu(reply->flags) & IMATEE_FLAG_TEST_IMAGE;
	identity.sealed = le32_to_cpu(reply->seal) == IMATEE_SEAL_SEALED;
	identity.digest_revoked = le32_to_cpu(reply->flags) &
				  IMATEE_FLAG_DIGEST_REVOKED;
	keeper_sealed = identity.sealed;
	identity_known = true;
	return 0;
}

static int open_keeper(void)
{
	int rc = imatee_channel_open(&keeper, tee_ctx, true, imatee_measures() ?
				     KEEPER_BUFFER_FULL : KEEPER_BUFFER);

	if (rc)
		return rc;
	mutex_lock(keeper.lock);
	rc = attach();
	mutex_unlock(keeper.lock);
	return rc;
}

/* No call is admitted any more: wait for those in flight, then close. */
static void let_go(void)
{
	mutex_lock(&let_go_lock);
	if (tee_ctx && !let_go_done) {
		/* From here on imatee_seal_given_up() does not use what goes. */
		mutex_lock(keeper.lock);
		let_go_done = true;
		mutex_unlock(keeper.lock);
		imatee_close_verifiers();
		imatee_close_rooms();
		imatee_channel_close(&keeper);
		tee_client_close_context(tee_ctx);
	}
	mutex_unlock(&let_go_lock);
}

static const char *attach_failure(int rc)
{
	switch (rc) {
	case -EPROTO:
		return "kernel and keeper differ in ABI version: update one of them";
	case -EOWNERDEAD:
		return "a trusted application panicked: reset the machine";
	default:
		return "the keeper does not answer";
	}
}

/* Return: 0 or an errno; -EOWNERDEAD if the keeper has panicked. */
static int seal_in_passing(struct tee_context *ctx)
{
	struct imatee_channel ch = { .lock = &unattached_lock };
	int rc = imatee_channel_open(&ch, ctx, true, KEEPER_BUFFER);

	if (rc)
		return rc;
	mutex_lock(ch.lock);
	rc = imatee_cmd_hello(&ch);
	/* An older one of this major version takes it, too; another one will not. */
	if (!rc || rc == -EPROTO)
		rc = imatee_cmd_seal(&ch);
	mutex_unlock(ch.lock);
	imatee_channel_close(&ch);
	return rc;
}

/*
 * A TEE that comes too late, with parameters that are refused, or that could not be
 * attached to, serves nobody. It is not left open either. @attach_lock is held.
 */
static void seal_unattached(struct tee_context *ctx)
{
	unsigned int tries;
	int rc = -EIO;

	for (tries = 0; tries < IMATEE_TRIES; tries++) {
		if (tries)
			msleep(IMATEE_PAUSE_MS);
		rc = seal_in_passing(ctx);
		if (!rc || rc == -EOWNERDEAD)
			break;
	}
	if (!rc)
		pr_info("a TEE that is not used is sealed\n");
	else
		pr_err("a TEE that is not used could not be sealed: %d\n", rc);
	if (!rc || rc == -EOWNERDEAD)
		WRITE_ONCE(keeper_sealed, true);
}

/* @attach_lock is held. */
static int attach_once(void)
{
	struct tee_context *ctx;
	int rc;

	WRITE_ONCE(keeper_seen, true);
	ctx = tee_client_open_context(NULL, match_gp, NULL, NULL);
	if (IS_ERR(ctx))
		return PTR_ERR(ctx);
	if (imatee_state() != IMATEE_ABSENT) {
		if (imatee_state() == IMATEE_DEAD && !READ_ONCE(keeper_sealed))
			seal_unattached(ctx);
		tee_client_close_context(ctx);
		return -ENODEV;
	}
	tee_ctx = ctx;
	rc = open_keeper();
	if (rc) {
		imatee_die(attach_failure(rc));
		seal_unattached(ctx);
		let_go();
		return rc;
	}
	imatee_start_workers();
	imatee_open_verifiers(tee_ctx);
	imatee_open_rooms(tee_ctx);
	imatee_advance(IMATEE_ATTACHED, "the key set is not sealed yet");
	return 0;
}

/*
 * Attaches once, and not after imatee_end_of_attach(): what is written here is
 * read-only then.
 */
static int imatee_probe(struct device *dev)
{
	int rc;

	mutex_lock(&attach_lock);
	rc = attach_once();
	mutex_unlock(&attach_lock);
	if (rc)
		return rc;
	if (identity.digest_revoked)
		imatee_note_digest_revoked();
	pr_info("attached to keeper %s, boot id %*phN, attach %u%s\n",
		identity.version, IMATEE_BOOT_ID_SIZE, identity.boot_id,
		identity.attach_count,
		identity.test_image ? ", TEST IMAGE" : "");
	return 0;
}

/**
 * imatee_end_of_attach - a TEE that has not come by now is too late
 *
 * Return: true if there is one to go on with.
 */
bool __init imatee_end_of_attach(void)
{
	bool usable;

	mutex_lock(&attach_lock);
	imatee_gather_verifiers();
	usable = imatee_usable();
	if (!usable)
		imatee_die(imatee_state_reason());
	mutex_unlock(&attach_lock);
	return usable;
}

/*
 * Only when the TEE's own driver goes away, by root's unbinding that one: there
 * is no unbind in sysfs for this one.
 */
static int imatee_remove(struct device *dev)
{
	if (!READ_ONCE(keeper_sealed))
		imatee_seal("sealed before the TEE driver goes");
	imatee_die("the TEE driver was removed");
	let_go();
	return 0;
}

static const struct tee_client_device_id imatee_ids[] = {
	{ IMATEE_APPLY(UUID_INIT, IMATEE_KEEPER_UUID_FIELDS) },
	{}
};

static struct tee_client_driver imatee_driver = {
	.id_table = imatee_ids,
	.driver = {
		.name = "imatee",
		.bus = &tee_bus_type,
		.probe = imatee_probe,
		.remove = imatee_remove,
		.suppress_bind_attrs = true,
	},
};

/**
 * imatee_seal_given_up - seal a TEE that nothing is asked of any more
 *
 * It was given up before the seal, and takes keys until it is sealed. For imatee_seal().
 */
void imatee_seal_given_up(void)
{
	if (!identity_known || READ_ONCE(keeper_sealed))
		return;
	mutex_lock(keeper.lock);
	if (!let_go_done && !seal_keeper())
		pr_info("a TEE that was given up is sealed\n");
	mutex_unlock(keeper.lock);
}

/* A reset opens the keyrings anyway; another kernel must not find them open. */
static void seal_for_next_kernel(void)
{
	if (!READ_ONCE(keeper_seen))
		return;
	/* Again, if it has failed: it may have been for a moment. */
	if (!READ_ONCE(keeper_sealed))
		imatee_seal("sealed before kexec");
	if (!READ_ONCE(keeper_sealed))
		panic("imatee: kexec would start a kernel beside a TEE that is not sealed\n");
}

/*
 * A kernel that kexec starts waits in its TEE driver for all calls of this one
 * to end, and would wait for ever for one that was cut off: admit no more, wait
 * for those in flight, close. Before a reset there is nothing to wait for.
 */
static int imatee_reboot(struct notifier_block *nb, unsigned long action,
			 void *data)
{
	if (kexec_in_progress) {
		imatee_refuse_gap();
		seal_for_next_kernel();
	}
	imatee_advance(IMATEE_STOPPED, "this kernel is going down");
	if (kexec_in_progress) {
		let_go();
		/* What came between. */
		imatee_refuse_gap();
	}
	return NOTIFY_DONE;
}

static struct notifier_block reboot_nb = {
	.notifier_call = imatee_reboot,
	/* Last: what the others still have to do may need verified files. */
	.priority = INT_MIN,
};

/*
 * The verifiers would go on answering with the keys they have, whatever became
 * of the keeper. Not killable: the client that panicked it may be killed.
 */
static int imatee_dead(struct notifier_block *nb, unsigned long action,
		       void *data)
{
	mutex_lock(keeper.lock);
	if (imatee_usable())
		imatee_cmd_status(&keeper);
	mutex_unlock(keeper.lock);
	return NOTIFY_DONE;
}

static struct notifier_block dead_nb = {
	.notifier_call = imatee_dead,
};

/*
 * A hibernation image would bring back a kernel whose sessions, and whose view
 * of the seal, belong to a machine that has been reset since. Before sleep: the
 * time-out stands still meanwhile.
 */
static int imatee_pm(struct notifier_block *nb, unsigned long action, void *data)
{
	if (action == PM_SUSPEND_PREPARE && imatee_state() == IMATEE_ATTACHED)
		imatee_seal("sealed before sleep");
	if (action != PM_HIBERNATION_PREPARE && action != PM_RESTORE_PREPARE)
		return NOTIFY_DONE;
	pr_err("hibernation is refused while the keys are in a TEE\n");
	return notifier_from_errno(-EPERM);
}

static struct notifier_block pm_nb = {
	.notifier_call = imatee_pm,
};

static int __init imatee_client_init(void)
{
	if (!imatee_active())
		return 0;
	register_reboot_notifier(&reboot_nb);
	register_pm_notifier(&pm_nb);
	tee_register_dead_notifier(&dead_nb);
	return driver_register(&imatee_driver.driver);
}
device_initcall(imatee_client_init);
