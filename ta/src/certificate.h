/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A certificate that somebody wants to have added: what it says, and whether it
 * may be.
 */
#ifndef IMATEE_CERTIFICATE_H
#define IMATEE_CERTIFICATE_H

#include "keytab.h"
#include "pubkey.h"
#include "revoked.h"
#include "signature.h"
#include "x509_extensions.h"

/* All slices point into the DER that was parsed. */
struct certificate {
	struct imatee_key_info info; /* .ring, .index and .source left open */
	struct pubkey key;
	struct slice signed_part; /* TBSCertificate */
	struct slice spki; /* whole SubjectPublicKeyInfo */
	struct signature_algo algo;
	struct slice signature;
	struct slice issuer; /* whole Name */
	struct slice subject; /* whole Name */
	struct x509_extensions extensions;
};

/*
 * Parses exactly one certificate and checks what it says, in this order. Errors:
 * CERT_MALFORMED, CERT_KEY, CERT_NO_SKID, CERT_USAGE; RESOURCES at any point.
 */
enum imatee_error certificate_parse(struct slice der,
				    struct certificate *certificate);

/*
 * How PKCS #7 names this certificate: SHA-256 of its issuer and serial number, each
 * as DER. Errors: CERT_MALFORMED, RESOURCES.
 */
enum imatee_error
certificate_issuer_serial(struct slice der,
			  uint8_t digest[IMATEE_FINGERPRINT_SIZE]);

/*
 * Has one of the built-in CAs issued it, that is not @revoked? A CA is asked if its
 * subject is the issuer and, where the certificate names the issuer's key, if that is
 * its key identifier. Errors: CERT_UNTRUSTED, CERT_SIGNATURE, RESOURCES.
 */
enum imatee_error
certificate_check_issuer(const struct certificate *certificate,
			 const struct keytab *keytab,
			 const struct revoked *revoked);

/* Is this CA, or who else signs, revoked, or its key? Errors: RESOURCES. */
enum imatee_error certificate_signer_revoked(const struct keytab_signer *ca,
					     const struct revoked *revoked,
					     bool *is_revoked);

#endif /* IMATEE_CERTIFICATE_H */
