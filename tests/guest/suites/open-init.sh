#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys, imatee.seal=user, but no initramfs: sealed before init.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite open-init

equal "state" sealed "$(tee_state state)"
equal "before init" "sealed before init: there is no initramfs to add keys" "$(tee_state reason)"
matches "indeed" "$(dmesg | sed '/Run .sbin.imatee-init as init/,$d')" \
	'imatee: keyrings sealed before init: there is no initramfs'
equal "and never open to user space" "" "$(dmesg | grep 'keys may be added')"
refused "no key comes in" EACCES sh -c "keyctl padd asymmetric '' %:.ima </helpers/certs/added.der"
start
appraise_files
signed_file "$FILES/good" ima-p256 evm-p256
works "a signed file is read" read_file "$FILES/good"
finish
