// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee verify-quote DIR: is this what the device has measured, and is it allowed? No
 * TEE is asked: this is for another machine than the one that is quoted.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "format.h"
#include "policy.h"
#include "quote_json.h"
#include "receipt.h"
#include "state.h"
#include "verify.h"

static enum exit_status print_json(const struct arguments *args,
				   const struct verification *v)
{
	json_t *object = quote_json(args, &v->quote, &v->ak);

	json_set(object, "first", json_u64(v->first));
	json_set(object, "rebooted", json_boolean(v->rebooted));
	json_set(object, "new_kernels", json_u64(v->new_kernels));
	return json_end(args, object);
}

static void print_text(const struct verification *v)
{
	const struct imatee_binding_info *info = &v->quote.info;
	struct table t = { .columns = 2 };
	char hex[HEX_MAX];

	table_add(&t, "key:");
	table_add(&t, "%s%s", format_hex(hex, v->ak.name, sizeof(v->ak.name)),
		  info->flags & IMATEE_BINDING_DEVELOPMENT ?
			  ", DEVELOPMENT: anyone's" :
			  "");
	table_add(&t, "boot id:");
	table_add(&t, "%s",
		  format_hex(hex, info->boot_id, sizeof(info->boot_id)));
	table_add(&t, "entries:");
	table_add(&t, "%" PRIu64 ", verified from entry %" PRIu64 " on",
		  info->entries, v->first);
	table_add(&t, "violations:");
	table_add(&t, "%" PRIu64, info->violations);
	table_add(&t, "seal:");
	table_add(&t, "%s", info->sealed ? "sealed" : "open");
	table_add(&t, "kernel's mode:");
	table_add(&t, "%s", imatee_mode_name(info->mode));
	table_add(&t, "kernels since reset:");
	table_add(&t, "%" PRIu32, info->attach_count);
	table_add(&t, "keys:");
	table_add(&t, "%s", format_hex(hex, info->keys, sizeof(info->keys)));
	table_add(&t, "built-in keys:");
	table_add(&t, "%s",
		  format_hex(hex, info->keys_digest,
			     sizeof(info->keys_digest)));
	table_print(&t);
}

/* Anybody's quote is for those who build the device. */
static enum exit_status check_development(const struct arguments *args,
					  const struct verification *v)
{
	const uint32_t flags = v->quote.info.flags;

	if (flags & IMATEE_BINDING_DEVELOPMENT) {
		if (!(args->options & OPTION_DEVELOPMENT))
			return fail(
				args, EXIT_REFUSED, "development",
				"the device has no key of its own, anyone can sign as it does: --development takes such a quote");
		quote_warn_development();
	}
	if (flags & IMATEE_FLAG_TEST_IMAGE) {
		if (!(args->options & OPTION_DEVELOPMENT))
			return fail(
				args, EXIT_REFUSED, "test_image",
				"the keeper is of a test image: --development takes such a quote");
		warnx("DEVELOPMENT: the keeper is of a test image");
	}
	return EXIT_OK;
}

static enum exit_status verify(const struct arguments *args,
			       struct verification *v)
{
	enum exit_status result;

	result = quote_check(args, &v->quote, &v->ak, &v->nonce);
	if (!result)
		result = check_development(args, v);
	if (!result)
		result = policy_check_device(args, &v->policy, &v->quote.info);
	if (!result)
		result = verify_log(args, v);
	if (!result)
		result = policy_check_list(args, &v->policy, v->fresh, v->first,
					   v->new_kernels);
	return result;
}

/*
 * Only now that all is verified is anything written. The state comes before the receipt: a
 * device that has trimmed what the state does not have is incomplete from then on.
 */
static enum exit_status conclude(const struct arguments *args,
				 const struct verification *v)
{
	enum exit_status result = EXIT_OK;
	struct receipt receipt;

	if (args->receipt)
		result = receipt_make(args, &v->quote, &v->end, &receipt);
	if (!result && args->state)
		result = state_write(args, &v->quote, &v->ak, &v->end);
	if (!result && args->receipt)
		result = receipt_write(args, &receipt);
	if (result)
		return result;
	if (args->json)
		return print_json(args, v);
	print_text(v);
	return EXIT_OK;
}

static enum exit_status check_usage(const struct arguments *args,
				    struct nonce *nonce)
{
	if (!args->ak)
		return fail(args, EXIT_USAGE, "usage",
			    "--ak is wanted: the key that must have signed");
	if (!args->receipt != !args->sign_key)
		return fail(args, EXIT_USAGE, "usage",
			    "--receipt and --sign-key go together");
	return quote_nonce(args, nonce);
}

/* With what the user brings; the quote itself comes last. */
static enum exit_status load(const struct arguments *args,
			     struct verification *v)
{
	enum exit_status result;

	result = policy_read(args, &v->policy);
	if (!result)
		result = state_read(args, &v->state, &v->has_state);
	if (!result)
		result = ak_read(args, args->ak, &v->ak);
	if (!result)
		result = quote_read(args, &v->quote);
	return result;
}

enum exit_status cmd_verify_quote(const struct arguments *args)
{
	static struct verification v;
	enum exit_status result;
	int lock = -1;

	memset(&v, 0, sizeof(v));
	result = check_usage(args, &v.nonce);
	if (!result)
		result = state_lock(args, &lock);
	if (!result)
		result = load(args, &v);
	if (!result)
		result = verify(args, &v);
	if (!result)
		result = conclude(args, &v);
	policy_free(&v.policy);
	ak_free(&v.ak);
	quote_free(&v.quote);
	if (lock >= 0)
		close(lock);
	return result;
}
