/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef IMATEE_X509_EXTENSIONS_H
#define IMATEE_X509_EXTENSIONS_H

#include "der.h"

/* What the extensions of a certificate say, as far as it matters here. */
struct x509_extensions {
	struct slice skid; /* subject key identifier; .len 0: none */
	struct slice akid; /* key identifier of the authority; .len 0: none */
	bool has_usage;
	uint8_t usage; /* first byte of keyUsage: X509_USAGE_* */
	bool ca;
	bool signs_code; /* extKeyUsage has codeSigning or anyExtendedKeyUsage */
	/* A critical one that is not understood here, or means something else. */
	bool refused;
};

#define X509_USAGE_DIGITAL_SIGNATURE 0x80
#define X509_USAGE_KEY_CERT_SIGN     0x04

/* Reads the Extensions; @in holds that SEQUENCE. False if it is malformed. */
bool x509_extensions_read(struct slice in, struct x509_extensions *extensions);

#endif /* IMATEE_X509_EXTENSIONS_H */
