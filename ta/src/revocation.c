// SPDX-License-Identifier: GPL-2.0-or-later
#include "revocation.h"
#include "certificate.h"
#include "pkcs7.h"

/* Does the message name this CA for its signer? */
static enum imatee_error is_signer(const struct pkcs7_signer *signer,
				   const struct keytab_signer *ca, bool *is)
{
	const struct slice der = { ca->cert, ca->cert_len };
	uint8_t theirs[IMATEE_FINGERPRINT_SIZE] = { 0 };
	uint8_t ours[IMATEE_FINGERPRINT_SIZE] = { 0 };
	enum imatee_error error = IMATEE_OK;

	*is = false;
	if (!signer->issuer_serial.len) {
		*is = slice_is(signer->skid, ca->cert + ca->skid_offset,
			       ca->skid_len);
		return IMATEE_OK;
	}
	error = signature_sha256(signer->issuer_serial, theirs);
	if (error)
		return error;
	error = certificate_issuer_serial(der, ours);
	/* Not strict DER: there is no second way to name it. */
	if (error == IMATEE_ERR_CERT_MALFORMED)
		return IMATEE_OK;
	*is = !error && slice_is((struct slice){ theirs, sizeof(theirs) }, ours,
				 sizeof(ours));
	return error;
}

static enum imatee_error verify(const struct keytab_signer *ca,
				const struct pkcs7_signer *signer,
				struct slice text)
{
	const struct signature_algo algo = { signer->hash, signer->rsa };
	const struct slice raw = { ca->cert + ca->pubkey_offset,
				   ca->pubkey_len };
	struct pubkey key = { 0 };
	enum imatee_error error = IMATEE_OK;

	if (!signer->hash || !hash_algo_is_computed(signer->hash) ||
	    (!signer->rsa && !signer->ecdsa))
		return IMATEE_ERR_SIG_HASH;
	/* keytab has checked it: an error is a fault of the image. */
	if (pubkey_read_raw(ca->algo, raw, &key))
		return IMATEE_ERR_REVOKE_SIGNATURE;
	error = signature_verify(&key, &algo, text, signer->signature);
	return error == IMATEE_ERR_CERT_SIGNATURE ?
		       IMATEE_ERR_REVOKE_SIGNATURE :
		       error;
}

/* Certificates of one CA, renewed, may share name and key identifier. */
static enum imatee_error check(const struct keytab *keytab,
			       const struct revoked *revoked,
			       const struct pkcs7_signer *signer,
			       struct slice text)
{
	enum imatee_error verdict = IMATEE_ERR_REVOKE_UNTRUSTED;
	enum imatee_error error = IMATEE_OK;
	bool bad = false;
	bool is = false;
	size_t i = 0;

	for (i = 0; i < keytab->ca_count; i++) {
		error = is_signer(signer, &keytab->cas[i], &is);
		if (!error && is)
			error = certificate_signer_revoked(&keytab->cas[i],
							   revoked, &bad);
		if (error)
			return error;
		if (!is || bad)
			continue;
		verdict = verify(&keytab->cas[i], signer, text);
		if (verdict != IMATEE_ERR_REVOKE_SIGNATURE)
			break;
	}
	return verdict;
}

enum imatee_error revocation_open(const struct keytab *keytab,
				  const struct revoked *revoked,
				  struct slice message, struct slice *text)
{
	struct pkcs7_signer signer = { 0 };
	enum imatee_error error = pkcs7_read_content(message, &signer, text);

	if (error)
		return error;
	/* It would be they that are signed. */
	if (signer.attributes)
		return IMATEE_ERR_SIG_MALFORMED;
	return check(keytab, revoked, &signer, *text);
}
