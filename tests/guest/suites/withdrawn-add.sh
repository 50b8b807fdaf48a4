#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode verify, imatee.seal=user, a test image, in the initramfs: a key that is revoked from
# the start is not added, though the CA vouches for it. See withdrawn.sh for the rest.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite withdrawn-add

# KEY
padd() {
	keyctl padd asymmetric "" "$(ring_serial .ima)" <"$KEYS/$1.der"
}

equal "state" attached "$(tee_state state)"
refused "a key that is revoked from the start is added" EKEYREJECTED padd withdrawn-p256
matches "the kernel's log says why" "$(dmesg)" \
	'imatee: no key added to \.ima: the certificate or its key is revoked'
matches "audit" "$(dmesg)" 'op=imatee_add_key cause=certificate-revoked .*res=0'
equal "it is not in the TEE" 0 "$(grep -c 'withdrawn P-256' "$TEE/keys")"
works "another one is added" padd late-p256
finish
