// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mode "full": securityfs ima/{ascii,binary}_runtime_measurements_*, byte for byte as
 * IMA shows them, from the TEE's log. Each segment is checked by the TEE before a byte
 * of it is shown, and at the end it is asked whether that was all; if not, the reader gets
 * an error, and the kernel's log and the audit log say which entries are concerned.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/ratelimit.h>
#include <linux/seq_file.h>
#include <crypto/hash.h>

#include "measure.h"
#include "../ima/ima_template_lib.h"

struct bank {
	const char *name;
	struct crypto_shash *tfm;
};

static struct bank banks[] __ro_after_init = {
	{ .name = "sha1" },
	{ .name = "sha256" },
	{ .name = "sha384" },
};

/* A template of a kernel before this one, which this one has no name for. */
struct foreign {
	char format[IMATEE_TEMPLATE_MAX + 1];
	struct ima_template_desc template;
};

/* One reader. */
struct view {
	u64 base;			/* position of the first entry that it shows */
	struct imatee_segment segment;	/* as checked; .data is NULL before the first */
	struct imatee_place place;	/* of the record in it */
	struct foreign foreign;		/* the last that was needed */
};

/* Guards the filling in of templates' fields, which IMA does when it needs them. */
static DEFINE_MUTEX(fields_lock);

/* Of their own, so that what is known to be missing hides nothing else. */
static DEFINE_RATELIMIT_STATE(wrong, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);
static DEFINE_RATELIMIT_STATE(gap, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

static void tell(struct ratelimit_state *state, u64 first, u64 last, const char *what)
{
	char cause[64];

	snprintf(cause, sizeof(cause), "entries %llu to %llu %s", first, last, what);
	if (__ratelimit(state))
		pr_err("measurement list: %s\n", cause);
	integrity_audit_message(AUDIT_INTEGRITY_PCR, NULL, NULL, "imatee_list",
				cause, -EBADMSG, 0, -EBADMSG);
}

static void report(u64 first, u64 last, const char *what)
{
	tell(&wrong, first, last, what);
}

static void forget(struct view *view)
{
	kvfree(view->segment.data);
	memset(&view->segment, 0, sizeof(view->segment));
	memset(&view->place, 0, sizeof(view->place));
}

static bool is_open(const struct view *view)
{
	return !memchr_inv(view->segment.head.mac, 0,
			   sizeof(view->segment.head.mac));
}

/* Return: 1, 0 at the end, or an errno. */
static int load_once(struct view *view, u64 position)
{
	int rc;

	forget(view);
	rc = imatee_log_copy(position, &view->segment);
	if (rc != 1 && rc != -ENODATA)
		return rc;
	if (imatee_segment_first(&view->segment) > position) {
		report(position, imatee_segment_first(&view->segment) - 1, "are missing");
		forget(view);
		return -EBADMSG;
	}
	if (rc == -ENODATA) {
		report(imatee_segment_first(&view->segment),
		       imatee_segment_end(&view->segment) - 1, "cannot be read");
		return -EBADMSG;
	}
	return imatee_log_check(&view->segment) ?: 1;
}

static int load_checked(struct view *view, u64 position)
{
	struct imatee_log_segment head;
	int rc = load_once(view, position);

	/* The open segment may have been closed before the TEE could be asked. */
	while (rc == -EBADMSG && view->segment.data && is_open(view)) {
		head = view->segment.head;
		rc = load_once(view, position);
		if (!memcmp(&head, &view->segment.head, sizeof(head)))
			break;
	}
	if (rc == -EBADMSG && view->segment.data)
		report(imatee_segment_first(&view->segment),
		       imatee_segment_end(&view->segment) - 1, "were changed");
	if (rc != 1)
		forget(view);
	return rc;
}

/* Return: 0 if there is nothing from @position on, -EAGAIN if by now there is. */
static int look_behind(u64 position)
{
	u64 stored, entries;
	int rc = imatee_log_ask_end(&stored, &entries);

	if (rc)
		return rc;
	if (stored < entries) {
		report(min(position, stored), entries - 1, "are missing");
		return -EBADMSG;
	}
	return position < entries ? -EAGAIN : 0;
}

static int load(struct view *view, u64 position)
{
	int rc;

	do {
		rc = load_checked(view, position) ?: look_behind(position);
	} while (rc == -EAGAIN);
	return rc;
}

static void *go_to(struct view *view, u64 position)
{
	const struct imatee_segment *segment = &view->segment;
	int rc;

	if (!segment->data || position >= imatee_segment_end(segment) ||
	    position < imatee_segment_first(segment) + view->place.index) {
		rc = load(view, position);
		if (rc <= 0)
			return rc ? ERR_PTR(rc) : NULL;
	}
	return imatee_record_skip(segment, position, &view->place) ?
	       view : ERR_PTR(-EBADMSG);
}

/*
 * @pos counts from where the list began when it was opened. If the log has been trimmed
 * since then, who comes to what is gone gets ESTALE, and nobody skips it unawares; the
 * segment that he is in is his own copy.
 */
static void *list_start(struct seq_file *m, loff_t *pos)
{
	struct view *view = m->private;

	return go_to(view, view->base + *pos);
}

static void *list_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct view *view = m->private;

	(*pos)++;
	return go_to(view, view->base + *pos);
}

static void list_stop(struct seq_file *m, void *v)
{
}

/* The entry's digest: as ima_calc_field_array_hash(). */
static int hash_entry(const struct bank *bank, bool is_ima,
		      const struct ima_template_desc *template,
		      const struct ima_field_data *fields, const u8 *data, u32 len,
		      u8 *digest)
{
	SHASH_DESC_ON_STACK(shash, bank->tfm);
	u8 name[IMA_EVENT_NAME_LEN_MAX + 1] = {};
	int rc, i;

	shash->tfm = bank->tfm;
	if (!is_ima)
		return crypto_shash_digest(shash, data, len, digest);
	rc = crypto_shash_init(shash);
	for (i = 0; i < template->num_fields && !rc; i++) {
		if (strcmp(template->fields[i]->field_id, "n")) {
			rc = crypto_shash_update(shash, fields[i].data,
						 fields[i].len);
			continue;
		}
		memcpy(name, fields[i].data,
		       min_t(size_t, fields[i].len, sizeof(name)));
		rc = crypto_shash_update(shash, name, sizeof(name));
	}
	return rc ?: crypto_shash_final(shash, digest);
}

/* One record taken apart. */
struct entry {
	struct imatee_log_record record;
	char name[IMATEE_TEMPLATE_MAX + 1];
	bool is_ima;		/* of the template "ima", whose form is older */
	const struct ima_template_desc *template;
	struct ima_field_data fields[IMA_TEMPLATE_NUM_FIELDS_MAX];
	u8 digest[SHA384_DIGEST_SIZE];
	u32 digest_len;
};

static int fill_in(struct ima_template_desc *template)
{
	int rc;

	mutex_lock(&fields_lock);
	rc = template_desc_init_fields(template->fmt, &template->fields,
				       &template->num_fields);
	mutex_unlock(&fields_lock);
	return rc;
}

/* A name that is none here is the format of an earlier kernel's ima_template_fmt=. */
static const struct ima_template_desc *find_template(struct view *view, const char *name)
{
	struct ima_template_desc *template = lookup_template_desc(name);
	struct foreign *foreign = &view->foreign;

	if (template)
		return fill_in(template) ? NULL : template;
	if (foreign->template.fields && !strcmp(foreign->format, name))
		return &foreign->template;
	kfree(foreign->template.fields);
	strscpy(foreign->format, name);
	foreign->template = (struct ima_template_desc){
		.name = "", .fmt = foreign->format,
	};
	return fill_in(&foreign->template) ? NULL : &foreign->template;
}

static int take_apart(struct entry *entry, struct view *view, const struct bank *bank)
{
	u8 *name = view->segment.data + view->place.offset + sizeof(entry->record);
	u8 *data;
	u32 len;

	if (!imatee_record_at(&view->segment, view->place.offset, &entry->record))
		return -EBADMSG;
	data = name + entry->record.name_len;
	len = le32_to_cpu(entry->record.data_len);
	memcpy(entry->name, name, entry->record.name_len);
	entry->name[entry->record.name_len] = '\0';
	entry->is_ima = !strcmp(entry->name, IMA_TEMPLATE_IMA_NAME);
	entry->template = find_template(view, entry->name);
	if (!entry->template ||
	    ima_parse_buf(data, data + len, NULL, entry->template->num_fields,
			  entry->fields, NULL, NULL,
			  ENFORCE_FIELDS | ENFORCE_BUFEND, "template data"))
		return -EINVAL;
	entry->digest_len = crypto_shash_digestsize(bank->tfm);
	memset(entry->digest, 0, sizeof(entry->digest));
	if (entry->record.flags & IMATEE_EVENT_VIOLATION)
		return 0;
	return hash_entry(bank, entry->is_ima, entry->template, entry->fields, data,
			  len, entry->digest);
}

static const struct bank *bank_of(const struct seq_file *m)
{
	return &banks[(uintptr_t)file_inode(m->file)->i_private];
}

static void put_number(struct seq_file *m, u32 number)
{
	u32 shown = ima_canonical_fmt ? (__force u32)cpu_to_le32(number) : number;

	seq_write(m, &shown, sizeof(shown));
}

static void show_binary(struct seq_file *m, struct entry *entry)
{
	bool is_ima = entry->is_ima;
	enum ima_show_type show;
	const char *id;
	int i;

	put_number(m, entry->record.pcr);
	seq_write(m, entry->digest, entry->digest_len);
	put_number(m, strlen(entry->name));
	seq_puts(m, entry->name);
	if (!is_ima)
		put_number(m, le32_to_cpu(entry->record.data_len));
	for (i = 0; i < entry->template->num_fields; i++) {
		id = entry->template->fields[i]->field_id;
		show = IMA_SHOW_BINARY;
		if (is_ima && !strcmp(id, "d"))
			show = IMA_SHOW_BINARY_NO_FIELD_LEN;
		if (is_ima && !strcmp(id, "n"))
			show = IMA_SHOW_BINARY_OLD_STRING_FMT;
		entry->template->fields[i]->field_show(m, show, &entry->fields[i]);
	}
}

static void show_ascii(struct seq_file *m, struct entry *entry)
{
	int i;

	seq_printf(m, "%2d ", entry->record.pcr);
	ima_print_digest(m, entry->digest, entry->digest_len);
	seq_printf(m, " %s", entry->name);
	for (i = 0; i < entry->template->num_fields; i++) {
		seq_putc(m, ' ');
		if (entry->fields[i].len)
			entry->template->fields[i]->field_show(m, IMA_SHOW_ASCII,
							       &entry->fields[i]);
	}
	seq_putc(m, '\n');
}

static int show(struct seq_file *m, struct view *view,
		void (*print)(struct seq_file *m, struct entry *entry))
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	int rc;

	if (!entry)
		return -ENOMEM;
	rc = take_apart(entry, view, bank_of(m));
	if (!rc)
		print(m, entry);
	kfree(entry);
	return rc;
}

static int show_one_ascii(struct seq_file *m, void *v)
{
	return show(m, v, show_ascii);
}

static int show_one_binary(struct seq_file *m, void *v)
{
	return show(m, v, show_binary);
}

static const struct seq_operations ascii_seq = {
	.start = list_start,
	.next = list_next,
	.stop = list_stop,
	.show = show_one_ascii,
};

static const struct seq_operations binary_seq = {
	.start = list_start,
	.next = list_next,
	.stop = list_stop,
	.show = show_one_binary,
};

/*
 * After kexec the list begins with what the TEE still had, until root brings the rest: it
 * can be read, but not without a word. What this kernel has stored itself must be here.
 */
static int find_base(struct view *view)
{
	u64 stored, trimmed, own;
	int rc = imatee_log_ask_begin(&stored, &trimmed);

	if (rc)
		return rc;
	own = max(trimmed, imatee_log_own());
	if (stored > trimmed)
		tell(stored > own ? &wrong : &gap, trimmed, stored - 1, "are missing");
	view->base = stored;
	return stored > own ? -EBADMSG : 0;
}

static int list_open(struct file *file, const struct seq_operations *ops)
{
	struct view *view = __seq_open_private(file, ops, sizeof(*view));
	int rc = view ? find_base(view) : -ENOMEM;

	if (view && rc)
		seq_release_private(file_inode(file), file);
	return rc;
}

static int ascii_open(struct inode *inode, struct file *file)
{
	return list_open(file, &ascii_seq);
}

static int binary_open(struct inode *inode, struct file *file)
{
	return list_open(file, &binary_seq);
}

/* Who goes back to the beginning finds where that is now. */
static loff_t list_lseek(struct file *file, loff_t offset, int whence)
{
	loff_t to = seq_lseek(file, offset, whence);
	struct seq_file *m = file->private_data;
	struct view *view = m->private;

	if (to)
		return to;
	mutex_lock(&m->lock);
	to = find_base(view);
	mutex_unlock(&m->lock);
	return to;
}

static int list_release(struct inode *inode, struct file *file)
{
	struct seq_file *m = file->private_data;
	struct view *view = m->private;

	forget(view);
	kfree(view->foreign.template.fields);
	return seq_release_private(inode, file);
}

static const struct file_operations ascii_fops = {
	.open = ascii_open,
	.read = seq_read,
	.llseek = list_lseek,
	.release = list_release,
};

static const struct file_operations binary_fops = {
	.open = binary_open,
	.read = seq_read,
	.llseek = list_lseek,
	.release = list_release,
};

static int __init create(const char *kind, uintptr_t number, struct dentry *dir,
			 const struct file_operations *fops)
{
	struct dentry *dentry;
	char name[48];

	snprintf(name, sizeof(name), "%s_runtime_measurements_%s", kind,
		 banks[number].name);
	dentry = securityfs_create_file(name, 0440, dir, (void *)number, fops);
	return PTR_ERR_OR_ZERO(dentry);
}

/**
 * imatee_create_lists - make the files that show the log
 * @dir: securityfs' directory ima
 *
 * Return: 0. Without them IMA goes on all the same: nobody would be appraised else.
 */
int __init imatee_create_lists(struct dentry *dir)
{
	unsigned int i;
	int rc = 0;

	for (i = 0; i < ARRAY_SIZE(banks) && !rc; i++) {
		banks[i].tfm = crypto_alloc_shash(banks[i].name, 0, 0);
		rc = PTR_ERR_OR_ZERO(banks[i].tfm) ?:
		     create("ascii", i, dir, &ascii_fops) ?:
		     create("binary", i, dir, &binary_fops);
	}
	if (rc)
		pr_err("the measurement lists cannot be shown: %d\n", rc);
	return 0;
}
