/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An extended attribute with a signature: struct signature_v2_hdr, and the signature.
 */
#ifndef ATTRIBUTE_H
#define ATTRIBUTE_H

#include "key.h"

/* Make of a good one another. */
void attribute_mutate(const struct key *key, struct bytes *attribute);

#endif /* ATTRIBUTE_H */
