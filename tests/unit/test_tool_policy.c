// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * imatee verify-quote: what a policy allows, and what not.
 */
#include "judging.h"

static void digests(void **state)
{
	struct prover *q = *state;

	prover_file(q, "/bin/a", "a", NULL, 0);
	prover_file(q, "/bin/b", "b", NULL, 0);
	prover_make(q);
	policy(q, "'digests': ['sha256:%s', 'sha256:%s', 'sha1:%s']",
	       hex("sha256", "b"), hex("sha256", "a"), hex("sha1", "c"));
	allows(q);
	policy(q, "'digests': ['sha256:%s']", hex("sha256", "a"));
	refuses(q,
		"entry 1: its digest is not allowed, and it has no signature");
	policy(q, "'digests': ['sha3-256:%s', 'sha256:%s']", hex("sha256", "b"),
	       hex("sha256", "a"));
	refuses(q, "entry 1: ");
	policy(q, "'digests': []");
	refuses(q,
		"2 entries are not allowed by the policy, the first at position 0");
	policy(q, "'signers': []");
	refuses(q, "2 entries");
	policy(q, "%s", "");
	allows(q);
	/* an entry of an fs-verity digest does not say so without d-ngv2 */
	policy(q, "'digests': ['verity:sha256:%s', 'sha256:%s']",
	       hex("sha256", "b"), hex("sha256", "a"));
	allows(q);
}

static void kinds_of_digest(void **state)
{
	struct prover *q = *state;

	put_v2(q, "ima-ngv2", "ima:", "a", "", 0);
	put_v2(q, "ima-ngv2", "verity:", "b", "", 0);
	prover_make(q);
	policy(q, "'digests': ['sha256:%s', 'verity:sha256:%s']",
	       hex("sha256", "a"), hex("sha256", "b"));
	allows(q);
	policy(q, "'digests': ['sha256:%s', 'sha256:%s']", hex("sha256", "a"),
	       hex("sha256", "b"));
	refuses(q, "entry 1: ");
	policy(q, "'digests': ['verity:sha256:%s', 'verity:sha256:%s']",
	       hex("sha256", "a"), hex("sha256", "b"));
	refuses(q, "entry 0: ");
	prover_reset(q);
	put_v2(q, "ima-ngv2", "other:", "a", "", 0);
	prover_make(q);
	policy(q, "'digests': ['sha256:%s']", hex("sha256", "a"));
	refuses(q, "entry 0: it does not begin with a digest");
}

/* A buffer with a digest of one's own. */
static void put_digested(struct prover *q, const char *algorithm,
			 const uint8_t *digest, uint32_t size)
{
	static const char rest[] = "\2\0\0\0x\0\6\0\0\0buffer";
	char data[256];
	const uint32_t name = (uint32_t)sprintf(data + 4, "%s:", algorithm) + 1;
	const uint32_t len = name + size;

	memcpy(data, &len, sizeof(len));
	memcpy(data + 4 + name, digest, size);
	memcpy(data + 4 + len, rest, sizeof(rest) - 1);
	prover_entry(q, 10, "ima-buf", data, 4 + len + sizeof(rest) - 1, false);
}

/* Hashes that the tool cannot compute: digests are compared, and a buffer is not believed. */
static void hashes_without_code(void **state)
{
	static const struct {
		const char *algorithm;
		uint32_t size;
	} hashes[] = { { "streebog256", 32 },
		       { "streebog512", 64 },
		       { "wp256", 32 },
		       { "wp384", 48 },
		       { "wp512", 64 } };
	struct prover *q = *state;
	uint8_t digest[65]; /* one more than any has */
	char text[2 * sizeof(digest) + 1];
	size_t i, j;

	for (i = 0; i < sizeof(digest); i++) {
		digest[i] = (uint8_t)(i + 1);
		sprintf(text + 2 * i, "%02x", digest[i]);
	}
	for (i = 0; i < sizeof(hashes) / sizeof(hashes[0]); i++) {
		prover_reset(q);
		put_digested(q, hashes[i].algorithm, digest, hashes[i].size);
		prover_make(q);
		policy(q, "'digests': ['%s:%.*s']", hashes[i].algorithm,
		       (int)(2 * hashes[i].size), text);
		allows(q);
		policy(q, "'buffers': true, 'digests': []");
		refuses(q, "entry 0: its digest is not allowed");
		for (j = 0; j < 2; j++) {
			prover_reset(q);
			put_digested(q, hashes[i].algorithm, digest,
				     hashes[i].size + (j ? 1 : -1u));
			prover_make(q);
			refuses(q, "entry 0: it does not begin with a digest");
		}
	}
	/* which it can of SM3 */
	prover_reset(q);
	put_digested(q, "sm3", digest,
		     (uint32_t)prover_hash("sm3", "buffer", 6, digest));
	prover_make(q);
	allows(q);
	prover_reset(q);
	digest[0] ^= 1;
	put_digested(q, "sm3", digest, 32);
	prover_make(q);
	refuses(q, "entry 0: its digest is not allowed");
}

/* The name of a template is nobody's word. */
static void templates(void **state)
{
	struct prover *q = *state;
	char data[64] = "\x04\0\0\0/x\0\0\x28\0\0\0sha256:";

	prover_hash("sha256", "a", 1, (uint8_t *)data + 20);
	prover_entry(q, 10, "n-ng|d-ng", data, 52, false);
	prover_make(q);
	policy(q, "'digests': ['sha256:%s']", hex("sha256", "a"));
	refuses(q, "entry 0: it does not begin with a digest");
	prover_reset(q);
	/* a file's signature does not pass for its digest under another name */
	put_v2(q, "sig|n-ng|d-ng", "", "evil", data + 8, 44);
	prover_make(q);
	refuses(q, "entry 0: ");
	/* nor a file for a buffer */
	prover_reset(q);
	put_v2(q, "ima-buf", "", "evil", data + 8, 44);
	prover_make(q);
	policy(q, "'digests': [], 'buffers': true");
	refuses(q, "entry 0: ");
	/* nor what stands somewhere else in its entry for one */
	prover_reset(q);
	put_buffer(q, "d-ng|n-ng|buf", "buffer", "evil");
	prover_make(q);
	allows(q);
	prover_reset(q);
	put_v2(q, "d-ng|n-ng|sig|buf", "", "evil", "\0\0\0\0\4\0\0\0evil", 12);
	prover_make(q);
	refuses(q, "entry 0: ");
	/* nor a file that is its own signature */
	prover_reset(q);
	put_buffer(q, "ima-buf", "name", "\3evil");
	put_buffer(q, "ima-buf", "name", "\5evil");
	put_buffer(q, "ima-buf", "name", "\6evil");
	put_buffer(q, "ima-buf", "/a/path", "evil");
	prover_make(q);
	refuses(q, "4 entries");
}

#define ZEROS                              \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" \
	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const char aggregate[] = "\x28\0\0\0sha256:\0" ZEROS
				"\x0f\0\0\0boot_aggregate";

static void put_aggregate(struct prover *q, uint32_t pcr)
{
	prover_entry(q, pcr, "ima-ng", aggregate, sizeof(aggregate), false);
	prover_make(q);
}

/* Zeros are a digest that files may have, and each kernel has one boot_aggregate. */
static void aggregates(void **state)
{
	struct prover *q = *state;
	char other[sizeof(aggregate)];

	policy(q, "'digests': ['sha256:%s']", hex("sha256", "a"));
	put_aggregate(q, 10);
	allows(q);
	put_aggregate(q, 10);
	refuses(q, "entry 1: ");
	/* kexec */
	q->binding.attach_count = 2;
	prover_make(q);
	allows(q);
	put_aggregate(q, 10);
	refuses(q, "entry 2: ");
	/* behind something else it is of a later kernel */
	prover_reset(q);
	put_v2(q, "ima-ng", "", "a", "", 0);
	put_aggregate(q, 10);
	refuses(q, "entry 1: ");
	q->binding.attach_count = 2;
	prover_make(q);
	allows(q);
	/* for another PCR, or under another name */
	prover_reset(q);
	put_aggregate(q, 11);
	refuses(q, "entry 0: ");
	prover_reset(q);
	memcpy(other, aggregate, sizeof(other));
	other[sizeof(other) - 2] ^= 1;
	prover_entry(q, 10, "ima-ng", other, sizeof(other), false);
	prover_make(q);
	refuses(q, "entry 0: ");
	/* with a digest */
	prover_reset(q);
	memcpy(other, aggregate, sizeof(other));
	other[12] = 1;
	prover_entry(q, 10, "ima-ng", other, sizeof(other), false);
	prover_make(q);
	refuses(q, "entry 0: ");
	/* what tells that a file has no fs-verity, and a violation */
	prover_reset(q);
	prover_entry(q, 10, "ima-ngv2",
		     "\x2f\0\0\0verity:sha256:\0" ZEROS
		     "\x0f\0\0\0boot_aggregate",
		     sizeof(aggregate) + 7, false);
	prover_make(q);
	refuses(q, "entry 0: ");
	prover_reset(q);
	prover_entry(q, 10, "ima-ng", aggregate, sizeof(aggregate), true);
	prover_make(q);
	refuses(q, "entry 0: a violation");
}

/* With a state, only the kernels that came since may bring another one. */
static void aggregates_later(void **state)
{
	struct prover *q = *state;

	policy(q, "'digests': []");
	q->binding.attach_count = 2;
	put_aggregate(q, 10);
	put_aggregate(q, 10);
	prover_verify(q, 0, NULL, "--policy policy --state state");
	put_aggregate(q, 10);
	prover_verify(q, 10, "entries_not_allowed",
		      "--policy policy --state state");
	q->binding.attach_count = 3;
	prover_make(q);
	prover_verify(q, 0, NULL, "--policy policy --state state");
}

static void other_entries(void **state)
{
	struct prover *q = *state;

	put_aggregate(q, 10);
	policy(q, "'digests': []");
	allows(q);
	put_buffer(q, "ima-buf", "", "buffer");
	prover_make(q);
	refuses(q, "entry 1: ");
	policy(q, "'digests': [], 'buffers': true");
	allows(q);
	policy(q, "'digests': ['sha256:%s']", hex("sha256", "buffer"));
	allows(q);
	prover_entry(q, 10, "ima-ng", "\4\0\0\0abcd", 8, true);
	prover_make(q);
	refuses(q, "entry 2: a violation");
	policy(q, "'digests': ['sha256:%s'], 'violations': true",
	       hex("sha256", "buffer"));
	allows(q);
	policy(q, "'violations': false");
	refuses(q, "entry 2: a violation");
	policy(q, "%s", "");
	allows(q);
	/* of a PCR that does not matter */
	prover_entry(q, 11, "ima-ng", "\4\0\0\0abcd", 8, false);
	prover_make(q);
	policy(q, "'digests': []");
	refuses(q, "3 entries");
	policy(q, "'digests': [], 'pcrs': [11]");
	refuses(q, "1 entry is");
	policy(q, "'digests': [], 'pcrs': [12, 0, 23]");
	allows(q);
}

#define WITH_BINDING(field, value, status, name)                       \
	do {                                                           \
		const struct imatee_binding before = q->binding;       \
                                                                       \
		q->binding.field = (value);                            \
		prover_make(q);                                        \
		prover_verify(q, (status), (name), "--policy policy"); \
		q->binding = before;                                   \
	} while (0)

static void devices(void **state)
{
	struct prover *q = *state;

	policy(q, "'unsealed': true");
	WITH_BINDING(seal, IMATEE_SEAL_OPEN, 0, NULL);
	WITH_BINDING(mode, IMATEE_MODE_KEYS, 10, "mode_not_allowed");
	policy(q, "'modes': ['keys', 'verify']");
	WITH_BINDING(mode, IMATEE_MODE_KEYS, 0, NULL);
	WITH_BINDING(mode, IMATEE_MODE_FULL, 10, "mode_not_allowed");
	WITH_BINDING(flags, IMATEE_BINDING_DEVELOPMENT, 1, "development");
	policy(q, "'keys': ['01020300000000000000000000000000"
		  "00000000000000000000000000000000']");
	WITH_BINDING(keys[0], 1, 0, NULL);
	WITH_BINDING(keys[31], 1, 10, "keys_not_allowed");
	policy(q, "'keys_digest': ['04050600000000000000000000000000"
		  "00000000000000000000000000000000']");
	WITH_BINDING(keys_digest[0], 4, 0, NULL);
	WITH_BINDING(keys_digest[0], 5, 10, "keys_not_allowed");
	policy(q, "'keys': []");
	WITH_BINDING(keys[0], 1, 10, "keys_not_allowed");
	WITH_BINDING(attach_count, UINT32_MAX, 10, "keys_not_allowed");
	policy(q, "'kernels': 2");
	WITH_BINDING(attach_count, 2, 0, NULL);
	WITH_BINDING(attach_count, 3, 10, "kernels_not_allowed");
}

/* Who judges entries wants to see them all. */
static void trimmed(void **state)
{
	struct prover *q = *state;

	prover_file(q, "/bin/a", "a", NULL, 0);
	prover_file(q, "/bin/b", "b", NULL, 0);
	prover_trim(q, 1);
	prover_make(q);
	policy(q, "'digests': ['sha256:%s']", hex("sha256", "b"));
	prover_verify(q, 11, "log_incomplete", "--policy policy");
	policy(q, "'digests': ['sha256:%s'], 'trimmed': true",
	       hex("sha256", "b"));
	allows(q);
	policy(q, "'modes': ['full']");
	allows(q);
	/* nobody could tell whether one of them was a violation */
	policy(q, "'violations': false");
	prover_verify(q, 11, "log_incomplete", "--policy policy");
	policy(q, "'violations': false, 'trimmed': true");
	allows(q);
	policy(q, "'violations': true");
	allows(q);
}

static void malformed_policies(void **state)
{
	static const char *const members[] = {
		"'unknown': true",
		"'digests': [], 'digests': []",
		"'digests': {}",
		"'digests': ['sha256:00']",
		"'digests': ['sha256']",
		"'digests': ['sha257:00']",
		"'digests': [1]",
		"'digests': ['sha1:AA00000000000000000000000000000000000000']",
		"'digests': ['sha1:0000000000000000000000000000000000000000']",
		"'digests': ['verity:sha1:0000000000000000000000000000000000000000']",
		"'digests': ['sha1:00:00000000000000000000000000000000000000']",
		"'signers': [1]",
		"'signers': ['none.pem']",
		"'signers': ['ak.pem']",
		"'signers': ['ak.pub']",
		"'signers': 'ak.pem'",
		"'unsealed': 1",
		"'violations': 'yes'",
		"'modes': ['all']",
		"'modes': 'full'",
		"'kernels': -1",
		"'kernels': true",
		"'kernels': 1.0",
		"'kernels': '1'",
		"'pcrs': [24]",
		"'pcrs': [-1]",
		"'pcrs': ['10']",
		"'keys': ['00']",
		"'policy': 1",
		"'unsealed': true,",
		"'unsealed': true} {",
	};
	struct prover *q = *state;
	size_t i;

	prover_make(q);
	prover_run(q, "echo hello >ak.pub");
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		policy(q, "%s", members[i]);
		prover_verify(q, 9, NULL, "--policy policy");
	}
	prover_put(q, "policy", "{}", 2);
	prover_verify(q, 9, "policy_malformed", "--policy policy");
	prover_put(q, "policy", "{\"policy\": 2}", 13);
	prover_verify(q, 9, "policy_malformed", "--policy policy");
	prover_put(q, "policy", "[]", 2);
	prover_verify(q, 9, "policy_malformed", "--policy policy");
	prover_verify(q, 9, "io", "--policy none");
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		PROVER_TEST("policy: digests", digests),
		PROVER_TEST("policy: digests of content, and of fs-verity",
			    kinds_of_digest),
		PROVER_TEST("policy: hashes that the tool has no code for",
			    hashes_without_code),
		PROVER_TEST("policy: the name of a template allows nothing",
			    templates),
		PROVER_TEST("policy: one boot_aggregate for each kernel",
			    aggregates),
		PROVER_TEST("policy: the same with a state", aggregates_later),
		PROVER_TEST("policy: boot_aggregate, buffers, violations, PCRs",
			    other_entries),
		PROVER_TEST("policy: seal, mode and keys", devices),
		PROVER_TEST("policy: trimmed logs", trimmed),
		PROVER_TEST("policy: files that are none", malformed_policies),
	};

	(void)argc;
	prover_init(argv[0]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
