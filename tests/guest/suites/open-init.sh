#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, but no initramfs: sealed when init starts.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-init

equal "state" sealed "$(tee_state state)"
equal "at the first program" "sealed at switch-root" "$(tee_state reason)"
matches "that is init" "$(dmesg | sed -n '/Run .sbin.imatee-init as init/,$p')" \
	'imatee: keyrings sealed at switch-root, '
refused "no key comes in" EACCES sh -c "keyctl padd asymmetric '' %:.ima </helpers/certs/added.der"
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
works "a signed file is read" read_file "$FILES/good"
finish
