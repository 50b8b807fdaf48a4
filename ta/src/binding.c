// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "binding.h"
#include "dispatch.h"
#include "file_hash.h"
#include "pcr.h"

static void hash_keys(const struct keyring *rings, uint8_t digest[32])
{
	struct file_hash hash = { 0 };
	const struct key *key = NULL;
	size_t i = 0;

	file_hash_init(&hash, file_hash_find(IMATEE_HASH_SHA256));
	for (i = 0; (key = keyring_at(rings, IMATEE_RING_ANY, i)); i++) {
		file_hash_update(&hash, &key->info.ring,
				 sizeof(key->info.ring));
		file_hash_update(&hash, key->info.fingerprint,
				 sizeof(key->info.fingerprint));
	}
	file_hash_final(&hash, digest);
}

void binding_make(const struct keeper *keeper, bool development,
		  struct imatee_binding *binding)
{
	static const struct imatee_pcr zeros[IMATEE_PCRS];
	struct log *log = keeper->log;
	struct imatee_reply head = { 0 };

	memset(binding, 0, sizeof(*binding));
	memcpy(binding->magic, IMATEE_BINDING_MAGIC, sizeof(binding->magic));
	keeper_fill_head(keeper, &head);
	memcpy(binding->boot_id, head.boot_id, sizeof(binding->boot_id));
	binding->epoch = head.epoch;
	binding->seal = head.seal;
	binding->attach_count = head.attach_count;
	binding->flags = head.flags | DISPATCH_IMAGE_FLAGS |
			 (development ? IMATEE_BINDING_DEVELOPMENT : 0);
	binding->mode = keeper->state.mode;
	if (log) {
		binding->entries = log->entries;
		binding->violations = log->violations;
		binding->trimmed = log->trimmed;
		memcpy(binding->order, log_order(log), sizeof(binding->order));
		memcpy(binding->base_order, log->base_order,
		       sizeof(binding->base_order));
	}
	hash_keys(&keeper->rings, binding->keys);
	memcpy(binding->keys_digest, keeper->keytab_digest,
	       sizeof(binding->keys_digest));
	file_hash_of(IMATEE_HASH_SHA256, log ? log->base : zeros, sizeof(zeros),
		     binding->base);
}

void binding_pcr(const struct imatee_binding *binding, struct imatee_pcr *pcr)
{
	struct imatee_pcr digest = { 0 };

	pcr_digest(binding, sizeof(*binding), &digest);
	memset(pcr, 0, sizeof(*pcr));
	pcr_extend(pcr, &digest);
}
