// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The layout of the messages. The header asserts the sizes; where each field
 * stands is written down here a second time, so that moving one is noticed.
 */
#include "fixture.h"

#define AT(type, field, offset) \
	assert_int_equal(offsetof(struct type, field), offset)

static void request_offsets(void **state)
{
	(void)state;
	AT(imatee_request, len, 0);
	AT(imatee_request, reserved, 4);
	AT(imatee_hello, abi_major, 8);
	AT(imatee_hello, abi_minor, 12);
	AT(imatee_attach, mode, 8);
	AT(imatee_attach, reserved, 9);
	AT(imatee_key_select, ring, 8);
	AT(imatee_key_select, select, 9);
	AT(imatee_key_select, purpose, 10);
	AT(imatee_key_select, digest_kind, 11);
	AT(imatee_key_select, value, 12);
	AT(imatee_key_select, skid_len, 16);
	AT(imatee_key_select, digest_len, 17);
	AT(imatee_key_select, reserved, 18);
	AT(imatee_key_select, skid, 24);
	AT(imatee_key_list, ring, 8);
	AT(imatee_key_list, reserved, 9);
	AT(imatee_key_list, index, 12);
	AT(imatee_key_add, ring, 8);
	AT(imatee_key_add, reserved, 9);
	AT(imatee_key_add, cert_len, 12);
	AT(imatee_verify, ring, 8);
	AT(imatee_verify, purpose, 9);
	AT(imatee_verify, digest_kind, 10);
	AT(imatee_verify, digest_algo, 11);
	AT(imatee_verify, digest_len, 12);
	AT(imatee_verify, sig_len, 16);
	AT(imatee_verify, reserved, 20);
	AT(imatee_file_digest, algo, 0);
	AT(imatee_file_digest, len, 1);
	AT(imatee_file_digest, reserved, 2);
	AT(imatee_file_digest, digest, 8);
	AT(imatee_revoke, len, 8);
	AT(imatee_revoke, reserved, 12);
	AT(imatee_revoked_list, index, 8);
	AT(imatee_revoked_list, reserved, 12);
	AT(imatee_measure, pcr, 8);
	AT(imatee_measure, flags, 9);
	AT(imatee_measure, digest_count, 10);
	AT(imatee_measure, name_len, 12);
	AT(imatee_measure, format_len, 16);
	AT(imatee_measure, fields_len, 20);
	AT(imatee_measure, content_len, 24);
	AT(imatee_measure, identity, 28);
	AT(imatee_measure, digests, 60);
	AT(imatee_log_check, segment, 8);
	AT(imatee_hash_request, flags, 8);
	AT(imatee_hash_request, count, 9);
	AT(imatee_hash_request, content_len, 12);
	AT(imatee_hash_request, identity, 16);
	AT(imatee_hash_request, states, 48);
	AT(imatee_hash_ring, produced, 0);
	AT(imatee_hash_ring, consumed, 64);
	assert_int_equal(IMATEE_HASH_RING_DATA, 4096);
}

static void log_offsets(void **state)
{
	(void)state;
	AT(imatee_digest, algo, 0);
	AT(imatee_digest, source, 1);
	AT(imatee_digest, roles, 2);
	AT(imatee_digest, digest_len, 3);
	AT(imatee_digest, len, 4);
	AT(imatee_digest, digest, 8);
	AT(imatee_digest, mac, 72);
	AT(imatee_log_record, len, 0);
	AT(imatee_log_record, pcr, 4);
	AT(imatee_log_record, flags, 5);
	AT(imatee_log_record, name_len, 6);
	AT(imatee_log_record, data_len, 8);
	AT(imatee_log_segment, first, 0);
	AT(imatee_log_segment, count, 8);
	AT(imatee_log_segment, len, 12);
	AT(imatee_log_segment, mac, 16);
	AT(imatee_hash_state, algo, 0);
	AT(imatee_hash_state, state_len, 4);
	AT(imatee_hash_state, length, 8);
	AT(imatee_hash_state, state, 16);
	AT(imatee_hash_state, mac, 464);
	AT(imatee_pcr, sha1, 0);
	AT(imatee_pcr, sha256, 20);
	AT(imatee_pcr, sha384, 52);
}

static void reply_offsets(void **state)
{
	(void)state;
	AT(imatee_reply, len, 0);
	AT(imatee_reply, error, 4);
	AT(imatee_reply, boot_id, 8);
	AT(imatee_reply, epoch, 24);
	AT(imatee_reply, seal, 32);
	AT(imatee_reply, attach_count, 36);
	AT(imatee_reply, flags, 40);
	AT(imatee_reply, needed, 44);
	AT(imatee_hello_reply, abi_major, 48);
	AT(imatee_hello_reply, version, 56);
	AT(imatee_hello_reply, keys_digest, 88);
	AT(imatee_status_reply, keys, 48);
	AT(imatee_status_reply, capacity, 64);
	AT(imatee_status_reply, ca_count, 68);
	AT(imatee_status_reply, sessions, 72);
	AT(imatee_status_reply, mode, 76);
	AT(imatee_status_reply, lookups, 80);
	AT(imatee_status_reply, refused_writes, 144);
	AT(imatee_key_list_reply, total, 48);
	AT(imatee_key_list_reply, count, 52);
	AT(imatee_key_reply, info, 48);
	AT(imatee_revoke_reply, entries, 48);
	AT(imatee_revoke_reply, keys, 52);
	AT(imatee_revoked_list_reply, total, 48);
	AT(imatee_revoked_list_reply, count, 52);
	AT(imatee_revoked, kind, 0);
	AT(imatee_revoked, hash_len, 1);
	AT(imatee_revoked, source, 2);
	AT(imatee_revoked, hash, 8);
	AT(imatee_measure_reply, position, 48);
	AT(imatee_measure_reply, outcome, 56);
	AT(imatee_measure_reply, record_len, 60);
	AT(imatee_measure_reply, closed, 64);
	AT(imatee_measure_reply, digests, 112);
	AT(imatee_log_read_reply, segment, 48);
	AT(imatee_log_status_reply, entries, 48);
	AT(imatee_log_status_reply, violations, 56);
	AT(imatee_log_status_reply, open_first, 64);
	AT(imatee_log_status_reply, open_count, 72);
	AT(imatee_log_status_reply, open_len, 76);
	AT(imatee_log_status_reply, secure_bytes, 80);
	AT(imatee_log_status_reply, pcrs_used, 84);
	AT(imatee_log_status_reply, pcrs, 88);
	AT(imatee_hash_reply, states, 48);
	AT(imatee_hash_reply, digests, 1040);
	AT(imatee_ticket_key_reply, key, 48);
}

static void attestation_offsets(void **state)
{
	(void)state;
	AT(imatee_binding, magic, 0);
	AT(imatee_binding, boot_id, 8);
	AT(imatee_binding, entries, 24);
	AT(imatee_binding, violations, 32);
	AT(imatee_binding, trimmed, 40);
	AT(imatee_binding, epoch, 48);
	AT(imatee_binding, seal, 56);
	AT(imatee_binding, attach_count, 60);
	AT(imatee_binding, flags, 64);
	AT(imatee_binding, mode, 68);
	AT(imatee_binding, keys, 72);
	AT(imatee_binding, keys_digest, 104);
	AT(imatee_binding, base, 136);
	AT(imatee_binding, order, 168);
	AT(imatee_binding, base_order, 200);
	AT(imatee_quote, bank, 8);
	AT(imatee_quote, nonce_len, 9);
	AT(imatee_quote, nonce, 16);
	AT(imatee_quote_reply, binding, 48);
	AT(imatee_quote_reply, pcrs_used, 280);
	AT(imatee_quote_reply, attest_len, 284);
	AT(imatee_quote_reply, sig_len, 288);
	AT(imatee_quote_reply, checkpoint, 296);
	AT(imatee_quote_reply, pcrs, 328);
	AT(imatee_quote_reply, base, 2824);
	AT(imatee_ak_reply, flags, 48);
	AT(imatee_ak_reply, public_len, 52);
	AT(imatee_ak_reply, csr_len, 56);
	AT(imatee_receipt, magic, 0);
	AT(imatee_receipt, boot_id, 8);
	AT(imatee_receipt, position, 24);
	AT(imatee_receipt, pcrs, 32);
	AT(imatee_receipt, order, 64);
	AT(imatee_log_trim, receipt, 8);
	AT(imatee_log_trim, checkpoint, 104);
	AT(imatee_log_trim, pcrs, 136);
	AT(imatee_log_trim, order, 2632);
	AT(imatee_log_trim, sig_len, 2664);
	AT(imatee_log_base_reply, trimmed, 48);
	AT(imatee_log_base_reply, base, 56);
}

static void key_info_offsets(void **state)
{
	(void)state;
	AT(imatee_key_info, ring, 0);
	AT(imatee_key_info, algo, 1);
	AT(imatee_key_info, source, 2);
	AT(imatee_key_info, skid_len, 3);
	AT(imatee_key_info, index, 4);
	AT(imatee_key_info, keyid, 8);
	AT(imatee_key_info, key_bits, 12);
	AT(imatee_key_info, pubkey_len, 16);
	AT(imatee_key_info, cert_len, 20);
	AT(imatee_key_info, not_before, 24);
	AT(imatee_key_info, not_after, 32);
	AT(imatee_key_info, skid, 40);
	AT(imatee_key_info, fingerprint, 104);
	AT(imatee_key_info, subject, 136);
	AT(imatee_key_record, info, 0);
	AT(imatee_key_record, issuer_known, 264);
	AT(imatee_key_record, reserved, 265);
	AT(imatee_key_record, issuer_serial, 272);
}

static void every_reply_fits(void **state)
{
	(void)state;
	assert_true(sizeof(struct imatee_key_list_reply) +
			    IMATEE_RING_COUNT * IMATEE_KEYS_PER_RING *
				    sizeof(struct imatee_key_info) <=
		    IMATEE_MSG_MAX);
	assert_true(sizeof(struct imatee_key_reply) + IMATEE_CERT_MAX <=
		    IMATEE_MSG_MAX);
	assert_true(sizeof(struct imatee_key_reply) + IMATEE_PUBKEY_MAX <=
		    IMATEE_MSG_MAX);
	assert_true(sizeof(struct imatee_key_list_reply) +
			    sizeof(struct imatee_key_record) +
			    IMATEE_PUBKEY_MAX <=
		    IMATEE_MSG_MAX);
	assert_true(sizeof(struct imatee_revoked_list_reply) +
			    IMATEE_REVOKED_MAX *
				    sizeof(struct imatee_revoked) <=
		    IMATEE_MSG_MAX);
	assert_true(IMATEE_PURPOSE_COUNT <= 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST("fields of the requests stand where they stood",
		     request_offsets),
		TEST("fields of the replies stand where they stood",
		     reply_offsets),
		TEST("fields of a key's description stand where they stood",
		     key_info_offsets),
		TEST("fields of digests, records, segments and states stand where they stood",
		     log_offsets),
		TEST("fields of quotes and receipts stand where they stood",
		     attestation_offsets),
		TEST("the longest reply of each command fits a message",
		     every_reply_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
