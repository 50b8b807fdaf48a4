// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Written anew, and not with the code of the TEE, which is what is tested.
 */
#include <string.h>

#include "der.h"
#include "reason.h"

#define HEADER	      9 /* struct signature_v2_hdr */
#define VERSION	      1
#define HASH	      2
#define TYPE_VERITY   6
#define TRAILER_BYTES 40 /* struct module_signature, and the marker */
#define CONTEXT(n)    (DER_CONTEXT | DER_CONSTRUCTED | (n))

/* SignedData */
enum {
	DIGESTS = 1,
	CONTENT
};
/* SignerInfo, if nobody has signed attributes */
enum {
	VERSION_OF,
	SIGNER,
	DIGEST,
	ALGORITHM,
	SIGNATURE
};

static bool is_one_element(const struct bytes *b)
{
	struct der *tree = der_read(b->data, b->len);
	bool one = tree && !tree->next;

	der_free(tree);
	return one;
}

static bool has_negative(struct der *sequence)
{
	struct der *number = NULL;

	for (number = der_child(sequence, 0); number; number = number->next)
		if (number->value.len && number->value.data[0] & 0x80)
			return true;
	return false;
}

/* Not DER, or more than it, or a number that is negative to DER. */
static bool ecdsa_is_loose(const uint8_t *data, size_t len)
{
	struct der *tree = NULL;
	bool loose = false;

	if (!der_is_strict(data, len))
		return true;
	tree = der_read(data, len);
	loose = !tree || tree->next || has_negative(tree);
	der_free(tree);
	return loose;
}

static bool attribute_is_loose(const struct key *key, const struct bytes *b)
{
	return b->len > HEADER && !key->rsa &&
	       ecdsa_is_loose(b->data + HEADER, b->len - HEADER);
}

void ima_reason(const struct key *key, const struct bytes *ima,
		const char *good)
{
	struct bytes was = { 0 };

	bytes_from_hex(&was, good);
	if (attribute_is_loose(key, ima))
		note("+ecdsa");
	else if (ima->len > HEADER && ima->data[0] == TYPE_VERITY &&
		 ima->data[HASH] != was.data[HASH])
		note("+hash");
	bytes_free(&was);
}

void evm_reason(const struct key *key, const struct bytes *evm)
{
	if (attribute_is_loose(key, evm))
		note("+ecdsa");
	else if (evm->len > HEADER && evm->data[VERSION] == 3)
		note("+version");
}

static bool has_parameters(struct der *algorithm)
{
	struct der *parameters = der_child(algorithm, 1);

	return parameters && (parameters->tag != DER_NULL || parameters->next);
}

/* What Linux takes for a SET OF all the same. */
static bool has_sequence_of(struct der *parent)
{
	struct der *element = NULL;

	for (element = parent->children; element; element = element->next)
		if (element->tag == CONTEXT(2) || element->tag == CONTEXT(3))
			return true;
	return false;
}

/*
 * Is there an element with a context tag that is primitive? What Linux reads as a
 * constructed one it takes without that bit, too.
 */
static bool has_primitive(const struct der *list)
{
	for (; list; list = list->next)
		if ((list->tag & ~DER_NUMBER) == DER_CONTEXT)
			return true;
	return false;
}

static bool is_rsa(struct der *algorithm)
{
	static const uint8_t oid[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7,
				       0x0d, 0x01, 0x01, 0x01 };
	const struct der *name = der_child(algorithm, 0);

	return name && name->value.len == sizeof(oid) &&
	       !memcmp(name->value.data, oid, sizeof(oid));
}

/* In a way that does not go with its version: Linux takes the signer before it. */
static bool is_misnamed(struct der *info)
{
	const struct der *version = der_child(info, VERSION_OF);
	const struct der *signer = der_child(info, SIGNER);

	return version && signer && version->value.len == 1 &&
	       (signer->tag == DER_SEQUENCE) != (version->value.data[0] == 1);
}

static const char *signer_reason(struct der *info)
{
	struct der *signature = der_child(info, SIGNATURE);

	if (has_primitive(der_child(info, DIGEST)))
		return "der";
	if (has_sequence_of(info))
		return "sequence-of";
	if (has_parameters(der_child(info, DIGEST)) ||
	    has_parameters(der_child(info, ALGORITHM)))
		return "parameters";
	if (is_misnamed(info))
		return "misnamed";
	if (signature && !is_rsa(der_child(info, ALGORITHM)) &&
	    ecdsa_is_loose(signature->value.data, signature->value.len))
		return "ecdsa";
	return NULL;
}

/* Of a message that is DER, and one element. */
static const char *tree_reason(struct der *tree)
{
	struct der *data = der_child(der_child(tree, 1), 0);
	struct der *signers = NULL;
	struct der *info = NULL;
	const char *reason = NULL;

	if (has_primitive(tree->children))
		return "der";
	if (!data || !der_child(data, CONTENT))
		return NULL;
	/* First: mode keys minds that, too. */
	if (der_child(der_child(data, CONTENT), 1))
		return "inside";
	if (has_primitive(data->children))
		return "der";
	for (signers = data->children; signers->next;)
		signers = signers->next;
	if (data->children->next->tag == DER_SEQUENCE ||
	    signers->tag == DER_SEQUENCE || has_sequence_of(data))
		return "sequence-of";
	for (info = der_child(signers, 0); info && !reason; info = info->next)
		reason = signer_reason(info);
	return reason;
}

void message_reason(const struct bytes *appended)
{
	const char *reason = NULL;
	struct bytes message = { 0 };
	struct der *tree = NULL;

	if (appended->len <= TRAILER_BYTES)
		return;
	bytes_set(&message, appended->data, appended->len - TRAILER_BYTES);
	if (!der_is_strict(message.data, message.len) ||
	    !is_one_element(&message)) {
		reason = "der";
	} else {
		tree = der_read(message.data, message.len);
		reason = tree_reason(tree);
		der_free(tree);
	}
	if (reason)
		note("+%s", reason);
	bytes_free(&message);
}
