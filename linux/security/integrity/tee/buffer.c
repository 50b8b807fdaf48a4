// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": what is measured without a file: buffers, violations, boot_aggregate.
 *
 * Most of these callers cannot be told that it failed, or do not listen. Whoever could
 * go on unmeasured then takes the TEE with it: nothing verifies, and nothing that has to
 * be measured is let through, until the machine is reset.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kexec.h>
#include <linux/tpm.h>

#include "measure.h"

/* Only ever becomes true. */
static bool lost_event;

/**
 * imatee_refuse_gap - start no other kernel behind an event that is not in the log
 *
 * What this kernel did not measure, and would deny nobody, is still missing in the log
 * that the next one goes on with, which finds the TEE well: its own command line, for one.
 * Called when kexec begins, and by whoever loses an event later: it does not return then.
 */
void imatee_refuse_gap(void)
{
	if (kexec_in_progress && READ_ONCE(lost_event))
		panic("imatee: kexec would start a kernel behind an event that is not in the log\n");
}

/**
 * imatee_lose_event - an event that nobody denies is not in the log
 * @what: its name
 * @rc: why, an errno
 */
void imatee_lose_event(const char *what, int rc)
{
	if (!imatee_measures())
		return;
	pr_err("%s could not be measured: %d\n", what, rc);
	WRITE_ONCE(lost_event, true);
	imatee_die("an event that nobody can deny could not be measured");
	imatee_refuse_gap();
}

static int give_up(int rc, const char *what)
{
	if (rc && rc != -EEXIST)
		imatee_lose_event(what, rc);
	return rc;
}

/* A digest that nobody makes. */
static void add_zeros(struct imatee_event *event, u8 roles, u8 algo)
{
	imatee_event_digest(event, roles, IMATEE_DIGEST_ZERO, algo, 0);
}

/**
 * imatee_has_pcr - may a rule of IMA's policy name this PCR?
 * @pcr: its number
 *
 * Return: false if nothing could be measured into it.
 */
bool imatee_has_pcr(int pcr)
{
	return !imatee_measures() || pcr < IMATEE_PCR_BINDING;
}

/**
 * imatee_buffer_fits - may a rule of IMA's policy name this template for buffers?
 * @template: with its fields filled in
 *
 * Return: false if no entry could be made of it: the digest in field "d" is a short one.
 */
bool imatee_buffer_fits(const struct ima_template_desc *template)
{
	return !imatee_measures() || !imatee_template_has(template, "d") ||
	       imatee_is_legacy(ima_hash_algo);
}

/**
 * imatee_measure_violation - ima_add_violation() with the TEE's log
 * @file: that was opened for reading and for writing
 * @filename: its path
 * @iint: what IMA knows of it
 * @cause: which violation
 *
 * Return: 0, or an errno: the caller has to deny the access.
 */
int imatee_measure_violation(struct file *file, const unsigned char *filename,
			     struct ima_iint_cache *iint, const char *cause)
{
	const struct ima_template_desc *template = ima_template_desc_current();
	struct ima_event_data data = { .iint = iint, .file = file,
				       .filename = filename, .violation = cause };
	struct imatee_event event = { .pcr = CONFIG_IMA_MEASURE_PCR_IDX,
				      .flags = IMATEE_EVENT_VIOLATION };
	int rc;

	add_zeros(&event, IMATEE_ROLE_FILE, ima_hash_algo);
	if (imatee_template_has(template, "d"))
		add_zeros(&event, IMATEE_ROLE_LEGACY, HASH_ALGO_SHA1);
	rc = imatee_event_fields(&event, &data, template) ?:
	     imatee_event_send(&event, true);
	imatee_event_free(&event);
	return rc;
}

/* Hashes the buffer before the event, if it does not fit into its call. */
static int bring(struct imatee_event *event, const void *buf, size_t size)
{
	const struct imatee_content content = { .buf = buf, .size = size,
						.always = true };
	struct imatee_digest *digest = &event->digests[0];
	struct imatee_digest ticket;
	int rc;

	if (size <= imatee_event_room(event)) {
		event->content = buf;
		event->content_len = size;
		return 0;
	}
	rc = imatee_hash(&content, event->identity, &digest->algo, 1, &ticket);
	if (rc)
		return rc;
	ticket.roles = digest->roles;
	*digest = ticket;
	return 0;
}

/* Return: -EINVAL, as IMA, if the template has no room for the digest. */
static int buffer(struct imatee_event *event, struct ima_event_data *data,
		  const struct ima_template_desc *template, bool nested)
{
	u8 roles = IMATEE_ROLE_FILE, algo = ima_hash_algo;

	if (template && imatee_template_has(template, "d")) {
		if (!imatee_is_legacy(algo))
			return -EINVAL;
		roles |= IMATEE_ROLE_LEGACY;
	}
	imatee_event_digest(event, nested ? IMATEE_ROLE_BUFFER : roles,
			    IMATEE_DIGEST_CONTENT, algo, data->buf_len);
	if (nested)
		imatee_event_digest(event, roles, IMATEE_DIGEST_NESTED, algo, 0);
	if (template)
		return imatee_event_fields(event, data, template);
	event->flags |= IMATEE_EVENT_NO_ENTRY;
	return 0;
}

static int measure(struct imatee_event *event, struct ima_event_data *data,
		   const struct ima_template_desc *template, bool nested)
{
	int rc = buffer(event, data, template, nested) ?:
		 bring(event, data->buf, data->buf_len) ?:
		 imatee_event_send(event, true);

	imatee_event_free(event);
	return rc;
}

/* Memory may be short for a moment, here or in the TEE. */
static bool may_pass(int rc)
{
	return (rc == -ENOMEM || rc == -EIO) && imatee_usable();
}

static int measure_patiently(struct imatee_event *event, struct ima_event_data *data,
			     const struct ima_template_desc *template, bool nested)
{
	const struct imatee_event fresh = *event;
	unsigned int tries;
	int rc = -EIO;

	for (tries = 0; tries < IMATEE_TRIES; tries++) {
		if (tries)
			msleep(IMATEE_PAUSE_MS);
		*event = fresh;
		rc = measure(event, data, template, nested);
		if (!may_pass(rc))
			break;
	}
	return rc;
}

/**
 * imatee_measure_buffer - process_buffer_measurement() with the TEE
 * @buf: the buffer
 * @size: its size in bytes; one beyond INT_MAX, which IMA has as an int, is a lost event
 * @name: the event's
 * @template: of the entry, or NULL: only the digest is wanted
 * @pcr: to be extended
 * @hash: measure the buffer's hash in its place. That is also what happens to a buffer
 *	  that is longer than a record of the log can be.
 * @digest: where the digest goes that the entry has, or NULL
 *
 * Return: 0 if it was measured, -EEXIST if it has been just now, or another errno: then
 * the event is lost, and so is the TEE.
 */
int imatee_measure_buffer(const void *buf, int size, const char *name,
			  const struct ima_template_desc *template, int pcr,
			  bool hash, u8 *digest)
{
	struct imatee_event event = { .pcr = pcr };
	struct ima_event_data data = { .filename = name, .buf = buf,
				       .buf_len = size };
	int rc = -EFBIG;

	if (size >= 0)
		rc = measure_patiently(&event, &data, template, hash);
	if (rc == -E2BIG && !hash) {
		hash = true;
		event = (struct imatee_event){ .pcr = pcr };
		rc = measure_patiently(&event, &data, template, true);
	}
	if (digest && (!rc || rc == -EEXIST))
		memcpy(digest, event.digests[hash].digest,
		       hash_digest_size[ima_hash_algo]);
	return template ? give_up(rc, name) : rc;
}

/* PCRs 0 to 7 of @bank, with another hash than SHA-1 those up to 9. */
static size_t read_pcrs(const struct tpm_bank_info *bank, u8 *to)
{
	unsigned int end = bank->crypto_id == HASH_ALGO_SHA1 ? TPM_PCR8 : TPM_PCR10;
	struct tpm_digest pcr = { .alg_id = bank->alg_id };
	unsigned int i;

	for (i = TPM_PCR0; i < end; i++) {
		if (tpm_pcr_read(ima_tpm_chip, i, &pcr))
			pr_err("PCR %u of the TPM cannot be read\n", i);
		memcpy(to + i * bank->digest_size, pcr.digest, bank->digest_size);
	}
	return end * bank->digest_size;
}

/* As ima_calc_boot_aggregate(): of that hash, else SHA-256, else SHA-1. */
static const struct tpm_bank_info *find_bank(u8 algo)
{
	const struct tpm_bank_info *found = NULL, *bank;
	unsigned int i;

	for (i = 0; ima_tpm_chip && i < ima_tpm_chip->nr_allocated_banks; i++) {
		bank = &ima_tpm_chip->allocated_banks[i];
		if (bank->crypto_id == algo)
			return bank;
		if (bank->crypto_id == HASH_ALGO_SHA256 ||
		    (!found && bank->crypto_id == HASH_ALGO_SHA1))
			found = bank;
	}
	return found;
}

/*
 * For the field d, which has room for SHA-1 at most: as ima_eventdigest_init(), of the
 * TPM's bank of that hash, and zeros if there is none. These are other bytes than the
 * event's content, so they are hashed before it.
 */
static int __init add_legacy_aggregate(struct imatee_event *event)
{
	const struct tpm_bank_info *bank = find_bank(HASH_ALGO_SHA1);
	u8 pcrs[TPM_PCR8 * SHA1_DIGEST_SIZE], algo = HASH_ALGO_SHA1;
	struct imatee_content content = { .buf = pcrs, .always = true };
	struct imatee_digest ticket;
	int rc;

	if (!bank || bank->crypto_id != HASH_ALGO_SHA1) {
		add_zeros(event, IMATEE_ROLE_LEGACY, HASH_ALGO_SHA1);
		return 0;
	}
	content.size = read_pcrs(bank, pcrs);
	rc = imatee_hash(&content, event->identity, &algo, 1, &ticket);
	if (rc)
		return rc;
	ticket.roles = IMATEE_ROLE_LEGACY;
	event->digests[event->digest_count++] = ticket;
	return 0;
}

/**
 * imatee_measure_boot_aggregate - ima_add_boot_aggregate() with the TEE's log
 *
 * IMA must go on if that fails: it would else appraise nothing.
 */
void __init imatee_measure_boot_aggregate(void)
{
	const struct ima_template_desc *template = ima_template_desc_current();
	struct imatee_event event = { .pcr = CONFIG_IMA_MEASURE_PCR_IDX };
	struct ima_event_data data = { .filename = boot_aggregate_name };
	const struct tpm_bank_info *bank = find_bank(ima_hash_algo);
	static u8 pcrs[TPM_PCR10 * TPM2_MAX_DIGEST_SIZE] __initdata;
	int rc = 0;

	/* It is the first event: those that follow may need a verifier. */
	imatee_gather_verifiers();
	if (bank) {
		event.content_len = read_pcrs(bank, pcrs);
		event.content = pcrs;
		imatee_event_digest(&event, IMATEE_ROLE_FILE,
				    IMATEE_DIGEST_CONTENT, bank->crypto_id,
				    event.content_len);
	} else {
		add_zeros(&event, IMATEE_ROLE_FILE, ima_hash_algo);
	}
	if (imatee_template_has(template, "d")) {
		if (imatee_is_legacy(event.digests[0].algo))
			event.digests[0].roles |= IMATEE_ROLE_LEGACY;
		else
			rc = add_legacy_aggregate(&event);
	}
	rc = rc ?: imatee_event_fields(&event, &data, template) ?:
	     imatee_event_send(&event, true);
	imatee_event_free(&event);
	give_up(rc, boot_aggregate_name);
}
