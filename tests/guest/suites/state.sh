#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys: what the kernel tells of the TEE, and the TEE's keys as keyctl sees
# them.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite state

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

equal "mode" keys "$(cat "$TEE/mode")"
equal "state" sealed "$(tee_state state)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
equal "attach count of the first kernel" 1 "$(tee_state attach_count)"
equal "no test image" no "$(tee_state test_image)"
matches "boot id" "$(tee_state boot_id)" '^[0-9a-f]{32}$'
equal "not readable for everyone" 440 "$(stat -c %a "$TEE/state")"

for key in ima-rsa2048 ima-rsa3072 ima-rsa4096 ima-p256 ima-p384 ima-p521 ima-modsig; do
	matches "keys: $key" "$(cat "$TEE/keys")" "^ima +$(keyid $key) "
	matches "keyctl shows $key in .ima" "$(keyctl show %keyring:.ima)" "$(keyid $key)\$"
done
for key in evm-rsa2048 evm-p256; do
	matches "keyctl shows $key in .evm" "$(keyctl show %keyring:.evm)" "$(keyid $key)\$"
done
matches "keyctl shows platform-p256 in .platform" "$(keyctl show %keyring:.platform)" \
	"$(keyid platform-p256)\$"
equal "a line for each key" 10 "$(wc -l <"$TEE/keys")"
equal "each key of the keyrings lives in the TEE" 10 "$(grep -c ' TEE\.' /proc/keys)"

serial=$(keyctl search %keyring:.ima asymmetric "id:$(keyid ima-p256)")
matches "keyctl describe" "$(keyctl describe "$serial")" 'asymmetric: .*P-256|asymmetric: .*p256'
matches "keyctl pkey_query" "$(keyctl pkey_query "$serial" 0 enc=x962 hash=sha256)" 'key_size=256'
printf 'signed data' >/tmp/data
openssl dgst -sha256 -binary </tmp/data >/tmp/digest
openssl dgst -sha256 -sign "$KEYS/ima-p256.key" -out /tmp/sig /tmp/data
works "keyctl pkey_verify" keyctl pkey_verify "$serial" 0 /tmp/digest /tmp/sig enc=x962 hash=sha256
printf 'other data' | openssl dgst -sha256 -binary >/tmp/digest
refused "keyctl pkey_verify of something else" EKEYREJECTED \
	keyctl pkey_verify "$serial" 0 /tmp/digest /tmp/sig enc=x962 hash=sha256

start
appraise_files
before=$(stat_of lookups)
signed_file "$FILES/counted" ima-p256 evm-p256
works "a signed file is read" read_file "$FILES/counted"
# one key for security.evm, one for security.ima; setting the second attribute
# may have asked once more
matches "lookups are counted" "$(($(stat_of lookups) - before))" '^[2-4]$'
equal "none of them failed" 0 "$(stat_of failures)"
matches "and timed" "$(stat_of mean_ns)" '^[1-9][0-9]+$'
finish
