#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, after the switch to the real root: the keys that the
# initramfs added (suite "add") verify, and no more come.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite added

CERTS=/helpers/certs

padd() {
	keyctl padd asymmetric "" "$1" <"$CERTS/by-intermediate.der"
}

equal "state" sealed "$(tee_state state)"
equal "at switch-root" "sealed at switch-root" "$(tee_state reason)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
equal "keys of the initramfs in .ima" 4 "$(grep -c '^ima .* added ' "$TEE/keys")"
equal "keys of the initramfs in .evm" 30 "$(grep -c '^evm .* added ' "$TEE/keys")"
equal "all of them shown by keyctl" 43 "$(($(keyctl rlist %keyring:.ima | wc -w) + \
	$(keyctl rlist %keyring:.evm | wc -w)))"
for name in .ima .evm; do
	refused "$name: padd" EACCES padd "$(ring_serial $name)"
done
works "sealing once more" sh -c "echo 1 >$TEE/seal"

start
appraise_files
cp "$CERTS/leaf.key" "$KEYS/added.key"
cp "$CERTS/evm.key" "$KEYS/added-evm.key"
cp "$CERTS/forged.key" "$KEYS/forged.key"
signed_file "$FILES/added" added added-evm
works "a file signed with added keys is read" read_file "$FILES/added"
equal "and runs" runs "$(outcome "$FILES/added")"
tampered "$FILES/added" "$FILES/tampered"
refused_for "changed, it is not" "$FILES/tampered" invalid-signature
signed_file "$FILES/forged" forged evm-p256
refused_for "one signed with a key that was refused" "$FILES/forged" invalid-signature
signed_file "$FILES/good" ima-p256 evm-p256
works "the built-in keys verify as ever" read_file "$FILES/good"
finish
