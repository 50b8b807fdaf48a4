// SPDX-License-Identifier: GPL-2.0-or-later
#include <string.h>

#include "keyname.h"
#include "quote.h"
#include "replay.h"

#define TPM_CLOCK_SAFE 1

enum exit_status quote_nonce(const struct arguments *args, struct nonce *nonce)
{
	if (!args->nonce)
		return fail(args, EXIT_USAGE, "usage", "--nonce is wanted");
	nonce->len = keyname_parse_hex(args->nonce, nonce->data,
				       sizeof(nonce->data));
	if (!nonce->len)
		return fail(
			args, EXIT_USAGE, "usage",
			"--nonce wants 1 to %d bytes in hexadecimal, not %s",
			QUOTE_NONCE_MAX, args->nonce);
	return EXIT_OK;
}

static enum exit_status refuse(const struct arguments *args, const char *name,
			       const char *why)
{
	return fail(args, EXIT_REFUSED, name, "%s", why);
}

static enum exit_status check_signature(const struct arguments *args,
					const struct quote *quote,
					const struct ak *ak)
{
	if (!ak_verify(ak, quote->attest, quote->attest_len, quote->sig,
		       quote->sig_len))
		return refuse(args, "bad_signature",
			      "this key has not signed the quote");
	if (memcmp(quote->said.signer, ak->name, sizeof(ak->name)))
		return refuse(args, "other_signer",
			      "the quote names another key than this one");
	return EXIT_OK;
}

/* Two lists of one SHA-1 can be made, by whoever has a say in what is measured. */
static enum exit_status check_bank(const struct arguments *args,
				   const struct quote *quote)
{
	if (args->options & OPTION_BANK && quote->said.bank != args->bank)
		return fail(args, EXIT_REFUSED, "bank_differs",
			    "the quote is of the bank %s",
			    bank_name(quote->said.bank));
	if (!(args->options & OPTION_BANK) && quote->said.bank == BANK_SHA1)
		return refuse(
			args, "bank_sha1",
			"the quote rests on SHA-1, of which there are collisions: --bank sha1 takes it");
	return EXIT_OK;
}

static enum exit_status check_pcrs(const struct arguments *args,
				   const struct quote *quote)
{
	const uint32_t wanted = 1u << 10 | 1u << IMATEE_PCR_BINDING;
	uint8_t digest[32];

	if ((quote->said.pcrs & wanted) != wanted)
		return refuse(args, "pcrs_missing",
			      "the quote is not of the PCRs 10 and 23");
	pcrs_digest(&quote->pcrs, digest);
	if (quote->pcrs.bank != quote->said.bank ||
	    quote->pcrs.select != quote->said.pcrs ||
	    memcmp(digest, quote->said.pcr_digest, sizeof(digest)))
		return refuse(
			args, "pcrs_differ",
			"the quote is not of the PCRs in the file quote.pcrs");
	return EXIT_OK;
}

static uint32_t be32(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The numbers that a TPM counts are made of the boot id and of kernels. */
static bool clock_fits(const struct tpm_attest *said,
		       const struct imatee_binding_info *info)
{
	return said->reset_count == be32(info->boot_id) &&
	       said->restart_count == info->attach_count && !said->clock &&
	       said->safe == TPM_CLOCK_SAFE;
}

static enum exit_status check_binding(const struct arguments *args,
				      const struct quote *quote)
{
	static const struct imatee_pcr zero[IMATEE_PCRS];
	const enum bank bank = quote->said.bank;
	uint8_t value[BANK_DIGEST_MAX];
	uint8_t digest[32];

	pcrs_binding(bank, quote->binding, value);
	if (memcmp(value, quote->pcrs.values[IMATEE_PCR_BINDING],
		   bank_size(bank)))
		return refuse(args, "binding_differs",
			      "the quote is not of the file binding");
	if (!clock_fits(&quote->said, &quote->info))
		return refuse(
			args, "clock_differs",
			"the quote's clock is not of the boot that it is bound to");
	replay_hash(BANK_SHA256, quote->base, sizeof(quote->base), digest);
	if (memcmp(digest, quote->info.base, sizeof(digest)) ||
	    !quote->info.trimmed != !memcmp(quote->base, zero, sizeof(zero)))
		return refuse(args, "base_differs",
			      "the quote is not of the PCRs in the file base");
	return EXIT_OK;
}

enum exit_status quote_check(const struct arguments *args,
			     const struct quote *quote, const struct ak *ak,
			     const struct nonce *nonce)
{
	enum exit_status result;

	result = check_signature(args, quote, ak);
	if (result)
		return result;
	if (quote->said.nonce_len != nonce->len ||
	    memcmp(quote->said.nonce, nonce->data, nonce->len))
		return refuse(args, "nonce_differs",
			      "the quote is for another nonce");
	result = check_bank(args, quote);
	if (!result)
		result = check_pcrs(args, quote);
	return result ? result : check_binding(args, quote);
}
