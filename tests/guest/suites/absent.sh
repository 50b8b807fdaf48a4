#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A mode other than off, and no TEE that could serve it: absent, or a mode that
# this kernel does not have. Nothing verifies, and the kernel says why. A TEE that
# is there is sealed all the same.
#
#   absent.sh NAME MODE REASON
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "$1"

equal "mode" "$2" "$(cat "$TEE/mode")"
equal "state" dead "$(tee_state state)"
matches "state says why" "$(tee_state reason)" "$3"
matches "so does the kernel's log" "$(dmesg)" "imatee: no signature will verify: .*$3"
matches "and an audit record" "$(dmesg)" 'audit: type=1802 .*op=imatee '
equal "EVM is on" 2 "$(cat "$EVM")"
equal "no keys in .ima" "" "$(keyctl rlist %keyring:.ima | tr -d ' ' | grep -v empty)"
for ring in .ima .evm .platform; do
	refused "no key comes into $ring" EACCES sh -c \
		"keyctl padd asymmetric '' %keyring:$ring <$KEYS/late-p256.der"
done
refused "the list of keys" EIO cat "$TEE/keys"
case $1 in
no-tee | no-ta | abi) ;;
*) matches "the TEE is sealed" "$(dmesg)" "imatee: a TEE that is not used is sealed" ;;
esac
start_evm
nothing_verifies "$1"
finish
