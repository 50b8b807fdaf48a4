// SPDX-License-Identifier: GPL-2.0-or-later
#include "certificate.h"

static bool names(const struct certificate *cert,
		  const struct keytab_signer *ca)
{
	const struct slice akid = cert->extensions.akid;

	if (!slice_is(cert->issuer, ca->cert + ca->subject_offset,
		      ca->subject_len))
		return false;
	return !akid.len ||
	       slice_is(akid, ca->cert + ca->skid_offset, ca->skid_len);
}

static enum imatee_error verify(const struct certificate *cert,
				const struct keytab_signer *ca)
{
	const struct slice raw = { ca->cert + ca->pubkey_offset,
				   ca->pubkey_len };
	struct pubkey key = { 0 };

	/* keytab has checked it: an error is a fault of the image. */
	if (pubkey_read_raw(ca->algo, raw, &key))
		return IMATEE_ERR_CERT_SIGNATURE;
	return signature_verify(&key, &cert->algo, cert->signed_part,
				cert->signature);
}

enum imatee_error certificate_signer_revoked(const struct keytab_signer *ca,
					     const struct revoked *revoked,
					     bool *is_revoked)
{
	return revoked_covers(revoked, ca->tbs, ca->spki, is_revoked);
}

enum imatee_error certificate_check_issuer(const struct certificate *cert,
					   const struct keytab *keytab,
					   const struct revoked *revoked)
{
	enum imatee_error verdict = IMATEE_ERR_CERT_UNTRUSTED;
	enum imatee_error error = IMATEE_OK;
	bool bad = false;
	size_t i = 0;

	/* Several CAs may share a name, and their key identifiers be absent. */
	for (i = 0; i < keytab->ca_count; i++) {
		if (!names(cert, &keytab->cas[i]))
			continue;
		error = certificate_signer_revoked(&keytab->cas[i], revoked,
						   &bad);
		if (error)
			return error;
		if (bad)
			continue;
		verdict = verify(cert, &keytab->cas[i]);
		if (verdict != IMATEE_ERR_CERT_SIGNATURE)
			break;
	}
	return verdict;
}
