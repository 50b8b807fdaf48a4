#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Mode keys or verify, a test image: the keeper panics. It does not come back, nothing
# verifies any more, and the machine goes on.
#
#	panic.sh [verify]
# shellcheck source=tests/guest/lib.sh
. /tests/guest/lib.sh
suite "panic${1:+-$1}"

TARGET_DEAD='^tee_result 0xffff3024 '

equal "a test image says so" yes "$(tee_state test_image)"
start_evm
appraise_files
signed_file "$FILES/before" ima-p256 evm-p256
works "a signed file is read" read_file "$FILES/before"

matches "the keeper panics" "$("$HELPERS/teecall" panic)" "$TARGET_DEAD"
matches "it does not come back" "$("$HELPERS/teecall" status)" "$TARGET_DEAD"
# asked first thing, before anything else could have made the kernel notice
signed_file "$FILES/after" ima-p256 evm-p256
refused_for "a signed file is not read any more" "$FILES/after" invalid-fail-immutable
equal "state" dead "$(tee_state state)"
matches "state says why" "$(tee_state reason)" panicked
matches "so does the kernel's log" "$(dmesg)" 'imatee: no signature will verify: .*panicked'
nothing_verifies panic
works "the machine goes on" sh -c 'true | cat'
finish
