// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage: mkcorpus DIR KEYS: writes seeds for each target to DIR/TARGET: sequences
 * of messages that are as they should be, replies, and certificates of the CAs in
 * KEYS, a directory of mkkeys.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fuzz.h"
#include "mkcert.h"
#include "mkcorpus.h"

static FILE *file;

void seed_begin(const char *dir, const char *target, const char *name)
{
	char path[4096] = "";

	snprintf(path, sizeof(path), "%s/%s", dir, target);
	mkdir(path, 0777);
	snprintf(path, sizeof(path), "%s/%s/%s", dir, target, name);
	file = fopen(path, "wb");
	if (!file)
		err(1, "%s", path);
}

void seed_end(void)
{
	if (fclose(file))
		err(1, "seed");
}

void seed_step(enum fuzz_action action, uint8_t session, uint16_t command,
	       const void *request, size_t len)
{
	struct fuzz_step head = { .action = (uint8_t)action,
				  .session = session,
				  .command = command,
				  .len = (uint16_t)len,
				  .size = 4096 };

	fwrite(&head, sizeof(head), 1, file);
	if (len)
		fwrite(request, len, 1, file);
}

static void empty(uint8_t session, uint16_t command)
{
	const struct imatee_request request = { .len = sizeof(request) };

	seed_step(FUZZ_INVOKE, session, command, &request, sizeof(request));
}

static void hello(uint8_t session)
{
	const struct imatee_hello request = { .hdr.len = sizeof(request),
					      .abi_major = IMATEE_ABI_MAJOR };

	seed_step(FUZZ_INVOKE, session, IMATEE_CMD_HELLO, &request,
		  sizeof(request));
}

static void select_key(uint8_t session, uint16_t command, uint8_t how)
{
	struct imatee_key_select request = { .hdr.len = sizeof(request),
					     .ring = IMATEE_RING_IMA,
					     .select = how };

	if (how == IMATEE_SELECT_KEYID)
		request.value = 0x01010101;
	if (how == IMATEE_SELECT_SKID) {
		request.skid_len = 5;
		memcpy(request.skid, "\1\1\1\1\0", 5);
	}
	seed_step(FUZZ_INVOKE, session, command, &request, sizeof(request));
}

static void list(uint8_t session, uint16_t command)
{
	const struct imatee_key_list request = { .hdr.len = sizeof(request),
						 .index = 1 };

	seed_step(FUZZ_INVOKE, session, command, &request, sizeof(request));
}

static void attach(uint8_t session)
{
	const struct imatee_attach request = { .hdr.len = sizeof(request),
					       .mode = IMATEE_MODE_KEYS };

	seed_step(FUZZ_INVOKE, session, IMATEE_CMD_ATTACH, &request,
		  sizeof(request));
}

/* A certificate of each kind of key. */
static const char *const kinds[] = { "P-256", "rsa:2048", "P-384", "P-521" };

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static struct {
	unsigned char *der;
	size_t len;
} certs[KINDS];

static void make_certs(const char *keys)
{
	struct mkcert spec = mkcert_good;
	struct mkcert_ca ca = { 0 };
	char cert_path[4096] = "";
	char key_path[4096] = "";
	size_t i = 0;

	snprintf(cert_path, sizeof(cert_path), "%s/keys/ca/a-p256.pem", keys);
	snprintf(key_path, sizeof(key_path), "%s/private/a-p256.key", keys);
	mkcert_read_ca(cert_path, key_path, &ca);
	spec.issuer = &ca;
	spec.akid = "keyid:always,issuer:always";
	for (i = 0; i < KINDS; i++) {
		spec.key = kinds[i];
		certs[i].der = mkcert_der(&spec, &certs[i].len);
	}
	mkcert_free_ca(&ca);
}

static void add(uint8_t session, size_t kind)
{
	struct {
		struct imatee_key_add add;
		uint8_t cert[IMATEE_CERT_MAX];
	} request = { 0 };
	const size_t len = sizeof(request.add) + certs[kind].len;

	request.add.hdr.len = (uint32_t)len;
	request.add.ring = IMATEE_RING_IMA;
	request.add.cert_len = (uint32_t)certs[kind].len;
	memcpy(request.cert, certs[kind].der, certs[kind].len);
	seed_step(FUZZ_INVOKE, session, IMATEE_CMD_KEY_ADD, &request, len);
}

void seed_raw(const char *dir, const char *target, const char *name, int first,
	      const void *data, size_t len)
{
	seed_begin(dir, target, name);
	if (first >= 0)
		fputc(first, file);
	fwrite(data, len, 1, file);
	seed_end();
}

static void certificate_seeds(const char *dir)
{
	size_t i = 0;

	for (i = 0; i < KINDS; i++)
		seed_raw(dir, "certificate", kinds[i], -1, certs[i].der,
			 certs[i].len);
}

/* The parts of a certificate for each of fuzz_x509's decoders. */
static void x509_seeds(const char *dir)
{
	static const char sig[] = "\x30\x06\x02\x01\x01\x02\x01\x02";
	const unsigned char *pos = certs[0].der;
	X509 *cert = d2i_X509(NULL, &pos, (long)certs[0].len);
	const unsigned char *name = NULL;
	unsigned char *der = NULL;
	char file_name[16] = "";
	size_t len = 0;
	size_t i = 0;

	X509_NAME_get0_der(X509_get_subject_name(cert), &name, &len);
	seed_raw(dir, "x509", "name", 0, name + 2, len - 2);
	seed_raw(dir, "x509", "utc", 1,
		 "\x17\x0d"
		 "200229235959Z",
		 15);
	seed_raw(dir, "x509", "generalized", 1,
		 "\x18\x0f"
		 "20500228235959Z",
		 17);
	len = (size_t)i2d_X509_EXTENSIONS(X509_get0_extensions(cert), &der);
	seed_raw(dir, "x509", "extensions", 2, der, len);
	for (i = 0; i < KINDS; i++) {
		pos = certs[i].der;
		X509_free(cert);
		cert = d2i_X509(NULL, &pos, (long)certs[i].len);
		der = NULL;
		len = (size_t)i2d_X509_PUBKEY(X509_get_X509_PUBKEY(cert), &der);
		snprintf(file_name, sizeof(file_name), "key%zu", i);
		/* behind the head of the SEQUENCE */
		seed_raw(dir, "x509", file_name, 3,
			 der + (len > 257 ? 4 :
				len > 129 ? 3 :
					    2),
			 len - (len > 257 ? 4 :
				len > 129 ? 3 :
					    2));
	}
	seed_raw(dir, "x509", "strict", 4, certs[0].der, certs[0].len);
	seed_raw(dir, "x509", "signature", 5, sig, 8);
	X509_free(cert);
}

#define HEADER 9

/* Form, SHA-256 and its length, and an attribute with a signature of @len bytes. */
static void digsig_seed(const char *dir, const char *name, uint8_t form,
			uint8_t key, const void *signature, size_t len)
{
	static const uint8_t types[][2] = {
		{ 3, 2 }, { 6, 3 }, { 3, 2 }, { 5, 2 }, { 3, 2 }
	};
	uint8_t seed[3 + HEADER + 512] = { form,
					   IMATEE_HASH_SHA256,
					   32,
					   types[form][0],
					   types[form][1],
					   IMATEE_HASH_SHA256,
					   key,
					   0,
					   0,
					   0,
					   (uint8_t)(len >> 8),
					   (uint8_t)len };

	if (signature)
		memcpy(seed + 3 + HEADER, signature, len);
	else
		memset(seed + 3 + HEADER, 0x11, len);
	seed_raw(dir, "digsig", name, -1, seed, 3 + HEADER + len);
}

/* Keys in the order of the table: see mkkeys. */
static void digsig_seeds(const char *dir)
{
	static const char ecdsa[] = "\x30\x08\x02\x02\x12\x34\x02\x02\x56\x78";

	digsig_seed(dir, "rsa2048", 0, 0, NULL, 256);
	digsig_seed(dir, "rsa4096", 0, 1, NULL, 512);
	digsig_seed(dir, "p256", 0, 2, ecdsa, 10);
	digsig_seed(dir, "verity", 1, 2, ecdsa, 10);
	digsig_seed(dir, "p384", 2, 3, ecdsa, 10);
	digsig_seed(dir, "p521", 3, 4, ecdsa, 10);
	digsig_seed(dir, "rsa3072", 4, 5, NULL, 384);
}

/* The same for the verifier, as a whole message. */
static void verify(uint8_t session)
{
	struct {
		struct imatee_verify verify;
		uint8_t digest[32];
		uint8_t attribute[HEADER + 10];
	} request = {
		.verify = { .hdr.len = sizeof(request),
			    .ring = IMATEE_RING_IMA,
			    .purpose = IMATEE_PURPOSE_IMA,
			    .digest_kind = IMATEE_DIGEST_FILE,
			    .digest_algo = IMATEE_HASH_SHA256,
			    .digest_len = sizeof(request.digest),
			    .sig_len = sizeof(request.attribute) },
		.attribute = { 3, 2, IMATEE_HASH_SHA256, 1, 1, 1, 1, 0, 10,
			       0x30, 8, 2, 2, 0x12, 0x34, 2, 2, 0x56, 0x78 },
	};

	/* what the fields sum up to: the struct ends in padding */
	request.verify.hdr.len = sizeof(request.verify) +
				 sizeof(request.digest) +
				 sizeof(request.attribute);
	seed_step(FUZZ_INVOKE, session, IMATEE_CMD_VERIFY, &request,
		  request.verify.hdr.len);
}

/* Two digests of a file. What comes behind them is no message. */
static void verify_files(uint8_t session)
{
	struct {
		struct imatee_verify verify;
		struct imatee_file_digest digests[2];
		uint8_t message[16];
	} request = {
		.verify = { .hdr.len = sizeof(request),
			    .ring = IMATEE_RING_IMA,
			    .purpose = IMATEE_PURPOSE_MODSIG,
			    .digest_kind = IMATEE_DIGEST_FILES,
			    .digest_len = sizeof(request.digests),
			    .sig_len = sizeof(request.message) },
		.digests = { { IMATEE_HASH_SHA256, 32, { 0 }, { 1 } },
			     { IMATEE_HASH_SHA512, 64, { 0 }, { 2 } } },
		.message = { 0x30, 14, 6, 12 },
	};

	seed_step(FUZZ_INVOKE, session, IMATEE_CMD_VERIFY, &request,
		  sizeof(request));
}

/* A boot: the kernel attaches, seals and looks up, users look around. */
static void keeper_seeds(const char *dir)
{
	uint8_t how = 0;
	size_t kind = 0;

	seed_begin(dir, "keeper", "boot");
	seed_step(FUZZ_OPEN, 0, PLATFORM_CALLER_KERNEL, NULL, 0);
	hello(0);
	attach(0);
	for (kind = 0; kind < KINDS; kind++)
		add(0, kind);
	select_key(0, IMATEE_CMD_KEY_EXPORT, IMATEE_SELECT_INDEX);
	empty(0, IMATEE_CMD_SEAL);
	add(0, 0);
	for (how = 1; how <= 3; how++)
		select_key(0, IMATEE_CMD_KEY_GET, how);
	empty(0, IMATEE_CMD_STATUS);
	seed_step(FUZZ_CLOSE, 0, 0, NULL, 0);
	seed_end();

	seed_begin(dir, "keeper", "add");
	seed_step(FUZZ_OPEN, 0, PLATFORM_CALLER_KERNEL, NULL, 0);
	hello(0);
	add(0, 0);
	seed_end();

	seed_begin(dir, "keeper", "user");
	seed_step(FUZZ_OPEN, 1, PLATFORM_CALLER_PUBLIC, NULL, 0);
	hello(1);
	list(1, IMATEE_CMD_KEY_LIST);
	select_key(1, IMATEE_CMD_KEY_DESCRIBE, IMATEE_SELECT_INDEX);
	select_key(1, IMATEE_CMD_KEY_EXPORT, IMATEE_SELECT_SKID);
	empty(1, IMATEE_CMD_SEAL);
	attach(1);
	seed_end();
}

/* A verifier's session with the keeper. */
static void load_seeds(const char *dir)
{
	seed_begin(dir, "keeper", "load");
	seed_step(FUZZ_OPEN, 2, PLATFORM_CALLER_VERIFIER, NULL, 0);
	hello(2);
	list(2, IMATEE_CMD_KEY_LOAD);
	empty(2, IMATEE_CMD_TICKET_KEY);
	seed_end();
}

static void verifier_seeds(const char *dir)
{
	uint8_t how = 0;

	seed_begin(dir, "verifier", "sync");
	hello(0);
	empty(0, IMATEE_CMD_SYNC);
	seed_step(FUZZ_KEEPER, 0, 0, NULL, 0);
	empty(0, IMATEE_CMD_SYNC);
	for (how = 1; how <= 3; how++)
		select_key(0, IMATEE_CMD_KEY_GET, how);
	verify(0);
	verify_files(0);
	seed_step(FUZZ_KEEPER, 0, 1, NULL, 0);
	empty(0, IMATEE_CMD_SYNC);
	select_key(0, IMATEE_CMD_KEY_GET, IMATEE_SELECT_KEYID);
	seed_end();

	seed_begin(dir, "verifier", "garbage");
	hello(0);
	seed_step(FUZZ_KEEPER, 0, 0, NULL, 0);
	/* the ring of the first key, and then the end of the last one */
	seed_step(FUZZ_KEEPER, 0, 4, "\0\0\0\x38\0\2", 6);
	empty(0, IMATEE_CMD_SYNC);
	seed_step(FUZZ_KEEPER, 0, 4, "\0\0\0\xff\xff\1\0\0\0", 9);
	empty(0, IMATEE_CMD_SYNC);
	select_key(0, IMATEE_CMD_KEY_GET, IMATEE_SELECT_INDEX);
	seed_end();
}

/* Replies as the library wants them. */
static const struct imatee_key_info good_key = {
	.ring = IMATEE_RING_IMA,
	.algo = IMATEE_ALGO_RSA,
	.source = IMATEE_SOURCE_BUILTIN,
	.skid_len = 4,
	.keyid = 0x04030201,
	.key_bits = 2048,
	.pubkey_len = 8,
	.cert_len = 9,
	.skid = { 4, 3, 2, 1 },
	.subject = "CN = fuzz",
};

static const struct imatee_revoked good_entry = {
	.kind = IMATEE_REVOKED_SPKI,
	.hash_len = 32,
	.source = IMATEE_SOURCE_ADDED,
	.hash = { 1, 2, 3 },
};

/* One reply, behind its length if it is one of a session's. */
static void reply(bool session, const void *body, size_t body_len,
		  const void *tail, size_t tail_len)
{
	const size_t len = sizeof(struct imatee_reply) + body_len + tail_len;
	struct imatee_reply head = { .len = (uint32_t)len,
				     .epoch = 1,
				     .seal = IMATEE_SEAL_SEALED };

	if (session) {
		fputc(len & 0xff, file);
		fputc((int)(len >> 8), file);
	}
	fwrite(&head, sizeof(head), 1, file);
	fwrite(body, body_len, 1, file);
	fwrite(tail, tail_len, 1, file);
}

/* By the number that fuzz_reply.c knows it by; 7 is a session. */
static void one_reply(int which, bool session)
{
	static const uint32_t list[2] = { 1, 1 };
	struct imatee_hello_reply hello = { .abi_major = IMATEE_ABI_MAJOR };
	struct imatee_status_reply status = { .capacity = 32 };
	struct imatee_log_status_reply log = { .entries = 9,
					       .violations = 1,
					       .open_first = 7,
					       .open_count = 2,
					       .open_len = 200,
					       .pcrs_used = 1 << 10 };
	const size_t head = sizeof(hello.hdr);

	switch (which) {
	case 0:
		reply(session, (char *)&hello + head, sizeof(hello) - head, "",
		      0);
		break;
	case 1:
		reply(session, (char *)&status + head, sizeof(status) - head,
		      "", 0);
		break;
	case 2:
		reply(session, list, sizeof(list), &good_key, sizeof(good_key));
		break;
	case 3:
		reply(session, &good_key, sizeof(good_key), "", 0);
		break;
	case 4:
		reply(session, &good_key, sizeof(good_key), "12345678", 8);
		break;
	case 5:
		reply(session, &good_key, sizeof(good_key), "123456789", 9);
		break;
	case 6:
		reply(session, list, sizeof(list), &good_entry,
		      sizeof(good_entry));
		break;
	default:
		reply(session, (char *)&log + head, sizeof(log) - head, "", 0);
	}
}

static void reply_seeds(const char *dir)
{
	static const int order[] = { 0, 1, 2, 3, 5, 4, 6 };
	char name[2] = "0";
	size_t i = 0;

	for (i = 0; i < 9; i++, name[0]++) {
		if (i == 7)
			continue;
		seed_begin(dir, "reply", name);
		fputc((int)i, file);
		one_reply((int)i, false);
		seed_end();
	}
	seed_begin(dir, "reply", "session");
	fputc(7, file);
	for (i = 0; i < 7; i++)
		one_reply(order[i], true);
	seed_end();
	/* Both would be longer than an input may be: six replies are empty. */
	seed_begin(dir, "reply", "session-log");
	fputc(7, file);
	one_reply(0, true);
	for (i = 0; i < 6; i++)
		fwrite("\0", 1, 2, file);
	one_reply(8, true);
	seed_end();
}

/* Lists of measurements with SHA-1: of one entry each. */
static void list_seeds(const char *dir)
{
	static const char ng[] = "\0\x0a\0\0\0"
				 "12345678901234567890"
				 "\6\0\0\0ima-ng\x26\0\0\0"
				 "\x1a\0\0\0sha1:\0"
				 "12345678901234567890"
				 "\4\0\0\0/ab\0";
	static const char ima[] = "\0\x0a\0\0\0"
				  "12345678901234567890"
				  "\3\0\0\0ima"
				  "12345678901234567890"
				  "\3\0\0\0/ab";
	static const char custom[] = "\0\x0b\0\0\0"
				     "12345678901234567890"
				     "\x11\0\0\0d-ngv2|n|iuid|sig\x1e\0\0\0"
				     "\6\0\0\0a:b:\0c"
				     "\2\0\0\0/\0"
				     "\4\0\0\0\1\2\3\4"
				     "\2\0\0\0\3\2";

	seed_raw(dir, "list", "ima-ng", -1, ng, sizeof(ng) - 1);
	seed_raw(dir, "list", "ima", -1, ima, sizeof(ima) - 1);
	seed_raw(dir, "list", "custom", -1, custom, sizeof(custom) - 1);
}

int main(int argc, char **argv)
{
	if (argc != 3)
		errx(2, "usage: mkcorpus DIR KEYS");
	mkdir(argv[1], 0777);
	make_certs(argv[2]);
	certificate_seeds(argv[1]);
	x509_seeds(argv[1]);
	keeper_seeds(argv[1]);
	load_seeds(argv[1]);
	digsig_seeds(argv[1]);
	modsig_seeds(argv[1], argv[2]);
	revoke_seeds(argv[1], argv[2]);
	verifier_seeds(argv[1]);
	measure_seeds(argv[1]);
	hash_seeds(argv[1]);
	quote_seeds(argv[1]);
	reply_seeds(argv[1]);
	attestation_seeds(argv[1]);
	quote_part_seeds(argv[1]);
	list_seeds(argv[1]);
	return 0;
}
