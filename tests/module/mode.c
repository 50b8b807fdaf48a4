// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attack on the kernel's notion of its own mode: turned to "off", the
 * kernel would believe its keyrings again. The variable is read-only after
 * boot, so a plain write faults; an attacker who edits page tables (data, too)
 * gets a second, writable mapping of the same page.
 */
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "attack.h"

static u8 *mode;
static u8 saved_mode;
static u8 *alias;

static int find_mode(void)
{
	if (!find_symbol("imatee_mode_name"))
		return -EOPNOTSUPP;
	mode = find_ro_after_init("mode");
	if (!mode)
		return -ENOENT;
	saved_mode = *mode;
	return 0;
}

int attack_mode(const struct target *t)
{
	u8 off = 0;
	int rc = find_mode();

	return rc ?: poke(mode, &off, sizeof(off));
}

/*
 * What leads the kernel to the TEE, and tells it whom it has found. Whoever could
 * point it elsewhere would answer in the TEE's place. Each is written with what
 * it is already: only whether the write is possible matters.
 */
int attack_way(const struct target *t)
{
	static const char * const names[] = {
		"tee_ctx", "keeper", "verifiers", "keyrings",
		"verifiers_open", "verifiers_to_come", "openings",
		"identity", "imatee_key_subtype", "barred",
	};
	unsigned int i;

	if (!find_symbol("imatee_mode_name"))
		return -EOPNOTSUPP;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		u8 *where = find_ro_after_init(names[i]);

		if (!where) {
			pr_err("%s is not among the read-only data\n", names[i]);
			return 0;
		}
		if (!poke(where, where, 1)) {
			pr_err("%s can be written to\n", names[i]);
			return 0;
		}
	}
	return -EFAULT;
}

int attack_mode_alias(const struct target *t)
{
	struct page *page;
	int rc = find_mode();

	if (rc)
		return rc;
	page = phys_to_page(__pa_symbol(mode));
	alias = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	if (!alias)
		return -ENOMEM;
	alias[offset_in_page(mode)] = 0;
	return *mode ? -EIO : 0;
}

void undo_mode(void)
{
	if (!alias)
		return;
	alias[offset_in_page(mode)] = saved_mode;
	vunmap(alias);
	alias = NULL;
}
