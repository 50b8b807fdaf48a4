/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a quote says beside the log's PCRs: struct imatee_binding.
 */
#ifndef IMATEE_BINDING_H
#define IMATEE_BINDING_H

#include "keeper.h"

/* As the keeper is now. @development: its attestation key is everybody's. */
void binding_make(const struct keeper *keeper, bool development,
		  struct imatee_binding *binding);

/* The value of IMATEE_PCR_BINDING that stands for it. */
void binding_pcr(const struct imatee_binding *binding, struct imatee_pcr *pcr);

#endif /* IMATEE_BINDING_H */
