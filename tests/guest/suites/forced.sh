#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel built with IMATEE_FORCE_MODE="verify" and booted with imatee.mode=off. One
# key of the TEE is on its .blacklist.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite forced

stat_of() {
	sed -n "s/^$1: //p" "$TEE/stats"
}

matches "the command line says off" "$(cat /proc/cmdline)" "imatee.mode=off"
equal "mode" verify "$(cat "$TEE/mode")"
equal "state" sealed "$(tee_state state)"
matches "the kernel's log says so" "$(dmesg)" \
	'imatee.mode=off ignored, the kernel is built for verify'
refused "no key comes into .ima" EACCES sh -c \
	"keyctl padd asymmetric '' %keyring:.ima <$KEYS/late-p256.der"

equal "a key on .blacklist is held by the TEE" 1 "$(grep -c 'IMA RSA-3072' "$TEE/keys")"
equal "but not shown" "" "$(keyctl rdescribe %:.ima >/dev/null; keyctl show %:.ima | grep 'IMA RSA-3072')"
matches "and the kernel's log says why" "$(dmesg)" 'imatee: key [0-9]+ of ring 1 is not shown: -129'
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
signed_file "$FILES/barred" ima-rsa3072 evm-p256
verifications=$(stat_of verifications) lookups=$(stat_of lookups)
works "a file signed by another key is read" read_file "$FILES/good"
equal "it is the TEE that has verified both signatures" 2 \
	"$(($(stat_of verifications) - verifications))"
equal "and no key has left it for that" "$lookups" "$(stat_of lookups)"
tampered "$FILES/good" "$FILES/changed"
refused_for "the same, changed" "$FILES/changed" invalid-signature
refused "a file signed by the key on .blacklist" EACCES read_file "$FILES/barred"
matches "the kernel's log says so" "$(dmesg)" "imatee: key id:[0-9a-f]{8} is on the kernel's .blacklist"
finish
