// SPDX-License-Identifier: GPL-2.0-or-later
#include "quote_json.h"

static json_t *json_pcrs(const struct pcrs *pcrs)
{
	json_t *array = json_array();
	json_t *object;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(pcrs->select & 1u << i))
			continue;
		object = json_object();
		json_set(object, "pcr", json_u64(i));
		json_set(object, "value",
			 json_hex(pcrs->values[i], bank_size(pcrs->bank)));
		json_append(array, object);
	}
	return array;
}

json_t *quote_json(const struct arguments *args, const struct quote *quote,
		   const struct ak *ak)
{
	const struct imatee_binding_info *i = &quote->info;
	json_t *object = json_begin(args);

	json_set(object, "ak", json_hex(ak->name, sizeof(ak->name)));
	json_set(object, "nonce",
		 json_hex(quote->said.nonce, quote->said.nonce_len));
	json_set(object, "bank", json_string(bank_name(quote->said.bank)));
	json_set(object, "pcrs", json_pcrs(&quote->pcrs));
	json_set(object, "boot_id", json_hex(i->boot_id, sizeof(i->boot_id)));
	json_set(object, "entries", json_u64(i->entries));
	json_set(object, "violations", json_u64(i->violations));
	json_set(object, "trimmed", json_u64(i->trimmed));
	json_set(object, "epoch", json_u64(i->epoch));
	json_set(object, "sealed", json_boolean(i->sealed));
	json_set(object, "attach_count", json_u64(i->attach_count));
	json_set(object, "mode", json_string(imatee_mode_name(i->mode)));
	json_set(object, "development",
		 json_boolean(i->flags & IMATEE_BINDING_DEVELOPMENT));
	json_set(object, "test_image",
		 json_boolean(i->flags & IMATEE_FLAG_TEST_IMAGE));
	json_set(object, "evm_revoked",
		 json_boolean(i->flags & IMATEE_FLAG_EVM_REVOKED));
	json_set(object, "digest_revoked",
		 json_boolean(i->flags & IMATEE_FLAG_DIGEST_REVOKED));
	json_set(object, "keys", json_hex(i->keys, sizeof(i->keys)));
	json_set(object, "keys_digest",
		 json_hex(i->keys_digest, sizeof(i->keys_digest)));
	return object;
}
