// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The file is a dump of structs of tpm2-tools, with integers that are little-endian:
 *
 *   TPML_PCR_SELECTION: le32 count, and always 16 of
 *	TPMS_PCR_SELECTION: le16 hash, u8 sizeofSelect, u8 pcrSelect[4], u8 padding
 *   le32 number of lists
 *   for each list a TPML_DIGEST: le32 count, and always 8 of
 *	TPM2B_DIGEST: le16 size, u8 buffer[64]
 *
 * with eight digests in each list but the last. What is not in use is zero.
 */
#include <endian.h>
#include <string.h>

#include "pcrs.h"
#include "replay.h"

struct selection {
	uint16_t hash;
	uint8_t size;
	uint8_t select[4];
	uint8_t padding;
};

struct digest {
	uint16_t size;
	uint8_t buffer[64];
};

#define LIST_DIGESTS 8
#define LISTS_MAX    (IMATEE_PCRS / LIST_DIGESTS)

struct file {
	uint32_t selections;
	struct selection selection[16];
	uint32_t lists;
	struct digest_list {
		uint32_t count;
		struct digest digests[LIST_DIGESTS];
	} list[LISTS_MAX];
};

_Static_assert(sizeof(struct selection) == 8, "as in tss2_tpm2_types.h");
_Static_assert(sizeof(struct digest) == 66, "as in tss2_tpm2_types.h");
_Static_assert(sizeof(struct digest_list) == 532, "as in tss2_tpm2_types.h");
_Static_assert(sizeof(struct file) == 4 + 16 * 8 + 4 + LISTS_MAX * 532,
	       "no padding in between");
_Static_assert(sizeof(struct file) <= PCRS_FILE_MAX, "fits");

/* As a TPM numbers them. */
static const uint16_t algorithms[BANK_COUNT] = {
	[BANK_SHA1] = 0x0004,
	[BANK_SHA256] = 0x000b,
	[BANK_SHA384] = 0x000c,
};

size_t pcrs_encode(const struct pcrs *pcrs, uint8_t file[PCRS_FILE_MAX])
{
	struct file f = { .selections = htole32(1) };
	struct digest_list *list;
	size_t count = 0;
	size_t len, i;

	f.selection[0].hash = htole16(algorithms[pcrs->bank]);
	f.selection[0].size = IMATEE_PCRS / 8;
	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(pcrs->select & 1u << i))
			continue;
		f.selection[0].select[i / 8] |= 1u << i % 8;
		list = &f.list[count / LIST_DIGESTS];
		list->digests[count % LIST_DIGESTS].size =
			htole16(bank_size(pcrs->bank));
		memcpy(list->digests[count % LIST_DIGESTS].buffer,
		       pcrs->values[i], bank_size(pcrs->bank));
		list->count = htole32(++count % LIST_DIGESTS ?
					      count % LIST_DIGESTS :
					      LIST_DIGESTS);
	}
	f.lists = htole32((count + LIST_DIGESTS - 1) / LIST_DIGESTS);
	len = sizeof(f) - sizeof(f.list) + le32toh(f.lists) * sizeof(f.list[0]);
	memcpy(file, &f, len);
	return len;
}

static bool find_bank(uint16_t algorithm, enum bank *bank)
{
	for (*bank = 0; *bank < BANK_COUNT; ++*bank)
		if (algorithms[*bank] == algorithm)
			return true;
	return false;
}

/* One that is made of what was read must be what was read. */
bool pcrs_decode(const uint8_t *file, size_t len, struct pcrs *pcrs)
{
	uint8_t again[PCRS_FILE_MAX];
	struct file f = { 0 };
	size_t count = 0;
	size_t i;

	memset(pcrs, 0, sizeof(*pcrs));
	if (len > sizeof(f))
		return false;
	memcpy(&f, file, len);
	if (!find_bank(le16toh(f.selection[0].hash), &pcrs->bank))
		return false;
	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(f.selection[0].select[i / 8] & 1u << i % 8))
			continue;
		pcrs->select |= 1u << i;
		memcpy(pcrs->values[i],
		       f.list[count / LIST_DIGESTS]
			       .digests[count % LIST_DIGESTS]
			       .buffer,
		       bank_size(pcrs->bank));
		count++;
	}
	return pcrs_encode(pcrs, again) == len && !memcmp(again, file, len);
}

void pcrs_digest(const struct pcrs *pcrs, uint8_t digest[32])
{
	uint8_t all[IMATEE_PCRS * BANK_DIGEST_MAX];
	size_t len = 0;
	size_t i;

	for (i = 0; i < IMATEE_PCRS; i++) {
		if (!(pcrs->select & 1u << i))
			continue;
		memcpy(all + len, pcrs->values[i], bank_size(pcrs->bank));
		len += bank_size(pcrs->bank);
	}
	replay_hash(BANK_SHA256, all, len, digest);
}

void pcrs_binding(enum bank bank, const void *binding,
		  uint8_t value[BANK_DIGEST_MAX])
{
	struct imatee_pcr pcr = { 0 };
	uint8_t digest[BANK_DIGEST_MAX];

	replay_hash(bank, binding, sizeof(struct imatee_binding), digest);
	replay_extend(&pcr, bank, digest);
	memcpy(value, bank_value(&pcr, bank), bank_size(bank));
}
