#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A kernel built with IMATEE_FORCE_MODE="keys" and booted with imatee.mode=off.
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite forced

matches "the command line says off" "$(cat /proc/cmdline)" "imatee.mode=off"
equal "mode" keys "$(cat "$TEE/mode")"
equal "state" sealed "$(tee_state state)"
matches "the kernel's log says so" "$(dmesg)" "imatee.mode=off ignored"
refused "no key comes into .ima" EACCES sh -c \
	"keyctl padd asymmetric '' %keyring:.ima <$KEYS/late-p256.der"
finish
