/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * As much of the GP TEE Internal Core API as ta/optee/version_check.c uses.
 */
#ifndef STUB_TEE_INTERNAL_API_H
#define STUB_TEE_INTERNAL_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t TEE_Result;
typedef void *TEE_PropSetHandle;

#define TEE_PROPSET_TEE_IMPLEMENTATION ((TEE_PropSetHandle)1)

TEE_Result TEE_GetPropertyAsString(TEE_PropSetHandle propset, const char *name,
				   char *value, size_t *len);

#endif /* STUB_TEE_INTERNAL_API_H */
