/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the TEE says of things that the normal world keeps for it: authenticated with a
 * key that the keeper has drawn for this boot, and that never leaves the secure world.
 * Each kind of thing has a name of its own in what is authenticated, so none can be taken
 * for another. @identity is of IMATEE_IDENTITY_SIZE bytes.
 */
#ifndef IMATEE_TICKET_H
#define IMATEE_TICKET_H

#include <stdbool.h>
#include <stdint.h>

#include "imatee_abi.h"

#define TICKET_KEY_SIZE 32
#define TICKET_MAC_SIZE 32

struct ticket_key {
	_Alignas(8) uint8_t bytes[TICKET_KEY_SIZE]; /* is compared by words */
};

/*
 * .mac of a digest: it was made here, in this boot, of something that was said to have
 * this identity.
 */
void ticket_sign_digest(const struct ticket_key *key, const uint8_t *identity,
			struct imatee_digest *digest);
bool ticket_holds_digest(const struct ticket_key *key, const uint8_t *identity,
			 const struct imatee_digest *digest);

/* The same of a hash that is not finished. */
void ticket_sign_state(const struct ticket_key *key, const uint8_t *identity,
		       struct imatee_hash_state *state);
bool ticket_holds_state(const struct ticket_key *key, const uint8_t *identity,
			const struct imatee_hash_state *state);

/*
 * The log has, at this place, these records: @records is their SHA-256.
 */
void ticket_sign_segment(const struct ticket_key *key, const uint8_t *records,
			 struct imatee_log_segment *segment);
bool ticket_holds_segment(const struct ticket_key *key, const uint8_t *records,
			  const struct imatee_log_segment *segment);

/*
 * This boot's log had these PCRs and this order after so many entries. IMATEE_PCR_BINDING
 * is zero.
 */
struct checkpoint {
	uint64_t position;
	const struct imatee_pcr *pcrs; /* IMATEE_PCRS of them */
	const uint8_t *order; /* 32 bytes */
};

void ticket_sign_checkpoint(const struct ticket_key *key,
			    const struct checkpoint *checkpoint,
			    uint8_t mac[TICKET_MAC_SIZE]);
bool ticket_holds_checkpoint(const struct ticket_key *key,
			     const struct checkpoint *checkpoint,
			     const uint8_t mac[TICKET_MAC_SIZE]);

#endif /* IMATEE_TICKET_H */
