// SPDX-License-Identifier: GPL-2.0-or-later
#include "receipt.h"
#include "certificate.h"
#include "signature.h"

static enum imatee_error check_one(const struct keytab_signer *signer,
				   struct slice text, struct slice signature)
{
	const struct signature_algo algo = {
		hash_algo_find(IMATEE_HASH_SHA256),
		signer->algo == IMATEE_ALGO_RSA,
	};
	const struct slice raw = { signer->cert + signer->pubkey_offset,
				   signer->pubkey_len };
	struct pubkey key = { 0 };
	enum imatee_error error = pubkey_read_raw(signer->algo, raw, &key);

	if (!error)
		error = signature_verify(&key, &algo, text, signature);
	return error == IMATEE_OK || error == IMATEE_ERR_RESOURCES ?
		       error :
		       IMATEE_ERR_RECEIPT;
}

enum imatee_error receipt_check(const struct keytab *keytab,
				const struct revoked *revoked,
				const struct imatee_receipt *receipt,
				struct slice signature)
{
	const struct slice text = { (const uint8_t *)receipt,
				    sizeof(*receipt) };
	enum imatee_error error = IMATEE_ERR_RECEIPT;
	bool bad = false;
	size_t i = 0;

	for (i = 0; i < keytab->receipt_count; i++) {
		error = certificate_signer_revoked(&keytab->receipts[i],
						   revoked, &bad);
		if (error)
			return error;
		error = bad ? IMATEE_ERR_RECEIPT :
			      check_one(&keytab->receipts[i], text, signature);
		if (error != IMATEE_ERR_RECEIPT)
			return error;
	}
	return error;
}
