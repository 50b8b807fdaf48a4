// SPDX-License-Identifier: GPL-2.0-only
/*
 * The verifiers: as many as there are CPUs, each with its own copy of the sealed keys.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/tee_drv.h>
#include <linux/workqueue.h>

#include "tee.h"

/* A verifier lives in secure memory, of which there is little. */
#define VERIFIERS_MAX	8
/* The longest request; or a short one, and a block of content behind it. */
#define VERIFY_MAX	(sizeof(struct imatee_verify) + \
			 IMATEE_FILE_DIGESTS_MAX * sizeof(struct imatee_file_digest) + \
			 IMATEE_PKCS7_MAX)
#define VERIFIER_BUFFER	PAGE_ALIGN(max(VERIFY_MAX, (size_t)IMATEE_BLOCK_OFFSET + \
				       IMATEE_BLOCK_SMALL))

static struct mutex locks[VERIFIERS_MAX];

/**
 * struct opening - a verifier that is being opened, beside the others
 * @work: by whom
 * @ctx: the TEE
 * @rc: what came of it
 */
struct opening {
	struct work_struct work;
	struct tee_context *ctx;
	int rc;
};

/* Under @gather_lock, and only until the verifiers are gathered. */
static struct opening openings[VERIFIERS_MAX] __ro_after_init;
static unsigned int verifiers_to_come __ro_after_init;
static DEFINE_MUTEX(gather_lock);

/* Set while the kernel initialises: see struct imatee_channel. */
static struct imatee_channel verifiers[VERIFIERS_MAX] __ro_after_init;
static unsigned int verifiers_open __ro_after_init;
/*
 * How many of them have the sealed keys: 0 until the seal, which may come after
 * init. Whoever changes it gains nothing: it is bounded by the number above, and a
 * verifier without keys says so.
 */
static unsigned int verifiers_ready;

/* How often a caller found none idle. */
atomic64_t imatee_waits = ATOMIC64_INIT(0);

unsigned int imatee_verifier_count(void)
{
	return min(READ_ONCE(verifiers_ready), verifiers_open);
}

/* From the first on. @keyless: those without keys will do, if none has any. */
static unsigned int eligible(bool keyless)
{
	return imatee_verifier_count() ?: keyless ? verifiers_open : 0;
}

/* An idle one of the first @n, this CPU's first. @always: no signal ends the wait. */
static struct imatee_channel *lock_one(unsigned int n, bool always)
{
	struct imatee_channel *ch;
	unsigned int first, i;
	int rc;

	first = raw_smp_processor_id() % n;
	for (i = 0; i < n; i++) {
		ch = &verifiers[(first + i) % n];
		rc = imatee_channel_trylock(ch);
		if (rc != -EBUSY)
			return rc ? ERR_PTR(rc) : ch;
	}
	atomic64_inc(&imatee_waits);
	ch = &verifiers[first];
	rc = always ? imatee_channel_lock_always(ch) : imatee_channel_lock(ch);
	return rc ? ERR_PTR(rc) : ch;
}

/* Who has waited for one may find that it has been left out meanwhile. */
static struct imatee_channel *get(bool keyless, bool always)
{
	struct imatee_channel *ch;
	unsigned int n;

	while ((n = eligible(keyless))) {
		ch = lock_one(n, always);
		if (IS_ERR(ch) || ch - verifiers < eligible(keyless))
			return ch;
		imatee_channel_unlock(ch);
	}
	return ERR_PTR(-EIO);
}

/**
 * imatee_verifier_get - lock a verifier's channel
 *
 * An idle one, this CPU's first. There is none before the seal.
 *
 * Return: as imatee_keeper_get().
 */
struct imatee_channel *imatee_verifier_get(void)
{
	return get(false, false);
}

/**
 * imatee_hasher_get - lock the channel of a verifier that is to hash
 *
 * @always: no signal ends the wait
 *
 * For that it needs no keys: before the seal it is any.
 *
 * Return: as imatee_keeper_get().
 */
struct imatee_channel *imatee_hasher_get(bool always)
{
	return get(true, always);
}

/* What a verifier has of the keeper's keys. */
enum loaded {
	LOADED_OLD,	/* as far as we know: it did not answer */
	LOADED_NONE,
	LOADED_NEW,
};

/* @epoch: the keys of this epoch, or of a later one, are new. @ch is locked. */
static enum loaded sync_verifier(struct imatee_channel *ch, u64 epoch)
{
	const struct imatee_reply *reply = ch->msg;
	u32 error = IMATEE_OK;

	if (imatee_cmd_sync(ch, &error))
		return LOADED_OLD;
	if (error)
		return LOADED_NONE;
	return le64_to_cpu(READ_ONCE(reply->epoch)) >= epoch ? LOADED_NEW : LOADED_OLD;
}

/*
 * The same of verifier @i; one that fails is asked again, as the seal is. Nobody else gets
 * it meanwhile, nor when it has failed for good: it may have lost its keys, and have none
 * to answer with.
 */
static enum loaded sync_patiently(unsigned int i, u64 epoch)
{
	struct imatee_channel *ch = &verifiers[i];
	enum loaded loaded = LOADED_OLD;
	unsigned int tries;

	if (imatee_channel_lock_always(ch))
		return LOADED_OLD;
	for (tries = 0; tries < IMATEE_TRIES && imatee_usable(); tries++) {
		if (tries)
			msleep(IMATEE_PAUSE_MS);
		/* What it has lost it has lost, whether or not it answers then. */
		loaded = max(loaded, sync_verifier(ch, epoch));
		if (loaded == LOADED_NEW)
			break;
	}
	if (loaded != LOADED_NEW && READ_ONCE(verifiers_ready) > i)
		WRITE_ONCE(verifiers_ready, i);
	imatee_channel_unlock(ch);
	return loaded;
}

/**
 * imatee_sync_all - have every verifier load the keys anew
 * @epoch: those of this epoch, or of a later one
 *
 * At the seal, and when something was revoked, with imatee_keys_lock held. One that
 * cannot load them is left out, and so are those behind it.
 *
 * Return: 0 if no verifier has older keys, else -EIO.
 */
int imatee_sync_all(u64 epoch)
{
	unsigned int ready = 0, i;
	enum loaded loaded;
	int rc = 0;

	/* User space may have the TEE sealed that early. */
	imatee_gather_verifiers();
	for (i = 0; i < verifiers_open; i++) {
		loaded = sync_patiently(i, epoch);
		if (loaded == LOADED_OLD)
			rc = -EIO;
		if (loaded == LOADED_NEW && ready == i)
			ready++;
	}
	WRITE_ONCE(verifiers_ready, ready);
	return rc;
}

static int open_verifier(unsigned int i, struct tee_context *ctx)
{
	struct imatee_channel *ch = &verifiers[i];
	int rc;

	mutex_init(&locks[i]);
	ch->lock = &locks[i];
	rc = imatee_channel_open(ch, ctx, false, VERIFIER_BUFFER);
	if (rc)
		return rc;
	mutex_lock(ch->lock);
	rc = imatee_cmd_hello(ch);
	mutex_unlock(ch->lock);
	if (rc)
		imatee_channel_close(ch);
	return rc;
}

static void open_work(struct work_struct *work)
{
	struct opening *opening = container_of(work, struct opening, work);

	opening->rc = open_verifier(opening - openings, opening->ctx);
}

/**
 * imatee_open_verifiers - begin to open a verifier for each CPU
 * @ctx: the TEE; must stay open until imatee_close_verifiers()
 *
 * Once, while the kernel initialises, which goes on meanwhile: it takes a while to start
 * a trusted application.
 */
void imatee_open_verifiers(struct tee_context *ctx)
{
	unsigned int want = min(num_possible_cpus(), VERIFIERS_MAX), i;

	mutex_lock(&gather_lock);
	for (i = 0; i < want; i++) {
		openings[i].ctx = ctx;
		INIT_WORK(&openings[i].work, open_work);
		imatee_queue_work(&openings[i].work);
	}
	verifiers_to_come = want;
	mutex_unlock(&gather_lock);
}

/*
 * While all are being opened the TEE may be short of memory: one that failed is opened once
 * more, alone.
 */
static bool opened(unsigned int i)
{
	int rc = openings[i].rc ? open_verifier(i, openings[i].ctx) : 0;

	if (rc)
		pr_warn("verifier %u does not start (%d): lookups share the others\n",
			i, rc);
	return !rc;
}

/**
 * imatee_gather_verifiers - wait until the verifiers are open
 *
 * Before anybody could need one, and at the end of attaching, whatever has become of the
 * TEE: what is written here is read-only then. From then on it does nothing. As many as
 * start will do.
 */
void imatee_gather_verifiers(void)
{
	unsigned int i;

	mutex_lock(&gather_lock);
	if (verifiers_to_come) {
		for (i = 0; i < verifiers_to_come; i++)
			flush_work(&openings[i].work);
		for (i = 0; i < verifiers_to_come; i++)
			if (opened(i))
				verifiers[verifiers_open++] = verifiers[i];
		verifiers_to_come = 0;
	}
	mutex_unlock(&gather_lock);
}

/**
 * imatee_close_verifiers - give all sessions back to the TEE
 *
 * As imatee_channel_close(), and waits for those that are still being opened.
 */
void imatee_close_verifiers(void)
{
	unsigned int i;

	imatee_gather_verifiers();
	for (i = 0; i < verifiers_open; i++)
		imatee_channel_close(&verifiers[i]);
}
