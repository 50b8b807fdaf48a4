// SPDX-License-Identifier: GPL-2.0-or-later
#include <libgen.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <sys/wait.h>
#include <unistd.h>

#include "prover.h"

static char tool[4096];

void prover_init(char *program)
{
	snprintf(tool, sizeof(tool), "%s/imatee", dirname(program));
}

size_t prover_hash(const char *algorithm, const void *data, size_t len,
		   uint8_t *digest)
{
	unsigned int size = 0;

	assert_int_equal(EVP_Digest(data, len, digest, &size,
				    EVP_get_digestbyname(algorithm), NULL),
			 1);
	return size;
}

static struct bank {
	const char *name;
	uint16_t algorithm;
	size_t size;
	size_t offset; /* in struct imatee_pcr */
} banks[] = {
	{ "sha1", 4, 20, offsetof(struct imatee_pcr, sha1) },
	{ "sha256", 11, 32, offsetof(struct imatee_pcr, sha256) },
	{ "sha384", 12, 48, offsetof(struct imatee_pcr, sha384) },
};

static const struct bank *bank_of(const struct prover *q)
{
	size_t i = 0;

	while (strcmp(banks[i].name, q->bank))
		i++;
	return &banks[i];
}

static void extend(const struct bank *bank, struct imatee_pcr *pcr,
		   const uint8_t *digest)
{
	uint8_t *value = (uint8_t *)pcr + bank->offset;
	uint8_t both[96];

	memcpy(both, value, bank->size);
	memcpy(both + bank->size, digest, bank->size);
	prover_hash(bank->name, both, 2 * bank->size, value);
}

static size_t put(uint8_t *to, const void *data, size_t len)
{
	memcpy(to, data, len);
	return len;
}

static size_t put_le32(uint8_t *to, uint32_t value)
{
	const uint8_t le[] = { (uint8_t)value, (uint8_t)(value >> 8),
			       (uint8_t)(value >> 16), (uint8_t)(value >> 24) };

	return put(to, le, sizeof(le));
}

/* As struct imatee_log_record stands in the keeper's memory, byte by byte. */
static void put_in_order(struct prover *q, uint32_t pcr, const char *template,
			 const void *data, size_t len, bool violation)
{
	const size_t name_len = strlen(template);
	uint8_t record[32 + 12 + 256 + 8192];
	uint8_t *to = record;

	assert_true(name_len < 256 && len <= 8192);
	to += put(to, q->order[q->count], 32);
	to += put_le32(to, (uint32_t)(12 + name_len + len));
	*to++ = (uint8_t)pcr;
	*to++ = violation;
	*to++ = (uint8_t)name_len;
	*to++ = 0;
	to += put_le32(to, (uint32_t)len);
	to += put(to, template, name_len);
	to += put(to, data, len);
	prover_hash("sha256", record, (size_t)(to - record),
		    q->order[q->count + 1]);
}

void prover_entry(struct prover *q, uint32_t pcr, const char *template,
		  const void *data, size_t len, bool violation)
{
	struct imatee_pcr *pcrs = q->pcrs[q->count + 1];
	uint8_t *to = q->log + q->offset[q->count];
	uint8_t digest[64] = { 0 };
	size_t i;

	assert_true(q->count < PROVER_ENTRIES);
	put_in_order(q, pcr, template, data, len, violation);
	memcpy(pcrs, q->pcrs[q->count], sizeof(q->pcrs[0]));
	for (i = 0; i < 3; i++) {
		memset(digest, 0xff, sizeof(digest));
		if (!violation)
			prover_hash(banks[i].name, data, len, digest);
		extend(&banks[i], &pcrs[pcr], digest);
	}
	memset(digest, 0, sizeof(digest));
	if (!violation)
		prover_hash("sha1", data, len, digest);
	to += put_le32(to, pcr);
	to += put(to, digest, 20);
	to += put_le32(to, (uint32_t)strlen(template));
	to += put(to, template, strlen(template));
	to += put_le32(to, (uint32_t)len);
	to += put(to, data, len);
	q->violations += violation;
	q->offset[++q->count] = (size_t)(to - q->log);
}

void prover_file(struct prover *q, const char *name, const char *content,
		 const void *sig, size_t sig_len)
{
	uint8_t data[4096];
	uint8_t *to = data;

	to += put_le32(to, 8 + 32);
	to += put(to, "sha256:", 8);
	to += prover_hash("sha256", content, strlen(content), to);
	to += put_le32(to, (uint32_t)strlen(name) + 1);
	to += put(to, name, strlen(name) + 1);
	to += put_le32(to, (uint32_t)sig_len);
	if (sig_len)
		to += put(to, sig, sig_len);
	prover_entry(q, 10, "ima-sig", data, (size_t)(to - data), false);
}

void prover_reset(struct prover *q)
{
	memset(q->pcrs, 0, sizeof(q->pcrs));
	q->count = 0;
	q->violations = 0;
	q->first = 0;
	q->binding = (struct imatee_binding){
		.magic = IMATEE_BINDING_MAGIC,
		.epoch = 1,
		.seal = IMATEE_SEAL_SEALED,
		.attach_count = 1,
		.mode = IMATEE_MODE_FULL,
		.keys = { 1, 2, 3 },
		.keys_digest = { 4, 5, 6 },
	};
	/* Not the same one twice. */
	FILE *random = fopen("/dev/urandom", "rb");

	assert_non_null(random);
	assert_int_equal(fread(q->binding.boot_id, 1,
			       sizeof(q->binding.boot_id), random),
			 sizeof(q->binding.boot_id));
	fclose(random);
}

void prover_trim(struct prover *q, uint64_t position)
{
	q->binding.trimmed = position;
	q->first = position;
}

/* Byte by byte as Part 2 has it. */
size_t prover_public(const struct prover *q, uint8_t *public)
{
	static const uint8_t head[] = { 0x00, 0x23, 0x00, 0x0b, 0x00,
					0x05, 0x00, 0x72, 0x00, 0x00,
					0x00, 0x10, 0x00, 0x18, 0x00,
					0x0b, 0x00, 0x03, 0x00, 0x10 };
	unsigned char *point = NULL;

	assert_int_equal(EVP_PKEY_get1_encoded_public_key(q->key, &point), 65);
	memcpy(public, head, sizeof(head));
	memcpy(public + 20, "\0\x20", 2);
	memcpy(public + 22, point + 1, 32);
	memcpy(public + 54, "\0\x20", 2);
	memcpy(public + 56, point + 33, 32);
	OPENSSL_free(point);
	return 88;
}

static void make_name(struct prover *q, uint8_t *name)
{
	uint8_t public[88];

	name[0] = 0;
	name[1] = 0x0b;
	prover_hash("sha256", public, prover_public(q, public), name + 2);
}

void prover_digest(struct prover *q)
{
	const struct bank *bank = bank_of(q);
	uint8_t all[IMATEE_PCRS * 48];
	uint8_t *to = all;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++)
		if (q->attest.pcrs & 1u << i)
			to += put(to, q->values[i], bank->size);
	prover_hash("sha256", all, (size_t)(to - all), q->attest.pcr_digest);
}

void prover_bind(struct prover *q)
{
	const struct bank *bank = bank_of(q);
	struct imatee_pcr pcr = { 0 };
	uint8_t digest[64];

	prover_hash(bank->name, &q->binding, sizeof(q->binding), digest);
	extend(bank, &pcr, digest);
	memcpy(q->values[23], (uint8_t *)&pcr + bank->offset, bank->size);
	prover_digest(q);
}

void prover_prepare(struct prover *q)
{
	const struct bank *bank = bank_of(q);
	const uint8_t *id = q->binding.boot_id;
	struct prover_attest *a = &q->attest;
	static const struct imatee_pcr zero;
	size_t i;

	q->binding.entries = q->count;
	q->binding.violations = q->violations;
	memcpy(q->base, q->pcrs[q->binding.trimmed], sizeof(q->base));
	prover_hash("sha256", q->base, sizeof(q->base), q->binding.base);
	memcpy(q->binding.order, q->order[q->count], 32);
	memcpy(q->binding.base_order, q->order[q->binding.trimmed], 32);
	*a = (struct prover_attest){
		.magic = 0xff544347,
		.type = 0x8018,
		.nonce_len = 16,
		.resets = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
			  (uint32_t)id[2] << 8 | id[3],
		.restarts = q->binding.attach_count,
		.safe = 1,
		.firmware = (uint64_t)IMATEE_ABI_MAJOR << 32 | IMATEE_ABI_MINOR,
		.selections = 1,
		.algorithm = bank->algorithm,
		.select_size = 3,
		.pcrs = 1u << 10 | 1u << 23,
	};
	for (i = 0; i < 16; i++)
		a->nonce[i] = (uint8_t)(i * 0x11);
	make_name(q, a->signer);
	for (i = 0; i < IMATEE_PCRS; i++) {
		if (memcmp(&q->pcrs[q->count][i], &zero, sizeof(zero)))
			a->pcrs |= 1u << i;
		memcpy(q->values[i],
		       (uint8_t *)&q->pcrs[q->count][i] + bank->offset,
		       bank->size);
	}
	prover_bind(q);
}

static size_t put_be(uint8_t *to, uint64_t value, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		to[i] = (uint8_t)(value >> (8 * (len - 1 - i)));
	return len;
}

static size_t marshal(const struct prover_attest *a, uint8_t *buf)
{
	uint8_t *to = buf;
	size_t i;

	to += put_be(to, a->magic, 4);
	to += put_be(to, a->type, 2);
	to += put_be(to, sizeof(a->signer), 2);
	to += put(to, a->signer, sizeof(a->signer));
	to += put_be(to, a->nonce_len, 2);
	to += put(to, a->nonce, a->nonce_len);
	to += put_be(to, a->clock, 8);
	to += put_be(to, a->resets, 4);
	to += put_be(to, a->restarts, 4);
	to += put_be(to, a->safe, 1);
	to += put_be(to, a->firmware, 8);
	to += put_be(to, a->selections, 4);
	to += put_be(to, a->algorithm, 2);
	to += put_be(to, a->select_size, 1);
	for (i = 0; i < a->select_size; i++)
		to += put_be(to, a->pcrs >> (8 * i), 1);
	to += put_be(to, sizeof(a->pcr_digest), 2);
	to += put(to, a->pcr_digest, sizeof(a->pcr_digest));
	memset(to, 0, a->trailing);
	return (size_t)(to - buf) + a->trailing;
}

static size_t sign(const struct prover *q, const uint8_t *data, size_t len,
		   uint8_t *signature)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	uint8_t *to = signature;
	const uint8_t *pos;
	uint8_t der[128];
	size_t size = sizeof(der);
	ECDSA_SIG *sig;

	assert_int_equal(
		EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, q->key), 1);
	assert_int_equal(EVP_DigestSign(ctx, der, &size, data, len), 1);
	EVP_MD_CTX_free(ctx);
	pos = der;
	sig = d2i_ECDSA_SIG(NULL, &pos, (long)size);
	assert_non_null(sig);
	to += put_be(to, 0x0018, 2);
	to += put_be(to, 0x000b, 2);
	to += put_be(to, 32, 2);
	to += BN_bn2binpad(ECDSA_SIG_get0_r(sig), to, 32);
	to += put_be(to, 32, 2);
	to += BN_bn2binpad(ECDSA_SIG_get0_s(sig), to, 32);
	ECDSA_SIG_free(sig);
	return (size_t)(to - signature);
}

void prover_put(struct prover *q, const char *name, const void *data,
		size_t len)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", q->dir, name);
	file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* The form of tpm2-tools, by offsets. */
static size_t marshal_pcrs(const struct prover *q, uint8_t *buf)
{
	const struct bank *bank = bank_of(q);
	uint8_t *lists = buf + 4 + 16 * 8 + 4;
	size_t count = 0;
	uint8_t *list;
	size_t i;

	put_le32(buf, 1);
	buf[4] = (uint8_t)bank->algorithm;
	buf[6] = 3;
	buf[7] = (uint8_t)q->attest.pcrs;
	buf[8] = (uint8_t)(q->attest.pcrs >> 8);
	buf[9] = (uint8_t)(q->attest.pcrs >> 16);
	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(q->attest.pcrs & 1u << i))
			continue;
		list = lists + count / 8 * 532;
		list[0] = (uint8_t)(count % 8 + 1);
		list[4 + count % 8 * 66] = (uint8_t)bank->size;
		memcpy(list + 4 + count % 8 * 66 + 2, q->values[i], bank->size);
		count++;
	}
	put_le32(buf + 4 + 16 * 8, (uint32_t)(count + 7) / 8);
	return (size_t)(lists - buf) + (count + 7) / 8 * 532;
}

void prover_put_pcrs(struct prover *q)
{
	uint8_t buf[4096] = { 0 };

	prover_put(q, "q/quote.pcrs", buf, marshal_pcrs(q, buf));
}

size_t prover_attest(const struct prover *q, uint8_t *attest)
{
	return marshal(&q->attest, attest);
}

size_t prover_sign(const struct prover *q, const uint8_t *attest, size_t len,
		   uint8_t *signature)
{
	return sign(q, attest, len, signature);
}

void prover_write(struct prover *q)
{
	static const uint8_t checkpoint[32] = { 0xcc };
	uint8_t buf[4096] = { 0 };
	uint8_t sig[256];
	size_t len;

	prover_run(q, "rm -rf q && mkdir q");
	len = marshal(&q->attest, buf);
	prover_put(q, "q/quote.msg", buf, len);
	prover_put(q, "q/quote.sig", sig, sign(q, buf, len, sig));
	prover_put_pcrs(q);
	prover_put(q, "q/binding", &q->binding, sizeof(q->binding));
	prover_put(q, "q/base", q->base, sizeof(q->base));
	prover_put(q, "q/checkpoint", checkpoint, sizeof(checkpoint));
	prover_put(q, "q/log", q->log + q->offset[q->first],
		   q->offset[q->count] - q->offset[q->first]);
}

void prover_make(struct prover *q)
{
	prover_prepare(q);
	prover_write(q);
}

void prover_run(struct prover *q, const char *format, ...)
{
	char command[4096];
	char line[8192];
	va_list ap;

	va_start(ap, format);
	vsnprintf(command, sizeof(command), format, ap);
	va_end(ap);
	snprintf(line, sizeof(line), "cd %s && { %s; }", q->dir, command);
	if (system(line))
		fail_msg("failed: %s", command);
}

void prover_imatee(struct prover *q, int status, const char *name,
		   const char *arguments)
{
	char line[16384];
	char wanted[128];
	size_t len;
	FILE *pipe;

	snprintf(line, sizeof(line), "cd %s && %s --json %s 2>&1", q->dir, tool,
		 arguments);
	pipe = popen(line, "r");
	assert_non_null(pipe);
	len = fread(q->message, 1, sizeof(q->message) - 1, pipe);
	q->message[len] = '\0';
	q->status = pclose(pipe);
	assert_true(WIFEXITED(q->status));
	q->status = WEXITSTATUS(q->status);
	snprintf(wanted, sizeof(wanted), "\"name\": \"%s\"", name ? name : "");
	if (q->status != status || (name && !strstr(q->message, wanted)))
		fail_msg("imatee %s\nexit status %d, not %d (%s):\n%s",
			 arguments, q->status, status, name ? name : "",
			 q->message);
}

void prover_verify(struct prover *q, int status, const char *name,
		   const char *options)
{
	char arguments[4096];

	snprintf(arguments, sizeof(arguments),
		 "verify-quote --ak ak.pem --nonce " NONCE " %s q", options);
	prover_imatee(q, status, name, arguments);
}

int prover_setup(void **state)
{
	struct prover *q = calloc(1, sizeof(*q));
	char path[128];
	FILE *file;

	if (!q)
		return -1;
	strcpy(q->dir, "/tmp/prover-test-XXXXXX");
	if (!mkdtemp(q->dir))
		return -1;
	q->key = EVP_EC_gen("P-256");
	q->bank = "sha256";
	snprintf(path, sizeof(path), "%s/ak.pem", q->dir);
	file = fopen(path, "w");
	if (!q->key || !file || !PEM_write_PUBKEY(file, q->key) || fclose(file))
		return -1;
	prover_reset(q);
	*state = q;
	return 0;
}

int prover_teardown(void **state)
{
	struct prover *q = *state;

	prover_run(q, "cd / && rm -rf %s", q->dir);
	EVP_PKEY_free(q->key);
	free(q);
	return 0;
}
