// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a refusal of the TEE is to the one who asked the kernel for something.
 */
#include "tee.h"

/**
 * imatee_refusal_of - find what a refusal means
 * @refusals: a table, whose last entry has IMATEE_OK and stands for all others
 * @error: enum imatee_error, not IMATEE_OK
 *
 * Return: the entry for @error, or the last one.
 */
const struct imatee_refusal *
imatee_refusal_of(const struct imatee_refusal *refusals, u32 error)
{
	while (refusals->error != IMATEE_OK && refusals->error != error)
		refusals++;
	return refusals;
}
