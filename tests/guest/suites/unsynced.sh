#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify, a test image: a verifier that does not load the keys anew when one was
# revoked. It is asked again; if it still has what was revoked, nothing verifies.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
. /tests/guest/toollib.sh
suite unsynced

# What a signature with such a key id brings about: see imatee_abi.h.
SYNC_ONCE=7e570004 SYNC=7e570005

# KEYID: the verifier gets a signature with it
trigger() {
	fresh "$FILES/$1" "$HELPERS/hello"
	ima_sign "$FILES/$1" ima-p256 --keyid "$1"
	evm_sign "$FILES/$1" evm-p256
	refused "the file with the key id $1" EACCES read_file "$FILES/$1"
}

failed_syncs() {
	dmesg | grep -c 'imatee: command 10: TEE error 0xffff000c'
}

equal "a test image says so" yes "$(tee_state test_image)"
start
appraise_files
# one CPU, so that all of it meets one verifier
echo 0 >/sys/devices/system/cpu/cpu1/online
for key in ima-p256 ima-p384 ima-rsa3072; do
	signed_file "$FILES/$key" $key evm-p256
	works "before: a file signed by $key" read_file "$FILES/$key"
done

# --- it has no memory, for a moment
trigger $SYNC_ONCE
request "$(tbs_of ima-p384)"
before=$(failed_syncs)
works "once it fails: the key is revoked" revoke
equal "once it fails: it has failed once" 1 "$(($(failed_syncs) - before))"
equal "once it fails: state" sealed "$(tee_state state)"
refused_for "once it fails: a file of the key" "$FILES/ima-p384" invalid-signature
works "once it fails: another file" read_file "$FILES/ima-p256"

# --- it has none, whoever asks, and however often
trigger $SYNC
entry=$(tbs_of ima-rsa3072)
request "$entry"
before=$(failed_syncs)
exits "it fails: imatee revoke" 9 'could not bring it into force: see .*/state' \
	imatee revoke /tmp/request
# the kernel's log has no more than ten such lines
matches "it fails: it was asked again" "$(($(failed_syncs) - before))" '^([2-9]|1[0-9]|20)$'
equal "it fails: state" dead "$(tee_state state)"
equal "it fails: state says why, and what to do" \
	"a verifier did not take a revocation: reset the machine" "$(tee_state reason)"
matches "it fails: so does the kernel's log" "$(dmesg)" \
	'imatee: no signature will verify: a verifier did not take a revocation: reset the machine'
refused "it fails: the file of the key, read before" EACCES read_file "$FILES/ima-rsa3072"
refused "it fails: the file of another, read before" EACCES read_file "$FILES/ima-p256"
refused "it fails: the request once more" EIO revoke
refused "it fails: the kernel tells nothing of the list" EIO cat "$TEE/revoked"

# --- the keeper is well: it has taken the list, and says so
matches "it fails: imatee revoked" "$(imatee revoked)" "^added +$entry\$"
exits "it fails: imatee status" 0 'sealed' imatee status
nothing_verifies unsynced
works "it fails: the machine goes on" sh -c 'true | cat'
finish
