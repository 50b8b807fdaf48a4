#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, a test image, in the initramfs: the TEE does not
# take the seal. The kernel gives it up. Suite "given-up" goes on from there.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-refuse

SEAL=4 BUSY=1 FOREVER=4294967295

put() {
	echo "$1" >"$TEE/seal"
}

matches "the seal will fail" "$("$HELPERS/teecall" fail $SEAL $BUSY $FOREVER)" '^error 0$'
refused "writing 1" EIO put 1
equal "state" dead "$(tee_state state)"
matches "state says why" "$(tee_state reason)" 'did not seal'
matches "so does the kernel's log" "$(dmesg)" \
	'imatee: no signature will verify: the TEE did not seal its keyrings'
matches "the TEE is open" "$("$HELPERS/teecall" status)" '^seal 1$'
refused "but the kernel hands it no key" EACCES sh -c \
	"keyctl padd asymmetric '' %:.ima <$HELPERS/certs/added.der"
refused "writing 1 again" EIO put 1
finish
