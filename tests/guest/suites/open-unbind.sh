#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, in the initramfs: root takes the TEE's own driver
# away, and gives it back. The TEE is sealed meanwhile, and trusted no more.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-unbind

DRIVER=/sys/bus/platform/drivers/optee

device=$(cd $DRIVER && ls -d -- *optee*)
equal "the TEE is open" open "$(tee_state seal)"
works "its driver goes" sh -c "echo $device >$DRIVER/unbind"
matches "the seal came first" "$(dmesg)" 'imatee: keyrings sealed before the TEE driver goes'
equal "state" dead "$(tee_state state)"
matches "state says why" "$(tee_state reason)" 'the TEE driver was removed'
works "its driver comes back" sh -c "echo $device >$DRIVER/bind"
matches "the TEE is sealed" "$("$HELPERS/teecall" status)" '^seal 2$'
equal "state stays" dead "$(tee_state state)"
refused "no key comes in" EACCES sh -c \
	"keyctl padd asymmetric '' %:.ima <$HELPERS/certs/added.der"
finish
