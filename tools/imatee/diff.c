// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "diff.h"

static bool same_key(const struct kernel_key *kernel,
		     const struct imatee_key *tee)
{
	return kernel->ring == tee->ring && kernel->skid_len == tee->skid_len &&
	       !memcmp(kernel->skid, tee->skid, tee->skid_len);
}

/* A second key of that name has no key of the TEE left to stand for. */
static const struct imatee_key *find(const struct kernel_view *kernel,
				     size_t index, const struct imatee_key *tee,
				     size_t tee_count)
{
	size_t i;

	for (i = 0; i < index; i++)
		if (kernel->keys[i].ring == kernel->keys[index].ring &&
		    kernel->keys[i].skid_len == kernel->keys[index].skid_len &&
		    !memcmp(kernel->keys[i].skid, kernel->keys[index].skid,
			    kernel->keys[i].skid_len))
			return NULL;
	for (i = 0; i < tee_count; i++)
		if (same_key(&kernel->keys[index], &tee[i]))
			return &tee[i];
	return NULL;
}

static bool is_shown(const struct kernel_view *kernel,
		     const struct imatee_key *tee)
{
	size_t i;

	for (i = 0; i < kernel->count; i++)
		if (same_key(&kernel->keys[i], tee))
			return true;
	return false;
}

size_t diff_keys(const struct kernel_view *kernel, const struct imatee_key *tee,
		 size_t tee_count, bool views, struct difference *out)
{
	const struct imatee_key *found;
	size_t n = 0;
	size_t i;

	for (i = 0; i < kernel->count; i++) {
		found = find(kernel, i, tee, tee_count);
		if (!found)
			out[n++] = (struct difference){ DIFF_KERNEL_ONLY,
							&kernel->keys[i],
							NULL };
		else if (views && !kernel->keys[i].view)
			out[n++] = (struct difference){ DIFF_NOT_A_VIEW,
							&kernel->keys[i],
							found };
	}
	for (i = 0; i < tee_count; i++)
		if (!is_shown(kernel, &tee[i]))
			out[n++] = (struct difference){ DIFF_TEE_ONLY, NULL,
							&tee[i] };
	return n;
}
