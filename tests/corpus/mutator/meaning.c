// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a message says: SignedData with its versions, its signer and more.
 */
#include <openssl/x509v3.h>
#include <string.h>

#include "message.h"
#include "signature.h"

#define CONTEXT(n) (DER_CONTEXT | DER_CONSTRUCTED | (n))

/* Where in SignedData and in SignerInfo things are, if no certificates come along. */
enum {
	VERSION,
	DIGESTS,
	CONTENT,
	SIGNERS
};
enum {
	SIGNER,
	DIGEST = 2,
	ALGORITHM,
	SIGNATURE
};

struct parts {
	struct der *data; /* SignedData */
	struct der *info; /* SignerInfo */
};

static struct der *last_child(struct der *element)
{
	struct der *child = element->children;

	while (child && child->next)
		child = child->next;
	return child;
}

static struct parts find_parts(struct der *message)
{
	struct parts parts = {
		.data = der_child(der_child(message, 1), 0),
	};

	parts.info = der_child(last_child(parts.data), 0);
	if (!parts.info)
		die("no signer");
	return parts;
}

static void append(struct der *parent, struct der *element)
{
	struct der **link = &parent->children;

	while (*link)
		link = &(*link)->next;
	der_insert(link, element);
}

static struct der *certificate(const X509 *cert)
{
	unsigned char *out = NULL;
	int len = i2d_X509(cert, &out);
	struct der *der = NULL;

	if (len < 0)
		die("certificate");
	der = der_read(out, (size_t)len);
	OPENSSL_free(out);
	return der;
}

/* Of a key whose name is known to the mutator, whole or changed. */
static void add_certificates(const struct key *key, struct parts *parts)
{
	const struct key *of = random_below(3) ? key : key_any();
	struct der *set = der_new(CONTEXT(0), NULL, 0);
	struct der *content = der_child(parts->data, CONTENT);

	note("-cert-%s", of->name);
	set->children = certificate(of->cert);
	if (random_below(3))
		element_mutate(&set->children);
	if (!random_below(4))
		append(set, certificate(key_any()->cert));
	der_insert(&content->next, set);
}

static void other_versions(struct parts *parts)
{
	uint8_t version[2] = { (uint8_t)random_below(5),
			       (uint8_t)random_below(5) };

	if (random_below(2))
		version[1] = version[0];
	note("-versions-%u-%u", version[0], version[1]);
	bytes_set(&der_child(parts->data, VERSION)->value, &version[0], 1);
	bytes_set(&der_child(parts->info, VERSION)->value, &version[1], 1);
}

/* By key identifier, which goes with version 3 alone. */
static void other_signer(struct parts *parts)
{
	const struct key *of = key_any();
	const ASN1_OCTET_STRING *skid = X509_get0_subject_key_id(of->cert);
	size_t len = (size_t)ASN1_STRING_length(skid);
	struct der **link = &parts->info->children->next;
	struct der *id = der_new(DER_CONTEXT, ASN1_STRING_get0_data(skid), len);

	if (!random_below(3)) {
		len = random_below(len + 1);
		bytes_splice(&id->value, 0, len, NULL, 0);
	}
	note("-skid-%s-%zu", of->name, len);
	der_remove(link);
	der_insert(link, id);
	if (random_below(4))
		other_versions(parts);
}

static void add_attributes(struct parts *parts)
{
	/* contentType: data */
	static const uint8_t attribute[] = { 0x30, 0x18, 0x06, 0x09, 0x2a, 0x86,
					     0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09,
					     0x03, 0x31, 0x0b, 0x06, 0x09, 0x2a,
					     0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01,
					     0x07, 0x01 };
	const size_t n = random_below(2);
	struct der *set = der_new(CONTEXT(n), NULL, 0);

	note("-attributes-%zu", n);
	if (random_below(2))
		set->children = der_read(attribute, sizeof(attribute));
	if (n)
		append(parts->info, set);
	else
		der_insert(&der_child(parts->info, DIGEST)->next, set);
}

static void other_parameters(struct der *algorithm)
{
	size_t kind = random_below(4);

	note("-parameters-%zu", kind);
	while (algorithm->children->next)
		der_remove(&algorithm->children->next);
	if (kind == 1)
		append(algorithm, der_new(DER_NULL, NULL, 0));
	else if (kind == 2)
		append(algorithm, der_new(DER_SEQUENCE, NULL, 0));
	else if (kind == 3)
		append(algorithm, der_new(DER_OCTET_STRING, "\x01", 1));
}

static void add_content(struct parts *parts)
{
	struct der *inside = der_new(CONTEXT(0), NULL, 0);

	note("-inside");
	if (random_below(3))
		append(inside,
		       der_new(DER_OCTET_STRING, "inside", random_below(7)));
	append(der_child(parts->data, CONTENT), inside);
}

/* A second signer, the same or one with another name. */
static void add_signer(struct parts *parts)
{
	struct der *second = der_copy(parts->info);

	note("-two-signers");
	if (random_below(2))
		element_mutate(&second);
	if (random_below(2))
		der_insert(&parts->info->next, second);
	else
		der_insert(&last_child(parts->data)->children, second);
}

void meaning_mutate(const struct key *key, struct der *message)
{
	struct parts parts = find_parts(message);

	switch (random_below(10)) {
	case 0:
		other_versions(&parts);
		break;
	case 1:
		other_signer(&parts);
		break;
	case 2:
	case 3:
		add_certificates(key, &parts);
		break;
	case 4:
		add_attributes(&parts);
		break;
	case 5:
		other_parameters(der_child(
			parts.info, random_below(2) ? DIGEST : ALGORITHM));
		break;
	case 6:
		add_content(&parts);
		break;
	case 7:
		add_signer(&parts);
		break;
	default:
		signature_mutate(key, &der_child(parts.info, SIGNATURE)->value);
	}
}
