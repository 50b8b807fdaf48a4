#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Modes keys and verify: another kernel takes over, when idle or with files being appraised
# on all CPUs. It finds the same TEE, sealed, with the same keys, and what is revoked stays
# so: nobody revokes anything there. Or EVM's keys have all been revoked: EVM is on all the
# same.
#
#   kexec.sh idle|load|evm	in the first kernel
#   kexec.sh		in the second
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh

STATE=/var/kexec.state

# FILE: a hash in the place of the signature; no other file has this content
hashed_file() {
	fresh "$1" "$HELPERS/hello"
	chown 0 "$1"
	echo "$1" >>"$1"
	quiet_evmctl ima_hash -a sha256 "$1"
	evm_sign "$1" evm-p256
}

first_kernel() {
	suite "kexec-$1-$(mode)"
	start
	appraise_files
	signed_file "$FILES/a" ima-p256 evm-p256
	signed_file "$FILES/b" ima-rsa2048 evm-rsa2048
	works "first kernel: a signed file is read" read_file "$FILES/a"
	signed_file "$FILES/c" ima-p384 evm-p256
	hashed_file "$FILES/hashed"
	hashed_file "$FILES/bad"
	works "first kernel: a file with a hash is read" read_file "$FILES/bad"
	if [ "$1" = evm ]; then
		request "$(spki_of evm-p256)" "$(tbs_of evm-rsa2048)"
	else
		request "$(tbs_of ima-p384)" "bin:$(sha256sum <"$FILES/bad" | cut -d ' ' -f 1)"
	fi
	works "first kernel: keys are revoked, or a key and a digest" revoke
	{
		echo "$1"
		mode
		tee_state boot_id
		tee_state attach_count
	} >$STATE
	cp "$TEE/keys" $STATE.keys
	cp "$TEE/revoked" $STATE.revoked
	works "load the second kernel" kexec -s -l /kernel/Image \
		--append="$(cat /proc/cmdline) imatee.resume=/tests/guest/suites/kexec.sh"
	echo "# first kernel: $passed passed, $failed failed"
	if [ "$1" = load ]; then
		for n in 1 2 3 4; do
			"$HELPERS/openloop" 60 "$FILES/a" "$FILES/b" >/dev/null &
		done
		sleep 1
	fi
	echo "$n" >/dev/null
	sync
	exec kexec -e
}

# EVM that is off would let IMA pass these.
without_evm_keys() {
	equal "second kernel: no key is left in .evm" 0 "$(grep -c '^evm ' "$TEE/keys")"
	equal "second kernel: EVM is on" 2 "$(($(cat "$EVM") & 2))"
	refused_for "second kernel: a file signed by a revoked key of .evm" "$FILES/a" \
		invalid-fail-immutable
	fresh "$FILES/noevm" "$HELPERS/hello"
	ima_sign "$FILES/noevm" ima-p256
	refused_for "second kernel: a file without security.evm" "$FILES/noevm" missing-HMAC
}

second_kernel() {
	{
		read -r how
		read -r mode
		read -r boot_id
		read -r attach_count
	} <$STATE
	suite "kexec-$how-$mode"
	equal "second kernel: mode" "$mode" "$(mode)"
	equal "second kernel: state" sealed "$(tee_state state)"
	equal "second kernel: the TEE says sealed" sealed "$(tee_state seal)"
	equal "second kernel: same boot id" "$boot_id" "$(tee_state boot_id)"
	equal "second kernel: one more attach" $((attach_count + 1)) "$(tee_state attach_count)"
	equal "second kernel: same keys" "$(cat $STATE.keys)" "$(cat "$TEE/keys")"
	start
	appraise_files
	equal "second kernel: the same is revoked" "$(cat $STATE.revoked)" "$(cat "$TEE/revoked")"
	if [ "$how" = evm ]; then
		without_evm_keys
		finish
	fi
	works "second kernel: a signed file is read" read_file "$FILES/a"
	equal "second kernel: these are two entries" 2 "$(wc -l <"$TEE/revoked")"
	matches "second kernel: a certificate" "$(cat "$TEE/revoked")" '^tbs:[0-9a-f]{64} added$'
	refused_for "second kernel: a file signed by the revoked key" "$FILES/c" invalid-signature
	matches "second kernel: and a digest" "$(cat "$TEE/revoked")" '^bin:[0-9a-f]{64} added$'
	refused_for "second kernel: a file with a hash that is revoked" "$FILES/bad" revoked-digest
	works "second kernel: a file with another hash" read_file "$FILES/hashed"
	fresh "$FILES/unsigned" "$HELPERS/hello"
	refused_for "second kernel: an unsigned file" "$FILES/unsigned" IMA-signature-required
	refused "second kernel: no key comes into .ima" EACCES sh -c \
		"keyctl padd asymmetric '' %keyring:.ima <$KEYS/late-p256.der"
	finish
}

case ${1-} in
"") second_kernel ;;
*) first_kernel "$1" ;;
esac
