// SPDX-License-Identifier: GPL-2.0-only
/*
 * securityfs: integrity/tee/{mode,state,keys,revoked,stats,revoke,seal}; segments.c,
 * store.c and trim.c have the others.
 */
#include <linux/err.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

#include "tee.h"

static const char * const ring_names[] = {
	[IMATEE_RING_IMA] = "ima",
	[IMATEE_RING_EVM] = "evm",
	[IMATEE_RING_PLATFORM] = "platform",
};

static const char * const algo_names[] = {
	[IMATEE_ALGO_RSA] = "rsa",
	[IMATEE_ALGO_ECDSA_P256] = "ecdsa-p256",
	[IMATEE_ALGO_ECDSA_P384] = "ecdsa-p384",
	[IMATEE_ALGO_ECDSA_P521] = "ecdsa-p521",
};

static const char * const source_names[] = {
	[IMATEE_SOURCE_BUILTIN] = "builtin",
	[IMATEE_SOURCE_ADDED] = "added",
};

static const char *name_of(const char * const *names, size_t n, u8 value)
{
	return value < n && names[value] ? names[value] : "?";
}

static int mode_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", imatee_mode_name());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(mode);

/* What the TEE itself says at this moment; asking may find out that it is dead. */
static int ask_status(struct imatee_status_reply *status)
{
	struct imatee_channel *ch = imatee_keeper_get();
	int rc;

	if (IS_ERR(ch))
		return PTR_ERR(ch);
	rc = imatee_cmd_status(ch);
	if (!rc)
		memcpy(status, ch->msg, sizeof(*status));
	imatee_channel_unlock(ch);
	return rc;
}

static void show_status(struct seq_file *m,
			const struct imatee_status_reply *status)
{
	bool sealed = le32_to_cpu(status->hdr.seal) == IMATEE_SEAL_SEALED;

	seq_printf(m, "epoch: %llu\n", le64_to_cpu(status->hdr.epoch));
	seq_printf(m, "seal: %s\n", sealed ? "sealed" : "open");
	seq_printf(m, "attach_count: %u\n",
		   le32_to_cpu(status->hdr.attach_count));
	seq_printf(m, "keys: %u\n", le32_to_cpu(status->keys[0]));
	seq_printf(m, "refused_writes: %llu\n",
		   le64_to_cpu(status->refused_writes));
}

static void show_identity(struct seq_file *m,
			  const struct imatee_identity *identity)
{
	seq_printf(m, "version: %s\n", identity->version);
	seq_printf(m, "abi: %u.%u\n", IMATEE_ABI_MAJOR, IMATEE_ABI_MINOR);
	seq_printf(m, "test_image: %s\n", identity->test_image ? "yes" : "no");
	seq_printf(m, "boot_id: %*phN\n", IMATEE_BOOT_ID_SIZE,
		   identity->boot_id);
	seq_printf(m, "verifiers: %u\n", imatee_verifier_count());
}

static int state_show(struct seq_file *m, void *v)
{
	const struct imatee_identity *identity = imatee_identity();
	struct imatee_status_reply status;
	int rc = imatee_active() ? ask_status(&status) : -ENODEV;

	seq_printf(m, "state: %s\n", imatee_state_name());
	if (imatee_active())
		seq_printf(m, "reason: %s\n", imatee_state_reason());
	if (imatee_active() && identity)
		show_identity(m, identity);
	if (!rc)
		show_status(m, &status);
	if (imatee_measures())
		seq_printf(m, "log_begins: %llu\n", imatee_log_trimmed());
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

static void show_key_info(struct seq_file *m, const struct imatee_key_info *info)
{
	seq_printf(m, "%-8s %08x %-10s %4u %-7s %.*s\n",
		   name_of(ring_names, ARRAY_SIZE(ring_names), info->ring),
		   le32_to_cpu(info->keyid),
		   name_of(algo_names, ARRAY_SIZE(algo_names), info->algo),
		   le32_to_cpu(info->key_bits),
		   name_of(source_names, ARRAY_SIZE(source_names),
			   info->source),
		   IMATEE_SUBJECT_MAX, (const char *)info->subject);
}

static int keys_show(struct seq_file *m, void *v)
{
	const struct imatee_key_list_reply *reply;
	struct imatee_channel *ch;
	u32 shown = 0, count, i;
	int rc;

	if (!imatee_active())
		return 0;
	do {
		ch = imatee_keeper_get();
		if (IS_ERR(ch))
			return PTR_ERR(ch);
		reply = ch->msg;
		rc = imatee_cmd_key_list(ch, shown);
		count = rc ? 0 : le32_to_cpu(reply->count);
		for (i = 0; i < count; i++)
			show_key_info(m, (const struct imatee_key_info *)
					 (reply + 1) + i);
		shown += count;
		imatee_channel_unlock(ch);
	} while (count && shown < IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING);
	return rc;
}
DEFINE_SHOW_ATTRIBUTE(keys);

static const char * const kind_names[] = {
	[IMATEE_REVOKED_TBS] = "tbs",
	[IMATEE_REVOKED_SPKI] = "spki",
	[IMATEE_REVOKED_BIN] = "bin",
};

static void show_revoked(struct seq_file *m, const struct imatee_revoked *entry)
{
	seq_printf(m, "%s:%*phN %s\n",
		   name_of(kind_names, ARRAY_SIZE(kind_names), entry->kind),
		   min_t(int, entry->hash_len, IMATEE_DIGEST_MAX), entry->hash,
		   name_of(source_names, ARRAY_SIZE(source_names),
			   entry->source));
}

static int revoked_show(struct seq_file *m, void *v)
{
	const struct imatee_revoked_list_reply *reply;
	struct imatee_channel *ch;
	u32 shown = 0, count, i;
	int rc;

	do {
		ch = imatee_keeper_get();
		if (IS_ERR(ch))
			return PTR_ERR(ch);
		reply = ch->msg;
		rc = imatee_cmd_revoked_list(ch, shown);
		count = rc ? 0 : le32_to_cpu(reply->count);
		for (i = 0; i < count; i++)
			show_revoked(m, (const struct imatee_revoked *)
					(reply + 1) + i);
		shown += count;
		imatee_channel_unlock(ch);
	} while (count && shown < IMATEE_REVOKED_MAX);
	return rc;
}
DEFINE_SHOW_ATTRIBUTE(revoked);

static void show_count(struct seq_file *m, const char *name,
		       const atomic64_t *count)
{
	seq_printf(m, "%s: %lld\n", name, atomic64_read(count));
}

static int stats_show(struct seq_file *m, void *v)
{
	show_count(m, "lookups", &imatee_lookups.calls);
	show_count(m, "no_key", &imatee_lookups.no_key);
	show_count(m, "failures", &imatee_lookups.failures);
	seq_printf(m, "mean_ns: %llu\n", imatee_stats_mean(&imatee_lookups));
	show_count(m, "max_ns", &imatee_lookups.ns_max);
	show_count(m, "verifications", &imatee_verdicts.calls);
	show_count(m, "verify_no_key", &imatee_verdicts.no_key);
	show_count(m, "verify_refused", &imatee_verdicts.refused);
	show_count(m, "verify_failures", &imatee_verdicts.failures);
	seq_printf(m, "verify_mean_ns: %llu\n",
		   imatee_stats_mean(&imatee_verdicts));
	show_count(m, "verify_max_ns", &imatee_verdicts.ns_max);
	show_count(m, "events", &imatee_events.calls);
	show_count(m, "event_failures", &imatee_events.failures);
	seq_printf(m, "event_mean_ns: %llu\n", imatee_stats_mean(&imatee_events));
	show_count(m, "event_max_ns", &imatee_events.ns_max);
	show_count(m, "blocks", &imatee_blocks.calls);
	show_count(m, "without_room", &imatee_without_room);
	show_count(m, "block_failures", &imatee_blocks.failures);
	seq_printf(m, "block_mean_ns: %llu\n", imatee_stats_mean(&imatee_blocks));
	show_count(m, "block_max_ns", &imatee_blocks.ns_max);
	show_count(m, "calls", &imatee_calls);
	show_count(m, "waits", &imatee_waits);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stats);

/* "1" seals; there is nothing else to write. */
static ssize_t seal_write(struct file *file, const char __user *buf, size_t len,
			  loff_t *pos)
{
	char text[2] = {};
	int rc;

	if (!len || len > sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, len))
		return -EFAULT;
	if (text[0] != '1' || (len == 2 && text[1] != '\n'))
		return -EINVAL;
	rc = imatee_seal("sealed on request");
	return rc ?: len;
}

static const struct file_operations seal_fops = {
	.write = seal_write,
	.llseek = noop_llseek,
};

/* One write is one request. */
static ssize_t revoke_write(struct file *file, const char __user *buf,
			    size_t len, loff_t *pos)
{
	void *request;
	int rc;

	if (!len)
		return -EINVAL;
	if (len > IMATEE_REVOKE_MAX)
		return -EFBIG;
	request = memdup_user(buf, len);
	if (IS_ERR(request))
		return PTR_ERR(request);
	rc = imatee_revoke(request, len);
	kfree(request);
	return rc ?: len;
}

static const struct file_operations revoke_fops = {
	.write = revoke_write,
	.llseek = noop_llseek,
};

static int __init imatee_fs_init(void)
{
	static const struct {
		const char *name;
		umode_t mode;
		const struct file_operations *fops;
		bool in_off;	/* also in mode "off" */
	} files[] = {
		{ "mode", 0444, &mode_fops, true },
		{ "state", 0440, &state_fops, true },
		{ "keys", 0440, &keys_fops, true },
		{ "stats", 0440, &stats_fops, true },
		{ "revoked", 0440, &revoked_fops },
		{ "revoke", 0200, &revoke_fops },
		{ "seal", 0200, &seal_fops },
	};
	struct dentry *dir, *file;
	unsigned int i;

	if (!integrity_dir)
		return 0;
	dir = securityfs_create_dir("tee", integrity_dir);
	if (IS_ERR(dir))
		return PTR_ERR(dir);
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!files[i].in_off && !imatee_active())
			continue;
		file = securityfs_create_file(files[i].name, files[i].mode, dir,
					      NULL, files[i].fops);
		if (IS_ERR(file))
			return PTR_ERR(file);
	}
	return imatee_create_segments(dir) ?: imatee_create_store(dir) ?:
	       imatee_create_trim(dir);
}
late_initcall(imatee_fs_init);

#ifdef CONFIG_IMATEE_KUNIT_TEST
#include "fs_test.c"
#endif
