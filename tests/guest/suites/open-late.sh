#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, a test image, in the initramfs: the TEE does not take the
# seal, and the kernel gives it up. It takes it later, and must not stay open.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-late

SEAL=4 BUSY=1 TRIES=20

put() {
	echo "$1" >"$TEE/seal"
}

matches "the seal will fail as often as it is tried" \
	"$("$HELPERS/teecall" fail $SEAL $BUSY $TRIES)" '^error 0$'
refused "writing 1" EIO put 1
equal "state" dead "$(tee_state state)"
matches "the TEE is open" "$("$HELPERS/teecall" status)" '^seal 1$'
refused "writing 1 again" EIO put 1
matches "the TEE is sealed" "$("$HELPERS/teecall" status)" '^seal 2$'
matches "the kernel's log says so" "$(dmesg)" 'imatee: a TEE that was given up is sealed'
equal "and nothing verifies as before" dead "$(tee_state state)"
finish
