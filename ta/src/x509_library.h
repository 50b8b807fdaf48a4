/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_X509_LIBRARY_H
#define IMATEE_X509_LIBRARY_H

#include "certificate.h"

/*
 * Lets wolfSSL parse the certificate as well: what it cannot read, or reads in
 * another way, is refused. It looks into all extensions that it knows. No
 * signature is checked here. Errors: CERT_MALFORMED, RESOURCES.
 */
enum imatee_error x509_library_check(struct slice der,
				     const struct certificate *certificate);

#endif /* IMATEE_X509_LIBRARY_H */
