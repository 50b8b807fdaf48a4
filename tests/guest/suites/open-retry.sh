#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, a test image, in the initramfs: the TEE is busy, or
# has no memory, when the seal comes. The kernel asks again.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-retry

SEAL=4 OUT_OF_MEMORY=2

put() {
	echo "$1" >"$TEE/seal"
}

matches "the seal will fail 5 times" "$("$HELPERS/teecall" fail $SEAL $OUT_OF_MEMORY 5)" \
	'^error 0$'
equal "state" attached "$(tee_state state)"
works "writing 1" put 1
equal "it did fail 5 times" 5 "$(dmesg | grep -c 'imatee: command 4: TEE error 0xffff000c')"
equal "state" sealed "$(tee_state state)"
equal "reason" "sealed on request" "$(tee_state reason)"
equal "seal, as the TEE says it" sealed "$(tee_state seal)"
refused "no more keys" EACCES sh -c \
	"keyctl padd asymmetric '' %:.ima <$HELPERS/certs/added.der"
finish
