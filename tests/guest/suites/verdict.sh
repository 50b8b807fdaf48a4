#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes verify and full: it is the TEE that verifies, in one call for each signature, and no
# key leaves it for that.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "verdict-$(mode)"

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

# COMMAND...: how many calls it brings, "VERIFICATIONS LOOKUPS"
calls() {
	_verifications=$(stat_of verifications) _lookups=$(stat_of lookups)
	"$@" >/dev/null 2>&1
	echo "$(($(stat_of verifications) - _verifications)) $(($(stat_of lookups) - _lookups))"
}

matches "mode" "$(mode)" '^(verify|full)$'
equal "state" sealed "$(tee_state state)"
start
# Where the kernel tests itself, there are some.
failures=$(stat_of verify_failures)
appraise_files

for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p256 ima-p384 ima-p521; do
	for evm in evm-rsa2048 evm-p256; do
		signed_file "$FILES/$key-$evm" $key $evm
		# a call for each of the two signatures, and none for a key
		equal "calls for a file signed with $key and $evm" "2 0" \
			"$(calls read_file "$FILES/$key-$evm")"
		equal "calls for the same file once more" "0 0" \
			"$(calls read_file "$FILES/$key-$evm")"
		equal "it runs" runs "$(outcome "$FILES/$key-$evm")"
		tampered "$FILES/$key-$evm" "$FILES/changed"
		refused_for "the same, changed" "$FILES/changed" invalid-signature
	done
done
before=$(stat_of verify_refused)
signed_file "$FILES/other" attacker-p256 evm-p256
refused_for "a file signed with an unknown key" "$FILES/other" invalid-signature
matches "it is counted: no such key" "$(stat_of verify_no_key)" '^[1-9][0-9]*$'
matches "the changed ones are: refused" "$before" '^[1-9][0-9]*$'
equal "no verification failed" "$failures" "$(stat_of verify_failures)"
matches "they are timed" "$(stat_of verify_mean_ns)" '^[1-9][0-9]+$'

# --- keyctl asks as ever
serial=$(keyctl search %keyring:.ima asymmetric "id:$(keyid ima-p256)")
matches "keyctl pkey_query" "$(keyctl pkey_query "$serial" 0 enc=x962 hash=sha256)" 'key_size=256'
finish
